//! Reading and rewriting path data that others wrote: brand marks and icons of users.
//!
//! Takes the path grammar of SVG 1.1 in whatever spelling and gives the shortest spelling of the same outline, moved,
//! scaled and rounded. Every point is rounded where it lies, not on its way from the one before it, so that errors do not
//! add up along an outline.

#[cfg(test)]
use crate::geometry::Rect;

/// One command with all its numbers absolute; `at` is where it starts.
pub(super) struct Step {
    pub(super) command: char,
    pub(super) at: (f64, f64),
    pub(super) numbers: Vec<f64>,
}

/// Path data moved so that `origin` lies at 0 0, then scaled by `by`, to so many decimals; `None` where it is no path
/// data.
pub(super) fn scaled(d: &str, by: f64, origin: (f64, f64), decimals: u32) -> Option<String> {
    let grain = 10_f64.powi(decimals.min(6).cast_signed());
    let place = |value: f64, from: f64| ((value - from) * by * grain).round() as i64;
    let mut out = Spelling { text: String::with_capacity(d.len()), decimals, ..Spelling::default() };
    // Where the rewritten outline is, and where its part began, in grains.
    let (mut at, mut start) = ((0_i64, 0_i64), (0_i64, 0_i64));
    for step in steps(d)? {
        if step.command == 'Z' {
            out.push('z', &[]);
            at = start;
            continue;
        }
        let mut absolute = Vec::with_capacity(step.numbers.len());
        for (kind, &n) in plan(step.command)?.chars().zip(&step.numbers) {
            absolute.push(match kind {
                'x' => place(n, origin.0),
                'y' => place(n, origin.1),
                'r' => place(n, 0.0),
                '.' => (n * grain).round() as i64,
                _ => n as i64 * grain as i64,
            });
        }
        let relative: Vec<i64> = plan(step.command)?
            .chars()
            .zip(&absolute)
            .map(|(kind, n)| match kind {
                'x' => n - at.0,
                'y' => n - at.1,
                _ => *n,
            })
            .collect();
        // Rounded to nothing, and not the dot that a part of its own would be.
        let nothing = matches!(step.command, 'L' | 'H' | 'V') && relative.iter().all(|n| *n == 0);
        if !nothing || matches!(out.last, Some('M' | 'm')) {
            out.shorter(step.command, &absolute, &relative);
        }
        let end = step.end();
        at = (place(end.0, origin.0), place(end.1, origin.1));
        if step.command == 'M' {
            start = at;
        }
    }
    (!out.text.is_empty()).then_some(out.text)
}

/// The box around what some path data draws, by points along it; `None` where it is no path data.
#[cfg(test)]
pub(super) fn bounds(d: &str) -> Option<Rect> {
    let mut all: Vec<(f64, f64)> = Vec::new();
    let (mut handle, mut start) = ((0.0, 0.0), (0.0, 0.0));
    for step in steps(d)? {
        if step.command == 'M' {
            start = step.end();
        }
        all.extend(step.along(handle, start));
        let end = step.end();
        let last = step.numbers.len().checked_sub(4).map_or(end, |i| (step.numbers[i], step.numbers[i + 1]));
        let turned = (2.0 * end.0 - last.0, 2.0 * end.1 - last.1);
        handle = if matches!(step.command, 'C' | 'S') { turned } else { end };
    }
    let side = |pick: fn(f64, f64) -> f64, of: fn(&(f64, f64)) -> f64| all.iter().map(of).reduce(pick);
    let (left, right) = (side(f64::min, |p| p.0)?, side(f64::max, |p| p.0)?);
    let (top, bottom) = (side(f64::min, |p| p.1)?, side(f64::max, |p| p.1)?);
    Some(Rect::new(left, top, right - left, bottom - top))
}

