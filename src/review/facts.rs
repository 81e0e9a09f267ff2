//! Published figures: limits, service levels, cold starts, latencies, prices, behaviour. `assets/facts`.
//!
//! Takes a technology (or a kind, for the defaults) and a key, gives a figure with its source, its date and how far it can be trusted.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Fact;
use crate::catalog::{asset, data};

/// A published figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// A catalog id (`aws.lambda`), or `kind.` and a kind's word for what holds of all of a kind.
    pub of: String,
    /// What it measures: `timeout`, `availability`, `price_request`.
    pub key: String,
    /// How much, in the unit.
    pub value: f64,
    /// The upper end, where a range is published.
    #[serde(default)]
    pub to: Option<f64>,
    /// `s`, `ms`, `bytes`, `%`, `USD`, `flag`, `date` …, as printed.
    pub unit: String,
    /// What it is, for people: "maximum run time".
    pub name: String,
    /// The key of its source in the file's `sources`.
    pub source: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

/// How far a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Seen in the vendor's own document on the day given.
    Seen,
    /// Publicly documented; other published sources, named in the data, agree.
    Known,
    /// Sources disagree, are old, or are not the vendor's.
    Unsure,
    /// No source: an engineering default, always printed as assumed.
    Assumed,
}

/// Where a figure was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The document's title.
    pub title: String,
    /// Its address; none for our own engineering defaults.
    #[serde(default)]
    pub url: Option<String>,
    /// The day it held: `2026-11-23`.
    pub as_of: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, Published>,
    figures: Vec<Figure>,
}

/// All figures of all files.
#[derive(Debug, Default)]
pub struct Figures {
    sources: BTreeMap<String, Published>,
    figures: Vec<Figure>,
    places: BTreeMap<(String, String), usize>,
}

/// The figures, read at the first call.
#[must_use]
pub fn figures() -> &'static Figures {
    static FIGURES: OnceLock<Figures> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let mut all = Figures::default();
        for (name, json) in [
            ("limits", asset!("facts/limits")),
            ("behaviour", asset!("facts/behaviour")),
            ("availability", asset!("facts/availability")),
            ("latency", asset!("facts/latency")),
            ("prices", asset!("facts/prices")),
            ("portability", asset!("facts/portability")),
        ] {
            // Each file has its own sources; the file's name keeps them apart.
            let file: File = data(json);
            all.sources.extend(file.sources.into_iter().map(|(key, s)| (format!("{name}/{key}"), s)));
            all.figures.extend(
                file.figures.into_iter().map(|f| Figure { source: format!("{name}/{}", f.source), ..f }),
            );
        }
        all.places =
            all.figures.iter().enumerate().map(|(i, f)| ((f.of.clone(), f.key.clone()), i)).collect();
        all
    })
}

impl Figures {
    /// The figure `key` of a technology or `kind.…`.
    #[must_use]
    pub fn get(&self, of: &str, key: &str) -> Option<&Figure> {
        self.places.get(&(of.to_owned(), key.to_owned())).map(|&i| &self.figures[i])
    }

    /// All figures, in the order of the files.
    #[must_use]
    pub fn all(&self) -> &[Figure] {
        &self.figures
    }

    /// Where a figure was published.
    #[must_use]
    pub fn source(&self, figure: &Figure) -> Option<&Published> {
        self.sources.get(&figure.source)
    }
}

impl Figure {
    /// The figure as people read it: `900 s`, `6 MiB`, `99.95 %`, `200–350 ms`.
    #[must_use]
    pub fn text(&self) -> String {
        match self.to {
            Some(to) => format!("{}–{}", bare(self.value), amount(to, &self.unit)),
            None => amount(self.value, &self.unit),
        }
    }

    /// The figure with where it comes from.
    #[must_use]
    pub fn fact(&self) -> Fact {
        let what = match self.of.strip_prefix("kind.") {
            Some(kind) => kind.replace('_', " "),
            None => {
                crate::catalog::catalog().technology(&self.of).map_or(self.of.clone(), |t| t.name.to_owned())
            }
        };
        Fact { key: format!("{what}: {}", self.name), value: self.text(), origin: self.origin() }
    }

    /// Its source with its date and how far it can be trusted, in a line.
    #[must_use]
    pub fn origin(&self) -> String {
        let source = figures().source(self);
        let title = source.map_or("", |s| s.title.as_str());
        let as_of = source.map_or("", |s| s.as_of.as_str());
        match self.confidence {
            Confidence::Seen | Confidence::Known => format!("{title}, {as_of}"),
            Confidence::Unsure => format!("{title}, {as_of}, unsure"),
            Confidence::Assumed => "assumed".to_owned(),
        }
    }
}

fn bare(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") }
}

/// An amount with its unit, in the largest unit that keeps it whole: bytes as KiB or MiB.
#[must_use]
pub(crate) fn amount(value: f64, unit: &str) -> String {
    if unit == "bytes" {
        let units = [
            (1_125_899_906_842_624.0, "PiB"),
            (1_099_511_627_776.0, "TiB"),
            (1_073_741_824.0, "GiB"),
            (1_048_576.0, "MiB"),
            (1024.0, "KiB"),
        ];
        for (size, name) in units {
            if value >= size {
                let text = format!("{:.1}", value / size);
                return format!("{} {name}", text.strip_suffix(".0").unwrap_or(&text));
            }
        }
    }
    if unit == "s" {
        return duration(value);
    }
    // A day is kept as the number of its digits: 20280930.
    if unit == "date" {
        let digits = bare(value);
        return match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
            _ => digits,
        };
    }
    format!("{} {unit}", bare(value)).trim_end().to_owned()
}

/// Seconds as people say them: `250 ms`, `29 s`, `15 min`, `14 days`.
#[must_use]
pub(crate) fn duration(seconds: f64) -> String {
    let whole = |amount: f64| if amount.fract() == 0.0 { bare(amount) } else { format!("{amount:.1}") };
    if seconds < 1.0 {
        format!("{} ms", whole((seconds * 10_000.0).round() / 10.0))
    } else if seconds < 120.0 {
        format!("{} s", whole(seconds))
    } else if seconds < 7200.0 {
        format!("{} min", whole(seconds / 60.0))
    } else if seconds < 172_800.0 {
        format!("{} h", whole(seconds / 3600.0))
    } else {
        format!("{} days", whole(seconds / 86_400.0))
    }
}
