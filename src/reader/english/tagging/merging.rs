//! Words that belong together: names, nouns and prepositions of several words, what stands in quotation marks.
//!
//! Takes tokens and gives units with provisional tags. It looks at no more than the next words.

use super::super::lexicon::{Form, Joint, Lexicon, Noun, match_name};
use super::super::tokens::{Shape, Token};
use super::{Tag, Unit, particle_frame, plural_look};

/// The longest name in quotation marks, in words; what is longer is speech.
const QUOTED_WORDS: usize = 5;

/// Merges names, nouns and prepositions of several words. The tags are provisional.
pub(super) fn merge(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<Unit> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        // "3 x app server"
        let times = token.is("x")
            && at.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(|t| t.shape == Shape::Number)
            && tokens.get(at + 1).is_some_and(Token::word);
        if times {
            at += 1;
            continue;
        }
        let (length, tag, plural, misspelt) = match token.shape {
            Shape::Arrow => (1, Tag::Arrow, false, false),
            Shape::BackArrow => (1, Tag::BackArrow, false, false),
            Shape::Path => (1, Tag::Path, false, false),
            Shape::Mark => {
                out.push(Unit { start: at, end: at + 1, tag: mark(token), plural: false, misspelt: false });
                at += 1;
                let words = quoted(lexicon, tokens, at);
                if words > 0 {
                    out.push(Unit {
                        start: at,
                        end: at + words,
                        tag: Tag::Noun(None),
                        plural: false,
                        misspelt: false,
                    });
                    at += words;
                }
                continue;
            }
            Shape::Number => (1, Tag::Number(number(token.text)), false, false),
            Shape::Word => word(lexicon, tokens, at),
        };
        out.push(Unit { start: at, end: at + length, tag, plural, misspelt });
        at += length;
    }
    out
}