#[cfg(test)]
impl Step {
    /// Points along it; `handle` is that of a smooth curve, `start` where its part began.
    fn along(&self, handle: (f64, f64), start: (f64, f64)) -> Vec<(f64, f64)> {
        let (a, n) = (self.at, self.numbers.as_slice());
        let mix = |p: (f64, f64), q: (f64, f64), t: f64| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
        let points = (0..=32).map(|i| f64::from(i) / 32.0);
        match (self.command, n) {
            ('M', _) => Vec::new(),
            ('Z', _) => vec![a, start],
            ('C', &[x1, y1, x2, y2, x, y]) => {
                points.map(|t| cubic([a, (x1, y1), (x2, y2), (x, y)], t)).collect()
            }
            ('S', &[x2, y2, x, y]) => points.map(|t| cubic([a, handle, (x2, y2), (x, y)], t)).collect(),
            ('Q', &[x1, y1, x, y]) => {
                points.map(|t| mix(mix(a, (x1, y1), t), mix((x1, y1), (x, y), t), t)).collect()
            }
            ('A', &[rx, ry, _, large, sweep, x, y]) => arc(a, (x, y), (rx, ry), large != sweep, sweep != 0.0),
            _ => vec![a, self.end()],
        }
    }
}

#[cfg(test)]
fn cubic(p: [(f64, f64); 4], t: f64) -> (f64, f64) {
    let w = [(1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3)];
    (0..4).fold((0.0, 0.0), |sum, i| (sum.0 + w[i] * p[i].0, sum.1 + w[i] * p[i].1))
}

/// Points along an elliptical arc whose axes are level and upright (SVG 1.1, appendix F.6).
#[cfg(test)]
fn arc(a: (f64, f64), b: (f64, f64), radii: (f64, f64), left: bool, sweep: bool) -> Vec<(f64, f64)> {
    if radii.0 == 0.0 || radii.1 == 0.0 {
        return vec![a, b];
    }
    // On a circle of radius 1.
    let unit = |p: (f64, f64)| (p.0 / radii.0, p.1 / radii.1);
    let (p, q) = (unit(a), unit(b));
    let half = (p.0 - q.0).hypot(p.1 - q.1) / 2.0;
    let radius = half.max(1.0);
    let off = (radius * radius - half * half).max(0.0).sqrt() / half.max(1e-9) / 2.0
        * if left { 1.0 } else { -1.0 };
    let middle = (f64::midpoint(p.0, q.0) - (q.1 - p.1) * off, f64::midpoint(p.1, q.1) + (q.0 - p.0) * off);
    let angle = |p: (f64, f64)| (p.1 - middle.1).atan2(p.0 - middle.0);
    let turn = std::f64::consts::TAU;
    let way = (angle(q) - angle(p)).rem_euclid(turn);
    let way = if sweep { way } else { way - turn };
    let at = |t: f64| angle(p) + way * t;
    (0..=32)
        .map(|i| at(f64::from(i) / 32.0))
        .map(|t| ((middle.0 + radius * t.cos()) * radii.0, (middle.1 + radius * t.sin()) * radii.1))
        .collect()
}

impl Step {
    /// Where it ends.
    pub(super) fn end(&self) -> (f64, f64) {
        match (self.command, self.numbers.as_slice()) {
            ('H', [x]) => (*x, self.at.1),
            ('V', [y]) => (self.at.0, *y),
            (_, [.., x, y]) => (*x, *y),
            _ => self.at,
        }
    }
}

/// What the numbers of a command are: x, y, radius, angle (`.`) or flag.
fn plan(command: char) -> Option<&'static str> {
    Some(match command {
        'M' | 'L' | 'T' => "xy",
        'H' => "x",
        'V' => "y",
        'C' => "xyxyxy",
        'S' | 'Q' => "xyxy",
        'A' => "rr.ffxy",
        'Z' => "",
        _ => return None,
    })
}

