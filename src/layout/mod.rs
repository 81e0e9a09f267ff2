//! From an architecture to finished places: boxes, paths and label places.
//!
//! Takes an [`Architecture`], measures its faces with a [`Style`] and gives an [`Arrangement`], the only thing that
//! drawings see. It reads no source text and knows no colour.
//!
//! The layered engine, in the order of its phases:
//!
//! | file | does |
//! |---|---|
//! | `graph` | measures the architecture into index arrays; the flow runs downwards from here on |
//! | `packing` | takes parts that nothing joins apart, and packs them at the end |
//! | `p1_cycles` | decides which connections run against the flow |
//! | `p2_layers` | gives components their layers and groups their spans; `bands` puts groups beside each other (`band_search`, `outline`) |
//! | `proper` | breaks long connections into vertices, one a layer of the `grid`; labels become vertices |
//! | `p3_order` | orders the layers: `nesting` (one layer on the nesting tree), `switching`, `group_order`, `crossings`, `expand` |
//! | `mention` | of equally good orders the one that follows the text |
//! | `rim` | people, external parties and observers to the ends of their layers |
//! | `p4_place` | places across the flow: `trunks`, `ports`, `network_simplex`, `relax`, `align` |
//! | `p5_route` | horizontal runs between the layers: `tracks` |
//! | `evenness` | boxes that differ by little made alike |
//! | `heights` | places along the flow |
//! | `trunk_labels` | what all of a trunk say, once |
//! | `sideways` | groups whose inside reads across the picture |
//! | `folding` | other layers for what came out too long or too wide for the wished shape |
//! | `layered` | calls phases 4 and 5 and assembles boxes and paths |
//! | `ways` | tries several ways, as many as work allows by their `forecast`, improves the best with `perturb`, looks again where the shape fills no page, and folds it |

mod align;
mod arrangement;
mod band_search;
mod bands;
mod crossings;
mod evenness;
mod expand;
mod folding;
mod forecast;
mod former;
mod graph;
mod grid;
mod group_order;
mod heights;
mod layered;
mod layout_rs;
mod lists;
mod loops;
mod mention;
mod nesting;
mod network_simplex;
mod outline;
mod p1_cycles;
mod p2_layers;
mod p3_order;
mod p4_place;
mod p5_route;
mod packing;
mod page;
mod perturb;
mod phases;
mod ports;
mod proper;
mod quality;
mod relax;
mod rim;
mod sequence;
mod sideways;
mod switching;
mod tracks;
mod trunk_labels;
mod trunks;
mod ways;
mod wishes;

use std::fmt;

use crate::geometry::Size;
use crate::model::{Architecture, Direction};
use crate::style::Style;

use graph::Shape;
use page::Page;

pub use arrangement::{Arrangement, End, GroupBox, NodeBox, Notice, Route};
#[doc(hidden)]
pub use phases::Phases;

pub use former::{Former, Stability, stability};
pub use quality::{Quality, quality};
pub use sequence::{Head as SequenceHead, Row as SequenceRow, Sequence, sequence};

/// What the caller may choose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutOptions {
    /// The way the picture reads; `None` takes the author's wish or chooses what fits better.
    pub direction: Option<Direction>,
    /// Which engine places things.
    pub engine: EngineName,
    /// The shape wished for; `None` is that of a screen, 4:3.
    pub fit: Option<Fit>,
    /// A picture drawn before, whose order is kept.
    pub former: Option<Former>,
}

/// What a picture is to fit into.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fit {
    /// This width by height; taken between 0.1 and 10.
    Aspect(f64),
    /// No wider than so many pixels.
    Width(f64),
}

/// The engines there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineName {
    /// Our own layered engine.
    #[default]
    Layered,
    /// The engine of the crate `layout-rs`: small flat graphs only.
    LayoutRs,
}

