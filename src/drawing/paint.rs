//! Paints: what every piece of ink looks like in a theme, as properties of CSS.

use std::collections::BTreeSet;
use std::fmt;

use super::marks::Change;
use crate::catalog::{Family, catalog};
use crate::model::Kind;
use crate::style::{Colour, Palette, TEXT, Theme, Tint};

/// The role of a piece of ink; the theme says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Paint {
    /// Behind everything.
    Background,
    /// Ruled paper.
    Grid,
    /// The inside and border of a group, by nesting.
    Group(usize),
    /// The same, for a boundary that separates without holding.
    Boundary(usize),
    /// A group's title and its icon.
    GroupTitle,
    /// The stroke of a group's icon.
    GroupGlyph,
    /// The filled parts of a group's icon.
    GroupMark,
    /// A box.
    Card(Family),
    /// A box that is assumed.
    Assumed(Family),
    /// Somebody else's box.
    Foreign(Family),
    /// The lid of a drum, the rim of a bucket: outline in the family's tint.
    Lid(Family),
    /// Lines of a shape within its outline.
    Detail(Family),
    /// The square behind an icon.
    Tile(Family),
    /// The strokes of an icon.
    Glyph(Family),
    /// The filled parts of an icon, and brand marks.
    Mark(Family),
    /// A component's name.
    Name,
    /// Technology or kind.
    Second,
    /// A connection: whether asynchronous, whether assumed.
    Edge(bool, bool),
    /// Its arrowhead: whether assumed.
    Head(bool),
    /// The ring at the tail of an assumed connection.
    Ring,
    /// What a label stands on: the ground of the group of that nesting, or the background.
    Plate(Option<usize>),
    /// A label's text.
    Label,
    /// The disc of a step mark.
    Disc,
    /// What stands in a disc.
    DiscText,
    /// What stands in a badge.
    Badge(Family),
    /// The line below a participant of a sequence.
    Lifeline,
    /// A connection that changed: whether asynchronous, and how.
    ChangeEdge(bool, Change),
    /// Its arrowhead.
    ChangeHead(Change),
    /// The ring around a box that changed.
    ChangeRing(Change),
    /// The disc of a sign of change.
    ChangeDisc(Change),
    /// The sign in it.
    ChangeSign,
    /// Over what is gone.
    Veil,
    /// The small picture of a box in the legend.
    Sign(Family),
    /// The same of somebody else's box.
    ForeignSign(Family),
    /// The picture's title.
    Title,
    /// Summary, legend and notes.
    Quiet,
}