/// The commands of path data, each with its numbers absolute.
pub(super) fn steps(d: &str) -> Option<Vec<Step>> {
    let mut rest = d.trim_start();
    let mut steps: Vec<Step> = Vec::new();
    let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
    while let Some(letter) = rest.chars().next() {
        let mut command = letter.to_ascii_uppercase();
        let plan = plan(command)?;
        if steps.is_empty() && command != 'M' {
            return None;
        }
        rest = skip(&rest[1..]);
        let mut sets = 0;
        while sets == 0
            || (!plan.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)))
        {
            let mut numbers = Vec::with_capacity(plan.len());
            for kind in plan.chars() {
                let (value, after) = if kind == 'f' { flag(rest)? } else { read(rest)? };
                rest = skip(after);
                numbers.push(match kind {
                    'x' if letter.is_ascii_lowercase() => value + at.0,
                    'y' if letter.is_ascii_lowercase() => value + at.1,
                    _ => value,
                });
            }
            let step = Step { command, at, numbers };
            at = if command == 'Z' { start } else { step.end() };
            if command == 'M' {
                start = at;
            }
            steps.push(step);
            // Further pairs of a move are lines.
            command = if command == 'M' { 'L' } else { command };
            sets += 1;
        }
    }
    (!steps.is_empty()).then_some(steps)
}

/// Path data as it is written: no space, letter or nought that a reader can do without.
#[derive(Default)]
struct Spelling {
    text: String,
    decimals: u32,
    /// The command that further numbers would belong to.
    last: Option<char>,
    /// Whether the last number has a point.
    pointed: bool,
    /// The two spellings of a command.
    trials: [String; 2],
}

impl Spelling {
    /// Writes a command in the shorter of its two spellings.
    fn shorter(&mut self, command: char, absolute: &[i64], relative: &[i64]) {
        let lower = command.to_ascii_lowercase();
        // A first move is absolute, so that others may move it.
        if self.text.is_empty() {
            return self.push(command, absolute);
        }
        let [mut upper, mut low] = std::mem::take(&mut self.trials);
        let pointed = (self.spell(command, absolute, &mut upper), self.spell(lower, relative, &mut low));
        let (text, pointed, letter) =
            if upper.len() < low.len() { (&upper, pointed.0, command) } else { (&low, pointed.1, lower) };
        self.text += text;
        (self.pointed, self.last) = (pointed, Some(letter));
        self.trials = [upper, low];
    }

    fn push(&mut self, letter: char, numbers: &[i64]) {
        let mut text = std::mem::take(&mut self.trials[0]);
        self.pointed = self.spell(letter, numbers, &mut text);
        self.text += &text;
        self.last = Some(letter);
        self.trials[0] = text;
    }

    /// Spells a command after what is written; says whether its last number has a point.
    fn spell(&self, letter: char, numbers: &[i64], into: &mut String) -> bool {
        into.clear();
        let mut pointed = self.pointed;
        let mut fresh = self.last != Some(letter) || matches!(letter, 'M' | 'm' | 'z');
        if fresh {
            into.push(letter);
        }
        for &n in numbers {
            let end = into.len();
            let now = decimal(n, self.decimals, into);
            // `.5` ends where a second point begins.
            let apart = into[end..].starts_with('-') || (pointed && into[end..].starts_with('.'));
            if !std::mem::take(&mut fresh) && !apart {
                into.insert(end, ' ');
            }
            pointed = now;
        }
        pointed
    }
}

/// Adds a number of grains as a decimal, `.5` for 5 tenths; says whether it has a point.
fn decimal(grains: i64, decimals: u32, into: &mut String) -> bool {
    let mut digits = [0_u8; 24];
    let mut left = grains.unsigned_abs();
    let mut count = 0;
    while left > 0 {
        digits[count] = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        count += 1;
    }
    let decimals = decimals.min(6) as usize;
    let last = digits[..decimals].iter().position(|d| *d > b'0');
    if grains < 0 {
        into.push('-');
    }
    into.extend(digits[decimals.min(count)..count].iter().rev().map(|d| char::from(*d)));
    match last {
        Some(last) => {
            into.push('.');
            into.extend(digits[last..decimals].iter().rev().map(|d| char::from((*d).max(b'0'))));
        }
        None if count <= decimals => into.push('0'),
        None => {}
    }
    last.is_some()
}

