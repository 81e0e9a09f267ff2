//! What its neighbours in the sentence say of a phrase: ruled out, housed in another, an event's name, one of a list.
//!
//! Takes a parsed sentence and gives numbers of phrases, or tells apart what two phrases of a list mean.

use super::clauses::{NpId, Parsed};
use super::entities::EntityId;
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun, lexicon};
use super::phrases::Np;
use super::reading::{Meaning, Reading};
use super::wanted::speaks_of_itself;
use super::wording::{phrase_words, singular};
use crate::catalog::catalog;
use crate::model::Kind;

/// What documents call the way their steps are told.
const FLOWS: [&str; 5] = ["workflow", "flow", "dataflow", "data flow", "process flow"];

impl Reading {
    /// "the web app and the mobile app": what one list names in two ways is two things, though either name alone might
    /// mean the other.
    pub(super) fn named_apart(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        (id, np): (NpId, &Np),
        (meanings, meaning): (&[Meaning], &Meaning),
    ) -> Option<EntityId> {
        let [same] = meaning.ids.as_slice() else { return None };
        let plain =
            |n: &Np| n.pronoun.is_none() && n.technology.is_none() && n.ordinal.is_none() && !n.plural;
        let clauses = parsed.clauses.iter();
        let mut lists =
            clauses.flat_map(|c| [&c.subject, &c.object].into_iter().chain(c.adjuncts.iter().map(|a| &a.1)));
        let other = |m: &NpId| {
            let phrase = parsed.phrases.get(*m).filter(|p| plain(p) && p.det == np.det);
            *m < id
                && phrase.is_some_and(|p| phrase_words(p) != phrase_words(np))
                && meanings.get(*m).is_some_and(|m| m.ids == [*same])
        };
        let beside = plain(np) && lists.any(|list| list.contains(&id) && list.iter().any(other));
        let wanted = beside.then(|| self.entities.wanted(lexicon, text, np)).flatten()?;
        Some(self.entities.introduce(&wanted, np, self.sentence))
    }
}

/// Whether a container is one of files, by the storage that stands right behind it: "the raw container in Blob Storage".
pub(super) fn of_storage(parsed: &Parsed, id: NpId, np: &Np) -> bool {
    let Some(storage) = parsed.phrases.get(id + 1) else { return false };
    let entry = storage.technology.and_then(|t| catalog().technologies().get(t));
    let inside = || {
        let of = ["in", "of", "on", "within", "inside"];
        parsed.clauses.iter().any(|c| c.behind(&of).any(|other| other == id + 1))
    };
    np.head == "container"
        && np.technology.is_none()
        && storage.start == np.end + 1
        && entry.is_some_and(|e| e.kind == Kind::Storage)
        && inside()
}

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
        let nothing = |np: &NpId| {
            parsed
                .phrases
                .get(*np)
                .is_some_and(|n| matches!(n.head.to_lowercase().as_str(), "nothing" | "nobody"))
        };
        if clause.subject.iter().any(nothing) {
            // "nothing is persisted in a database"
            out.extend(clause.behind(&["in", "into", "to", "on", "with"]).filter(|&np| {
                parsed.phrases.get(np).is_some_and(|n| matches!(n.det, Det::Bare | Det::Indefinite))
            }));
        }
        if lexicon().roles.denying_verbs.contains(clause.lemma()) {
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
    let whole = phrase(&0).is_some_and(|n| {
        n.technology.is_none() && n.det != Det::Bare && !n.plural && lexicon.product(&singular(&n.head))
    });
    if first && whole && parsed.links.is_empty() && parsed.clauses.iter().all(|c| c.verb.is_none() || c.told)
    {
        // "A chatbot that answers questions.", "The order management system of a furniture maker."
        out.push(0);
    }
    if first {
        // "We run a weather API for farmers."
        let runs = |c: &&super::clauses::Clause| {
            let we =
                c.subject.iter().any(|np| phrase(np).is_some_and(|n| n.pronoun == Some(Pronoun::Person)));
            we && matches!(c.lemma(), "run" | "operate" | "offer" | "maintain") && !c.passive()
        };
        let whole =
            |np: &NpId| phrase(np).is_some_and(|n| n.det == Det::Indefinite && n.technology.is_none());
        let alone = parsed.clauses.len() == 1;
        out.extend(
            parsed.clauses.iter().filter(|c| alone && runs(c)).flat_map(|c| &c.object).copied().filter(whole),
        );
    }
    // "The following workflow corresponds to the diagram", "This workflow describes how …": the text itself.
    let drawn = |c: &&super::clauses::Clause| {
        let says = matches!(
            c.lemma(),
            "describe"
                | "show"
                | "illustrate"
                | "outline"
                | "correspond"
                | "explain"
                | "represent"
                | "depict"
        );
        says && !c.passive()
    };
    let flow = |np: &NpId| {
        phrase(np).is_some_and(|n| {
            let head = singular(&n.head.to_lowercase());
            let pointed = n.det == Det::Demonstrative || n.modifiers.iter().any(|m| m == "following");
            n.technology.is_none() && pointed && FLOWS.contains(&head.as_str())
        })
    };
    out.extend(parsed.clauses.iter().filter(drawn).flat_map(|c| &c.subject).copied().filter(flow));
    // "We are a food bank with nine depots."
    let ours = |c: &&super::clauses::Clause| {
        let we = |np: &NpId| phrase(np).is_some_and(|n| n.pronoun == Some(Pronoun::Person));
        c.frame() == Frame::Be && !c.passive() && c.subject.iter().any(we)
    };
    let plain = |np: &NpId| phrase(np).is_some_and(|n| n.det == Det::Indefinite && n.technology.is_none());
    out.extend(parsed.clauses.iter().filter(ours).flat_map(|c| &c.object).copied().filter(plain));
    let makes = |c: &&super::clauses::Clause| {
        let shows = || matches!(c.lemma(), "show" | "present" | "outline") && c.subject.iter().any(of_itself);
        let made = c.frame() == Frame::Make || matches!(c.lemma(), "deploy" | "install" | "provision");
        (made || shows()) && !c.passive()
    };
    for clause in parsed.clauses.iter().filter(makes) {
        let speaks = clause.subject.iter().any(of_itself) || talk && clause.purpose;
        // "The deployment creates two rules"
        let deployed = |np: &NpId| {
            phrase(np)
                .is_some_and(|n| n.head == "deployment" && n.modifiers.is_empty() && n.det != Det::Indefinite)
        };
        out.extend(clause.subject.iter().copied().filter(deployed));
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
        // "the users, orders and payments services": people stand beside what is none of them.
        let mixed = head.plural
            && before.first().and_then(phrase).is_some_and(|n| n.det == Det::Definite)
            && before
                .iter()
                .skip(1)
                .filter_map(phrase)
                .any(|n| n.noun != Some(Noun::Person) && n.det == Det::Bare);
        let borrow = |np: &NpId| {
            phrase(np).is_some_and(|n| {
                let person = n.noun == Some(Noun::Person) && !each && !mixed;
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
