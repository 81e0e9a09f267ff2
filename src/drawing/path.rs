//! Writing outlines in the SVG path grammar, straight or as if drawn by hand.

use std::fmt::Write as _;

use crate::geometry::Point;

/// A number with at most one decimal (a tenth of a pixel cannot be seen), without a trailing zero, `-0` or exponent. Not-a-number becomes 0.
pub(super) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if tenths == 0.0 || !tenths.is_finite() {
        return "0".into();
    }
    // Whole numbers are written much faster than fractions, and a picture is made of numbers.
    let (sign, tenths) = (if tenths < 0.0 { "-" } else { "" }, tenths.abs().min(LARGEST) as u64);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// Larger numbers are written as this one, in tenths; no picture is nearly so large.
const LARGEST: f64 = 1e15;

/// Draws one outline, stroke by stroke.
#[derive(Debug, Clone)]
pub(super) struct Pen {
    d: String,
    at: Point,
    start: Point,
    /// How many strokes were drawn by hand; `None` draws straight.
    hand: Option<u32>,
}

impl Pen {
    /// A pen; `hand` makes its lines waver a little, always in the same way for the same line.
    pub(super) fn new(hand: bool) -> Self {
        Self { d: String::new(), at: Point::default(), start: Point::default(), hand: hand.then_some(0) }
    }

    /// The path data.
    pub(super) fn done(self) -> String {
        self.d
    }

    pub(super) fn move_to(mut self, x: f64, y: f64) -> Self {
        self.command('M', &[x, y]);
        self.at = Point::new(x, y);
        self.start = self.at;
        self
    }

    pub(super) fn line_to(mut self, x: f64, y: f64) -> Self {
        if self.hand.is_some() {
            return self.waver_to(x, y);
        }
        if same(y, self.at.y) {
            self.command('H', &[x]);
        } else if same(x, self.at.x) {
            self.command('V', &[y]);
        } else {
            self.command('L', &[x, y]);
        }
        self.at = Point::new(x, y);
        self
    }

    /// A quadratic curve around a corner.
    pub(super) fn curve_to(mut self, corner: Point, x: f64, y: f64) -> Self {
        self.command('Q', &[corner.x, corner.y, x, y]);
        self.at = Point::new(x, y);
        self
    }

    /// An elliptical arc of less than a half turn, or exactly one.
    pub(super) fn arc_to(mut self, rx: f64, ry: f64, clockwise: bool, x: f64, y: f64) -> Self {
        self.command('A', &[rx, ry, 0.0, 0.0, f64::from(u8::from(clockwise)), x, y]);
        self.at = Point::new(x, y);
        self
    }

    pub(super) fn close(mut self) -> Self {
        if self.hand.is_some() && self.at.distance(self.start) > 1.0 {
            self = self.line_to_start();
        }
        self.d.push('Z');
        self.at = self.start;
        self
    }

    fn line_to_start(self) -> Self {
        let Point { x, y } = self.start;
        self.line_to(x, y)
    }

    /// A line with a slight bow: the control point leaves the straight by at most 1.6 px, to a side and by an amount
    /// mixed from the line's ends (a xorshift hash; Marsaglia, 2003).
    fn waver_to(mut self, x: f64, y: f64) -> Self {
        let n = self.hand.unwrap_or(0);
        let mix =
            [self.at.x, self.at.y, x, y].iter().fold(n.wrapping_mul(0x9e37_79b9) ^ 0x2545_f491, |h, v| {
                let mut h = h ^ ((v * 4.0) as i64 as u32);
                h ^= h << 13;
                h ^= h >> 17;
                h ^ (h << 5)
            });
        self.hand = Some(n + 1);
        let length = self.at.distance(Point::new(x, y));
        let bow = (length * 0.02).min(1.6) * (f64::from(mix % 200) / 100.0 - 1.0);
        let along = 0.35 + 0.3 * f64::from(mix / 256 % 100) / 100.0;
        let (dx, dy) = (x - self.at.x, y - self.at.y);
        let unit = if length > 0.0 { 1.0 / length } else { 0.0 };
        let control = Point::new(
            self.at.x + dx * along - dy * unit * bow * 2.0,
            self.at.y + dy * along + dx * unit * bow * 2.0,
        );
        self.curve_to(control, x, y)
    }

    fn command(&mut self, name: char, numbers: &[f64]) {
        self.d.push(name);
        for (i, n) in numbers.iter().enumerate() {
            let text = number(*n);
            if i > 0 && !text.starts_with('-') {
                self.d.push(' ');
            }
            let _ = write!(self.d, "{text}");
        }
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.05
}

/// A closed outline through `corners`, each rounded by its radius.
pub(super) fn rounded(corners: &[(Point, f64)], hand: bool) -> String {
    let mut pen = Pen::new(hand);
    let count = corners.len();
    for (i, &(corner, radius)) in corners.iter().enumerate() {
        let before = corners[(i + count - 1) % count].0;
        let after = corners[(i + 1) % count].0;
        let (enter, leave) = (towards(corner, before, radius), towards(corner, after, radius));
        pen = if i == 0 { pen.move_to(enter.x, enter.y) } else { pen.line_to(enter.x, enter.y) };
        if radius > 0.0 {
            pen = pen.curve_to(corner, leave.x, leave.y);
        }
    }
    pen.close().done()
}

/// The point `by` away from `from` on the way to `to`, at most half way.
pub(super) fn towards(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to);
    if length <= 0.0 {
        return from;
    }
    let t = (by / length).min(0.5);
    Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written: Vec<String> =
            [1.0, 0.5, -0.001, 12.34, 100.0, f64::NAN].into_iter().map(number).collect();
        assert_eq!(written, ["1", "0.5", "0", "12.3", "100", "0"]);
    }

    #[test]
    fn outlines_close_and_wave_the_same_way_each_time() {
        let square: Vec<_> =
            [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)].map(|(x, y)| (Point::new(x, y), 2.0)).to_vec();
        assert_eq!(rounded(&square, false), "M0 2Q0 0 2 0H7Q9 0 9 2V7Q9 9 7 9H2Q0 9 0 7Z");
        assert_eq!(rounded(&square, true), rounded(&square, true));
    }
}
