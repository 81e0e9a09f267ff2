//! Lists whose items go on with the line that leads them: "The topic is read by:", "The web app:".
//!
//! Takes blocks and sentences and puts what an item needs of its lead before the item's words, with the places they have
//! in the text. It draws nothing.

use super::lexicon::{Closed, Form, Lexicon};
use super::sentences::Sentence;
use super::structure::{Block, BlockKind};
use super::tokens::Token;

/// The most words of a lead that are put before an item.
const LEAD: usize = 24;

/// Prepositions with which a lead leaves its items to say of whom it speaks.
const OPEN: [&str; 8] = ["by", "to", "from", "with", "into", "in", "on", "through"];

/// Completes the first sentences of items.
pub(super) fn prepare<'a>(lexicon: &Lexicon, blocks: &[Block], sentences: &mut [Sentence<'a>]) {
    let mut last: Vec<Option<usize>> = vec![None; blocks.len()];
    for (at, sentence) in sentences.iter().enumerate() {
        if let Some(slot) = last.get_mut(sentence.block) {
            *slot = Some(at);
        }
    }
    for at in 1..sentences.len() {
        let Some(sentence) = sentences.get(at) else { continue };
        let Some(block) = blocks.get(sentence.block) else { continue };
        let opens = sentences.get(at - 1).is_none_or(|s| s.block != sentence.block);
        let (BlockKind::Item { .. }, Some(lead), true) = (block.kind, block.lead, opens) else { continue };
        let Some(words) = last.get(lead).copied().flatten().and_then(|l| sentences.get(l)) else { continue };
        let words = words.tokens.as_slice();
        let Some(begun) = begun(lexicon, words, &sentence.tokens) else { continue };
        let begun: Vec<Token<'a>> = begun.to_vec();
        if let Some(sentence) = sentences.get_mut(at) {
            sentence.tokens.splice(0..0, begun);
        }
    }
}

/// The words of a lead that an item goes on with.
fn begun<'t, 'a>(lexicon: &Lexicon, lead: &'t [Token<'a>], item: &[Token<'a>]) -> Option<&'t [Token<'a>]> {
    let (colon, words) = lead.split_last()?;
    if !colon.is(":") || words.is_empty() || words.len() > LEAD || words.iter().any(|t| t.is(":")) {
        return None;
    }
    let first = item.first()?;
    let third = |t: &Token<'_>| lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Third);
    let helps = |t: &Token<'_>| {
        lexicon.closed(&t.lower).iter().any(|c| matches!(c, Closed::Auxiliary | Closed::Modal))
    };
    // "The topic is read by:"
    let open = words.last().is_some_and(|t| OPEN.contains(&t.lower.as_str()));
    let named = !third(first) || lexicon.noun(&first.lower).is_some();
    if open && words.iter().any(|t| third(t) || helps(t)) && named {
        return Some(words);
    }
    // "The web app:" before "reads the catalogue"
    let article = words.first().is_some_and(|t| t.is("the") || t.is("our") || t.is("an") || t.is("a"));
    let alone = !words.iter().any(|t| {
        helps(t) || lexicon.noun(&t.lower).is_none() && third(t) || t.is(",") || t.is("and") || t.is("of")
    });
    let told = third(first) && !first.capital() && !first.code;
    (article && alone && told).then_some(words)
}
