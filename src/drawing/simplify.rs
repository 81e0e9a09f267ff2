//! The same outline with fewer curves.
//!
//! Takes path data in whatever spelling; gives path data that runs nowhere further from it than a tolerance. Runs of lines and
//! curves become one curve where one follows them all, fitted by least squares between the tangents of its ends (Schneider,
//! Graphics Gems, 1990); what is nearly straight becomes a line, and what one handle describes well enough is told by one.

use std::fmt::Write as _;

use super::path_data::steps;

type Point = (f64, f64);
/// A cubic curve by its four points; a line where both handles lie at its ends.
type Curve = [Point; 4];

/// Places on each curve that the new one has to pass.
const SAMPLES: u32 = 6;
/// How often the places along a fitted curve are improved.
const ROUNDS: usize = 4;

/// A piece of an outline, and how it is written where it stays alone, other than as a curve.
struct Piece {
    curve: Curve,
    spelt: Option<String>,
}

/// Simplified path data; `None` where it is no path data.
pub(super) fn simplified(d: &str, tolerance: f64) -> Option<String> {
    let mut out = Outline { text: String::new(), tolerance, handle: None };
    let mut run: Vec<Piece> = Vec::new();
    let mut handle = None;
    for step in steps(d)? {
        let (at, end, n) = (step.at, step.end(), step.numbers.as_slice());
        let turned = handle.take().map_or(at, |h| mix(h, at, 2.0));
        let curve = match (step.command, n) {
            ('C', &[a, b, c, d, ..]) => [at, (a, b), (c, d), end],
            ('S', &[c, d, ..]) => [at, turned, (c, d), end],
            ('Q' | 'T', _) => {
                let middle = if let &[a, b, _, _] = n { (a, b) } else { turned };
                handle = Some(middle);
                [at, mix(at, middle, 2.0 / 3.0), mix(end, middle, 2.0 / 3.0), end]
            }
            ('L' | 'H' | 'V', _) => [at, at, end, end],
            ('Z', _) => {
                out.take(&mut run);
                out.text.push('z');
                continue;
            }
            ('A', &[rx, ry, turn, large, sweep, ..]) => {
                let spelt = format!("A{rx} {ry} {turn} {large} {sweep} {} {}", end.0, end.1);
                match short_arc(at, end, (rx, ry), large != 0.0, sweep != 0.0) {
                    Some(curve) => run.push(Piece { curve, spelt: Some(spelt) }),
                    None => {
                        out.take(&mut run);
                        out.text += &spelt;
                        out.handle = None;
                    }
                }
                continue;
            }
            _ => {
                out.take(&mut run);
                let _ = write!(out.text, "M{} {}", end.0, end.1);
                out.handle = None;
                continue;
            }
        };
        if matches!(step.command, 'C' | 'S') {
            handle = Some(curve[2]);
        }
        run.push(Piece { curve, spelt: None });
    }
    out.take(&mut run);
    Some(out.text)
}

struct Outline {
    text: String,
    tolerance: f64,
    /// The last handle of the curve before.
    handle: Option<Point>,
}

impl Outline {
    /// Writes a run of pieces, each curve as far on as it can follow them.
    fn take(&mut self, run: &mut Vec<Piece>) {
        self.drop_tiny(run);
        let curves: Vec<Curve> = run.iter().map(|p| p.curve).collect();
        let mut from = 0;
        while let Some(piece) = run.get(from) {
            let [a, b, c, d] = piece.curve;
            let straight = flat(&[b, c], a, d, self.tolerance / 2.0);
            let mut best = if straight { [a, a, d, d] } else { piece.curve };
            let (mut count, mut missed) = (1, 0);
            // What does not fit yet may with one more.
            for to in from + 2..=curves.len() {
                match fit(&curves[from..to], self.tolerance) {
                    Some(curve) => (best, count, missed) = (curve, to - from, 0),
                    None => missed += 1,
                }
                if missed == 2 {
                    break;
                }
            }
            match &piece.spelt {
                Some(spelt) if count == 1 => {
                    self.text += spelt;
                    self.handle = None;
                }
                _ => self.write(&best),
            }
            from += count;
        }
        run.clear();
    }

    /// Leaves out what is too small to see; what follows begins where it began.
    fn drop_tiny(&self, run: &mut Vec<Piece>) {
        let mut kept: Vec<Piece> = Vec::with_capacity(run.len());
        let mut from = None;
        for mut piece in run.drain(..) {
            if let Some(from) = from.take() {
                let own = &mut piece.curve;
                own[1] = if own[1] == own[0] { from } else { own[1] };
                own[0] = from;
                piece.spelt = None;
            }
            let start = piece.curve[0];
            if piece.curve[1..].iter().all(|&p| distance(p, start) < self.tolerance) {
                from = Some(start);
            } else {
                kept.push(piece);
            }
        }
        *run = kept;
    }

