//! Nouns of no list that are things by what they do: "the matchmaker asks Agones", "a -> b".
//!
//! Takes a parsed sentence and gives numbers of phrases. It knows no entities.

use super::clauses::{Clause, NpId, Parsed};
use super::lexicon::{Det, Form, Frame, Lexicon, Noun, lexicon};
use super::phrases::Np;
use super::wording::singular;
use crate::catalog::catalog;

/// Endings of nouns that name deeds, states and qualities, which do nothing themselves.
const ABSTRACT: [&str; 14] = [
    "tion", "sion", "ment", "ness", "ity", "ing", "ism", "ance", "ence", "ship", "hood", "ure", "dom", "acy",
];

/// Phrases whose unlisted head noun acts on a component, is asked or told something by one, or stands at an arrow.
pub(super) fn doers(parsed: &Parsed) -> Vec<NpId> {
    let open = |np: &NpId| parsed.phrases.get(*np).is_some_and(unlisted);
    let mut out: Vec<NpId> = Vec::new();
    for (from, to) in &parsed.links {
        let pointed = |np: &NpId| parsed.phrases.get(*np).is_some_and(at_an_arrow);
        let keeps = to.iter().all(|&np| parsed.phrases.get(np).is_some_and(store));
        let data = |np: &NpId| keeps && parsed.phrases.get(*np).is_some_and(several);
        out.extend(from.iter().copied().filter(|np| pointed(np) && !data(np)));
        out.extend(to.iter().copied().filter(pointed));
    }
    for clause in &parsed.clauses {
        let Some(verb) = clause.verb.as_ref().filter(|v| !v.negated) else { continue };
        let thing = |np: &NpId| parsed.phrases.get(*np).is_some_and(component);
        let beside = || clause.adjuncts.iter().flat_map(|(_, nps)| nps);
        if clause.passive() {
            if acts(clause) && clause.subject.iter().chain(beside()).any(thing) {
                out.extend(clause.behind(&["by"]).filter(open));
            }
            continue;
        }
        let partner = match clause.frame() {
            Frame::Send => !clause.object.is_empty() && beside().any(thing),
            _ => clause.object.iter().chain(beside()).any(thing),
        };
        let told = clause.told && clause.frame() == Frame::Send && !clause.relative;
        if acts(clause)
            && partner
            && (!clause.inherited || told)
            && (verb.finite || verb.form == Form::Gerund)
        {
            out.extend(
                clause
                    .subject
                    .iter()
                    .copied()
                    .filter(|np| open(np) || parsed.phrases.get(*np).is_some_and(shown)),
            );
        }
        let asked = match clause.frame() {
            Frame::Tell => true,
            Frame::Call => {
                lexicon().verb(verb.verb).is_some_and(|v| lexicon().roles.asking_verbs.contains(v.lemma))
            }
            _ => false,
        };
        let program = |np: &NpId| {
            let made = |n: &Np| n.noun.is_none() && agentive(lexicon(), &singular(&n.head));
            thing(np) || parsed.phrases.get(*np).is_some_and(made)
        };
        if asked && clause.subject.iter().any(program) {
            out.extend(clause.object.iter().copied().filter(open));
        }
    }
    out
}

/// "Beekeepers open the mobile app": those of no list who use an app are people.
pub(super) fn app_users(parsed: &Parsed) -> Vec<NpId> {
    let open = |np: &NpId| {
        parsed
            .phrases
            .get(*np)
            .is_some_and(|n| unlisted(n) && n.plural && n.det == Det::Bare && n.owner.is_none())
    };
    // "A client uploads a document in the portal"
    let client = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            singular(&n.head) == "client"
                && n.modifiers.is_empty()
                && n.technology.is_none()
                && n.owner.is_none()
        })
    };
    let app = |np: &NpId| parsed.phrases.get(*np).is_some_and(shows);
    let site = |np: &NpId| {
        let sites = [
            "portal",
            "website",
            "site",
            "web portal",
            "online shop",
            "web shop",
            "shop",
            "store",
            "homepage",
        ];
        parsed.phrases.get(*np).is_some_and(|n| sites.contains(&singular(&n.head).as_str()))
    };
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        let active = clause.verb.as_ref().is_some_and(|v| v.finite && !v.passive && !v.negated);
        let deals = matches!(
            clause.frame(),
            Frame::Use | Frame::Call | Frame::Read | Frame::Act | Frame::Watch | Frame::Consume
        );
        let used = || {
            clause
                .object
                .iter()
                .copied()
                .chain(clause.behind(&["in", "with", "through", "via", "on", "using"]))
        };
        if active && deals && !clause.inherited && used().any(|np| app(&np)) {
            out.extend(clause.subject.iter().copied().filter(open));
        }
        if active && !clause.inherited && used().any(|np| site(&np)) {
            out.extend(clause.subject.iter().copied().filter(|np| client(np) || open(np)));
        }
    }
    out
}

