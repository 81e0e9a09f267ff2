//! Phrases beside a deed that name no part: what it is for, what people hold, a partner's own door.
//!
//! Takes the clauses of a sentence and gives the numbers of such phrases. It knows no entities.

use super::clauses::{Clause, NpId, Parsed, operation};
use super::lexicon::{Det, Frame, Noun};
use super::phrases::Np;
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::Kind;

/// What people hold in their hands, whatever app runs on it.
const AT_HAND: [&str; 10] = [
    "phone",
    "smartphone",
    "mobile phone",
    "cell phone",
    "mobile",
    "laptop",
    "tablet",
    "device",
    "mobile device",
    "computer",
];

/// Who builds systems, and is no part of them.
const MAKERS: [&str; 6] = ["developers", "builders", "teams", "engineers", "organizations", "companies"];

/// How something is reached that is no part of its own.
const DOORS: [&str; 10] = [
    "api",
    "rest api",
    "http api",
    "web api",
    "graphql api",
    "soap api",
    "endpoint",
    "rest endpoint",
    "rest interface",
    "sdk",
];

/// Phrases that name no part, in the order of the text.
pub(super) fn incidental(parsed: &Parsed) -> Vec<NpId> {
    let phrase = |np: NpId| parsed.phrases.get(np);
    let mut out = Vec::new();
    for (at, clause) in parsed.clauses.iter().enumerate() {
        // "calls the `PutItem` API to write the item to the table"
        let aim = parsed.clauses.get(at + 1).is_some_and(|c| c.purpose);
        let asked = clause.object.iter().copied().filter(|&np| phrase(np).is_some_and(operation));
        out.extend(asked.filter(|_| aim || clause.purpose));
        // "the bus allows developers to route events": what a product is good for.
        let allowed = matches!(clause.lemma(), "allow" | "enable" | "let" | "help");
        let makers = |n: &Np| {
            n.det == Det::Bare && n.plural && n.modifiers.is_empty() && MAKERS.contains(&n.head.as_str())
        };
        out.extend(clause.object.iter().copied().filter(|&np| allowed && phrase(np).is_some_and(&makers)));
        // "the CDN serves the static website from a bucket": what lies there.
        let served = clause.frame() == Frame::Serve && clause.behind(&["from"]).next().is_some();
        let pages = |n: &Np| {
            n.technology.is_none()
                && matches!(
                    n.head.as_str(),
                    "static website"
                        | "website"
                        | "web site"
                        | "site"
                        | "static site"
                        | "frontend"
                        | "web app"
                )
        };
        out.extend(
            clause
                .object
                .iter()
                .copied()
                .filter(|&np| served && !clause.passive() && phrase(np).is_some_and(pages)),
        );
        // "saves events in PostgreSQL for long-term storage"
        let meant = clause.behind(&["for"]).filter(|&np| phrase(np).is_some_and(purpose));
        out.extend(meant.filter(|_| clause.adjuncts.len() > 1 || !clause.object.is_empty()));
        // "or a similar database", "through an SDK or a connector"
        let all = clause.object.iter().chain(clause.adjuncts.iter().flat_map(|(_, nps)| nps)).copied();
        out.extend(all.filter(|&np| phrase(np).is_some_and(any_like)));
        let ways = clause.behind(&["through", "via", "over", "using"]);
        out.extend(ways.filter(|&np| phrase(np).is_some_and(connects)));
        // "runs three replicas", "handles 500,000 streams"
        let counted = clause.object.iter().copied();
        out.extend(counted.filter(|&np| phrase(np).is_some_and(many)));
        // "the web app on their phones calls the service"
        let held =
            clause.behind(&["on", "from", "with", "using"]).filter(|&np| phrase(np).is_some_and(at_hand));
        out.extend(held.filter(|&held| partners(clause).any(|np| np != held && phrase(np).is_some_and(app))));
        // "sends the records to the ERP via its REST API"
        let own = clause.behind(&["via", "through", "over", "using", "with"]);
        let own = own.filter(|&np| phrase(np).is_some_and(door));
        out.extend(own.filter(|&own| partners(clause).any(|np| np != own && phrase(np).is_some_and(part))));
    }
    out
}

/// All that a clause speaks of.
fn partners(clause: &Clause) -> impl Iterator<Item = NpId> + '_ {
    let beside = clause.adjuncts.iter().flat_map(|(_, nps)| nps);
    clause.subject.iter().chain(&clause.object).chain(beside).copied()
}

/// What something is done for, told with the noun of a part: "storage", "cheap storage".
fn purpose(np: &Np) -> bool {
    let noun = matches!(
        np.noun,
        Some(Noun::Component(Kind::Storage | Kind::Search | Kind::Analytics | Kind::Monitoring))
    );
    let general = matches!(
        np.head.as_str(),
        "storage" | "search" | "analytics" | "monitoring" | "observability" | "archival"
    );
    noun && general
        && np.det == Det::Bare
        && np.technology.is_none()
        && !np.plural
        && np.aside.is_empty()
        && !np.named
}

/// "a similar database": one of a sort, and none of the system's.
fn any_like(np: &Np) -> bool {
    np.det == Det::Indefinite
        && np.technology.is_none()
        && np.modifiers.iter().any(|m| matches!(m.as_str(), "similar" | "comparable" | "equivalent"))
}

/// How many there are at least of what is no part, whatever it is called.
const MANY: u32 = 100;

/// Copies of who has them, or so many of a thing that they are its load.
fn many(np: &Np) -> bool {
    let head = singular(&np.head);
    let copies = matches!(head.as_str(), "replica" | "copy" | "instance") && np.quantity.is_some();
    let load =
        matches!(head.as_str(), "stream" | "session" | "store") && np.quantity.is_some_and(|n| n >= MANY);
    (copies || load) && np.technology.is_none() && np.modifiers.len() <= 1
}

/// What programs are joined with that runs inside them.
fn connects(np: &Np) -> bool {
    let head = singular(&np.head);
    matches!(np.det, Det::Bare | Det::Indefinite)
        && np.technology.is_none()
        && np.modifiers.is_empty()
        && matches!(head.as_str(), "sdk" | "connector" | "driver" | "plugin" | "client library")
}

fn at_hand(np: &Np) -> bool {
    np.det == Det::Possessive && np.technology.is_none() && AT_HAND.contains(&singular(&np.head).as_str())
}

/// An app or a site, which runs on what people hold.
fn app(np: &Np) -> bool {
    let made = np.technology.and_then(|t| catalog().technologies().get(t)).map(|t| t.kind);
    let kind = match np.noun {
        Some(Noun::Component(kind)) => Some(kind),
        _ => made,
    };
    kind == Some(Kind::Client)
}

fn door(np: &Np) -> bool {
    np.det == Det::Possessive
        && np.technology.is_none()
        && np.modifiers.is_empty()
        && DOORS.contains(&singular(&np.head).as_str())
}

fn part(np: &Np) -> bool {
    np.technology.is_some() || matches!(np.noun, Some(Noun::Component(_)))
}
