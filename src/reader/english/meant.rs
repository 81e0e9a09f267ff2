//! What a phrase means by its neighbours, before it is looked for: a service under its short name, all functions of a step.
//!
//! Takes a phrase of a parsed sentence and gives it as it is meant. It makes no entities.

use super::clauses::{NpId, Parsed};
use super::lexicon::{Det, Noun};
use super::lists::with_head;
use super::phrases::Np;
use super::reading::Reading;
use crate::model::Kind;

impl Reading {
    /// A phrase with what its neighbours and the text so far say of its words.
    pub(super) fn as_meant(&self, parsed: &Parsed, id: NpId, np: &Np, shared: &[(NpId, NpId)]) -> Np {
        let np = match shared.iter().find(|(member, _)| *member == id) {
            Some((_, head)) => with_head(np, parsed.phrases.get(*head)),
            None => told_aside(np),
        };
        let called = |c: &super::clauses::Clause| {
            let calls = matches!(c.lemma(), "call" | "invoke" | "query" | "contact" | "ask");
            calls && !c.passive() && c.object.contains(&id)
        };
        let alone = np.det == Det::Bare && np.modifiers.is_empty() && np.technology.is_none();
        let word = np.head.as_str();
        if alone
            && matches!(np.noun, None | Some(Noun::Data))
            && np.pronoun.is_none()
            && parsed.clauses.iter().any(called)
            && self.entities.by_short_name(word).is_some()
        {
            // "The gateway calls listings, offers and messaging": the services of these names.
            return with_service(np);
        }
        let trained = |c: &super::clauses::Clause| {
            let thing = if c.passive() { &c.subject } else { &c.object };
            matches!(c.lemma(), "retrain" | "tune" | "fine-tune" | "version") && thing.contains(&id)
        };
        if np.noun == Some(Noun::Component(Kind::Ml))
            && np.technology.is_none()
            && parsed.clauses.iter().any(trained)
        {
            // "retrains the models": what work is done on.
            return Np { noun: Some(Noun::Data), ..np };
        }
        let handled = |c: &super::clauses::Clause| {
            let verbs =
                ["process", "review", "approve", "reject", "submit", "assess", "decide", "file", "complete"];
            let thing = if c.passive() { &c.subject } else { &c.object };
            verbs.contains(&c.lemma()) && thing.contains(&id)
        };
        if word == "application" && np.technology.is_none() && parsed.clauses.iter().any(handled) {
            // "A caseworker processes the application": what somebody applies with.
            return Np { noun: Some(Noun::Data), ..np };
        }
        let step =
            matches!(np.head.as_str(), "task" | "step" | "stage" | "phase") && np.det == Det::Possessive;
        if step && np.technology.is_none() {
            // "its last task posts a message": what the whole does.
            return Np { noun: Some(Noun::Data), ..np };
        }
        if super::lists::of_storage(parsed, id, &np) {
            // "the landing container in Blob Storage"
            return Np { noun: Some(Noun::Component(Kind::Storage)), ..np };
        }
        if self.short_for_service(&np) || beside_programs(parsed, id, &np) {
            return with_service(np);
        }
        if let Some(Some(noun @ Noun::Component(Kind::Client | Kind::Service))) =
            np.aside.first().map(|a| a.noun)
            && np.noun == Some(Noun::Person)
            && !np.plural
        {
            // "the viewer, a web application": no person.
            return Np { noun: Some(noun), ..np };
        }
        // "At each step, the function writes the result": whichever function it is.
        let each_step = |n: &Np| {
            n.det == Det::Each && matches!(n.head.as_str(), "step" | "stage" | "phase" | "processing step")
        };
        let whichever = np.det == Det::Definite
            && !np.plural
            && np.modifiers.is_empty()
            && np.technology.is_none()
            && matches!(np.noun, Some(Noun::Component(k)) if k.is_compute())
            && parsed.phrases.iter().take(id).any(each_step);
        if whichever {
            return Np { plural: true, det: Det::Bare, ..np };
        }
        let every = np.det == Det::Each
            && np.modifiers.is_empty()
            && np.technology.is_none()
            && matches!(np.head.as_str(), "service" | "microservice");
        // "every service emits traces"
        if every { Np { plural: true, det: Det::Bare, ..np } } else { np }
    }

    /// "hands the order over to fulfilment": whether a word alone is short for the service of that name.
    fn short_for_service(&self, np: &Np) -> bool {
        let alone =
            np.noun.is_none() && np.technology.is_none() && np.pronoun.is_none() && np.owner.is_none();
        alone
            && np.det == Det::Bare
            && !np.plural
            && np.modifiers.is_empty()
            && self.short.contains(&np.head)
            && self.entities.by_short_name(&np.head).is_none()
    }
}

/// "billing and the customer portal consume them": a word alone beside a program that does the same is short for the
/// service of that name.
fn beside_programs(parsed: &Parsed, id: NpId, np: &Np) -> bool {
    let alone = np.det == Det::Bare
        && !np.plural
        && np.modifiers.is_empty()
        && np.technology.is_none()
        && np.pronoun.is_none()
        && !np.head.is_empty()
        && matches!(np.noun, None | Some(Noun::Data));
    let program = |other: &NpId| {
        parsed
            .phrases
            .get(*other)
            .is_some_and(|n| matches!(n.noun, Some(Noun::Component(Kind::Service | Kind::Function))))
    };
    alone
        && parsed.clauses.iter().any(|c| {
            c.frame() == super::lexicon::Frame::Consume
                && !c.passive()
                && c.subject.contains(&id)
                && c.subject.iter().any(program)
        })
}

/// "fulfilment" as "the fulfilment service".
fn with_service(mut np: Np) -> Np {
    np.modifiers = vec![std::mem::replace(&mut np.head, "service".to_owned())];
    np.noun = Some(Noun::Component(Kind::Service));
    np.det = Det::Definite;
    np
}

/// "lambda (orders)": what stands in parentheses behind a product of which there may be many tells it apart.
fn told_aside(np: &Np) -> Np {
    let many = |t: usize| {
        crate::catalog::catalog()
            .technologies()
            .get(t)
            .is_some_and(|e| matches!(e.kind, Kind::Function | Kind::Container))
    };
    let noun = np.technology.is_none()
        && matches!(np.noun, Some(Noun::Component(Kind::Function)))
        && matches!(np.head.as_str(), "lambda" | "function");
    let bare = np.modifiers.is_empty() && np.quantity.is_none() && !np.plural;
    match np.aside.as_slice() {
        [inner]
            if bare
                && (noun || np.technology_heads && np.technology.is_some_and(many))
                && inner.technology.is_none()
                && inner.modifiers.is_empty()
                && inner.quantity.is_none()
                && !inner.given
                && !inner.head.is_empty()
                && inner.det == super::lexicon::Det::Bare
                && (matches!(inner.noun, None | Some(Noun::Data))
                    || matches!(inner.noun, Some(Noun::Component(k)) if k.is_compute())) =>
        {
            let label = crate::text::Span::new(np.label.start, inner.label.end.max(np.label.end) + 1);
            Np { modifiers: vec![inner.head.to_lowercase()], aside: Vec::new(), label, ..np.clone() }
        }
        _ => np.clone(),
    }
}
