//! Whether a text asks for a design.
//!
//! Takes the tokens and says where the request's own words begin, or that the text is none: it describes components
//! and what passes between them, however it begins.

use super::super::lexicon::{Form, Noun, lexicon};
use super::super::wording::singular;
use super::knowledge::{knowledge, vocabulary};
use super::phrases::opening;
use super::words::{Mark, Token, stem};

/// A bare noun phrase longer than this is a description, in words.
const BARE_WORDS: usize = 60;
/// From this many stated flows between components on, a text describes, whatever it begins with.
const FLOWS: usize = 2;

/// From this many named products on, what people do is a description.
const PRODUCTS: usize = 2;

/// The first token of what is asked for.
pub(crate) fn request(tokens: &[Token]) -> Option<usize> {
    let words = tokens.iter().filter(|t| t.is_word()).count();
    if words == 0 || tokens.iter().any(|t| t.mark == Mark::Arrow) {
        return None;
    }
    let flows = flows(tokens);
    let sentences = tokens
        .split(|t| t.mark == Mark::Stop)
        .filter(|s| s.iter().filter(|t| t.is_word()).count() > 2)
        .count();
    if let Some(start) = opening(tokens).filter(|&s| s < tokens.len()) {
        return (flows < FLOWS || flows * 4 < sentences).then_some(start);
    }
    let start = tokens.iter().position(Token::is_word)?;
    // "The archiver copies …" speaks of something that is there.
    if tokens[start].lower == "the" {
        return None;
    }
    let start = if matches!(tokens[start].lower.as_str(), "a" | "an" | "the") { start + 1 } else { start };
    if people_act(tokens, start) {
        return None;
    }
    let bare = || {
        names_a_system(tokens) || is_bare(tokens, start) || lists_features(tokens) || lists_products(tokens)
    };
    (flows == 0 && words <= BARE_WORDS && bare()).then_some(start)
}

/// The first token of a note: a text that is neither drawn with arrows nor speaks of something that is there.
pub(crate) fn note(tokens: &[Token]) -> Option<usize> {
    let start = tokens.iter().position(Token::is_word)?;
    let spoken_of = matches!(
        tokens[start].lower.as_str(),
        "the" | "this" | "there" | "these" | "our" | "when" | "if" | "each"
    );
    let drawn = tokens.iter().any(|t| t.mark == Mark::Arrow);
    let article = usize::from(matches!(tokens[start].lower.as_str(), "a" | "an"));
    (!spoken_of && !drawn).then_some(opening(tokens).unwrap_or(start + article))
}

/// Where more than one item of so many is a product, a list tells what there is.
const LISTED_PRODUCTS: usize = 2;

/// From this many commas on, what stands behind a colon or "with" is a list of features.
const LISTED: usize = 2;

/// How many words a subject has at most before the list of its features.
const SUBJECT: usize = 14;

/// Whether a text begins with a subject and the list of what belongs to it, most of which are no products in place: "Parcel
/// lockers: door codes, expiry reminders, and a map for customers".
pub(crate) fn lists_features(tokens: &[Token]) -> bool {
    let Some(start) = tokens.iter().position(Token::is_word) else { return false };
    let end = tokens.iter().position(|t| t.mark == Mark::Stop).unwrap_or(tokens.len());
    let opens =
        |t: &Token| t.mark == Mark::Colon || t.lower == "with" || matches!(t.text.as_str(), "–" | "—");
    let Some(list) = (start + 1..end.min(start + SUBJECT)).find(|&i| opens(&tokens[i])) else { return false };
    let subject = tokens[start..list].iter().all(|t| t.is_word() || t.mark == Mark::Joined);
    let marks = |mark| tokens[list + 1..end].iter().filter(|t| t.mark == mark).count();
    subject
        && marks(Mark::Comma) >= LISTED
        && marks(Mark::Colon) + marks(Mark::Arrow) == 0
        && !is_finite(tokens)
        && products(tokens, start) <= (marks(Mark::Comma) + 1) / LISTED_PRODUCTS
}

