//! What a noun phrase asks for that is not there yet: a name, a kind, a technology.
//!
//! Takes words such as "a Redis cache called Sessions" and gives a component without a place.

use super::extent::{core, core_end, is_colon, split_clause, split_purpose};
use super::label::{describe, label, named_by_what_it_does, no_name, told_name};
use super::pattern::knowledge;
use super::phrase::{self, Word, singular};
use crate::catalog::catalog;
use crate::model::{Kind, Technology};

/// Something to be added.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Newcomer {
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) technology: Option<Technology>,
    pub(super) replicas: Option<u32>,
    /// What it does, from a relative clause.
    pub(super) description: Option<String>,
    /// Whether the head noun told the kind (else it is the catalog's or the default).
    pub(super) kind_told: bool,
}

impl Newcomer {
    /// Something of a kind under a name, and no more.
    pub(super) fn plain(label: &str, kind: Kind) -> Self {
        Self {
            label: label.to_owned(),
            kind,
            technology: None,
            replicas: None,
            description: None,
            kind_told: true,
        }
    }
}

/// Numbers people write as words.
pub(super) fn number(words: &[Word]) -> Option<u32> {
    const NAMES: &[&str] = &[
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];
    let [word] = words else { return None };
    if let Some(n) = NAMES.iter().position(|n| word.is(n)) {
        return u32::try_from(n + 1).ok();
    }
    if let Some(n) = TENS.iter().position(|n| word.is(n)) {
        return u32::try_from(n * 10 + 30).ok();
    }
    word.text.replace(',', "").parse().ok().filter(|n| (1..=10_000).contains(n))
}

/// The name without articles, and how many of it there are to be.
fn without_articles(mut core: &[Word]) -> (&[Word], Option<u32>) {
    const ARTICLES: &[&str] = &[
        "a",
        "an",
        "the",
        "some",
        "another",
        "new",
        "our",
        "additional",
        "extra",
        "more",
        "its",
        "their",
        "own",
        "both",
        "separate",
        "dedicated",
    ];
    let mut replicas = None;
    while let Some(first) = core.first() {
        if first.is_any(ARTICLES) {
            core = &core[1..];
        } else if core.len() > 1 && replicas.is_none() && number(&core[..1]).is_some() {
            replicas = number(&core[..1]).filter(|&n| n > 1);
            core = &core[1..];
        } else {
            break;
        }
    }
    (core, replicas)
}

/// Reads the phrase; `None` when no name is in it.
pub(super) fn read(words: &[Word]) -> Option<Newcomer> {
    let (core, rest) = split_clause(words);
    let explained = words.get(core.len()).is_some_and(is_colon);
    let (core, replicas) = without_articles(core);
    if no_name(core) {
        return None;
    }
    let (core, told) = told_name(core);
    let (core, with) = told_technology(core);
    let (core, purpose) = if core.len() > 1 { split_purpose(core) } else { (core, &core[..0]) };
    // "MySQL instead of PostgreSQL" is no name.
    if core.iter().any(|w| w.is("instead")) {
        return None;
    }
    let technology = with.or_else(|| technology_in(core));
    // "a cache of free rooms" is a cache.
    const SEVERAL: &[&str] =
        &["pool", "set", "pair", "couple", "number", "fleet", "bunch", "group", "kind", "sort", "cluster"];
    let of = core.iter().position(|w| w.is("of")).filter(|n| *n > 0);
    let told_kind = match of {
        // "isolation of infected machines" is none of them, "a pool of workers" is.
        Some(n) if !core[n - 1].is_any(SEVERAL) => head(&core[..n]),
        _ => head(core),
    };
    let usual = technology.as_ref().and_then(|t| catalog().technology(t.id.as_deref()?)).map(|e| e.kind);
    // "an on-call doctor who …": who does something is a person.
    let who = purpose.is_empty() && words.get(core_end(words)).is_some_and(|w| w.is("who"));
    let person = who.then_some(Kind::User);
    // "thumbnails: a worker that cuts them": what it is stands behind the colon.
    let told_kind = told_kind.or_else(|| explained.then(|| head(self::core(rest))).flatten());
    let kind = person.or(told_kind).or(usual).unwrap_or_default();
    // "an integration with Jira" is Jira.
    const LINKS: &[&str] = &["integration", "connector", "connection", "link", "interface", "adapter"];
    let link = matches!(core, [w] if w.is_any(LINKS)).then_some(technology.as_ref()).flatten();
    let (told, kind) = match link {
        Some(t) => (told.or_else(|| Some(t.name.clone())), usual.unwrap_or(Kind::External)),
        None => (told, kind),
    };
    let said = if rest.is_empty() { purpose } else { rest };
    let label = match told {
        Some(name) => name,
        None => match named_by_what_it_does(core, said) {
            Some(name) => name,
            None => label(core, technology.as_ref())?,
        },
    };
    Some(Newcomer {
        label,
        kind,
        technology,
        replicas,
        description: describe(said),
        kind_told: person.or(told_kind).is_some(),
    })
}

/// "… using Redis", "… on Kubernetes", when the catalog knows what follows.
fn told_technology(words: &[Word]) -> (&[Word], Option<Technology>) {
    for (n, word) in words.iter().enumerate().skip(1) {
        if word.is_any(&["using", "with", "in", "on", "via", "through", "by"]) && n + 1 < words.len() {
            let after = super::names::bare(&words[n + 1..]);
            // "in Redis for …": what follows the name says what it is for.
            let purpose = |w: &Word| w.is_any(&["for", "to", "so", "because"]);
            let end = after.iter().position(purpose).unwrap_or(after.len());
            if let Some(entry) = catalog().find(&phrase::join(&after[..end])) {
                return (&words[..n], Some(entry.technology()));
            }
        }
    }
    (words, None)
}