    fn write(&mut self, curve: &Curve) {
        let [a, b, c, d] = *curve;
        let _ = if a == b && c == d {
            let same = |p: f64, q: f64| (p * 10.0).round() == (q * 10.0).round();
            self.handle = None;
            match (same(a.0, d.0), same(a.1, d.1)) {
                (true, _) => write!(self.text, "V{}", d.1),
                (_, true) => write!(self.text, "H{}", d.0),
                _ => write!(self.text, "L{} {}", d.0, d.1),
            }
        } else {
            // The quadratic curve that is nearest, and how far off it is (Sederberg 1990).
            let off = (d.0 - a.0 + 3.0 * (b.0 - c.0), d.1 - a.1 + 3.0 * (b.1 - c.1));
            if distance(off, (0.0, 0.0)) * 3.0_f64.sqrt() / 36.0 <= self.tolerance / 2.0 {
                let middle = |a: f64, b: f64, c: f64, d: f64| (3.0 * (b + c) - a - d) / 4.0;
                let (x, y) = (middle(a.0, b.0, c.0, d.0), middle(a.1, b.1, c.1, d.1));
                self.handle = None;
                let _ = write!(self.text, "Q{x} {y} {} {}", d.0, d.1);
                return;
            }
            let turned = self.handle.replace(c).map(|h| mix(h, a, 2.0));
            match turned {
                Some(t) if distance(t, b) < self.tolerance => {
                    write!(self.text, "S{} {} {} {}", c.0, c.1, d.0, d.1)
                }
                _ => write!(self.text, "C{} {} {} {} {} {}", b.0, b.1, c.0, c.1, d.0, d.1),
            }
        };
    }
}

/// An arc of a circle of at most a third of it, as a curve.
fn short_arc(a: Point, b: Point, (rx, ry): (f64, f64), large: bool, sweep: bool) -> Option<Curve> {
    let half = distance(a, b) / 2.0;
    if rx != ry || large || half < 1e-6 || half > 0.86 * rx {
        return None;
    }
    // With the half angle θ: sin θ is `half / rx`, and the handles are 4/3 tan(θ/2) of the radius.
    let (sine, cosine) = (half / rx, (1.0 - half * half / (rx * rx)).sqrt());
    let handle = 4.0 / 3.0 * rx * sine / (1.0 + cosine);
    // The tangents at both ends lean from the chord by θ.
    let chord = unit(a, b);
    let side = if sweep { -1.0 } else { 1.0 };
    let lean = |s: f64| (chord.0 * cosine - s * chord.1 * sine, chord.1 * cosine + s * chord.0 * sine);
    let (out, into) = (lean(side), lean(-side));
    Some([a, (a.0 + out.0 * handle, a.1 + out.1 * handle), (b.0 - into.0 * handle, b.1 - into.1 * handle), b])
}

/// One curve, or line, that follows several.
fn fit(part: &[Curve], tolerance: f64) -> Option<Curve> {
    let (first, last) = (part.first()?, part.last()?);
    let (a, d) = (first[0], last[3]);
    let inner = 1..=SAMPLES;
    let along =
        |c: &Curve| inner.clone().map(|k| at(c, f64::from(k) / f64::from(SAMPLES))).collect::<Vec<_>>();
    let mut points = vec![a];
    points.extend(part.iter().flat_map(along));
    if flat(&points, a, d, tolerance / 2.0) {
        return Some([a, a, d, d]);
    }
    let out = unit(a, *first[1..].iter().find(|&&p| distance(p, a) > 1e-6)?);
    let into = unit(d, *last[..3].iter().rev().find(|&&p| distance(p, d) > 1e-6)?);
    let mut place = chords(&points);
    let mut best = None;
    for _ in 0..ROUNDS {
        let curve = between(&points, &place, (a, out), (d, into))?;
        let off = points.iter().zip(&place).map(|(&p, &t)| distance(p, at(&curve, t))).fold(0.0, f64::max);
        // Far off, it will not come near.
        if off > 8.0 * tolerance {
            break;
        }
        if off <= tolerance {
            best = Some(curve);
        }
        for (t, &p) in place.iter_mut().zip(&points) {
            *t = nearer(&curve, p, *t);
        }
    }
    best
}

