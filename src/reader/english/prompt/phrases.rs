//! A prompt taken apart.
//!
//! Takes the tokens and gives the phrases: what the system is, its features, the models to imitate, what is ruled
//! out. It decides nothing about components.

use crate::text::Span;

use super::knowledge::vocabulary;
use super::words::{Mark, Token, stem};

/// What a phrase is in its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What is to be built.
    Head,
    /// What it is for: "for a chain of clinics".
    Context,
    /// A product to imitate.
    Model,
    /// A feature.
    Feature,
    /// What it is built with or runs on.
    Means,
    /// What it must do without.
    Excluded,
}

/// A run of tokens without separators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// First token.
    pub(crate) start: usize,
    /// Past the last token.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) role: Role,
}

impl Phrase {
    /// Its tokens.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Its place in the text.
    pub(crate) fn span(&self, tokens: &[Token]) -> Span {
        span_of(tokens, self.start, self.end)
    }
}

/// The place of `tokens[start..end]`.
pub(crate) fn span_of(tokens: &[Token], start: usize, end: usize) -> Span {
    match (tokens.get(start), tokens.get(end.saturating_sub(1))) {
        (Some(a), Some(b)) if start < end => a.span.join(b.span),
        _ => Span::default(),
    }
}

/// Whether a word says nothing of its own at the ends of a phrase.
pub(crate) fn is_empty(word: &str) -> bool {
    vocabulary().empty.contains(&word)
}

/// Takes a prompt's tokens apart, from token `start` on (past its opening words).
pub(crate) fn phrases(tokens: &[Token], start: usize) -> Vec<Phrase> {
    let mut walk = Walk { tokens, found: Vec::new(), from: start, role: Role::Head, sentence: 0 };
    let mut at = start;
    while at < tokens.len() {
        at = walk.step(at);
    }
    walk.close(tokens.len());
    walk.found
}

struct Walk<'a> {
    tokens: &'a [Token],
    found: Vec<Phrase>,
    from: usize,
    role: Role,
    sentence: usize,
}