/// The longest name of a technology in the words; names that are ordinary words count only with a capital.
pub(super) fn technology_in(words: &[Word]) -> Option<Technology> {
    for length in (1..=words.len().min(5)).rev() {
        for window in words.windows(length) {
            let name = phrase::join(window);
            if let Some(entry) = catalog().find(&name) {
                // "an API gateway" is any, "API Gateway" is a product.
                let capital = window.iter().all(|w| w.text.starts_with(char::is_uppercase));
                let ordinary = entry.ambiguous || head(window).is_some();
                if (!ordinary || capital) && (name.len() > 2 || capital) {
                    return Some(entry.technology());
                }
            }
        }
    }
    None
}

/// The kind the last noun tells, the longest noun first.
pub(super) fn head(words: &[Word]) -> Option<Kind> {
    // No head is longer, so that a long sentence costs no more than a short one.
    let words = &words[words.len().saturating_sub(knowledge().longest_head())..];
    let plain: Vec<String> = words.iter().map(|w| w.lower.clone()).collect();
    for from in 0..plain.len() {
        let tail = &plain[from..];
        let mut one = tail.to_vec();
        if let Some(last) = one.last_mut() {
            *last = singular(last);
        }
        let (as_said, one) = (tail.join(" "), one.join(" "));
        for (kind, heads) in &knowledge().heads {
            if heads.iter().any(|h| *h == as_said || *h == one) {
                return Kind::from_word(kind);
            }
        }
    }
    None
}

/// "an OAuth service and a Redis session store": each part that is something of its own; the whole where it is one thing.
pub(super) fn several(words: &[Word]) -> Vec<&[Word]> {
    let (core, rest) = split_clause(words);
    let core = if core.first().is_some_and(|w| w.is("both")) { &core[1..] } else { core };
    // "a schedule with periods, unlocking and releases": what stands behind "with" is part of the first.
    if core
        .iter()
        .position(|w| w.is("with"))
        .is_some_and(|at| !core[..at].iter().any(|w| w.is("and") || w.is(",")))
    {
        return vec![words];
    }
    let parts: Vec<&[Word]> = core.split(|w| w.is("and") || w.is(",")).filter(|p| !p.is_empty()).collect();
    // "a catalog and a query engine": two articles, two things.
    let short = |part: &&[Word]| part.len() < 5 && part.first().is_some_and(|w| w.is_any(&["a", "an"]));
    if parts.len() > 1 && rest.is_empty() && parts.iter().all(short) {
        return parts;
    }
    let own = |part: &&[Word]| {
        let bare = self::core(super::names::bare(part));
        let told = bare.len() > 1 || part.len() > bare.len();
        told && head(bare).is_some() || technology_in(bare).is_some()
    };
    let whole = head(super::names::bare(core)).is_some_and(|_| heads_with_and(core));
    let article = |part: &&[Word]| part.first().is_some_and(|w| w.is_any(&["a", "an"]));
    // "a driver app and a dispatch service that assigns couriers": the clause is about the last.
    let apart = rest.is_empty() || parts.iter().all(article);
    if !(apart && parts.len() > 1 && !whole && parts.iter().all(own)) {
        return vec![words];
    }
    let mut parts = parts;
    if let Some(last) = parts.last_mut().filter(|_| !rest.is_empty()) {
        let before = words.len() - rest.len() - last.len();
        *last = words.get(before..).unwrap_or(last);
    }
    parts
}

/// "monitoring and logging": a head of its own.
fn heads_with_and(words: &[Word]) -> bool {
    let said = phrase::join(super::names::bare(words)).to_lowercase();
    knowledge().heads.values().flatten().any(|h| h.contains(" and ") && said.ends_with(h.as_str()))
}

/// Whether the words may name something new: no clause, and not a bare pronoun.
pub(super) fn is_name(words: &[Word]) -> bool {
    let clause = ["that", "which", "where", "who"];
    !words.is_empty()
        && !words.iter().skip(1).any(|w| w.is_any(&["a", "an", "the"]))
        && !words.iter().any(|w| w.is_any(&clause))
        && split_clause(words).1.is_empty()
        && !(words.len() == 1 && words[0].is_any(&["it", "them", "this", "everything"]))
        && !(words.len() > 1 && words[0].is_any(&["everything", "all", "every", "each", "both"]))
}

#[cfg(test)]
mod tests {
    use super::super::phrase::words;
    use super::*;

    #[test]
    fn names_kinds_and_technologies() {
        let cases = [
            ("a Redis cache", "Redis cache", Kind::Cache, Some("redis")),
            ("an SQS queue called \"Mail jobs\"", "Mail jobs", Kind::Queue, Some("aws.sqs")),
            ("a search index using Elasticsearch", "Search index", Kind::Search, Some("elasticsearch")),
            ("Elasticsearch", "Elasticsearch", Kind::Search, Some("elasticsearch")),
            ("a recommendation engine that suggests products", "Recommendation engine", Kind::Service, None),
            ("a smart cropping feature that detects faces", "Smart cropping", Kind::Service, None),
        ];
        for (said, label, kind, technology) in cases {
            let new = read(&words(said)).unwrap_or_else(|| panic!("{said}"));
            assert_eq!((new.label.as_str(), new.kind), (label, kind), "{said}");
            assert_eq!(new.technology.and_then(|t| t.id).as_deref(), technology, "{said}");
        }
        let new = read(&words("a recommendation engine that suggests products")).unwrap_or_else(|| panic!());
        assert_eq!(new.description.as_deref(), Some("Suggests products."));
    }
}