/// The curve between two ends with given tangents that passes nearest to points at their places (least squares).
fn between(
    points: &[Point],
    place: &[f64],
    (a, out): (Point, Point),
    (d, into): (Point, Point),
) -> Option<Curve> {
    let (mut c00, mut c01, mut c11, mut x0, mut x1) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (&p, &t) in points.iter().zip(place) {
        let s = 1.0 - t;
        let (b0, b1, b2, b3) = (s * s * s, 3.0 * t * s * s, 3.0 * t * t * s, t * t * t);
        let (u, v) = ((out.0 * b1, out.1 * b1), (into.0 * b2, into.1 * b2));
        let w = (p.0 - a.0 * (b0 + b1) - d.0 * (b2 + b3), p.1 - a.1 * (b0 + b1) - d.1 * (b2 + b3));
        (c00, c01, c11) = (c00 + dot(u, u), c01 + dot(u, v), c11 + dot(v, v));
        (x0, x1) = (x0 + dot(u, w), x1 + dot(v, w));
    }
    let area = c00 * c11 - c01 * c01;
    if area.abs() < 1e-12 {
        return None;
    }
    let (left, right) = ((x0 * c11 - x1 * c01) / area, (c00 * x1 - c01 * x0) / area);
    let length = distance(a, d).max(0.1);
    // Handles that point backwards, or far away, make loops.
    let sound = |h: f64| h > 0.0 && h < 4.0 * length;
    let handle = |p: Point, along: Point, by: f64| (p.0 + along.0 * by, p.1 + along.1 * by);
    (sound(left) && sound(right)).then(|| [a, handle(a, out, left), handle(d, into, right), d])
}

/// Shares of the way along points.
fn chords(points: &[Point]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut found = vec![0.0];
    for w in points.windows(2) {
        sum += distance(w[0], w[1]);
        found.push(sum);
    }
    found.iter().map(|f| f / sum.max(1e-9)).collect()
}

/// A place on a curve nearer to a point, by one step of Newton's.
fn nearer(c: &Curve, p: Point, t: f64) -> f64 {
    let s = 1.0 - t;
    let leg = |i: usize| (c[i + 1].0 - c[i].0, c[i + 1].1 - c[i].1);
    let (l0, l1, l2) = (leg(0), leg(1), leg(2));
    let first = |a: f64, b: f64, c: f64| 3.0 * (s * s * a + 2.0 * s * t * b + t * t * c);
    let second = |a: f64, b: f64, c: f64| 6.0 * (s * (b - a) + t * (c - b));
    let speed = (first(l0.0, l1.0, l2.0), first(l0.1, l1.1, l2.1));
    let change = (second(l0.0, l1.0, l2.0), second(l0.1, l1.1, l2.1));
    let here = at(c, t);
    let off = (here.0 - p.0, here.1 - p.1);
    let slope = dot(speed, speed) + dot(off, change);
    if slope.abs() < 1e-9 { t } else { (t - dot(off, speed) / slope).clamp(0.0, 1.0) }
}

fn at(c: &Curve, t: f64) -> Point {
    let s = 1.0 - t;
    let w = [s * s * s, 3.0 * t * s * s, 3.0 * t * t * s, t * t * t];
    (0..4).fold((0.0, 0.0), |sum, i| (sum.0 + w[i] * c[i].0, sum.1 + w[i] * c[i].1))
}

/// Whether points lie on the line between two others.
fn flat(points: &[Point], a: Point, b: Point, tolerance: f64) -> bool {
    let length = distance(a, b);
    if length < 1e-9 {
        return false;
    }
    let along = ((b.0 - a.0) / length, (b.1 - a.1) / length);
    points.iter().all(|p| {
        let off = (p.0 - a.0, p.1 - a.1);
        let way = dot(off, along);
        (off.0 * along.1 - off.1 * along.0).abs() <= tolerance && way > -tolerance && way < length + tolerance
    })
}

fn unit(from: Point, to: Point) -> Point {
    let length = distance(from, to).max(1e-9);
    ((to.0 - from.0) / length, (to.1 - from.1) / length)
}

fn mix(p: Point, q: Point, t: f64) -> Point {
    (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t)
}

fn dot(p: Point, q: Point) -> f64 {
    p.0 * q.0 + p.1 * q.1
}

fn distance(p: Point, q: Point) -> f64 {
    dot((p.0 - q.0, p.1 - q.1), (p.0 - q.0, p.1 - q.1)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::path_data::scaled;
    use super::simplified;

    fn short(d: &str) -> Option<String> {
        scaled(&simplified(d, 0.06)?, 1.0, (0.0, 0.0), 1)
    }

    #[test]
    fn pieces_of_a_curve_become_one_and_corners_stay() {
        // The halves of one curve, and many short lines in a row.
        assert_eq!(
            short("M0 0C0 2 1.25 3.5 3 4.5 4.75 5.5 7 6 9 6z").as_deref(),
            Some("M0 0c0 4.3 5.5 6 9 6z")
        );
        assert_eq!(short("M0 0l1 0 1 .01 1 0 0 3h-3z").as_deref(), Some("M0 0h3v3H0z"));
        // What is nearly nothing is left out, what is no curve stays.
        assert_eq!(short("M1 1l.02 .01L5 1l0 4").as_deref(), Some("M1 1h4v4"));
        assert_eq!(short("M1 1a3 3 0 0 1 3 3z").as_deref(), Some("M1 1a3 3 0 0 1 3 3z"));
        assert_eq!(short("no path"), None);
    }
}
