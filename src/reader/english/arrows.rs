//! Arrows in notes: what is written on them, and where those begin that open a line.
//!
//! Takes sentences and takes the labels of arrows out of them ("A -> B: text", "A --text--> B"), each kept with its arrow's
//! token; a line that opens with an arrow gets its source from the line above. It draws nothing.

use super::sentences::Sentence;
use super::tokens::{Shape, Token};

/// The most tokens of a label.
const LABEL_TOKENS: usize = 8;

/// The most tokens of a name that lines below go on from.
const SOURCE_TOKENS: usize = 6;

/// How far below its source a line may go on from it, in bytes.
const NEAR: usize = 2_000;

/// Takes labels out and supplies sources.
pub(super) fn prepare<'a>(text: &'a str, sentences: &mut [Sentence<'a>]) {
    // The source of lines that are set in, and of those that go on where the last ended.
    let mut above: Option<(usize, Vec<Token<'a>>, Vec<Token<'a>>)> = None;
    let opens = |s: &Sentence<'_>| s.tokens.first().is_some_and(|t| t.shape == Shape::Arrow);
    for at in 0..sentences.len() {
        // Only a line that opens with an arrow asks for what stands above it.
        let asked = sentences.get(at + 1).is_some_and(|next| opens(next) || next.tokens.is_empty());
        let Some(sentence) = sentences.get_mut(at) else { continue };
        between(&mut sentence.tokens);
        behind(&mut sentence.tokens);
        let column = column(text, sentence.span.start);
        let opens = opens(sentence);
        let Some(first) = sentence.tokens.first() else { continue };
        let place = first.span.start;
        if let (true, Some((margin, source, last))) = (opens, &above) {
            let from = if column > *margin { source } else { last };
            let near = from.last().is_some_and(|t| {
                place < t.span.end + NEAR
                    && text.get(t.span.end..place).is_some_and(|between| !between.contains("\n\n"))
            });
            if near {
                let tokens = std::mem::take(&mut sentence.tokens);
                sentence.tokens = from.iter().cloned().chain(tokens).collect();
            }
        }
        if !asked {
            above = None;
            continue;
        }
        let source =
            if opens { above.take().map(|a| (a.0, a.1)) } else { Some((column, name(&sentence.tokens))) };
        let last = sentence.tokens.iter().rposition(arrow).map_or(0, |at| at + 1);
        let last = name(sentence.tokens.get(last..).unwrap_or(&[]));
        above = source.filter(|(_, s)| !s.is_empty()).map(|(margin, source)| (margin, source, last));
    }
}

fn arrow(token: &Token<'_>) -> bool {
    matches!(token.shape, Shape::Arrow | Shape::BackArrow)
}

/// How far a line is set in, in bytes.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let written = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    if written.is_empty() || written.ends_with('\n') { before.len() - written.len() } else { 0 }
}

/// The name that tokens begin with: the words before a mark or arrow.
fn name<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let words: Vec<Token<'a>> =
        tokens.iter().take_while(|t| matches!(t.shape, Shape::Word | Shape::Number)).cloned().collect();
    if words.len() <= SOURCE_TOKENS { words } else { Vec::new() }
}

/// "A --text--> B": what stands between two dashes and the arrow's head.
fn between(tokens: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while at < tokens.len() {
        let dash =
            |n: usize, spaced: bool| tokens.get(n).is_some_and(|t| t.text == "-" && t.spaced == spaced);
        let double = dash(at, true) && dash(at + 1, false);
        let start = if double { at + 2 } else { at + 1 };
        let single = !double && dash(at, true) && tokens.get(start).is_some_and(|t| !t.spaced);
        let head =
            (start..tokens.len().min(start + LABEL_TOKENS + 1)).find(|&n| tokens.get(n).is_some_and(arrow));
        let tight = |head: usize| tokens.get(head).is_some_and(|t| !t.spaced);
        if let Some(head) = head.filter(|&h| at > 0 && h > start && (double || single && tight(h))) {
            let label = tokens.get(start).zip(tokens.get(head - 1)).map(|(a, b)| a.span.join(b.span));
            if let Some(arrow) = tokens.get_mut(head) {
                arrow.label = label;
            }
            tokens.drain(at..head);
        }
        at += 1;
    }
}

/// "A -> B: text": the few words behind the last arrow's target.
fn behind(tokens: &mut Vec<Token<'_>>) {
    let Some(last) = tokens.iter().rposition(arrow) else { return };
    let mut depth = 0_usize;
    let colon = tokens.iter().enumerate().skip(last + 1).find(|(_, t)| {
        match t.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && t.text == ":"
    });
    let Some(colon) = colon.map(|(at, _)| at).filter(|&c| c > last + 1) else { return };
    let label = tokens.get(colon + 1..).unwrap_or(&[]);
    let span = label.first().zip(label.last()).map(|(a, b)| a.span.join(b.span));
    if label.len() > LABEL_TOKENS {
        return;
    }
    tokens.truncate(colon);
    if let Some(arrow) = tokens.get_mut(last) {
        arrow.label = span;
    }
}
