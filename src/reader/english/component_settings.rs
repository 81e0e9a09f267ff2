//! What sentences say of single components besides what they do: how far a store lags, how it is backed up, where its
//! standby is, how many calls a part takes at most.
//!
//! Takes the sentences and the architecture drawn from them; sets properties of components. It adds no component and no
//! connection. The words are in `assets/words/settings.yaml` and `load.yaml`.

use super::facts::{backed_up, rhythm};
use super::figures::quantity;
use super::measures::likewise;
use super::rates::{holds_back, not_more, takes_at_most};
use super::sentences::Sentence;
use super::settings::{WORDS, lags};
use super::standbys::standbys;
use super::tokens::Token;
use super::wording::singular_label;
use crate::model::{Architecture, Component, Dimension, Id, Kind, Origin, Property, Value};
use crate::text::{Source, Span};

/// How many words before a figure say that it is a limit.
const LIMIT_WORDS: usize = 5;

/// Sets what the sentences say of components.
pub(super) fn set(source: &Source, sentences: &[Sentence<'_>], architecture: &mut Architecture) {
    for sentence in sentences {
        for standby in standbys(&sentence.tokens) {
            let Some(tokens) = sentence.tokens.get(standby.range.clone()) else { continue };
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let span = first.span.join(last.span);
            let store = |kind: Kind| kind.is_store() || kind == Kind::Cache;
            if standby.whole {
                let bases: Vec<Id> = architecture
                    .components()
                    .filter(|c| matches!(c.kind, Kind::Database | Kind::Search))
                    .map(|c| c.id.clone())
                    .collect();
                for id in bases {
                    put(architecture, Some(id), "standby", Value::Flag(true), span);
                }
                continue;
            }
            let of = if standby.leads {
                only(source, architecture, sentence.span, store)
            } else {
                last_of(source, architecture, (sentence.span, span.start), store)
            };
            let name = if standby.zone { "multi_az" } else { "standby" };
            put(architecture, of, name, Value::Flag(true), span);
        }
        kept_as(source, sentence, architecture);
        languages(source, sentence, architecture);
        counts(source, sentence, architecture);
        figures(source, sentence, architecture);
        backups(source, sentence, architecture);
    }
}

/// "RDS in Multi-AZ", "a bucket with object lock", "the database has to be geo-redundant": of the store named last before.
fn kept_as(source: &Source, sentence: &Sentence<'_>, architecture: &mut Architecture) {
    let tokens = &sentence.tokens;
    let stores = |kind: Kind| kind.is_store() || matches!(kind, Kind::Cache | Kind::Search);
    for at in (0..tokens.len()).filter(|&at| WORDS.standing.contains(&tokens[at].lower)) {
        let names = [
            ("multi_az", WORDS.multi_az),
            ("geo_redundant", WORDS.geo_redundant),
            ("immutable", WORDS.immutable),
        ];
        for (name, list) in names {
            let Some(end) = stands(tokens, at, list) else { continue };
            let span = tokens[at].span.join(tokens[end - 1].span);
            let of = last_of(source, architecture, (sentence.span, span.start), stores).or_else(|| {
                let bases = |kind: Kind| kind == Kind::Database;
                let told = |t: &Token<'_>| t.is("database") || t.is("databases") || t.is("data");
                tokens[..at].iter().any(told).then(|| only(source, architecture, sentence.span, bases))?
            });
            put(architecture, of, name, Value::Flag(true), span);
        }
    }
}

/// Where a phrase of the list that begins at a token ends.
fn stands(tokens: &[Token<'_>], at: usize, list: &[&str]) -> Option<usize> {
    let fits = |phrase: &&&str| {
        phrase.split(' ').enumerate().all(|(n, w)| tokens.get(at + n).is_some_and(|t| t.is(w)))
    };
    list.iter().filter(fits).map(|p| at + p.split(' ').count()).max()
}

/// "Lambda functions written in TypeScript", "the services are written in Go".
fn languages(source: &Source, sentence: &Sentence<'_>, architecture: &mut Architecture) {
    let tokens = &sentence.tokens;
    for at in (0..tokens.len()).filter(|&at| WORDS.standing.contains(&tokens[at].lower)) {
        let Some(start) = stands(tokens, at, WORDS.written) else { continue };
        let Some(end) = stands(tokens, start, WORDS.languages) else { continue };
        let span = tokens[start].span.join(tokens[end - 1].span);
        let value = || Value::Text(source.slice(span).to_owned());
        let before = source.text().get(sentence.span.start..span.start).unwrap_or("").to_lowercase();
        let runs = |kind: Kind| {
            kind.is_compute() && !matches!(kind, Kind::Scheduler | Kind::Workflow | Kind::Client)
        };
        let of = last_of(source, architecture, (sentence.span, span.start), |k| runs(k) || k == Kind::Client);
        let free =
            |c: &&Component| c.technology.as_ref().is_none_or(|t| c.kind == Kind::Function || t.id.is_none());
        let ids: Vec<Id> = match of {
            Some(id) => {
                architecture.component(id.as_str()).filter(free).map(|c| c.id.clone()).into_iter().collect()
            }
            None if WORDS.all_programs.iter().any(|w| before.contains(w)) => architecture
                .components()
                .filter(|c| runs(c.kind))
                .filter(free)
                .map(|c| c.id.clone())
                .collect(),
            None => Vec::new(),
        };
        for id in ids {
            put(architecture, Some(id), "language", value(), span);
        }
    }
}

/// "The API has six replicas, the worker three."
fn counts(source: &Source, sentence: &Sentence<'_>, architecture: &mut Architecture) {
    let Some(like) = likewise(&sentence.tokens) else { return };
    let Some(tokens) = sentence.tokens.get(like.name) else { return };
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let text = source.slice(first.span.join(last.span)).to_lowercase();
    let named = architecture.components().filter(|c| place(source, c, &text).is_some());
    let ids: Vec<Id> = named.map(|c| c.id.clone()).collect();
    let ([id], true) = (ids.as_slice(), (1.0..=1000.0).contains(&like.count)) else { return };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked just before
    let count = like.count as u32;
    let _ = architecture.edit_component(id.as_str(), |c| c.replicas = c.replicas.or(Some(count)));
}

/// "with a delay of at most 10 seconds", "handles at most 50 transactions per second".
fn figures(source: &Source, sentence: &Sentence<'_>, architecture: &mut Architecture) {
    let tokens = &sentence.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let Some((quantity, span, end)) = quantity(source, tokens, at) else {
            at += 1;
            continue;
        };
        let before = tokens.get(at.saturating_sub(LIMIT_WORDS)..at).unwrap_or(&[]);
        let place = (sentence.span, span.start);
        if quantity.dimension == Dimension::Duration && lags(tokens, at, end) {
            let of = last_of(source, architecture, place, |k| k.is_store() || k == Kind::Cache);
            put(architecture, of, "lag", Value::Quantity(quantity), span);
        } else if quantity.dimension == Dimension::Duration && buffers(before) {
            let of = last_of(source, architecture, place, |k| !k.is_store() && k != Kind::User)
                .or_else(|| one_of(source, architecture, place));
            put(architecture, of, "buffer", Value::Quantity(quantity), span);
        } else if quantity.dimension == Dimension::Rate && holds_back(before) {
            let door =
                |k: Kind| k.is_compute() || matches!(k, Kind::Gateway | Kind::LoadBalancer | Kind::Waf);
            let of = last_of(source, architecture, place, door);
            // What each caller may do is not what the door takes in all.
            let value = match each_caller(tokens, at, end) {
                Some(who) => Value::Text(format!("{} per {who}", quantity.text)),
                None => Value::Quantity(quantity),
            };
            put(architecture, of, "rate_limit", value, span);
        } else if quantity.dimension == Dimension::Rate && (takes_at_most(before) || not_more(before)) {
            let of = last_of(source, architecture, place, |k| k.is_compute() || k == Kind::External);
            put(architecture, of, "max_rate", Value::Quantity(quantity), span);
        }
        at = end;
    }
}

/// Whose limit it is: "limits each shop to 100 requests per second", "200 requests per second per merchant".
fn each_caller(tokens: &[Token<'_>], at: usize, end: usize) -> Option<String> {
    let behind = tokens.get(end).filter(|t| t.is("per") || t.is("for")).and_then(|_| {
        let each = tokens.get(end + 1).is_some_and(|t| t.is("each") || t.is("every"));
        tokens.get(end + 1 + usize::from(each))
    });
    let before = tokens.get(at.saturating_sub(LIMIT_WORDS)..at)?;
    let each = before.iter().position(|t| t.is("each") || t.is("every"));
    let before = each.and_then(|n| before.get(n + 1)).filter(|_| behind.is_none());
    behind.or(before).map(|t| t.lower.to_string())
}

/// "the gateway buffers up to 24 hours of readings"
fn buffers(before: &[Token<'_>]) -> bool {
    before.iter().any(|t| matches!(t.lower.as_str(), "buffer" | "buffers" | "buffering"))
}

/// "Backups of PostgreSQL are taken nightly and kept for 30 days": of the stores that the sentence names, else of the one
/// there is.
fn backups(source: &Source, sentence: &Sentence<'_>, architecture: &mut Architecture) {
    let tokens = &sentence.tokens;
    if !backed_up(tokens, 0, tokens.len()) || denied(tokens) {
        return;
    }
    let rhythm = rhythm(source, tokens);
    let figure = |at: usize| {
        quantity(source, tokens, at)
            .filter(|(q, ..)| q.dimension == Dimension::Duration)
            .map(|(q, ..)| q.text)
    };
    let kept = (0..tokens.len())
        .filter(|&at| at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("for") || t.is("last")))
        .find_map(figure);
    let value = match (rhythm, kept) {
        (Some(rhythm), Some(kept)) => Value::Text(format!("{rhythm}, kept for {kept}")),
        (Some(rhythm), None) => Value::Text(rhythm),
        (None, Some(kept)) => Value::parse(&kept),
        (None, None) => Value::Flag(true),
    };
    let bases = |kind: Kind| matches!(kind, Kind::Database | Kind::Warehouse);
    let text = source.slice(sentence.span).to_lowercase();
    let mut of: Vec<Id> = architecture
        .components()
        .filter(|c| bases(c.kind) && place(source, c, &text).is_some())
        .map(|c| c.id.clone())
        .collect();
    let all: Vec<&Component> = architecture.components().filter(|c| bases(c.kind)).collect();
    if WORDS.all_bases.iter().any(|w| text.contains(w)) || text.trim_start().starts_with("database backups") {
        of = all.iter().map(|c| c.id.clone()).collect();
    } else if of.is_empty() {
        // "the backup of Oracle": the one that begins so.
        let begins = |c: &&&Component| {
            let first = c.label.split(' ').next().unwrap_or_default().to_lowercase();
            first.len() > 3 && tokens.iter().any(|t| t.lower == first.as_str())
        };
        of = all.iter().filter(begins).map(|c| c.id.clone()).collect();
    }
    if let ([], [one]) = (of.as_slice(), all.as_slice()) {
        of.push(one.id.clone());
    }
    for id in of {
        put(architecture, Some(id), "backup", value.clone(), sentence.span);
    }
}

fn denied(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| matches!(t.lower.as_str(), "no" | "not" | "never" | "without" | "nobody"))
}

fn put(architecture: &mut Architecture, of: Option<Id>, name: &str, value: Value, span: Span) {
    let Some(id) = of else { return };
    let property = Property { value, origin: Origin::stated(span) };
    let _ = architecture.edit_component(id.as_str(), |c| {
        c.properties.entry(name.to_owned()).or_insert(property);
    });
}

/// Where a lower-case text names a component last: by its label, the words that first named it, or its technology with or
/// without the maker.
pub(super) fn place(source: &Source, c: &Component, text: &str) -> Option<usize> {
    named(source, c, text).map(|(at, _)| at)
}

/// Where that is, and how long the name is.
fn named(source: &Source, c: &Component, text: &str) -> Option<(usize, usize)> {
    let first = source.slice(c.origin.span());
    let product = c.technology.as_ref().map_or("", |t| t.name.as_str());
    let bare = product.split_once(' ').map_or("", |(_, rest)| rest);
    let names = [c.label.as_str(), first, product, bare];
    let found = names.iter().filter(|n| n.len() > 1).filter_map(|n| {
        let name = n.to_lowercase();
        let at = text.rfind(&name)?;
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let cut = inside(text[..at].chars().next_back()) || inside(text[at + name.len()..].chars().next());
        (!cut).then_some((at, name.len()))
    });
    found.max()
}

/// The component of a kind that was named last in a sentence before a place in it.
pub(super) fn last_of(
    source: &Source,
    a: &Architecture,
    (sentence, at): (Span, usize),
    fits: impl Fn(Kind) -> bool,
) -> Option<Id> {
    let before = source.text().get(sentence.start..at)?.to_lowercase();
    let found = a.components().filter(|c| fits(c.kind));
    // "PostgreSQL on RDS" is not PostgreSQL.
    let found = found.filter_map(|c| Some((named(source, c, &before)?, c.id.clone())));
    found.max_by_key(|(place, _)| *place).map(|(_, id)| id)
}

/// "A thermostat buffers …": the devices of which one is named in a sentence before a place in it.
fn one_of(source: &Source, a: &Architecture, (sentence, at): (Span, usize)) -> Option<Id> {
    let before = source.text().get(sentence.start..at)?.to_lowercase();
    let named = |c: &&Component| {
        c.kind == Kind::Device && before.contains(&format!(" {} ", singular_label(&c.label).to_lowercase()))
    };
    a.components().find(named).map(|c| c.id.clone())
}

/// The one component of a kind that a sentence names, else the only one of the kind.
fn only(source: &Source, a: &Architecture, sentence: Span, fits: impl Fn(Kind) -> bool) -> Option<Id> {
    let text = joined(source, sentence);
    let all: Vec<_> = a.components().filter(|c| fits(c.kind)).collect();
    let named: Vec<_> = all.iter().filter(|c| place(source, c, &text).is_some()).collect();
    match (named.as_slice(), all.as_slice()) {
        ([one], _) => Some(one.id.clone()),
        ([], [one]) => Some(one.id.clone()),
        // "a replica of the database" where caches and archives stand beside the one database.
        ([], all) => {
            let mut bases = all.iter().filter(|c| c.kind == Kind::Database);
            bases.next().filter(|_| bases.next().is_none()).map(|c| c.id.clone())
        }
        _ => None,
    }
}

fn joined(source: &Source, span: Span) -> String {
    source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
