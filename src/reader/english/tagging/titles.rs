//! Whether a word that may be a verb is part of a name: by its capital, in bold at the beginning of a line.
//!
//! Takes a word with its neighbours. It gives no tags.

use super::super::tokens::Token;
use super::{Tag, Tagger};

impl Tagger<'_, '_> {
    /// Whether a capital in the middle of the sentence makes the word a name: "the Extract and Transform functions".
    pub(super) fn name_inside(&self, at: usize, before: Option<&Tag>) -> bool {
        let opens = matches!(
            self.units.get(at.wrapping_sub(1)).map(|u| &u.tag),
            None | Some(Tag::Mark(':' | '-' | '–' | '—' | '"' | '“' | '(' | ';' | '|') | Tag::Arrow)
        );
        let helped = matches!(before, Some(Tag::Modal | Tag::Auxiliary | Tag::To));
        let lower_before = self
            .units
            .get(at.wrapping_sub(1))
            .and_then(|u| self.tokens.get(u.start))
            .is_some_and(|t| t.text == t.lower);
        !opens && !helped && lower_before && self.token(at).is_some_and(Token::capital)
    }

    /// Whether the word belongs to a name set in bold at the beginning of a line: "**Seat map cache** - Redis".
    pub(super) fn run_in_head(&self, at: usize) -> bool {
        let strong = self.tokens.iter().take_while(|t| t.strong).count();
        let start = self.units.get(at).map_or(usize::MAX, |u| u.start);
        start < strong
            && self.tokens.get(strong).is_none_or(|t| matches!(t.text, ":" | "-" | "–" | "—" | "("))
    }

    /// Whether a capital in the middle of a sentence makes the word part of a name: "File Transfer Protocol".
    pub(super) fn titled(&self, at: usize) -> bool {
        let capital = |at: usize| self.token(at).is_some_and(|t| t.capital() && !t.strong);
        at > 0
            && capital(at)
            && capital(at - 1)
            && matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adjective))
    }
}
