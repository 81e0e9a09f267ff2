//! Whether a sentence tells of a system or asks for one.
//!
//! Takes a parsed sentence. It knows no entities.

use super::clauses::{Clause, Parsed};
use super::lexicon::{Det, Form, Frame, Lexicon, Noun, Pronoun};
use super::phrases::Np;
use super::wanted::speaks_of_itself;
use super::wording::singular;

/// Whether a sentence says what some part or its data does, rather than what people want or a product offers.
pub(super) fn tells(lexicon: &Lexicon, parsed: &Parsed) -> bool {
    // "News aggregator that collects …" is what is asked for.
    let asked = |id: usize, n: &Np| {
        id == 0 && matches!(n.noun, Some(Noun::Component(_))) && matches!(n.det, Det::Indefinite | Det::Bare)
    };
    let product =
        |id: usize, n: &Np| n.technology.is_none() && asked(id, n) || lexicon.product(&singular(&n.head));
    let part = |&id: &usize| {
        parsed.phrases.get(id).is_some_and(|n| {
            let known = n.technology.is_some() || matches!(n.noun, Some(Noun::Component(_) | Noun::Data));
            known && n.pronoun.is_none() && !n.itself && !product(id, n)
        })
    };
    // "this sample shows how …"
    let named = parsed.phrases.iter().any(|n| n.technology.is_some());
    let ours = |c: &Clause| {
        // "we keep the API in a separate account"
        let we = |np: &usize| parsed.phrases.get(*np).is_some_and(|n| n.pronoun == Some(Pronoun::Person));
        let keep = matches!(c.frame(), Frame::Store | Frame::Run | Frame::Send | Frame::Hold);
        keep && c.subject.iter().any(we) && c.object.iter().any(part)
    };
    // "Creates an API and a queue": what the text itself does.
    let opening = parsed.clauses.first().is_some_and(|c| {
        let first = c.verb.as_ref().is_some_and(|v| v.start == 0 && v.form == Form::Third && v.finite);
        first && c.subject.is_empty() && !c.object.is_empty()
    });
    if opening && named {
        return true;
    }
    // "It creates an API with a Lambda function": the text speaks of what it describes.
    let it = |n: &Np| n.pronoun == Some(Pronoun::It) && n.start == 0;
    let sample = |np: &usize| named && parsed.phrases.get(*np).is_some_and(|n| speaks_of_itself(n) || it(n));
    parsed.clauses.iter().any(|c| {
        let main = !c.told && !c.conditional && !c.inherited && c.frame() != Frame::Be;
        let does = c.verb.as_ref().is_some_and(|v| v.finite && !v.negated);
        // "Clients resolve the name with Consul": several that do something with a product are no wish.
        let several = |np: &usize| {
            let with = c.adjuncts.iter().flat_map(|(_, nps)| nps).chain(&c.object);
            let product =
                with.copied().any(|o| parsed.phrases.get(o).is_some_and(|n| n.technology.is_some()));
            product
                && parsed
                    .phrases
                    .get(*np)
                    .is_some_and(|n| n.plural && matches!(n.noun, Some(Noun::Component(_))))
        };
        main && does && (ours(c) || c.subject.iter().any(|np| part(np) || sample(np) || several(np)))
    })
}

/// Whether a sentence lists what a text sets up: "This pattern deploys one API, one Lambda function and one table".
pub(super) fn inventory(parsed: &Parsed) -> bool {
    parsed.clauses.iter().any(|c| {
        let this = |n: &Np| n.pronoun == Some(Pronoun::This) && n.start == 0;
        let speaks = c
            .subject
            .iter()
            .any(|&np| parsed.phrases.get(np).is_some_and(|n| speaks_of_itself(n) || this(n)));
        let lists = matches!(
            c.lemma(),
            "deploy" | "create" | "provision" | "set" | "install" | "include" | "contain" | "configure"
        );
        speaks && lists && !c.passive() && !c.object.is_empty()
    })
}
