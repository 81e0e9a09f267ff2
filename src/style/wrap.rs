//! Breaking a line of text into several at sensible places.
//!
//! Takes text and a width, gives lines. The whole text is kept unless it needs more lines than allowed; then the last
//! line ends in an ellipsis (the full text belongs into a tooltip).

use unicode_segmentation::UnicodeSegmentation;

use super::metrics::{Metrics, Weight};

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Font size in pixels.
    pub(super) size: f64,
    /// Font weight.
    pub(super) weight: Weight,
    /// The widest a line may be, in pixels.
    pub(super) width: f64,
    /// The most lines there may be.
    pub(super) lines: usize,
}

/// Characters looked at per allowed line: no line of the widths used here holds more.
const CHARS_PER_LINE: usize = 200;

/// Sets `text` in as few lines as its width allows, then as evenly as that number of lines allows.
pub(super) fn wrap(text: &str, setting: Setting, metrics: &Metrics) -> Vec<String> {
    let (text, cut) = tidy(text, CHARS_PER_LINE * setting.lines);
    if text.is_empty() {
        return Vec::new();
    }
    let width = |s: &str| metrics.width(s, setting.size, setting.weight);
    if !cut && width(&text) <= setting.width {
        return vec![text];
    }
    let pieces = pieces(&text, setting.width, &width);
    let widths: Vec<f64> = pieces.iter().map(|p| width(p)).collect();
    let mut lines = fill(&pieces, &widths, setting.width);
    if lines.len() > setting.lines || cut {
        lines.truncate(setting.lines);
        if let Some(last) = lines.last_mut() {
            *last = shorten(last, setting.width, &width);
        }
        return lines;
    }
    // The narrowest width that still gives this many lines, to an eighth of the width.
    let count = lines.len();
    for eighths in (1..8).rev() {
        let even = fill(&pieces, &widths, setting.width * f64::from(eighths) / 8.0);
        if even.len() > count {
            break;
        }
        lines = even;
    }
    lines
}

/// The text in one line without control characters and double spaces, and whether it was cut at `limit` characters.
pub(super) fn tidy(text: &str, limit: usize) -> (String, bool) {
    let mut out = String::new();
    let mut space = false;
    for (n, c) in text.chars().enumerate() {
        if n >= limit {
            return (out, true);
        }
        if c.is_whitespace() || c.is_control() {
            space = !out.is_empty();
        } else {
            if std::mem::take(&mut space) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    (out, false)
}

/// One line of `text` at most `width` wide, ending in an ellipsis if something had to go.
pub(super) fn one_line(text: &str, setting: Setting, metrics: &Metrics) -> String {
    let (text, cut) = tidy(text, CHARS_PER_LINE);
    let width = |s: &str| metrics.width(s, setting.size, setting.weight);
    if !cut && width(&text) <= setting.width { text } else { shorten(&text, setting.width, &width) }
}

fn shorten(line: &str, limit: f64, width: &impl Fn(&str) -> f64) -> String {
    let room = limit - width("…");
    let mut kept = String::new();
    let mut used = 0.0;
    for grapheme in line.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end_matches([' ', '-', '/', ',', '.', ':']).len());
    kept.push('…');
    kept
}

/// Splits after spaces, hyphens and slashes, between CJK characters, in a word that is wider than a line before capitals and
/// after full stops (`orderService`, `com.example.order`), and anywhere in a piece that is wider than a line.
fn pieces<'a>(text: &'a str, limit: f64, width: &impl Fn(&str) -> f64) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<&str> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        let inside =
            previous.is_some_and(|p| capital_within(p, grapheme) || (p == "." && starts_word(grapheme)));
        if previous.is_some_and(|p| may_break(p, grapheme)) || inside && width(word_at(text, at)) > limit {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(grapheme);
    }
    pieces.push(&text[start..]);
    let mut out = Vec::new();
    for piece in pieces {
        split_wide(piece, limit, width, &mut out);
    }
    out
}

fn split_wide<'a>(piece: &'a str, limit: f64, width: &impl Fn(&str) -> f64, out: &mut Vec<&'a str>) {
    if width(piece) <= limit {
        out.push(piece);
        return;
    }
    let (mut start, mut used) = (0, 0.0);
    for (at, grapheme) in piece.grapheme_indices(true) {
        let w = width(grapheme);
        if used + w > limit && at > start {
            out.push(&piece[start..at]);
            (start, used) = (at, 0.0);
        }
        used += w;
    }
    out.push(&piece[start..]);
}

fn may_break(before: &str, after: &str) -> bool {
    let (Some(b), Some(a)) = (before.chars().last(), after.chars().next()) else { return false };
    if b == ' ' {
        return true;
    }
    if a == ' ' {
        return false;
    }
    if matches!(b, '-' | '/' | '_' | ':' | '\\' | '|' | '·' | '@') && a.is_alphanumeric() {
        return true;
    }
    is_ideograph(b) && is_ideograph(a)
}

/// Whether a capital follows a small letter: `orderService`, but also `PostgreSQL`, which stays whole where it can.
fn capital_within(before: &str, after: &str) -> bool {
    let (Some(b), Some(a)) = (before.chars().last(), after.chars().next()) else { return false };
    b.is_lowercase() && a.is_uppercase()
}

fn starts_word(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_alphabetic)
}

/// The word around a place, from space to space.
fn word_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(' ').map_or(0, |s| s + 1);
    let end = text[at..].find(' ').map_or(text.len(), |e| at + e);
    &text[start..end]
}

/// CJK characters between which a line may end; closing marks are not among them.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

fn fill(pieces: &[&str], widths: &[f64], limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for (piece, &w) in pieces.iter().zip(widths) {
        if used + w > limit && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0.0;
        }
        line.push_str(piece);
        used += w;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, width: f64, lines: usize) -> Vec<String> {
        wrap(text, Setting { size: 14.0, weight: Weight::SemiBold, width, lines }, &Metrics::bundled())
    }

    #[test]
    fn breaks_at_sensible_places() {
        assert_eq!(set("Thumbnail generator", 190.0, 4), ["Thumbnail generator"]);
        assert_eq!(
            set("Customer notification preferences", 190.0, 4),
            ["Customer notification", "preferences"]
        );
        assert_eq!(set("CustomerNotificationPreferencesService", 190.0, 4).len(), 2);
        assert_eq!(
            set("payments/settlement/reconciliation", 190.0, 4),
            ["payments/settlement/", "reconciliation"]
        );
        assert_eq!(
            set("com.example.enterprise.persistence.CustomerEntity", 190.0, 4),
            ["com.example.enterprise.", "persistence.CustomerEntity"]
        );
        assert_eq!(set("Version 2.0 of example.com", 190.0, 4), ["Version 2.0 of", "example.com"]);
        assert!(set("画像処理システムの通知サービスの設定", 120.0, 4).len() > 1);
        assert_eq!(set(" \n\t ", 100.0, 2), Vec::<String>::new());
    }

    #[test]
    fn every_line_fits_and_nothing_is_lost() {
        let m = Metrics::bundled();
        for text in
            ["a b c d e f g h i j k l m n o p q", "Donaudampfschifffahrtsgesellschaftskapitän", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]
        {
            let lines = set(text, 90.0, 9);
            assert!(lines.iter().all(|l| m.width(l, 14.0, Weight::SemiBold) <= 90.0), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        let cut = set(&"word ".repeat(100_000), 190.0, 3);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…') && m.width(&cut[2], 14.0, Weight::SemiBold) <= 190.0);
    }
}
