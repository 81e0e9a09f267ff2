//! Sentences that hold for the world rather than for the system: what a product is, what companies do, what a style of
//! architecture is good for.
//!
//! Takes a sentence and answers whether it is one. Such sentences draw nothing, whatever they name. The words are in
//! `assets/words/roles.yaml`.

use super::lexicon::{Closed, Det, Lexicon, Noun, match_name};
use super::tokens::{Shape, Token};
use super::wording::singular;

/// How many words behind "is a" a product's sort is looked for.
const SORT: usize = 16;

/// How many words a general subject has before its verb.
const SUBJECT: usize = 5;

/// What a sentence says of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generality {
    /// What a product is, by the place of the product in the catalog: "X is a managed service that …".
    Product(usize),
    /// What people, companies or styles of architecture do.
    World,
}

/// What a sentence says of the world, if it does.
pub(super) fn generality(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Option<Generality> {
    if let Some(product) = product(lexicon, tokens) {
        return Some(Generality::Product(product));
    }
    (people(lexicon, tokens) || style(lexicon, tokens)).then_some(Generality::World)
}

/// "Functions is an event-driven compute service that runs your code": the product, where a vendor's words say what it is.
fn product(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Option<usize> {
    let name = match_name(lexicon, tokens, 0)?;
    // "Simple Queue Service (SQS) is a …"
    let aside = tokens.get(name.length).is_some_and(|t| t.is("("));
    let close = tokens.iter().position(|t| t.is(")")).filter(|_| aside);
    let at = close.map_or(name.length, |close| close + 1);
    let is = tokens.get(at).is_some_and(|t| t.is("is") || t.is("are"));
    let article = tokens.get(at + 1).is_some_and(|t| t.is("a") || t.is("an") || t.is("the"));
    if !(is && article) {
        return None;
    }
    let behind = tokens.get(at + 2..)?;
    let end = behind
        .iter()
        .position(|t| t.is("that") || t.is("which") || t.is("for") || t.is("to") || t.is("with"));
    let told = behind.get(..end.unwrap_or(behind.len()).min(SORT))?;
    let sort = told.last().is_some_and(|t| lexicon.roles.product_sorts.contains(&singular(&t.lower)))
        || told.iter().any(|t| t.is("suite") || t.is("set"));
    let praised = behind.iter().any(|t| lexicon.roles.vendor_words.contains(&t.lower));
    (sort && praised).then_some(name.technology)
}

/// "Many companies store documents in file shares": those who are in no system.
fn people(lexicon: &Lexicon, tokens: &[Token<'_>]) -> bool {
    let counted = tokens.first().is_some_and(|t| ["many", "most", "some", "few"].contains(&t.lower.as_str()));
    let start = usize::from(counted);
    let subject = tokens.iter().skip(start).take(SUBJECT).take_while(|t| t.shape == Shape::Word);
    let mut general = false;
    for (at, token) in subject.enumerate() {
        let one = singular(&token.lower);
        if lexicon.roles.public_heads.contains(&one) && one != token.lower {
            general = true;
            continue;
        }
        if general {
            // The verb; "companies that use the portal" are some of them.
            let some = token.is("that") || token.is("who") || token.is("of") || token.is("in");
            return !some;
        }
        let adjective = lexicon.adjective(&token.lower) || lexicon.noun(&token.lower).is_none() && at == 0;
        if !adjective {
            return false;
        }
    }
    false
}

/// "An event-driven architecture decouples producers and consumers": a style, where no product is named.
fn style(lexicon: &Lexicon, tokens: &[Token<'_>]) -> bool {
    let opens = tokens.first().is_some_and(|t| {
        lexicon.closed(&t.lower).iter().any(|c| matches!(c, Closed::Determiner(Det::Indefinite)))
    });
    let subject = tokens.iter().skip(1).take(SUBJECT).take_while(|t| t.shape == Shape::Word);
    let style = |t: &Token<'_>| {
        matches!(t.lower.as_str(), "architecture" | "approach" | "pattern" | "style" | "design")
    };
    let mut subject = subject.skip_while(|t| !style(t));
    let headed = subject.next().is_some();
    // "An architecture with a queue and two workers": some part is told.
    let told =
        || subject.clone().next().is_some_and(|t| t.is("with") || t.is("of") || t.is("where") || t.is("in"));
    let named = || (0..tokens.len()).any(|at| match_name(lexicon, tokens, at).is_some());
    let part = || {
        tokens.iter().any(|t| {
            matches!(lexicon.noun(&t.lower), Some((Noun::Component(_), _))) && !t.lower.ends_with("ers")
        })
    };
    opens && headed && !told() && !named() && !part()
}