/// What follows white space and commas.
fn skip(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace())
}

/// A flag of an arc: one digit, that the next number may touch.
fn flag(text: &str) -> Option<(f64, &str)> {
    let rest = text.strip_prefix(['0', '1'])?;
    Some((f64::from(u8::from(text.starts_with('1'))), rest))
}

/// The number that a text begins with.
fn read(text: &str) -> Option<(f64, &str)> {
    let bytes = text.as_bytes();
    let digits = |mut i: usize| {
        while bytes.get(i).is_some_and(u8::is_ascii_digit) {
            i += 1;
        }
        i
    };
    let mut end = digits(usize::from(text.starts_with(['+', '-'])));
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(end + 1 + sign);
    }
    let value = text[..end].parse::<f64>().ok().filter(|v| v.abs() < 1e6)?;
    Some((value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_data_is_scaled_whatever_its_spelling() {
        let scaled = |d: &str, by, origin| scaled(d, by, origin, 2);
        assert_eq!(scaled("M10,20l5-5.5.5h2z", 0.5, (0.0, 0.0)), None, "three numbers are no pairs");
        assert_eq!(scaled("M10,20l5-5h2z", 0.5, (0.0, 0.0)).as_deref(), Some("M5 10l2.5-2.5h1z"));
        assert_eq!(
            scaled("m2 2 4 4a3 3 0 013 3", 2.0, (1.0, 1.0)).as_deref(),
            Some("M2 2l8 8a6 6 0 0 1 6 6")
        );
        assert_eq!(scaled("M.5 .5l.5,.5h0", 1.0, (0.0, 0.0)).as_deref(), Some("M.5.5L1 1"));
        assert_eq!(scaled("M0 0L1e1 0,10 10", 1.0, (0.0, 0.0)).as_deref(), Some("M0 0l10 0 0 10"));
        for bad in ["", "L1 1", "M1", "M1 1\"", "M1 1<", "MNaN 1", "M1e9 0", "M1 1é", "zM1 1"] {
            assert_eq!(scaled(bad, 1.0, (0.0, 0.0)), None, "{bad}");
        }
    }

    #[test]
    fn rounding_does_not_add_up() {
        let steps = "M0 0".to_owned() + &"l.04 0".repeat(1000);
        let short = scaled(&steps, 1.0, (0.0, 0.0), 1).unwrap_or_default();
        assert!((bounds(&short).map_or(0.0, |r| r.w) - 40.0).abs() < 0.06, "{short}");
    }

    #[test]
    fn bounds_follow_arcs_and_curves() {
        for d in ["M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z", "M12 2A10 10 0 1 1 11.9 2Z"] {
            let r = bounds(d).unwrap_or_default();
            assert!((r.x - 2.0).abs() < 0.1 && (r.y - 2.0).abs() < 0.1, "{d}: {r:?}");
            assert!((r.w - 20.0).abs() < 0.2 && (r.h - 20.0).abs() < 0.2, "{d}: {r:?}");
        }
        let bow = bounds("M0 0C0 8 8 8 8 0").unwrap_or_default();
        assert!((bow.h - 6.0).abs() < 0.01, "{bow:?}");
    }

    #[test]
    fn numbers_are_as_short_as_can_be() {
        let written: Vec<String> = [0, 5, -5, 100, 1234, -1, 50, 1230, -100]
            .map(|n| {
                let mut text = String::new();
                decimal(n, 2, &mut text);
                text
            })
            .to_vec();
        assert_eq!(written, ["0", ".05", "-.05", "1", "12.34", "-.01", ".5", "12.3", "-1"]);
    }
}