/// How many products are named from a token on.
fn products(tokens: &[Token], start: usize) -> usize {
    let named = |t: &Token| {
        let proper = t.text.starts_with(char::is_uppercase) && t.text.len() > 2;
        t.is_word() && proper && crate::catalog::catalog().find(&t.text).is_some()
    };
    tokens[start..].iter().filter(|t| named(t)).count()
}

/// Whether a text is one noun phrase with what belongs to it, and no clause: "Checkout service with Postgres and Stripe".
pub(crate) fn names_a_system(tokens: &[Token]) -> bool {
    let Some(start) = tokens.iter().position(Token::is_word) else { return false };
    let start = start + usize::from(matches!(tokens[start].lower.as_str(), "a" | "an" | "the"));
    let last = tokens.iter().rposition(Token::is_word).unwrap_or(0);
    let one = !tokens[..last].iter().any(|t| matches!(t.mark, Mark::Stop | Mark::Arrow | Mark::Colon));
    let lists = tokens.iter().position(|t| matches!(t.lower.as_str(), "with" | "using" | "featuring"));
    let early = lists.is_some_and(|at| at > start && at <= start + 6);
    // What costs most comes last: most texts are descriptions, and need nothing of what is known about prompts.
    if !(one && early && last - start < BARE_WORDS) || is_finite(tokens) {
        return false;
    }
    let verbs = (0..tokens.len())
        .any(|i| tokens[i].lower.ends_with('s') && is_flow_verb(&tokens[i]) && has_object(tokens, i));
    let head = start..lists.unwrap_or(start).max(start);
    let system = || {
        head.clone().any(|i| is_component(tokens, i) || is_system(&tokens[i]))
            || knowledge()
                .designs
                .iter()
                .any(|d| d.keywords.iter().any(|k| super::pattern::find(k, tokens, head.clone()).is_some()))
    };
    !verbs && system()
}

/// Whether a word stands before another in its phrase, as a verb before its object.
fn has_object(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|t| t.mark == Mark::Word && !matches!(t.lower.as_str(), "and" | "or" | "behind"))
}

/// From this many products on, a list of them is what a system is built with.
const STACK: usize = 3;
/// The longest item of such a list, in words.
const ITEM: usize = 8;

/// Whether a text is a list of products with what they are for, and no clause: "Next.js frontend, FastAPI backend, Redis
/// for caching".
pub(crate) fn lists_products(tokens: &[Token]) -> bool {
    let Some(start) = tokens.iter().position(Token::is_word) else { return false };
    let last = tokens.iter().rposition(Token::is_word).unwrap_or(0);
    // A subject before a colon is what the list is about.
    let colon = (start..last.min(start + SUBJECT)).find(|&i| tokens[i].mark == Mark::Colon);
    let start = colon.map_or(start, |c| c + 1);
    let one = !tokens[start..last].iter().any(|t| matches!(t.mark, Mark::Stop | Mark::Arrow | Mark::Colon));
    let items = || tokens[start..=last].split(|t| t.mark == Mark::Comma);
    let verbs = || {
        (start..=last)
            .any(|i| tokens[i].lower.ends_with('s') && is_flow_verb(&tokens[i]) && has_object(tokens, i))
    };
    one && items().count() >= STACK
        && items().all(|i| i.len() <= ITEM)
        && !tokens.iter().any(|t| matches!(t.lower.as_str(), "which" | "that" | "who" | "when" | "where"))
        && !clause_opens(tokens, start)
        && !is_finite(tokens)
        && products(tokens, start) >= STACK
        && !verbs()
}

