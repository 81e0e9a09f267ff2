//! Phrases that name data in their sentence, though their words could name parts: what is sent, kept, shown, made or done,
//! how it travels, and what programs are written in.
//!
//! Takes a parsed sentence and gives numbers of phrases. It knows no entities.

use super::clauses::{Clause, NpId, Parsed};
use super::lexicon::{Det, Frame, Noun, lexicon};
use super::phrases::Np;
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::Kind;

/// Names of events: unknown names that are sent, published, awaited or reacted to; and phrases that could name parts, but
/// name what is sent, kept, shown or done here.
pub(super) fn event_names(parsed: &Parsed) -> Vec<NpId> {
    let named = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none() && n.noun.is_none() && n.pronoun.is_none() && n.aside.is_empty()
        })
    };
    let queued =
        |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| component(n) && n.owner.is_none() && queues(n));
    let mut out = sifted(parsed);
    out.extend(schemas(parsed));
    out.extend(shown(parsed));
    out.extend(made(parsed));
    out.extend(done(parsed));
    out.extend(taken(parsed));
    out.extend(taken_out(parsed));
    out.extend(stored(parsed));
    for clause in &parsed.clauses {
        let moved = match clause.frame() {
            Frame::Send | Frame::Store | Frame::Reply => Some(false),
            Frame::Consume => Some(true),
            // "measures humidity and CO2"
            Frame::Watch if clause.lemma() == "measure" => Some(false),
            _ => None,
        };
        let Some(awaited) = moved else { continue };
        let things = if clause.passive() { &clause.subject } else { &clause.object };
        out.extend(things.iter().copied().filter(named));
        if matches!(clause.frame(), Frame::Send | Frame::Store) && !clause.adjuncts.is_empty() {
            out.extend(things.iter().copied().filter(queued));
        }
        let goes = clause.frame() == Frame::Send && !clause.passive() && clause.object.is_empty();
        if goes && clause.behind(&["to", "into", "onto"]).next().is_some() {
            // "jobs go to the queue"
            out.extend(clause.subject.iter().copied().filter(queued));
        }
        if awaited {
            out.extend(clause.behind(&["to", "for"]).filter(named));
        }
    }
    out
}

/// Whether a phrase says by a common noun what it is, and by no technology.
fn component(np: &Np) -> bool {
    np.technology.is_none() && matches!(np.noun, Some(Noun::Component(_)))
}

/// Whether its head is queued as often as it runs: "jobs", "alarms".
fn queues(np: &Np) -> bool {
    lexicon().roles.message_heads.contains(&singular(&np.head))
}

/// Whether its head is shown or made as often as it is a part: "dashboards", "tables".
fn views(np: &Np) -> bool {
    lexicon().roles.shown_heads.contains(&singular(&np.head))
}

/// "validates the body against a model"
fn schemas(parsed: &Parsed) -> Vec<NpId> {
    let schema = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| n.technology.is_none() && singular(&n.head) == "model")
    };
    parsed.clauses.iter().flat_map(|c| c.behind(&["against"])).filter(schema).collect()
}

/// "Deployments are done by Flux"
fn done(parsed: &Parsed) -> Vec<NpId> {
    let does = |c: &&Clause| c.passive() && matches!(c.lemma(), "do" | "perform" | "handle" | "carry");
    let deed = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none()
                && n.modifiers.is_empty()
                && lexicon().roles.deed_heads.contains(&singular(&n.head))
        })
    };
    parsed.clauses.iter().filter(does).flat_map(|c| &c.subject).copied().filter(deed).collect()
}

/// "takes the alarms from the queue"
fn taken(parsed: &Parsed) -> Vec<NpId> {
    let takes = |c: &&Clause| {
        let from = c.behind(&["from", "off"]).next().is_some();
        from && matches!(c.frame(), Frame::Read | Frame::Consume) && !c.passive()
    };
    let message = |np: &NpId| {
        parsed
            .phrases
            .get(*np)
            .is_some_and(|n| component(n) && n.plural && n.modifiers.is_empty() && queues(n))
    };
    parsed.clauses.iter().filter(takes).flat_map(|c| &c.object).copied().filter(message).collect()
}

