//! What its neighbours in the sentence say of a phrase: ruled out, housed in another, an event's name, one of a list.
//!
//! Takes a parsed sentence and gives numbers of phrases. It knows no entities.

use super::clauses::{NpId, Parsed};
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun, lexicon};
use super::phrases::Np;
use super::wanted::speaks_of_itself;
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::Kind;

/// Phrases behind "instead of", "unlike", "without" and the like.
pub(super) fn ruled_out(parsed: &Parsed) -> Vec<NpId> {
    let mut out = Vec::new();
    let unreal = |p: &str| matches!(p, "without" | "unlike" | "versus" | "vs");
    for clause in &parsed.clauses {
        // "it is like Airbyte, only smaller"
        let likened = clause.frame() == Frame::Be && clause.object.is_empty() && clause.verb.is_some();
        for (p, nps) in &clause.adjuncts {
            if unreal(p) || p == "like" && likened {
                out.extend(nps);
            }
        }
        let lemma = clause.verb.as_ref().and_then(|v| lexicon().verb(v.verb)).map_or("", |v| v.lemma);
        if lexicon().roles.denying_verbs.contains(lemma) {
            out.extend(if clause.passive() { &clause.subject } else { &clause.object });
        }
        if clause.verb.as_ref().is_some_and(|v| v.negated) && !clause.conditional {
            let brought =
                matches!(clause.frame(), Frame::Use | Frame::Have | Frame::Make) && clause.passive();
            let subject = if brought { clause.subject.as_slice() } else { &[] };
            let places = clause.adjuncts.iter().flat_map(|(_, nps)| nps);
            out.extend(clause.object.iter().chain(subject).chain(places).filter(|&&o| {
                parsed.phrases.get(o).is_some_and(|np| {
                    matches!(np.det, Det::Bare | Det::Indefinite) && np.noun != Some(Noun::Person)
                })
            }));
        }
    }
    out
}

/// What a text says it builds as a whole: "this pattern deploys a web application". `first` says whether it is the text's
/// first sentence, where an imperative or "we" says so, too.
pub(super) fn own_products(lexicon: &Lexicon, parsed: &Parsed, first: bool) -> Vec<NpId> {
    let phrase = |np: &NpId| parsed.phrases.get(*np);
    let of_itself =
        |np: &NpId| phrase(np).is_some_and(|n| speaks_of_itself(n) || n.pronoun == Some(Pronoun::Person));
    let acts = |np: &NpId| {
        parsed.clauses.iter().any(|c| c.subject.contains(np) && c.frame() != Frame::Be && c.verb.is_some())
    };
    let talk = parsed.clauses.iter().any(|c| c.subject.iter().any(of_itself));
    let mut out: Vec<NpId> = Vec::new();
    for clause in parsed.clauses.iter().filter(|c| c.frame() == Frame::Make && !c.passive()) {
        let speaks = clause.subject.iter().any(of_itself) || talk && clause.purpose;
        let asked = first && clause.subject.is_empty();
        let product = |np: &NpId| {
            phrase(np).is_some_and(|n| {
                let tool = n
                    .technology
                    .and_then(|t| catalog().technologies().get(t))
                    .is_none_or(|e| lexicon.roles.tools.contains(e.id));
                n.det == Det::Indefinite && tool && lexicon.product(&singular(&n.head))
            })
        };
        if speaks || asked {
            out.extend(clause.object.iter().copied().filter(|np| product(np) && (speaks || !acts(np))));
        }
    }
    out
}

/// Phrases behind `in`, `on` or `of` right after another phrase, with the preposition.
pub(super) fn housed_in(parsed: &Parsed) -> Vec<(NpId, &'static str)> {
    let behind = |(p, nps): &(String, Vec<NpId>)| {
        let p = ["in", "on", "of"].into_iter().find(|known| p == known)?;
        let first = nps.first().copied().filter(|&np| np > 0)?;
        let before = parsed.phrases.get(first - 1)?;
        let here = parsed.phrases.get(first)?;
        // "the API, a FastAPI service on Fargate": what is said again stands between.
        let end = before.aside.iter().map(|a| a.end).max().unwrap_or(0).max(before.end);
        (here.start <= end + 1).then_some((first, p))
    };
    parsed.clauses.iter().flat_map(|c| &c.adjuncts).filter_map(behind).collect()
}

