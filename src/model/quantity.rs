//! Amounts with units, as people write them: `10 s`, `256 MB`, `50/s`, `300 ms p99`, `99.9%`, `$200/month`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a quantity measures, and the base unit its amount is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// A plain number of things.
    Count,
    /// Seconds.
    Duration,
    /// Bytes.
    Bytes,
    /// Events per second.
    Rate,
    /// Bytes per second.
    ByteRate,
    /// A share between 0 and 1.
    Ratio,
    /// United States dollars (other currencies keep their text and have no amount to compute with).
    Money,
    /// Dollars per month (30 days of 24 hours).
    MoneyPerMonth,
}

/// An amount in the base unit of its dimension, with the text it was written as.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Amount in the base unit.
    pub amount: f64,
    /// What it measures.
    pub dimension: Dimension,
    /// The percentile a latency was given at (99.0 for `p99`).
    pub percentile: Option<f64>,
    /// As written, white space folded.
    pub text: String,
}

impl Quantity {
    /// Reads a number with an optional unit; `None` when it is anything else.
    ///
    /// Numbers take `,` and `_` between digits and the suffixes `k`, `M`/`million`, `B`/`billion`; kilo is 1 000 for
    /// counts and money, and memory sizes count 1 024 to the next unit, as the vendors' limits do.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = text.to_lowercase();
        let (body, percentile) = split_percentile(&lower)?;
        let (dollars, body) = match body.strip_prefix('$') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, body),
        };
        let digits =
            body.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_'))).unwrap_or(body.len());
        let number: f64 = body[..digits].replace([',', '_'], "").parse().ok()?;
        if !number.is_finite() {
            return None;
        }
        let (scale, unit) = split_scale(body[digits..].trim_start());
        let (amount, dimension) = in_base_unit(number * scale, unit.trim(), dollars)?;
        Some(Self { amount, dimension, percentile, text })
    }
}

/// Takes `p99`, `p99.9` or `99th percentile` off either end.
fn split_percentile(text: &str) -> Option<(&str, Option<f64>)> {
    let read = |word: &str| word.strip_prefix('p')?.parse::<f64>().ok().filter(|p| (1.0..=100.0).contains(p));
    if let Some((rest, last)) = text.rsplit_once(' ')
        && let Some(p) = read(last)
    {
        return Some((rest.trim_end_matches(" at"), Some(p)));
    }
    if let Some((first, rest)) = text.split_once(' ')
        && let Some(p) = read(first)
    {
        return Some((rest.trim_start_matches("under ").trim_start_matches("< "), Some(p)));
    }
    (!text.is_empty()).then_some((text, None))
}

fn split_scale(unit: &str) -> (f64, &str) {
    for (word, scale) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("mio", 1e6)] {
        if let Some(rest) = unit.strip_prefix(word) {
            return (scale, rest);
        }
    }
    let mut chars = unit.chars();
    let first = chars.next();
    let alone = chars.next().is_none_or(|c| c == ' ' || c == '/');
    match first {
        Some('k') if alone => (1e3, &unit[1..]),
        Some('m') if alone && !unit.starts_with("m/") => (1e6, &unit[1..]),
        Some('b') if alone && unit.len() == 1 => (1e9, &unit[1..]),
        _ => (1.0, unit),
    }
}

fn seconds_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" | "nanosecond" | "nanoseconds" => 1e-9,
        "us" | "µs" | "microsecond" | "microseconds" => 1e-6,
        "ms" | "msec" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 604_800.0,
        "mo" | "month" | "months" => 2_592_000.0,
        "y" | "yr" | "year" | "years" => 31_536_000.0,
        _ => return None,
    })
}

fn bytes_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "byte" | "bytes" => 1.0,
        "kb" | "kib" | "kilobytes" => 1024.0,
        "mb" | "mib" | "megabytes" => 1_048_576.0,
        "gb" | "gib" | "gigabytes" => 1_073_741_824.0,
        "tb" | "tib" | "terabytes" => 1_099_511_627_776.0,
        "pb" | "pib" | "petabytes" => 1_125_899_906_842_624.0,
        _ => return None,
    })
}

