//! Technologies that a prompt names, and the ones that its platform suggests.
//!
//! Takes the tokens and finds catalog entries in them; chooses catalog entries for kinds on a named platform. It adds
//! no component.

use crate::catalog::{TechnologyEntry, catalog};
use crate::model::Kind;
use crate::text::{Source, Span};

use super::knowledge::{Pattern, Platform, knowledge, vocabulary};
use super::pattern;
use super::phrases::{Phrase, Role};
use super::words::Token;

/// A technology where it is named.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) entry: &'static TechnologyEntry,
    /// First token.
    pub(crate) start: usize,
    /// Past the last token.
    pub(crate) end: usize,
    pub(crate) span: Span,
    /// As written.
    pub(crate) text: String,
}

/// The longest name, in tokens, that is looked for.
const LONGEST: usize = 5;

/// The technologies named in a text, from token `from` on. Common words that are also names count only as names.
pub(crate) fn mentions(source: &Source, tokens: &[Token], from: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = from;
    while at < tokens.len() {
        if let Some((_, ids)) = vocabulary().stacks.iter().find(|(name, _)| *name == tokens[at].lower) {
            let (span, text) = (tokens[at].span, tokens[at].text.clone());
            let entries = ids.split(' ').filter_map(|id| catalog().technology(id));
            found.extend(entries.map(|entry| Mention {
                entry,
                start: at,
                end: at + 1,
                span,
                text: text.clone(),
            }));
            at += 1;
            continue;
        }
        match (1..=LONGEST).rev().find_map(|n| mention(source, tokens, at, at + n)) {
            Some(mention) => {
                at = mention.end;
                found.push(mention);
            }
            None => at += 1,
        }
    }
    found
}

fn mention(source: &Source, tokens: &[Token], start: usize, end: usize) -> Option<Mention> {
    let torn = tokens[start].mark == super::words::Mark::Joined && tokens[start].lower == tokens[start].text;
    if end > tokens.len() || torn || !tokens[start..end].iter().all(Token::is_word) {
        return None;
    }
    let span = tokens[start].span.join(tokens[end - 1].span);
    let text = source.slice(span);
    if text.len() < 2 || vocabulary().plain_names.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    let entry = catalog().find(text)?;
    let plain = |name: &str| name.to_lowercase().replace([' ', '-'], "");
    let uncased = std::iter::once(&entry.name).chain(entry.aliases).any(|a| plain(a) == plain(text));
    let cased = entry.cased_aliases.contains(&text);
    let named = text.chars().any(char::is_uppercase) || text.chars().any(|c| c.is_ascii_digit());
    let known = cased || (uncased && (named || !entry.ambiguous));
    known.then(|| Mention { entry, start, end, span, text: text.to_owned() })
}

/// A platform that the text asks for.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub(crate) platform: &'static Platform,
    pub(crate) serverless: bool,
    /// Whether the platform itself is named, and not just the style.
    pub(crate) named: bool,
    pub(crate) span: Span,
}

/// The platform that the text names, or that a named style ("serverless") is taken to mean.
pub(crate) fn platform(tokens: &[Token], phrases: &[Phrase], mentions: &[Mention]) -> Option<Chosen> {
    let spoken = |pattern: &'static Pattern| {
        phrases
            .iter()
            .filter(|p| !matches!(p.role, Role::Excluded | Role::Model))
            .find_map(|p| pattern::find(pattern, tokens, p.range()))
    };
    let serverless = vocabulary().serverless.iter().find_map(spoken);
    let platforms = knowledge().platforms;
    let of = |vendor: &str| platforms.iter().find(|p| p.name == vendor.to_lowercase());
    let named = platforms.iter().find_map(|p| p.phrases.iter().find_map(|w| Some((p, spoken(w)?))));
    let vendor = || {
        let mention = mentions.iter().find(|m| serverless.is_some() && of(m.entry.vendor).is_some())?;
        Some((of(mention.entry.vendor)?, mention.span))
    };
    let span = |m: &pattern::Match| tokens[m.first()].span.join(tokens[m.last()].span);
    if let Some((platform, found)) = named {
        return Some(Chosen { platform, serverless: serverless.is_some(), named: true, span: span(&found) });
    }
    if let Some((platform, found)) = vendor() {
        return Some(Chosen { platform, serverless: true, named: true, span: found });
    }
    let found = serverless?;
    Some(Chosen { platform: of("aws")?, serverless: true, named: false, span: span(&found) })
}

impl Chosen {
    /// What plays a kind's part there.
    pub(crate) fn technology(&self, kind: Kind) -> Option<&'static TechnologyEntry> {
        let from = |table: &'static [(Kind, &str)]| table.iter().find(|(k, _)| *k == kind).map(|(_, id)| *id);
        let id = self
            .serverless
            .then(|| from(self.platform.serverless))
            .flatten()
            .or_else(|| from(self.platform.managed))?;
        catalog().technology(id)
    }
}
