//! Sentences: a block's tokens, cut where a sentence ends.
//!
//! Takes a text and its blocks and gives [`Sentence`]s. Full stops of abbreviations, numbers and names end nothing.

use super::lexicon::{Form, lexicon};
use super::structure::{Block, BlockKind};
use super::tables::Table;
use super::tokens::{Shape, Token, tokens};
use crate::text::Span;

/// A sentence, a heading, or a note.
#[derive(Debug, Clone)]
pub(crate) struct Sentence<'a> {
    /// The block it stands in, as an index into the blocks.
    pub(crate) block: usize,
    /// Its tokens without the final full stop.
    pub(crate) tokens: Vec<Token<'a>>,
    /// Its bytes.
    pub(crate) span: Span,
    /// Whether it asks.
    pub(crate) question: bool,
}

/// Sentences longer than this many tokens are cut, so that the work for each is bounded.
const MAX_TOKENS: usize = 200;

/// The most tokens of bold words that head what follows.
const HEAD_TOKENS: usize = 6;

const ABBREVIATIONS: [&str; 18] = [
    "e.g", "i.e", "etc", "vs", "approx", "incl", "cf", "resp", "no", "fig", "dr", "mr", "mrs", "ms", "st",
    "inc", "a.m", "p.m",
];

/// The sentences of all blocks but code.
pub(crate) fn sentences<'a>(text: &'a str, blocks: &[Block]) -> Vec<Sentence<'a>> {
    let mut out = Vec::new();
    let mut table = Table::default();
    for (index, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Code {
            continue;
        }
        if block.kind == BlockKind::Row
            && let Some(mut said) = table.row(text, blocks, index)
        {
            out.append(&mut said);
            continue;
        }
        let mut current: Vec<Token<'a>> = Vec::new();
        let mut depth = 0_u32;
        let mut walk = tokens(text, block.span).into_iter().peekable();
        while let Some(token) = walk.next() {
            depth = match token.text {
                "(" => depth + 1,
                ")" => depth.saturating_sub(1),
                _ => depth,
            };
            let ends = match token.text {
                "." => depth == 0 && stops(&current, walk.peek()),
                "!" | "?" => depth == 0,
                _ => false,
            };
            let asks = token.text == "?";
            if !ends {
                current.push(token);
            }
            if ends || current.len() >= MAX_TOKENS {
                flush(&mut out, index, &mut current, asks);
                depth = 0;
            }
        }
        flush(&mut out, index, &mut current, false);
    }
    run_in_heads(out)
}

/// A sentence of bold words alone heads what follows in its block: "**Storefront.** A Vue app." is "Storefront: a Vue app".
fn run_in_heads(sentences: Vec<Sentence<'_>>) -> Vec<Sentence<'_>> {
    let mut out: Vec<Sentence<'_>> = Vec::with_capacity(sentences.len());
    for mut sentence in sentences {
        let opens = out.len() < 2 || out.iter().rev().nth(1).is_some_and(|s| s.block != sentence.block);
        let heads = |s: &Sentence<'_>| {
            s.block == sentence.block
                && !s.question
                && s.tokens.len() <= HEAD_TOKENS
                && s.tokens.iter().all(|t| t.strong)
                && !deed(s)
        };
        if opens && let Some(mut head) = out.pop_if(|s| heads(s)) {
            head.tokens.push(Token::meant(":", head.span.end));
            head.tokens.append(&mut sentence.tokens);
            sentence.tokens = head.tokens;
            sentence.span = head.span.join(sentence.span);
        }
        out.push(sentence);
    }
    out
}

/// Whether a head is a verb, as names of phases are: "**Enrich.**"
fn deed(head: &Sentence<'_>) -> bool {
    let [only] = head.tokens.as_slice() else { return false };
    lexicon().verb_forms(&only.lower).iter().any(|(_, f)| matches!(f, Form::Base | Form::Gerund))
}

fn flush<'a>(out: &mut Vec<Sentence<'a>>, block: usize, current: &mut Vec<Token<'a>>, question: bool) {
    let tokens = std::mem::take(current);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let span = first.span.join(last.span);
    out.push(Sentence { block, tokens, span, question });
}

/// Whether a full stop behind `before` ends the sentence.
fn stops(before: &[Token<'_>], next: Option<&Token<'_>>) -> bool {
    let Some(next) = next else { return true };
    let Some(last) = before.last() else { return false };
    if !next.spaced {
        return false;
    }
    let abbreviation = ABBREVIATIONS.contains(&last.lower.as_str());
    if abbreviation && (last.is("etc") || last.is("a.m") || last.is("p.m")) {
        return next.capital();
    }
    let initial = last.text.len() == 1 && last.capital();
    !(abbreviation || initial && next.capital() && next.text.len() > 1 && before.len() < 2)
        && (next.shape != Shape::Mark || matches!(next.text, "(" | "\"" | "'" | "“" | "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::english::structure::blocks;

    #[test]
    fn abbreviations_end_nothing() {
        let text = "The API uses a cache, e.g. Redis. It runs v1.2 of Node.js. Done";
        assert_eq!(sentences(text, &blocks(text)).len(), 3);
    }
}