/// "priced with a table from Delta Lake": what comes from a store is kept there.
fn taken_out(parsed: &Parsed) -> Vec<NpId> {
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        let loads = clause.told && clause.relative && clause.frame() == Frame::Read;
        if loads && clause.behind(&["from"]).next().is_some() {
            // "scores it with a model that it loads from S3"
            let view = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| component(n) && views(n));
            out.extend(clause.object.iter().copied().filter(view));
        }
        for store in clause.behind(&["from"]) {
            let Some(before) = store.checked_sub(1) else { continue };
            let (Some(view), Some(store)) = (parsed.phrases.get(before), parsed.phrases.get(store)) else {
                continue;
            };
            let plain = component(view) && view.det == Det::Indefinite && view.modifiers.is_empty();
            if plain && views(view) && store.start <= view.end + 1 && store.technology.is_some() {
                out.push(before);
            }
        }
    }
    out
}

/// "writes curated tables to the lake"
fn stored(parsed: &Parsed) -> Vec<NpId> {
    let part = |np: NpId| {
        parsed
            .phrases
            .get(np)
            .is_some_and(|n| n.technology.is_some() || matches!(n.noun, Some(Noun::Component(_))))
    };
    let stores = |c: &&Clause| {
        matches!(c.frame(), Frame::Send | Frame::Store) && !c.passive() && c.behind(&["to", "into"]).any(part)
    };
    let view = |np: &NpId| {
        parsed
            .phrases
            .get(*np)
            .is_some_and(|n| component(n) && n.plural && n.det == Det::Bare && n.owner.is_none() && views(n))
    };
    parsed.clauses.iter().filter(stores).flat_map(|c| &c.object).copied().filter(view).collect()
}

/// What is sifted out of data, and shops and warehouses where people and devices are: "removes bots", "scanners in the
/// warehouse send".
fn sifted(parsed: &Parsed) -> Vec<NpId> {
    let bare = |np: &NpId| {
        parsed.phrases.get(*np).filter(|n| {
            n.technology.is_none() && n.modifiers.is_empty() && n.owner.is_none() && n.aside.is_empty()
        })
    };
    let sifts = |clause: &Clause| lexicon().roles.sifting_verbs.contains(clause.lemma());
    let several = |np: &NpId| bare(np).is_some_and(|n| n.plural && n.det == Det::Bare);
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        if sifts(clause) {
            out.extend(
                if clause.passive() { &clause.subject } else { &clause.object }
                    .iter()
                    .copied()
                    .filter(several),
            );
        }
        for first in clause.behind(&["in", "at"]) {
            let site = bare(&first).is_some_and(|n| lexicon().roles.site_heads.contains(&singular(&n.head)));
            let host = first.checked_sub(1).filter(|before| clause.subject.contains(before));
            let stands = host.and_then(|h| parsed.phrases.get(h)).is_some_and(|n| {
                matches!(
                    n.noun,
                    Some(Noun::Person | Noun::Component(Kind::Device | Kind::Client | Kind::Service))
                )
            });
            // "scanners in the warehouse send", but "clerks work in the portal"
            let start = parsed.phrases.get(first).map_or(usize::MAX, |n| n.start);
            let speaks = clause
                .verb
                .as_ref()
                .is_some_and(|v| v.finite && start < v.start && !matches!(v.frame, Frame::Run | Frame::Be));
            if site && stands && speaks {
                out.push(first);
            }
        }
    }
    out
}

