//! Rates and intervals as people write them.

use crate::model::{Dimension, Quantity};

/// Numbers that people write as words before a unit of time.
const NUMBERS: &[(&str, u32)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("sixty", 60),
];

/// The seconds of "every ten seconds", "every 5 min", "every minute", "hourly".
pub(crate) fn interval(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    let rest = match lower.trim() {
        "hourly" => "hour",
        other => other.strip_prefix("every ").or_else(|| other.strip_prefix("once a "))?,
    };
    let (first, unit) = rest.split_once(' ').unwrap_or(("1", rest));
    let number = NUMBERS.iter().find(|(word, _)| *word == first).map(|(_, n)| n.to_string());
    let written = format!("{} {unit}", number.as_deref().unwrap_or(first));
    let q = Quantity::parse(&written)?;
    (q.dimension == Dimension::Duration).then_some(q.amount)
}

/// `150/s`, `12/min`, `3/h`, `1/day`: in the largest unit of time that leaves a number of one or more.
pub(crate) fn rate_text(per_second: f64) -> String {
    let units = [(1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "day")];
    let (scale, unit) = units.into_iter().find(|(s, _)| per_second * s >= 1.0).unwrap_or((86_400.0, "day"));
    format!("{}/{unit}", three_digits(per_second * scale))
}

/// At most three significant digits, thousands apart.
pub(crate) fn three_digits(value: f64) -> String {
    if value >= 1000.0 {
        let mut scale = 1.0;
        while value / scale >= 1000.0 {
            scale *= 10.0;
        }
        let whole = format!("{:.0}", (value / scale).round() * scale);
        let (head, mut text) = (whole.len() % 3, String::new());
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && n % 3 == head {
                text.push(',');
            }
            text.push(digit);
        }
        return text;
    }
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{interval, rate_text, three_digits};

    #[test]
    fn intervals_and_rates_are_read_and_written() {
        assert_eq!(interval("every ten seconds"), Some(10.0));
        assert_eq!(interval("every 5 min"), Some(300.0));
        assert_eq!(interval("every minute"), Some(60.0));
        assert_eq!(interval("hourly"), Some(3600.0));
        assert_eq!(interval("every night"), None);
        assert_eq!(rate_text(400.0), "400/s");
        assert_eq!(rate_text(0.5), "30/min");
        assert_eq!(rate_text(1.0 / 86_400.0), "1/day");
        assert_eq!(three_digits(34_560_000.0), "34,600,000");
    }
}
