//! A picture drawn before, so that a small change of the text makes a small change of the picture.
//!
//! Takes an SVG or the geometry JSON that this program wrote; gives where every component stood, and how far a new
//! arrangement departs from that. It changes nothing.

use std::collections::BTreeMap;

use super::arrangement::Arrangement;
use crate::geometry::Point;
use crate::model::{Architecture, Direction};

/// Where components stood, by id: the top left corners of their boxes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Former {
    places: BTreeMap<String, Point>,
}

/// How far an arrangement departs from a former one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stability {
    /// Components that are in both.
    pub kept: usize,
    /// How far they moved on average, in pixels, against the middle of all of them.
    pub displacement: f64,
    /// Pairs that changed their order from left to right or from top to bottom.
    pub inversions: usize,
}

impl Former {
    /// Reads a picture: SVG or geometry JSON. `None` when no component's place is found in it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let places =
            if text.trim_start().starts_with('{') { from_geometry(text) } else { Some(from_svg(text)) };
        places.filter(|p| !p.is_empty()).map(|places| Self { places })
    }

    /// Where a component stood.
    pub(super) fn place(&self, id: &str) -> Option<Point> {
        self.places.get(id).copied()
    }

    /// The way the former picture read: that in which more connections ran forward and further.
    pub(super) fn direction(&self, architecture: &Architecture) -> Option<Direction> {
        let (mut right, mut down) = (0.0, 0.0);
        for connection in architecture.connections() {
            let end = |index| self.place(architecture.at(index).id.as_str());
            if let (Some(a), Some(b)) = (end(connection.from), end(connection.to)) {
                right += (b.x - a.x).clamp(-200.0, 200.0);
                down += (b.y - a.y).clamp(-200.0, 200.0);
            }
        }
        let kept = right > 0.0 || down > 0.0;
        kept.then_some(if right > down { Direction::Right } else { Direction::Down })
    }
}

fn from_geometry(text: &str) -> Option<BTreeMap<String, Point>> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let nodes = value.get("nodes")?.as_array()?;
    let place = |node: &serde_json::Value| {
        let number = |key: &str| node.get(key)?.as_f64();
        Some((node.get("id")?.as_str()?.to_owned(), Point::new(number("x")?, number("y")?)))
    };
    Some(nodes.iter().filter_map(place).collect())
}

/// The places of what has a `data-id` and a `translate` in its opening tag.
fn from_svg(text: &str) -> BTreeMap<String, Point> {
    let tags = text.split('<').filter_map(|part| part.split_once('>').map(|(tag, _)| tag));
    tags.filter_map(|tag| {
        let id = attribute(tag, "data-id")?;
        let place = attribute(tag, "transform")?.strip_prefix("translate(")?.strip_suffix(')')?;
        let mut numbers = place.split([' ', ',']).filter(|n| !n.is_empty()).map(str::parse::<f64>);
        let (x, y) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        (x.is_finite() && y.is_finite()).then(|| (id.to_owned(), Point::new(x, y)))
    })
    .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=\""))?;
    tag[at + name.len() + 3..].split('"').next()
}

/// Pairs nearer to each other than this, in pixels, have no order.
const LEVEL: f64 = 12.0;

/// Holds an arrangement against a former one.
#[must_use]
pub fn stability(architecture: &Architecture, arrangement: &Arrangement, former: &Former) -> Stability {
    let pairs: Vec<(Point, Point)> = architecture
        .components()
        .zip(&arrangement.nodes)
        .filter_map(|(c, node)| {
            former.place(c.id.as_str()).map(|p| (p, Point::new(node.rect.x, node.rect.y)))
        })
        .collect();
    if pairs.is_empty() {
        return Stability::default();
    }
    let count = pairs.len() as f64;
    let shift = |axis: fn(&Point) -> f64| pairs.iter().map(|(a, b)| axis(b) - axis(a)).sum::<f64>() / count;
    let (dx, dy) = (shift(|p| p.x), shift(|p| p.y));
    let displacement = pairs.iter().map(|(a, b)| a.moved(dx, dy).distance(*b)).sum::<f64>() / count;
    Stability { kept: pairs.len(), displacement, inversions: inversions(&pairs) }
}

/// Pairs of places (former, now) that changed their order on an axis.
pub(super) fn inversions(pairs: &[(Point, Point)]) -> usize {
    let turned = |a: f64, b: f64| a * b < 0.0 && a.abs() > LEVEL && b.abs() > LEVEL;
    let mut found = 0;
    for (k, (a, now)) in pairs.iter().enumerate() {
        for (b, then) in &pairs[k + 1..] {
            found += usize::from(turned(b.x - a.x, then.x - now.x) || turned(b.y - a.y, then.y - now.y));
        }
    }
    found
}

/// Puts what stood somewhere before into its former order, each at one of the places such things have in `order`.
///
/// Places nearer than a little to each other are one.
pub(super) fn keep(order: &mut [usize], at: impl Fn(usize) -> Option<f64>) {
    let known: Vec<usize> = (0..order.len()).filter(|&k| at(order[k]).is_some()).collect();
    let mut values: Vec<f64> = known.iter().filter_map(|&k| at(order[k])).collect();
    values.sort_by(f64::total_cmp);
    let mut level = Vec::with_capacity(values.len());
    for (k, value) in values.iter().enumerate() {
        let last = level.last().copied().unwrap_or(0usize);
        level.push(if k > 0 && value - values[k - 1] > 2.0 * LEVEL { last + 1 } else { last });
    }
    let rank = |item: usize| at(item).map(|x| level[values.partition_point(|v| *v < x)]);
    let mut items: Vec<usize> = known.iter().map(|&k| order[k]).collect();
    items.sort_by_key(|&item| rank(item));
    for (k, item) in known.into_iter().zip(items) {
        order[k] = item;
    }
}

#[cfg(test)]
mod tests {
    use super::{Former, keep};
    use crate::geometry::Point;

    #[test]
    fn places_are_read_from_both_forms() {
        let svg =
            r#"<svg><g id="p-a" data-id="a" data-kind="x" transform="translate(152 188.5)"><g data-id="b">"#;
        let json = r#"{"nodes":[{"id":"a","x":152,"y":188.5,"w":1,"h":1}]}"#;
        for text in [svg, json] {
            let former = Former::parse(text).expect("one component has a place");
            assert_eq!((former.place("a"), former.place("b")), (Some(Point::new(152.0, 188.5)), None));
        }
        assert_eq!(Former::parse("{}"), None);
        assert_eq!(Former::parse("no picture"), None);
    }

    #[test]
    fn the_former_order_is_kept_around_what_is_new() {
        let mut order = [2, 9, 0, 1];
        keep(&mut order, |item| (item < 9).then_some(item as f64 * 50.0));
        assert_eq!(order, [0, 9, 1, 2]);
    }
}