/// "Grafana shows the dashboards": what is shown is no thing of its own.
fn shown(parsed: &Parsed) -> Vec<NpId> {
    let shows = |c: &&Clause| !c.passive() && matches!(c.lemma(), "show" | "display" | "render" | "present");
    let plain = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.plural
                && n.technology.is_none()
                && n.modifiers.is_empty()
                && n.owner.is_none()
                && lexicon().roles.shown_heads.contains(&singular(&n.head))
        })
    };
    parsed.clauses.iter().filter(shows).flat_map(|c| &c.object).copied().filter(plain).collect()
}

/// "the projections build read models": stores that are only said to be made are told one by one elsewhere.
fn made(parsed: &Parsed) -> Vec<NpId> {
    let makes = |c: &&Clause| c.frame() == Frame::Make && !c.passive() && !c.subject.is_empty();
    let told = |np: NpId| parsed.colon.is_some_and(|colon| np < colon);
    let plain = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.plural
                && n.det == Det::Bare
                && n.technology.is_none()
                && n.modifiers.is_empty()
                && n.quantity.is_none()
                && n.noun == Some(Noun::Component(Kind::Database))
        })
    };
    parsed
        .clauses
        .iter()
        .filter(makes)
        .flat_map(|c| &c.object)
        .copied()
        .filter(|np| told(*np) && plain(np))
        .collect()
}

/// Phrases that only say how something travels or how much of it there is: "by SFTP", "one topic per line".
pub(super) fn ways(parsed: &Parsed) -> Vec<NpId> {
    let protocol = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            let entry = n.technology.and_then(|t| catalog().technologies().get(t));
            n.technology_heads
                && n.modifiers.is_empty()
                && n.det == Det::Bare
                && entry.is_some_and(|e| lexicon().roles.protocol_technologies.contains(e.id))
        })
    };
    // "reports over TETRA": an unknown name in capitals behind `over` is how it travels.
    let air = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.proper
                && n.det == Det::Bare
                && n.noun.is_none()
                && n.technology.is_none()
                && n.modifiers.is_empty()
                && n.aside.is_empty()
        })
    };
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        let sent =
            matches!(clause.frame(), Frame::Send | Frame::Call | Frame::Read | Frame::Tell | Frame::Store);
        out.extend(clause.behind(&["over"]).filter(|np| sent && air(np)));
        let hook = |np: &NpId| {
            parsed.phrases.get(*np).is_some_and(|n| {
                singular(&n.head) == "webhook"
                    && n.modifiers.is_empty()
                    && matches!(n.det, Det::Indefinite | Det::Bare)
            })
        };
        out.extend(
            clause.behind(&["by", "over", "via", "using", "through"]).filter(|np| protocol(np) || hook(np)),
        );
        for first in clause.behind(&["per"]) {
            let Some(before) = first.checked_sub(1) else { continue };
            let (Some(a), Some(b)) = (parsed.phrases.get(before), parsed.phrases.get(first)) else {
                continue;
            };
            let counted = a.det == Det::Indefinite && a.technology.is_none() && a.modifiers.is_empty();
            if counted && b.start <= a.end + 1 && !clause.subject.contains(&before) {
                out.push(before);
            }
        }
    }
    out
}

/// Names of what programs are written in and of what data is turned into: "written in Go", "into HLS".
pub(super) fn languages(parsed: &Parsed) -> Vec<NpId> {
    let writes = |c: &&Clause| c.passive() && lexicon().roles.writing_verbs.contains(c.lemma());
    let named = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.proper
                && n.noun.is_none()
                && n.technology.is_none()
                && n.det == Det::Bare
                && n.modifiers.is_empty()
        })
    };
    // "transcodes it into HLS", "converts it to PDF/A"
    let makes = |c: &&Clause| c.frame() == Frame::Act && c.verb.is_some();
    let written = parsed.clauses.iter().filter(writes).flat_map(|c| c.behind(&["in"]));
    let made = parsed.clauses.iter().filter(makes).flat_map(|c| c.behind(&["into", "to", "as"]));
    written.chain(made).filter(named).collect()
}