/// How many words from `at` on stand in quotation marks and are one name: "order placed" is no sentence of its own. Words
/// that the lexicon has as a name or noun keep that meaning.
fn quoted(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> usize {
    let mark = |at: usize, marks: &[&str]| {
        tokens.get(at).filter(|t| t.shape == Shape::Mark && marks.contains(&t.text))
    };
    let opens = at.checked_sub(1).and_then(|before| mark(before, &["\"", "“"])).is_some_and(|m| m.spaced);
    if !opens || tokens.get(at).is_some_and(|t| t.spaced) {
        return 0;
    }
    let inside = tokens.get(at..).unwrap_or(&[]);
    let words = inside.iter().take(QUOTED_WORDS + 1).take_while(|t| t.word()).count();
    let (meant, ..) = inside.first().map_or((0, Tag::Adverb, false, false), |_| word(lexicon, tokens, at));
    let closed = mark(at + words, &["\"", "”"]).is_some();
    if closed && (2..=QUOTED_WORDS).contains(&words) && meant < words { words } else { 0 }
}

fn mark(token: &Token<'_>) -> Tag {
    match token.text {
        "&" | "+" => Tag::Joint(Joint::And),
        "/" => Tag::Joint(Joint::And),
        text => Tag::Mark(text.chars().next().unwrap_or(' ')),
    }
}

fn number(text: &str) -> u32 {
    text.replace(',', "").parse().unwrap_or(0)
}

/// Whether a word is a form of a verb that this particle belongs to: "backed", "up".
fn takes_particle(lexicon: &Lexicon, word: &str, particle: &str) -> bool {
    lexicon.verb_forms(word).iter().any(|&(verb, _)| particle_frame(lexicon, verb, particle).is_some())
}

fn word(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> (usize, Tag, bool, bool) {
    // "is backed up to S3": the particle of the verb before.
    let particle = |length: usize| {
        let before = at.checked_sub(1).and_then(|b| tokens.get(b)).map_or("", |t| t.lower.as_str());
        let here = tokens.get(at).map_or("", |t| t.lower.as_str());
        length == 2
            && takes_particle(lexicon, before, here)
            && !tokens.get(at + length).is_some_and(|t| counts(lexicon, t))
    };
    if let Some((length, meaning)) =
        lexicon.compound(tokens, at).filter(|(length, meaning)| *meaning != "about" || !particle(*length))
    {
        let tag = match meaning {
            "and" => Tag::Joint(Joint::And),
            "adverb" => Tag::Adverb,
            "when" => Tag::Subordinator,
            "which" => Tag::Relative,
            // "up to ten workers"
            "about" if tokens.get(at + length).is_some_and(|t| counts(lexicon, t)) => Tag::Adverb,
            "to" if length == 3 && tokens.get(at).is_some_and(|t| t.is("in") || t.is("so")) => Tag::To,
            _ => Tag::Preposition(meaning.to_owned()),
        };
        return (length, tag, false, false);
    }
    let name = match_name(lexicon, tokens, at);
    // "nginx proxies requests": the plural of "nginx proxy" is a verb before what is done.
    let verb_inside = |n: &super::super::lexicon::NameMatch| {
        let last = tokens.get(at + n.length - 1);
        let does = last.is_some_and(|t| lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Third));
        let next = tokens.get(at + n.length);
        let object = next.is_some_and(|t| {
            matches!(lexicon.noun(&t.lower), Some((Noun::Data, true)))
                || lexicon
                    .closed(&t.lower)
                    .iter()
                    .any(|c| matches!(c, super::super::lexicon::Closed::Determiner(_)))
        });
        n.length > 1 && n.plural && does && object
    };
    let name = match name {
        Some(n) if verb_inside(&n) => match_name(lexicon, &tokens[..at + n.length - 1], at),
        other => other,
    };
    // "fan out events" is a deed, "a fan-out" is a thing.
    let deed = || match tokens.get(at..at + 2) {
        Some([verb, particle]) => takes_particle(lexicon, &verb.lower, &particle.lower),
        _ => false,
    };
    let noun = lexicon.longest_noun(tokens, at).filter(|&(length, ..)| length != 2 || !deed());
    // "the job stores the result": no job stores.
    let noun = match noun {
        Some((length, _, true)) if length > 1 && does_behind(lexicon, tokens, at + length - 1) => {
            lexicon.longest_noun(&tokens[..at + length - 1], at)
        }
        // "the notifications trigger functions": no trigger functions.
        Some((length, noun, true)) if length > 1 && told_by_plural(lexicon, tokens, at) => {
            lexicon.longest_noun(&tokens[..=at], at).or(Some((1, noun, false)))
        }
        other => other,
    };
    let capital = tokens.get(at).is_some_and(|t| t.inner_capital() || t.capital() && at > 0);
    match (name, noun) {
        (Some(n), Some((l, ..))) if n.length > l || n.length == l && (capital || !n.misspelt) => {
            (n.length, Tag::Name(n.technology), n.plural, n.misspelt)
        }
        (Some(n), None) => (n.length, Tag::Name(n.technology), n.plural, n.misspelt),
        (_, Some((length, noun, plural))) if length > 1 => (length, Tag::Noun(Some(noun)), plural, false),
        (_, Some((_, noun, plural))) => (1, Tag::Noun(Some(noun)), plural, false),
        _ => {
            let plural = tokens.get(at).is_some_and(|t| {
                // `getRecipes` is one.
                let identifier =
                    t.code || t.text.chars().next().is_some_and(char::is_lowercase) && t.inner_capital();
                let look = plural_look(&t.lower) && t.text.ends_with('s');
                look && !identifier && !name_in_s(lexicon, tokens, at)
            });
            (1, Tag::Noun(None), plural, false)
        }
    }
}

/// Whether the word at `at` may be a verb in its base form whose subject are the many of the word before.
fn told_by_plural(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    let base = |t: &Token<'_>| lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Base);
    let many = |t: &Token<'_>| matches!(lexicon.noun(&t.lower), Some((_, true)));
    tokens.get(at).is_some_and(base) && at.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(many)
}

/// Whether the word at `at` may be a verb in the third person before what is done, told by its article.
fn does_behind(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    use super::super::lexicon::{Closed, Det};
    let third = |t: &Token<'_>| lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Third);
    let article = |t: &Token<'_>| {
        lexicon
            .closed(&t.lower)
            .iter()
            .any(|c| matches!(c, Closed::Determiner(Det::Definite | Det::Indefinite | Det::Possessive)))
    };
    tokens.get(at).is_some_and(third) && tokens.get(at + 1).is_some_and(article)
}

fn counts(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    token.shape == Shape::Number
        || lexicon.closed(&token.lower).iter().any(|c| matches!(c, super::super::lexicon::Closed::Number(_)))
}

/// A name in -s, such as Hermes: a capital before letters that are no known word's plural. At the beginning of a sentence,
/// where every word has one, the verb behind it has to be in the singular.
fn name_in_s(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|t| t.capital()) else { return false };
    let doers = ["ers", "ors", "ists", "ians"].iter().any(|e| token.lower.ends_with(e));
    let known =
        lexicon.knows(&token.lower) || token.lower.strip_suffix('s').is_some_and(|s| lexicon.knows(s));
    let plural = at == 0
        && tokens.get(1).is_some_and(|next| {
            matches!(next.lower.as_str(), "are" | "were" | "have" | "do")
                || lexicon.verb_forms(&next.lower).iter().any(|(_, f)| *f == Form::Base)
        });
    !doers && !known && !plural
}