/// Why no arrangement was made.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutError {
    /// More of something than the engine takes.
    TooLarge {
        /// What there is too much of: "components".
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are taken at most.
        limit: usize,
    },
    /// The engine cannot do what the architecture needs.
    Unsupported(&'static str),
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { what, count, limit } => {
                write!(f, "{count} {what} are more than the layout's limit of {limit}")
            }
            Self::Unsupported(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for LayoutError {}

/// More components than this are refused.
pub const MAX_COMPONENTS: usize = 10_000;
/// More connections than this are refused.
pub const MAX_CONNECTIONS: usize = 20_000;

/// Gives everything its place.
///
/// # Errors
/// When there is more than the engine takes, or the engine cannot do what is needed.
pub fn arrange(
    architecture: &Architecture,
    style: &Style,
    options: &LayoutOptions,
) -> Result<Arrangement, LayoutError> {
    check("components", architecture.component_count(), MAX_COMPONENTS)?;
    check("connections", architecture.connection_count(), MAX_CONNECTIONS)?;
    let former = options.former.as_ref();
    let kept = || former.and_then(|f| f.direction(architecture));
    let wished = options.direction.or(architecture.direction).or_else(kept);
    if options.engine == EngineName::LayoutRs {
        return layout_rs::arrange(architecture, style, wished.unwrap_or_default());
    }
    let make = |direction, shape| Page::lay(architecture, style, direction, shape, former);
    Ok(match options.fit {
        Some(Fit::Width(width)) => within(architecture, width, wished, former, &make),
        Some(Fit::Aspect(aspect)) if aspect.is_finite() => {
            let aspect = aspect.clamp(0.1, 10.0);
            shaped(architecture, (aspect / CLOSE, aspect, aspect * CLOSE), wished, former, &make)
        }
        _ => shaped(architecture, PAGE, wished, former, &make),
    })
}

type Make<'a> = dyn Fn(Direction, Shape) -> Page<'a> + 'a;

/// In the wished direction, or the one that fits the shape better; where neither fits, the best of all ways, folded too.
fn shaped(
    architecture: &Architecture,
    (low, aspect, high): (f64, f64, f64),
    wished: Option<Direction>,
    former: Option<&Former>,
    make: &Make<'_>,
) -> Arrangement {
    let directions = match wished {
        Some(direction) => vec![direction],
        None if architecture.component_count() > BOTH_WAYS => vec![Direction::Right],
        None => vec![Direction::Right, Direction::Down],
    };
    let shape = Shape { aspect, wished: aspect != PAGE.1 };
    let pages: Vec<Page<'_>> = directions.iter().map(|&d| make(d, shape)).collect();
    let mut made: Vec<Arrangement> = pages.iter().map(Page::plain).collect();
    // The reading direction of most texts is kept unless the other fits clearly better.
    let price = |a: &Arrangement| page::price(architecture, a, shape, former.is_some());
    let off = |k: usize| page::strain(pages[k].natural(&made[k]), aspect);
    let fitter = || off(1) * 1.15 < off(0);
    let clearer = || price(&made[1]) + AGAINST_TEXT[1] < price(&made[0]);
    let turned = made.len() > 1 && (fitter() || clearer());
    let first = usize::from(turned);
    let has = made[first].canvas.w / made[first].canvas.h.max(1.0);
    let short = !shape.wished && made[first].canvas.w <= SHORT.w && made[first].canvas.h <= SHORT.h;
    if short || low <= has && has <= high {
        return made.swap_remove(first);
    }
    made.extend(pages.iter().map(Page::folded));
    let priced = made.into_iter().enumerate().map(|(k, a)| {
        let down = wished.is_none() && a.direction == Direction::Down;
        let against = if down { AGAINST_TEXT[usize::from(k >= directions.len())] } else { 0.0 };
        let moved = former.map_or(0, |f| ways::INVERSION * stability(architecture, &a, f).inversions);
        let moved = moved as f64 / architecture.connection_count().max(1) as f64;
        (price(&a) + against + moved, a)
    });
    priced.min_by(|a, b| a.0.total_cmp(&b.0)).map(|p| p.1).unwrap_or_default()
}

/// The widest picture that is no wider than `width`; when there is none the narrowest, with a notice.
fn within(
    architecture: &Architecture,
    width: f64,
    wished: Option<Direction>,
    former: Option<&Former>,
    make: &Make<'_>,
) -> Arrangement {
    let mut narrowest: Option<Arrangement> = None;
    for aspect in [2.0, PAGE.1, 0.9, 0.6, 0.4, 0.25] {
        let made = shaped(architecture, (aspect / CLOSE, aspect, aspect * CLOSE), wished, former, make);
        if made.canvas.w <= width {
            return made;
        }
        if narrowest.as_ref().is_none_or(|n| made.canvas.w < n.canvas.w) {
            narrowest = Some(made);
        }
    }
    let mut narrowest = narrowest.unwrap_or_default();
    let message =
        format!("The picture is {:.0} pixels wide: nothing narrower was found.", narrowest.canvas.w);
    narrowest.notices.push(Notice { message });
    narrowest
}

/// Up to this many components both directions are tried when the author wishes none.
const BOTH_WAYS: usize = 200;

/// The shape, width by height, that page and screen take well, and what is still good; title and legend add to the height.
const PAGE: (f64, f64, f64) = (0.7, 1.33, 2.1);
/// The price of reading downwards where texts are read to the right: in one column, and in several.
const AGAINST_TEXT: [f64; 2] = [0.5, 1.5];
/// No picture within this, in pixels, needs folding unless the caller wishes for a shape.
const SHORT: Size = Size::new(900.0, 800.0);
/// A picture fits a wished shape when it is no further off than this.
const CLOSE: f64 = 1.2;

fn check(what: &'static str, count: usize, limit: usize) -> Result<(), LayoutError> {
    if count > limit { Err(LayoutError::TooLarge { what, count, limit }) } else { Ok(()) }
}