/// Whether a text begins with somebody who does something: "Desk staff work in …".
fn clause_opens(tokens: &[Token], start: usize) -> bool {
    let first = tokens[start..].iter().take_while(|t| t.is_word());
    let base = |t: &Token| lexicon().verb_forms(&t.lower).iter().any(|(_, form)| *form == Form::Base);
    let person = |t: &Token| matches!(lexicon().noun(&singular(&t.lower)), Some((Noun::Person, _)));
    let words: Vec<&Token> = first.collect();
    words.windows(2).any(|w| person(w[0]) && base(w[1]))
}

/// "Researchers chat with a Streamlit app in Azure App Service": who does what with products that are there.
fn people_act(tokens: &[Token], start: usize) -> bool {
    let (Some(who), Some(deed)) = (tokens.get(start), tokens.get(start + 1)) else { return false };
    let lexicon = lexicon();
    let person =
        matches!(lexicon.noun(&singular(&who.lower)), Some((Noun::Person, _))) && who.lower.ends_with('s');
    let does = lexicon.verb_forms(&deed.lower).iter().any(|(_, form)| *form == Form::Base);
    person && does && products(tokens, start) >= PRODUCTS
}

fn is_system(token: &Token) -> bool {
    vocabulary().systems.iter().any(|w| stem(w) == token.stem())
}

fn is_flow_verb(token: &Token) -> bool {
    token.is_word() && vocabulary().flow_verbs.iter().any(|v| stem(v) == token.stem())
}

/// Words behind which no verb stands: "for queries".
const NOUN_BEFORE: &[&str] = &["for", "of", "with", "by", "on", "from", "via", "as", "the", "a", "an", "in"];

/// How many clauses say that one component deals with another.
fn flows(tokens: &[Token]) -> usize {
    let mut count = 0;
    for (i, token) in tokens.iter().enumerate() {
        let noun = i > 0 && NOUN_BEFORE.contains(&tokens[i - 1].lower.as_str());
        let verb = token.is_word()
            && !noun
            && token.text == token.lower
            && (token.lower.ends_with('s') || token.lower.ends_with("ed"))
            && is_flow_verb(token);
        if !verb || i == 0 {
            continue;
        }
        let before = (i.saturating_sub(5)..i).rev().take_while(|&j| tokens[j].is_word());
        let by_component = before.take(4).any(|j| is_component(tokens, j)) && !relative(tokens, i);
        let after = (i + 1..tokens.len().min(i + 9)).take_while(|&j| tokens[j].mark != Mark::Stop);
        count += usize::from(by_component && after.into_iter().any(|j| is_component(tokens, j)));
    }
    count
}

/// Whether the verb's subject is the system that is asked for: "a service that sends …".
fn relative(tokens: &[Token], verb: usize) -> bool {
    tokens[verb.saturating_sub(2)..verb]
        .iter()
        .any(|t| matches!(t.lower.as_str(), "that" | "which" | "and" | "who"))
}

/// Whether a token names an explicit component: "service", "queue", "Lambda".
fn is_component(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.is_word()
        && (vocabulary().component_nouns.iter().any(|n| stem(n) == token.stem())
            || (token.text.starts_with(char::is_uppercase)
                && token.text.len() > 1
                && crate::catalog::catalog().find(&token.text).is_some()))
}

/// Whether a text without a request's words is the name of a system with its features: it begins with a noun phrase
/// that names a system, and no sentence of it has a subject and a verb.
fn is_bare(tokens: &[Token], start: usize) -> bool {
    let vocabulary = vocabulary();
    let known = |list: &[&str], t: &Token| list.iter().any(|w| stem(w) == t.stem());
    let first = tokens[start..].iter().take_while(|t| t.is_word()).take(14);
    let system = first.into_iter().any(|t| known(vocabulary.systems, t))
        || knowledge().designs.iter().any(|d| {
            d.keywords
                .iter()
                .any(|k| super::pattern::find(k, tokens, start..tokens.len().min(start + 8)).is_some())
        });
    system && !is_finite(tokens)
}

/// Whether some word can only be the verb of a clause.
fn is_finite(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| t.is_word() && vocabulary().finite.contains(&t.lower.as_str()))
}