impl Walk<'_> {
    /// Looks at token `at`, and gives the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        let turn = match token.mark {
            Mark::Stop => {
                self.sentence += 1;
                Some((Role::Feature, 1))
            }
            Mark::Colon => Some((Role::Feature, 1)),
            Mark::Comma => Some((
                if self.role == Role::Excluded && self.next_is("or", at) {
                    Role::Excluded
                } else {
                    Role::Feature
                },
                1,
            )),
            Mark::Arrow => Some((Role::Feature, 1)),
            Mark::Joined => None,
            Mark::Word => self.word_turn(word, at),
        };
        let Some((role, skip)) = turn else { return at + 1 };
        self.close(at);
        self.role = role;
        self.from = at + skip;
        at + skip
    }

    /// The role that begins with a word, and how many tokens the word takes.
    fn word_turn(&self, word: &str, at: usize) -> Option<(Role, usize)> {
        let next = self.tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        let empty = self.blank(at);
        let said = vocabulary();
        match word {
            "like" if !empty && next != "to" => Some((Role::Model, 1)),
            "similar" if next == "to" => Some((Role::Model, 2)),
            "inspired" if next == "by" => Some((Role::Model, 2)),
            "such" if next == "as" => Some((Role::Feature, 2)),
            "instead" | "rather" if matches!(next, "of" | "than") => Some((Role::Excluded, 2)),
            "built" | "based" | "hosted" | "deployed" | "running" | "runs" | "run" | "backed" | "powered"
                if matches!(next, "on" | "with" | "by" | "in" | "using") =>
            {
                Some((Role::Means, 2))
            }
            // "End to end" is said of a system, not of what it is for.
            "to" if next == "end" => None,
            "for" | "in" | "to" if self.role == Role::Head && !empty => Some((Role::Context, 1)),
            "to" if self.role == Role::Context && (self.people(at) || self.meant(at)) => {
                Some((Role::Feature, 1))
            }
            // A condition asks for nothing of its own.
            "when" | "if" | "unless" | "until" | "once" if self.role != Role::Head => {
                Some((Role::Context, 1))
            }
            "on" if self.role == Role::Head && !empty => Some((Role::Means, 1)),
            "and" | "or"
                if self.role == Role::Excluded || (self.role == Role::Model && self.capital(at + 1)) =>
            {
                Some((self.role, 1))
            }
            "for" | "to" if self.role == Role::Model => Some((Role::Context, 1)),
            "use" | "using" if self.capital(at + 1) => Some((Role::Means, 1)),
            "and" | "or" if self.role == Role::Feature && self.shares_head(at) => None,
            "features" | "support" | "show" | "use" if empty && self.role != Role::Head => None,
            "support" | "handling" | "covering" | "showing" if self.names_system(at + 1) => None,
            _ if said.exclusions.contains(&word) => Some((Role::Excluded, 1)),
            _ if said.means_openers.contains(&word) => Some((Role::Means, 1)),
            _ if said.feature_openers.contains(&word) && (self.role != Role::Head || !empty) => {
                Some((Role::Feature, 1))
            }
            _ if self.role == Role::Head && !empty && self.gerund_tail(at) => Some((Role::Feature, 0)),
            _ => None,
        }
    }

    /// Whether the phrase has no word yet that says something.
    fn blank(&self, at: usize) -> bool {
        self.tokens[self.from..at].iter().all(|t| is_empty(&t.lower))
    }

    fn next_is(&self, word: &str, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|t| t.lower == word)
    }

    /// Whether a token is the noun of the system itself: of "a customer support platform" the last word.
    fn names_system(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| vocabulary().systems.iter().any(|s| stem(s) == t.stem()))
    }

    /// Whether the words before `at` are people.
    fn people(&self, at: usize) -> bool {
        let token = at.checked_sub(1).and_then(|i| self.tokens.get(i));
        token.is_some_and(|t| vocabulary().people.iter().any(|p| stem(p) == t.stem()))
    }

    /// Whether those whom something is for do what stands behind `at`: "for birdwatchers to log sightings".
    fn meant(&self, at: usize) -> bool {
        let several = at > 0 && self.tokens[at - 1].lower.ends_with('s');
        let next = self.tokens.get(at + 1);
        several && next.is_some_and(super::clause::is_bare_verb)
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.text.starts_with(char::is_uppercase))
    }

    /// Whether a participle after the system's own name begins what it does: "a platform tracking parcels".
    fn gerund_tail(&self, at: usize) -> bool {
        let words = vocabulary();
        let after_system = at > 0 && words.systems.iter().any(|s| stem(s) == self.tokens[at - 1].stem());
        let participle = self.tokens[at].lower.ends_with("ing");
        let has_object = self
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.mark == Mark::Word && !words.systems.contains(&t.lower.as_str()));
        after_system && participle && has_object
    }

    /// Whether the word before "and" only tells apart what the words behind it name: "market and limit orders". Of "user and order
    /// services" there are two.
    fn shares_head(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let Some(first) = (self.from..at).find(|&i| !self.is_blank(i)) else { return false };
        let word = tokens[first].lower.as_str();
        let lone = first + 1 == at && tokens[first].mark == Mark::Word;
        let end = super::frame::chunk_end(tokens, at + 1, tokens.len());
        let noun_phrase = end >= at + 3 && end <= at + 5 && (at + 1..end).all(|i| !self.is_blank(i));
        let telling = ["s", "ing", "ion", "ment", "ed"].iter().all(|e| !word.ends_with(e));
        lone && noun_phrase
            && telling
            && tokens[first].text == tokens[first].lower
            && !super::deeds::heads_several(&tokens[end - 1])
            && super::clause::lists_parts(tokens, first)
            && super::features::capability_of(tokens, first..at).is_none()
    }

    /// Whether a token says nothing of its own; parts of a joined word ("sign-on", "A/B") do.
    fn is_blank(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        !token.is_word() || is_empty(&token.lower) && !is_joined(self.tokens, at) && !is_noun(self.tokens, at)
    }

    fn close(&mut self, end: usize) {
        let (mut start, mut end) = (self.from.min(end), end);
        while start < end && self.is_blank(start) {
            start += 1;
        }
        // "Notification system" is more than "notification": designs are known by such names.
        let named =
            |end: usize| self.role == Role::Head && end > start + 1 && self.tokens[end - 1].lower == "system";
        while start < end && self.is_blank(end - 1) && !named(end) {
            end -= 1;
        }
        if start < end {
            self.found.push(Phrase { start, end, role: self.role });
        }
    }
}