/// Whether people look at it: an app, or a report or dashboard of a product for such.
fn shows(np: &Np) -> bool {
    use crate::model::Kind;
    let entry = np.technology.and_then(|t| catalog().technologies().get(t));
    matches!(np.noun, Some(Noun::Component(Kind::Client | Kind::Analytics)))
        || entry.is_some_and(|e| matches!(e.kind, Kind::Client | Kind::Analytics | Kind::Monitoring))
}

fn acts(clause: &Clause) -> bool {
    matches!(
        clause.frame(),
        Frame::Call
            | Frame::Read
            | Frame::Consume
            | Frame::Store
            | Frame::Tell
            | Frame::Watch
            | Frame::Send
            | Frame::Auth
    )
}

/// "Projections subscribe to the stream": what is shown elsewhere acts here.
fn shown(np: &Np) -> bool {
    let head = singular(&np.head);
    np.plural
        && np.technology.is_none()
        && matches!(np.noun, Some(Noun::Component(_)))
        && lexicon().roles.shown_heads.contains(&head)
}

fn component(np: &Np) -> bool {
    np.technology.is_some() || matches!(np.noun, Some(Noun::Component(_)))
}

fn unlisted(np: &Np) -> bool {
    let head = singular(&np.head);
    np.noun.is_none()
        && np.technology.is_none()
        && np.pronoun.is_none()
        && np.det != Det::None
        && !matches!(head.to_lowercase().as_str(), "what" | "whatever" | "whoever" | "whichever")
        && head.len() > 2
        && head.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ' ' | '.'))
        && !ABSTRACT.iter().any(|e| head.ends_with(e))
        && (!lexicon().roles.no_doers.contains(&head) || !np.modifiers.is_empty() && made_from_verb(&head))
}

/// Whether something is put there and stays.
fn store(np: &Np) -> bool {
    let entry = np.technology.and_then(|t| catalog().technologies().get(t));
    entry.is_some_and(|e| e.kind.is_store())
        || matches!(np.noun, Some(Noun::Component(kind)) if kind.is_store())
}

/// "deeds → bucket": several of no name are data there.
fn several(np: &Np) -> bool {
    np.plural && np.modifiers.is_empty() && np.det == Det::Bare
}

fn at_an_arrow(np: &Np) -> bool {
    np.noun.is_none() && np.technology.is_none() && np.pronoun.is_none() && !np.head.is_empty()
}

/// Whether a noun of no list is made from a verb, as names of programs are: "archiver", "tagger", "scorer".
pub(super) fn agentive(lexicon: &Lexicon, head: &str) -> bool {
    let last = head.rsplit([' ', '-']).next().unwrap_or(head);
    let Some(stem) = last.strip_suffix("er").or_else(|| last.strip_suffix("or")) else { return false };
    if stem.len() < 3 || lexicon.roles.no_doers.contains(last) {
        return false;
    }
    let compound = (3..last.len().saturating_sub(4))
        .filter(|&at| last.is_char_boundary(at))
        .any(|at| lexicon.knows(&last[..at]) && made_from_verb(&last[at..]));
    compound || made_from_verb(last)
}

/// Whether -er or -or makes the word from a verb: "counter", "router".
fn made_from_verb(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("er").or_else(|| word.strip_suffix("or")) else { return false };
    let doubled = stem.chars().rev().take(2).collect::<Vec<_>>();
    let single = matches!(doubled.as_slice(), [a, b] if a == b).then(|| &stem[..stem.len() - 1]);
    let based = |verb: &str| lexicon().verb_forms(verb).iter().any(|(_, f)| *f == Form::Base);
    based(stem) || based(&format!("{stem}e")) || single.is_some_and(based)
}