/// Names of events: unknown names that are sent, published, awaited or reacted to.
pub(super) fn event_names(parsed: &Parsed) -> Vec<NpId> {
    let named = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none() && n.noun.is_none() && n.pronoun.is_none() && n.aside.is_empty()
        })
    };
    let queued = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none()
                && n.owner.is_none()
                && n.det != Det::Definite
                && matches!(n.noun, Some(Noun::Component(_)))
                && lexicon().roles.message_heads.contains(&singular(&n.head))
        })
    };
    let mut out = sifted(parsed);
    // "validates the body against a model"
    let schema = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| n.technology.is_none() && singular(&n.head) == "model")
    };
    out.extend(parsed.clauses.iter().flat_map(|c| c.behind(&["against"])).filter(schema));
    out.extend(shown(parsed));
    out.extend(made(parsed));
    // "Deployments are done by Flux"
    let done = |c: &&super::clauses::Clause| {
        let lemma = c.verb.as_ref().and_then(|v| lexicon().verb(v.verb)).map_or("", |v| v.lemma);
        c.passive() && matches!(lemma, "do" | "perform" | "handle" | "carry")
    };
    let deed = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none()
                && n.modifiers.is_empty()
                && lexicon().roles.deed_heads.contains(&singular(&n.head))
        })
    };
    out.extend(parsed.clauses.iter().filter(done).flat_map(|c| &c.subject).copied().filter(deed));
    for clause in &parsed.clauses {
        let from = clause.behind(&["from", "off"]).next().is_some();
        if from && matches!(clause.frame(), Frame::Read | Frame::Consume) && !clause.passive() {
            // "takes the alarms from the queue"
            out.extend(clause.object.iter().copied().filter(|np| {
                parsed.phrases.get(*np).is_some_and(|n| {
                    n.technology.is_none()
                        && n.plural
                        && n.modifiers.is_empty()
                        && matches!(n.noun, Some(Noun::Component(_)))
                        && lexicon().roles.message_heads.contains(&singular(&n.head))
                })
            }));
        }
        let moved = match clause.frame() {
            Frame::Send | Frame::Store | Frame::Reply => Some(false),
            Frame::Consume => Some(true),
            _ => None,
        };
        let Some(awaited) = moved else { continue };
        let things = if clause.passive() { &clause.subject } else { &clause.object };
        out.extend(things.iter().copied().filter(named));
        if matches!(clause.frame(), Frame::Send | Frame::Store) && !clause.adjuncts.is_empty() {
            out.extend(things.iter().copied().filter(queued));
        }
        let stored = clause.behind(&["to", "into"]).any(|np| {
            parsed
                .phrases
                .get(np)
                .is_some_and(|n| n.technology.is_some() || matches!(n.noun, Some(Noun::Component(_))))
        });
        if matches!(clause.frame(), Frame::Send | Frame::Store) && stored && !clause.passive() {
            // "writes curated tables to the lake"
            out.extend(things.iter().copied().filter(|np| {
                parsed.phrases.get(*np).is_some_and(|n| {
                    n.plural
                        && n.det == Det::Bare
                        && n.technology.is_none()
                        && n.owner.is_none()
                        && matches!(n.noun, Some(Noun::Component(_)))
                        && lexicon().roles.shown_heads.contains(&singular(&n.head))
                })
            }));
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

/// What is sifted out of data, and shops and warehouses where people and devices are: "removes bots", "scanners in the
/// warehouse send".
fn sifted(parsed: &Parsed) -> Vec<NpId> {
    let bare = |np: &NpId| {
        parsed.phrases.get(*np).filter(|n| {
            n.technology.is_none() && n.modifiers.is_empty() && n.owner.is_none() && n.aside.is_empty()
        })
    };
    let sifts = |clause: &super::clauses::Clause| {
        let verb = clause.verb.as_ref().and_then(|v| lexicon().verb(v.verb));
        verb.is_some_and(|v| lexicon().roles.sifting_verbs.contains(v.lemma))
    };
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
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        out.extend(clause.behind(&["by", "over", "via", "using", "through"]).filter(protocol));
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

/// "the projections build read models": stores that are only said to be made are told one by one elsewhere.
fn made(parsed: &Parsed) -> Vec<NpId> {
    let makes =
        |c: &&super::clauses::Clause| c.frame() == Frame::Make && !c.passive() && !c.subject.is_empty();
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

/// "Grafana shows the dashboards": what is shown is no thing of its own.
fn shown(parsed: &Parsed) -> Vec<NpId> {
    let shows = |c: &&super::clauses::Clause| {
        let verb = c.verb.as_ref().and_then(|v| lexicon().verb(v.verb));
        !c.passive() && verb.is_some_and(|v| matches!(v.lemma, "show" | "display" | "render" | "present"))
    };
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

/// Names of what programs are written in and of what data is turned into: "written in Go", "into HLS".
pub(super) fn languages(parsed: &Parsed) -> Vec<NpId> {
    let writes = |c: &&super::clauses::Clause| {
        let lemma = c.verb.as_ref().and_then(|v| lexicon().verb(v.verb)).map(|v| v.lemma);
        c.passive() && lemma.is_some_and(|l| lexicon().roles.writing_verbs.contains(l))
    };
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
    let makes = |c: &&super::clauses::Clause| c.frame() == Frame::Act && c.verb.is_some();
    let written = parsed.clauses.iter().filter(writes).flat_map(|c| c.behind(&["in"]));
    let made = parsed.clauses.iter().filter(makes).flat_map(|c| c.behind(&["into", "to", "as"]));
    written.chain(made).filter(named).collect()
}

/// Phrases that borrow the head of the last of their list: "orders, payments and inventory services".
pub(super) fn distributed(parsed: &Parsed) -> Vec<(NpId, NpId)> {
    let mut out = Vec::new();
    let mut lists: Vec<&[NpId]> = vec![&parsed.topic, &parsed.fragments];
    for clause in &parsed.clauses {
        lists.extend([clause.subject.as_slice(), clause.object.as_slice()]);
        lists.extend(clause.adjuncts.iter().map(|(_, nps)| nps.as_slice()));
    }
    for (from, to) in &parsed.links {
        lists.extend([from.as_slice(), to.as_slice()]);
    }
    for list in lists {
        let Some((&last, before)) = list.split_last() else { continue };
        let Some(head) = parsed.phrases.get(last) else { continue };
        let carries = head.plural
            && head.quantity.is_none()
            && matches!(head.noun, Some(Noun::Component(_) | Noun::Group(_)))
            && !(head.modifiers.is_empty() && head.technology.is_none() && !head.head.contains(' '));
        let phrase = |np: &NpId| parsed.phrases.get(*np);
        // "the user, the order and the invoice API"
        let each = list.len() > 2
            && !head.plural
            && matches!(head.noun, Some(Noun::Component(_)))
            && (head.modifiers.len() == 1 || head.head.contains(' '))
            && list.iter().filter_map(phrase).all(|n| n.det == Det::Definite && !n.plural)
            && before.iter().filter_map(phrase).any(|n| n.noun != Some(Noun::Person));
        let carries = carries || each;
        let borrow = |np: &NpId| {
            phrase(np).is_some_and(|n| {
                let person = n.noun == Some(Noun::Person) && !each;
                n.pronoun.is_none()
                    && n.technology.is_none()
                    && !person
                    && !matches!(n.noun, Some(Noun::Component(_) | Noun::Group(_)))
                    && n.modifiers.len() <= 1
            })
        };
        if carries && !before.is_empty() && before.iter().all(borrow) {
            out.extend(before.iter().map(|&np| (np, last)));
            out.push((last, last));
        }
    }
    out
}

/// A phrase with the head of another behind it.
pub(super) fn with_head(np: &Np, head: Option<&Np>) -> Np {
    let Some(head) = head else { return np.clone() };
    let mut out = np.clone();
    if np.span != head.span && !np.head.is_empty() {
        out.modifiers.push(np.head.clone());
    }
    out.head = singular(&head.head);
    out.noun = head.noun;
    if let (Some((_, last)), true) = (out.head.clone().rsplit_once(' '), np.span != head.span) {
        let own = format!("{} {last}", np.head);
        if let Some((noun, _)) = super::lexicon::lexicon().noun(&own) {
            (out.noun, out.head) = (Some(noun), own);
            out.modifiers.pop();
        } else {
            if let Some((noun, _)) = super::lexicon::lexicon().noun(last) {
                out.noun = Some(noun);
            }
            last.clone_into(&mut out.head);
        }
    }
    out.plural = false;
    out.quantity = None;
    if head.head.is_empty() && out.technology.is_none() {
        (out.technology, out.technology_heads) = (head.technology, true);
        return out;
    }
    if out.technology.is_none() {
        out.technology = head.technology.filter(|_| !head.technology_heads);
    }
    out
}