/// At most so many words name who asks: "our small hospital".
const OWNERS: usize = 4;

/// Where the words end that only ask for a design, if the text begins with such: "Please design a", "I want to
/// build", "System design for".
pub(crate) fn opening(tokens: &[Token]) -> Option<usize> {
    let said = vocabulary();
    let leads = said.leads;
    let limit = tokens
        .iter()
        .position(|t| matches!(t.mark, Mark::Stop | Mark::Comma))
        .unwrap_or(tokens.len())
        .min(12);
    let lead = (0..limit).find(|&i| leads.iter().any(|l| l == &tokens[i].lower))?;
    let polite = tokens[..lead].iter().all(|t| is_empty(&t.lower) || said.polite.contains(&t.lower.as_str()));
    // "Our hospital wants a system where …".
    let ours = matches!(tokens[0].lower.as_str(), "our" | "my" | "we" | "a" | "an" | "the")
        && matches!(tokens[lead].lower.as_str(), "wants" | "needs" | "want" | "need")
        && tokens.get(lead + 1).is_some_and(|t| matches!(t.lower.as_str(), "a" | "an" | "to" | "one"));
    let polite = polite || ours && lead <= OWNERS;
    if !polite {
        return None;
    }
    let mut at = lead + 1;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        let wrapper = said.wrappers.contains(&token.lower.as_str())
            && (matches!(next, "for" | "of" | "that" | "where") || said.wrappers.contains(&next));
        let named = tokens[at - 1].lower.as_str();
        let lead =
            leads.contains(&token.lower.as_str()) && !matches!(named, "a" | "an" | "the" | "our" | "my");
        let empty =
            is_empty(&token.lower) || lead || said.polite.contains(&token.lower.as_str()) && named != "a";
        if !(wrapper || empty) || !token.is_word() || is_joined(tokens, at) || is_noun(tokens, at) {
            break;
        }
        at += 1;
    }
    Some(at)
}

/// Whether a word that mostly says nothing is a noun here, by the article before it or the noun behind it: "a help
/// desk", "a show guide", "feature store".
fn is_noun(tokens: &[Token], at: usize) -> bool {
    let article = at > 0 && matches!(tokens[at - 1].lower.as_str(), "a" | "an" | "the");
    match tokens[at].lower.as_str() {
        "help" | "support" | "show" => article,
        "key" => tokens.get(at + 1).is_some_and(|t| vocabulary().keyed.contains(&t.lower.as_str())),
        "feature" => {
            tokens.get(at + 1).is_some_and(|t| vocabulary().featured.iter().any(|w| stem(w) == t.stem()))
        }
        _ => false,
    }
}

/// Whether a token is part of a word with a hyphen or slash.
pub(crate) fn is_joined(tokens: &[Token], at: usize) -> bool {
    tokens[at].mark == Mark::Joined || tokens.get(at + 1).is_some_and(|t| t.mark == Mark::Joined)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::words::tokens;
    use super::*;

    fn taken_apart(text: &str) -> Vec<(Role, String)> {
        let tokens = tokens(text);
        let start = opening(&tokens).unwrap_or(0);
        phrases(&tokens, start)
            .into_iter()
            .map(|p| {
                (p.role, tokens[p.range()].iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    #[test]
    fn head_model_features_and_exclusions() {
        let found = taken_apart(
            "Please build a grocery shop like Instacart with baskets, courier routing and no Kafka",
        );
        assert_eq!(
            found,
            [
                (Role::Head, "grocery shop".to_owned()),
                (Role::Model, "instacart".to_owned()),
                (Role::Feature, "baskets".to_owned()),
                (Role::Feature, "courier routing".to_owned()),
                (Role::Excluded, "kafka".to_owned()),
            ]
        );
    }

    #[test]
    fn verbs_of_a_relative_clause_are_features() {
        let found = taken_apart("I want a tool that scans receipts and emails totals to accountants");
        let roles: Vec<Role> = found.iter().map(|f| f.0).collect();
        assert_eq!(roles, [Role::Head, Role::Feature, Role::Feature]);
        assert_eq!(found[2].1, "emails totals to accountants");
    }

    #[test]
    fn a_text_without_a_request_has_no_opening() {
        assert!(opening(&tokens("The orders service writes to Postgres")).is_none());
    }
}