/// A property of CSS and its value.
pub(super) type Property = (&'static str, String);

/// Dashes of asynchronous connections.
const ASYNC: &str = "6 4";

impl Paint {
    /// What it looks like apart from colours.
    pub(super) fn form(self, theme: &Theme) -> Vec<Property> {
        let l = &theme.lines;
        let stroke = |w: f64| ("stroke-width", super::path::number(w));
        let round = || [("stroke-linecap", "round".to_owned()), ("stroke-linejoin", "round".to_owned())];
        let dashes = |d: &str| ("stroke-dasharray", d.to_owned());
        let font = |size: f64, weight: u16| {
            let mut font = vec![("font-size", format!("{}px", super::path::number(size)))];
            if weight != 400 {
                font.push(("font-weight", weight.to_string()));
            }
            font
        };
        match self {
            Self::Grid => vec![stroke(1.0)],
            Self::Group(_) => vec![stroke(l.group)],
            Self::Boundary(_) => vec![stroke(l.group + 0.2), dashes("7 5")],
            Self::Card(_) | Self::Lid(_) => vec![stroke(l.card)],
            Self::Detail(_) => [vec![stroke(l.card + 0.6)], round().to_vec()].concat(),
            Self::Assumed(_) => [vec![stroke(l.card + 0.4), dashes("1 3.5")], round().to_vec()].concat(),
            Self::Foreign(_) => vec![stroke(l.card + 0.2), dashes("6 4")],
            Self::Sign(_) => vec![stroke(l.card)],
            Self::ForeignSign(_) => vec![stroke(l.card + 0.2), dashes("3 2")],
            Self::Glyph(_) | Self::GroupGlyph => [vec![stroke(l.glyph)], round().to_vec()].concat(),
            Self::Edge(false, _) => vec![stroke(l.edge)],
            Self::Edge(true, _) => vec![stroke(l.edge), dashes(ASYNC)],
            Self::Ring => vec![stroke(l.edge)],
            Self::Lifeline => vec![stroke(l.group), dashes("2 4")],
            Self::Name => font(TEXT.name, 600),
            Self::Second => font(TEXT.detail, 400),
            Self::Label => font(TEXT.label, 400),
            Self::GroupTitle => font(TEXT.group, 600),
            Self::ChangeEdge(asynchronous, change) => {
                let dash = match (change, asynchronous) {
                    (Change::Removed, _) => Some("2 5"),
                    (_, true) => Some(ASYNC),
                    (_, false) => None,
                };
                [vec![stroke(l.edge + 0.8)], dash.map(dashes).into_iter().collect()].concat()
            }
            Self::ChangeRing(change) => {
                let dash = (change == Change::Removed).then(|| dashes("2 5"));
                [vec![stroke(l.card + 1.2)], dash.into_iter().collect()].concat()
            }
            Self::Veil => vec![("fill-opacity", ".3".to_owned())],
            Self::DiscText | Self::Badge(_) | Self::ChangeSign => {
                [font(TEXT.mark, 600), vec![("text-anchor", "middle".to_owned())]].concat()
            }
            Self::Title => font(TEXT.title, 600),
            Self::Quiet => font(TEXT.summary, 400),
            _ => Vec::new(),
        }
    }

    /// Its colours on one ground.
    pub(super) fn colours(self, p: &Palette) -> Vec<Property> {
        let fill = |c: Colour| vec![("fill", c.to_string())];
        // Nothing is filled that does not say so: the picture's own element has it.
        let line = |c: Colour| vec![("stroke", c.to_string())];
        let both = |f: Colour, s: Colour| vec![("fill", f.to_string()), ("stroke", s.to_string())];
        let group = |depth: usize| p.groups.get(depth % p.groups.len().max(1)).copied();
        match self {
            Self::Background | Self::Plate(None) | Self::Veil => fill(p.background),
            Self::ChangeEdge(_, change) | Self::ChangeRing(change) => line(of_change(p, change)),
            Self::ChangeHead(change) | Self::ChangeDisc(change) => fill(of_change(p, change)),
            Self::ChangeSign => fill(p.card),
            Self::Plate(Some(depth)) => fill(group(depth).map_or(p.background, |g| g.fill)),
            Self::Grid => line(p.grid),
            Self::Group(depth) | Self::Boundary(depth) => {
                group(depth).map_or_else(Vec::new, |g| both(g.fill, g.line))
            }
            Self::GroupTitle | Self::GroupMark => fill(p.group_title),
            Self::GroupGlyph => line(p.group_title),
            Self::Card(f) => both(p.card, tint(p, f).line),
            Self::Assumed(f) => both(p.card, tint(p, f).ink),
            Self::Foreign(f) | Self::ForeignSign(f) => both(p.background, tint(p, f).ink),
            Self::Sign(f) => both(tint(p, f).tile, tint(p, f).ink),
            Self::Lid(f) => both(tint(p, f).tile, tint(p, f).line),
            Self::Detail(f) => line(tint(p, f).line),
            Self::Lifeline => line(p.quiet),
            Self::Tile(f) => fill(tint(p, f).tile),
            Self::Glyph(f) => line(tint(p, f).ink),
            Self::Mark(f) | Self::Badge(f) => fill(tint(p, f).ink),
            Self::Name | Self::Title => fill(p.ink),
            Self::Second | Self::Quiet => fill(p.quiet),
            Self::Edge(_, assumed) => line(if assumed { p.assumed } else { p.edge }),
            Self::Head(assumed) => fill(if assumed { p.assumed } else { p.edge }),
            Self::Ring => both(p.background, p.assumed),
            Self::Label => fill(p.label),
            Self::Disc => fill(p.mark),
            Self::DiscText => fill(p.mark_text),
        }
    }
}

/// The colour of a change: green, red and orange of the theme, as the families have them.
fn of_change(p: &Palette, change: Change) -> Colour {
    match change {
        Change::Added => p.families.storage.ink,
        Change::Removed => p.families.messaging.ink,
        Change::Changed => p.families.compute.ink,
    }
}

/// The colours of a family.
pub(super) fn tint(p: &Palette, family: Family) -> Tint {
    let f = &p.families;
    match family {
        Family::Person => f.person,
        Family::Entry => f.entry,
        Family::Compute => f.compute,
        Family::Messaging => f.messaging,
        Family::Data => f.data,
        Family::Storage => f.storage,
        Family::Identity => f.identity,
        Family::Observe => f.observe,
        Family::Delivery => f.delivery,
        Family::Network => f.network,
        Family::External => f.external,
        Family::Intelligence => f.intelligence,
    }
}

/// A letter for a family, used in class names.
fn letter(family: Family) -> char {
    match family {
        Family::Person => 'p',
        Family::Entry => 'e',
        Family::Compute => 'c',
        Family::Messaging => 'm',
        Family::Data => 'd',
        Family::Storage => 's',
        Family::Identity => 'i',
        Family::Observe => 'o',
        Family::Delivery => 'y',
        Family::Network => 'n',
        Family::External => 'x',
        Family::Intelligence => 'a',
    }
}

impl Paint {
    /// Every paint, nested groups to so many levels.
    pub(super) fn all(levels: usize) -> Vec<Self> {
        let families = Kind::ALL.iter().map(|&kind| catalog().kind(kind).family).collect::<BTreeSet<_>>();
        let mut all = vec![Self::Background, Self::Grid, Self::GroupTitle, Self::GroupGlyph, Self::GroupMark];
        all.extend([Self::Name, Self::Second, Self::Ring, Self::Plate(None), Self::Label, Self::Disc]);
        all.extend([Self::DiscText, Self::Lifeline, Self::ChangeSign, Self::Veil, Self::Title, Self::Quiet]);
        for depth in 0..levels {
            all.extend([Self::Group(depth), Self::Boundary(depth), Self::Plate(Some(depth))]);
        }
        for f in families {
            all.extend([Self::Card(f), Self::Assumed(f), Self::Foreign(f), Self::Lid(f), Self::Detail(f)]);
            all.extend([Self::Tile(f), Self::Glyph(f), Self::Mark(f), Self::Badge(f), Self::Sign(f)]);
            all.push(Self::ForeignSign(f));
        }
        for yes in [false, true] {
            all.extend([Self::Edge(false, yes), Self::Edge(true, yes), Self::Head(yes)]);
            all.extend(Change::ALL.map(|change| Self::ChangeEdge(yes, change)));
        }
        for change in Change::ALL {
            all.extend([Self::ChangeHead(change), Self::ChangeRing(change), Self::ChangeDisc(change)]);
        }
        all
    }
}

/// The class name: a letter or two, as each stands in a picture many times.
impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tinted = |role: char, family: Family| write!(f, "{role}{}", letter(family));
        match *self {
            Self::Card(x) => tinted('c', x),
            Self::Assumed(x) => tinted('a', x),
            Self::Foreign(x) => tinted('x', x),
            Self::Lid(x) => tinted('l', x),
            Self::Detail(x) => tinted('d', x),
            Self::Tile(x) => tinted('t', x),
            Self::Glyph(x) => tinted('i', x),
            Self::Mark(x) => tinted('m', x),
            Self::Badge(x) => tinted('n', x),
            Self::Sign(x) => tinted('s', x),
            Self::ForeignSign(x) => tinted('f', x),
            Self::Background => f.write_str("z"),
            Self::Grid => f.write_str("gr"),
            Self::Group(d) => write!(f, "g{d}"),
            Self::Boundary(d) => write!(f, "b{d}"),
            Self::GroupTitle => f.write_str("gt"),
            Self::GroupGlyph => f.write_str("gi"),
            Self::GroupMark => f.write_str("gm"),
            Self::Name => f.write_str("n"),
            Self::Second => f.write_str("k"),
            Self::Edge(false, false) => f.write_str("e"),
            Self::Edge(true, false) => f.write_str("ea"),
            Self::Edge(false, true) => f.write_str("eq"),
            Self::Edge(true, true) => f.write_str("er"),
            Self::Head(false) => f.write_str("j"),
            Self::Head(true) => f.write_str("jq"),
            Self::Ring => f.write_str("r"),
            Self::Lifeline => f.write_str("w"),
            Self::Plate(None) => f.write_str("p"),
            Self::Plate(Some(d)) => write!(f, "p{d}"),
            Self::Label => f.write_str("b"),
            Self::Disc => f.write_str("o"),
            Self::DiscText => f.write_str("u"),
            Self::ChangeEdge(asynchronous, c) => {
                write!(f, "k{}-{}", if asynchronous { "a" } else { "s" }, c.word())
            }
            Self::ChangeHead(c) => write!(f, "kh-{}", c.word()),
            Self::ChangeRing(c) => write!(f, "kr-{}", c.word()),
            Self::ChangeDisc(c) => write!(f, "kd-{}", c.word()),
            Self::ChangeSign => f.write_str("kt"),
            Self::Veil => f.write_str("v"),
            Self::Title => f.write_str("h"),
            Self::Quiet => f.write_str("q"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paint_has_a_class_of_its_own() {
        let all = Paint::all(4);
        let names: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        let paints: BTreeSet<Paint> = all.iter().copied().collect();
        assert_eq!((names.len(), paints.len()), (all.len(), all.len()));
    }
}