fn in_base_unit(number: f64, unit: &str, dollars: bool) -> Option<(f64, Dimension)> {
    if let Some((what, per)) =
        unit.split_once('/').or_else(|| unit.split_once(" per ")).or_else(|| unit.split_once(" a "))
    {
        let (what, seconds) = (what.trim(), seconds_of(per.trim())?);
        if dollars || matches!(what, "usd" | "dollar" | "dollars") {
            return Some((number * 2_592_000.0 / seconds, Dimension::MoneyPerMonth));
        }
        if let Some(bytes) = bytes_of(what) {
            return Some((number * bytes / seconds, Dimension::ByteRate));
        }
        let plain = what.is_empty() || what.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
        return plain.then_some((number / seconds, Dimension::Rate));
    }
    if dollars {
        return unit.is_empty().then_some((number, Dimension::Money));
    }
    match unit {
        "" => Some((number, Dimension::Count)),
        "%" | "percent" => Some((number / 100.0, Dimension::Ratio)),
        "rps" | "qps" | "tps" | "hz" => Some((number, Dimension::Rate)),
        "rpm" => Some((number / 60.0, Dimension::Rate)),
        "usd" | "dollar" | "dollars" => Some((number, Dimension::Money)),
        _ => seconds_of(unit)
            .map(|s| (number * s, Dimension::Duration))
            .or_else(|| bytes_of(unit).map(|b| (number * b, Dimension::Bytes))),
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A property's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number or an amount with a unit.
    Quantity(Quantity),
    /// Any other text.
    Text(String),
    /// Several values.
    List(Vec<Value>),
}

impl Value {
    /// The value a text stands for: `true`/`false`, a [`Quantity`], or the text itself.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "true" => Self::Flag(true),
            "false" => Self::Flag(false),
            other => Quantity::parse(other).map_or_else(|| Self::Text(other.to_owned()), Self::Quantity),
        }
    }

    /// The quantity, where it is one.
    #[must_use]
    pub fn quantity(&self) -> Option<&Quantity> {
        if let Self::Quantity(q) = self { Some(q) } else { None }
    }

    /// The flag, where it is one.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        if let Self::Flag(b) = self { Some(*b) } else { None }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(b) => write!(f, "{b}"),
            Self::Quantity(q) => write!(f, "{q}"),
            Self::Text(t) => f.write_str(t),
            Self::List(values) => {
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{value}")?;
                }
                Ok(())
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(b) => serializer.serialize_bool(*b),
            Self::List(values) => values.serialize(serializer),
            Self::Quantity(_) | Self::Text(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Flag(bool),
            Whole(i64),
            Number(f64),
            Text(String),
            List(Vec<Value>),
        }
        Ok(match Raw::deserialize(deserializer)? {
            Raw::Flag(b) => Self::Flag(b),
            Raw::Whole(n) => Self::parse(&n.to_string()),
            Raw::Number(n) => Self::parse(&n.to_string()),
            Raw::Text(t) => Self::parse(&t),
            Raw::List(values) => Self::List(values),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Dimension, Quantity};

    #[test]
    fn reads_what_people_write() {
        let cases = [
            ("10s", 10.0, Dimension::Duration),
            ("256 MB", 268_435_456.0, Dimension::Bytes),
            ("50/s", 50.0, Dimension::Rate),
            ("10,000 requests per minute", 10_000.0 / 60.0, Dimension::Rate),
            ("99.9%", 0.999, Dimension::Ratio),
            ("$200/month", 200.0, Dimension::MoneyPerMonth),
            ("2 million", 2e6, Dimension::Count),
            ("5k rps", 5000.0, Dimension::Rate),
            ("3 MB/s", 3_145_728.0, Dimension::ByteRate),
        ];
        for (text, amount, dimension) in cases {
            let q = Quantity::parse(text).unwrap_or_else(|| panic!("{text} is a quantity"));
            assert!((q.amount - amount).abs() < 1e-9 * amount.max(1.0), "{text}: {}", q.amount);
            assert_eq!(q.dimension, dimension, "{text}");
        }
        assert_eq!(Quantity::parse("300 ms p99").and_then(|q| q.percentile), Some(99.0));
        for text in ["", "node", "10 bananas", "..", "p99"] {
            assert!(Quantity::parse(text).is_none(), "{text}");
        }
    }
}
