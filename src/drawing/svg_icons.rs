//! Icon packs of users: Iconify JSON or SVG files, brought onto the grid of our own glyphs.
//!
//! Takes markup and keeps path data alone: scripts, styles, links, images and foreign references have no way into a
//! picture. Does not keep colours (icons are tinted by family) and refuses what it cannot place: transforms that turn or shear.

use std::collections::BTreeMap;
use std::fmt;

use roxmltree::{Document, Node, ParsingOptions};
use serde::Deserialize;

use super::icons::Glyph;
use super::path_data::scaled;
use crate::catalog::catalog;
use crate::model::Component;

/// The longest markup of one icon, in bytes.
const LONGEST: usize = 64 * 1024;
/// The most icons of one pack.
const MOST: usize = 20_000;
/// The most elements and texts of one icon; it bounds the depth too.
const NODES: u32 = 2_000;
/// Side of the grid.
const GRID: f64 = 24.0;

/// Icons by name: an id, a technology (`postgresql`, `aws.lambda`) or a kind (`queue`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IconPack {
    icons: BTreeMap<String, Glyph>,
}

/// Why a pack or an icon cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IconError(String);

impl fmt::Display for IconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for IconError {}

fn refuse<T>(why: impl Into<String>) -> Result<T, IconError> {
    Err(IconError(why.into()))
}

#[derive(Deserialize)]
struct Iconify {
    icons: BTreeMap<String, IconifyIcon>,
    #[serde(default)]
    aliases: BTreeMap<String, Alias>,
    width: Option<f64>,
    height: Option<f64>,
}

/// Another name of an icon; those that also turn or flip it are left out.
#[derive(Deserialize)]
struct Alias {
    parent: String,
    #[serde(flatten)]
    changes: BTreeMap<String, serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct IconifyIcon {
    body: String,
    #[serde(default)]
    left: f64,
    #[serde(default)]
    top: f64,
    width: Option<f64>,
    height: Option<f64>,
}

impl IconPack {
    /// Reads a pack in the JSON format of Iconify; icons that cannot be used are left out.
    ///
    /// # Errors
    /// JSON of another form, more than 20 000 icons, or none that can be used.
    pub fn iconify(json: &str) -> Result<Self, IconError> {
        let file: Iconify = serde_json::from_str(json).map_err(|e| IconError(e.to_string()))?;
        if file.icons.len() > MOST {
            return refuse(format!("it has {} icons; at most {MOST} are read", file.icons.len()));
        }
        let mut pack = Self::default();
        let mut last = None;
        for (name, icon) in &file.icons {
            // Iconify's own default is 16.
            let w = icon.width.or(file.width).unwrap_or(16.0);
            let h = icon.height.or(file.height).unwrap_or(16.0);
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"{} {} {w} {h}\">{}</svg>",
                icon.left, icon.top, icon.body
            );
            last = pack.add(name, &svg).err().or(last);
        }
        for (name, alias) in file.aliases.iter().filter(|(_, a)| a.changes.is_empty()).take(MOST) {
            if let Some(glyph) = pack.icons.get(&alias.parent.to_lowercase()).cloned() {
                pack.icons.entry(name.to_lowercase()).or_insert(glyph);
            }
        }
        match last {
            Some(error) if pack.icons.is_empty() => Err(error),
            _ => Ok(pack),
        }
    }

    /// Adds an icon from an SVG file.
    ///
    /// # Errors
    /// Markup that is no SVG, longer than 64 KiB, of more than 2 000 elements, with a transform that turns or shears, or without an outline.
    pub fn add(&mut self, name: &str, svg: &str) -> Result<(), IconError> {
        if self.icons.len() >= MOST {
            return refuse(format!("at most {MOST} icons are read"));
        }
        let glyph = glyph(svg).map_err(|error| IconError(format!("icon `{name}`: {error}")))?;
        self.icons.insert(name.to_lowercase(), glyph);
        Ok(())
    }

    /// The icon for a component: by its id, its technology's id, mark or name, or its kind.
    pub(super) fn of(&self, component: &Component) -> Option<&Glyph> {
        if self.icons.is_empty() {
            return None;
        }
        let entry = component.technology_id().and_then(|id| catalog().technology(id));
        let technology = entry.map(|e| {
            let dashed = e.id.replace('.', "-");
            [
                Some(e.id.to_owned()),
                Some(dashed),
                e.mark.map(str::to_owned),
                Some(e.name.to_lowercase().replace(' ', "-")),
            ]
        });
        let names = [Some(component.id.to_string())].into_iter().chain(technology.into_iter().flatten());
        let names = names.chain([Some(component.kind.word().to_owned())]);
        names.flatten().find_map(|name| self.icons.get(&name))
    }
}

/// Brings an SVG onto the grid.
fn glyph(svg: &str) -> Result<Glyph, IconError> {
    if svg.len() > LONGEST {
        return refuse(format!("{} bytes; at most {LONGEST} are read", svg.len()));
    }
    // Without a DTD there are no entities that could grow.
    let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(svg, options).map_err(|e| IconError(e.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return refuse("it is no SVG");
    }
    let [x, y, w, h] = view(root)?;
    let by = GRID / w.max(h);
    // The shorter side is centred.
    let origin = (x - (w.max(h) - w) / 2.0, y - (w.max(h) - h) / 2.0);
    let (mut stroke, mut fill) = (String::new(), String::new());
    for node in root.descendants().filter(Node::is_element) {
        if node.ancestors().any(|n| hidden(n.tag_name().name())) {
            continue;
        }
        let Some(d) = outline(node) else { continue };
        let Some(Move { scale, by: (dx, dy) }) = moved(node) else {
            return refuse("it has a transform other than moving and scaling; flatten it first");
        };
        let origin = ((origin.0 - dx) / scale, (origin.1 - dy) / scale);
        let Some(d) = scaled(&d, by * scale, origin, 2) else {
            return refuse("an outline is not valid path data");
        };
        if inherited(node, "stroke").is_some_and(|s| s != "none") {
            stroke += &d;
        } else if inherited(node, "fill") != Some("none") {
            fill += &d;
        }
    }
    if stroke.is_empty() && fill.is_empty() {
        return refuse("it has no outline that can be drawn");
    }
    Ok(Glyph { d: stroke, fill: Some(fill).filter(|f| !f.is_empty()) })
}

/// A scaling, then a move.
struct Move {
    scale: f64,
    by: (f64, f64),
}

/// What the transforms of an element and of all around it come to; `None` where they do more than move and scale.
fn moved(node: Node<'_, '_>) -> Option<Move> {
    let mut all = Move { scale: 1.0, by: (0.0, 0.0) };
    let around: Vec<&str> = node.ancestors().filter_map(|n| n.attribute("transform")).collect();
    for step in around.into_iter().rev().flat_map(|t| t.split(')')).map(str::trim).filter(|t| !t.is_empty()) {
        let (name, numbers) = step.trim_start_matches(',').split_once('(')?;
        let numbers: Vec<f64> = numbers
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|n| !n.is_empty())
            .map(|n| n.parse().ok().filter(|n: &f64| n.abs() < 1e5))
            .collect::<Option<_>>()?;
        let (scale, by) = match (name.trim(), numbers.as_slice()) {
            ("translate", [x]) => (1.0, (*x, 0.0)),
            ("translate", [x, y]) => (1.0, (*x, *y)),
            ("scale", [s]) => (*s, (0.0, 0.0)),
            ("scale", [s, t]) if s == t => (*s, (0.0, 0.0)),
            ("matrix", [s, b, c, t, x, y]) if s == t && *b == 0.0 && *c == 0.0 => (*s, (*x, *y)),
            _ => return None,
        };
        all.by = (all.by.0 + all.scale * by.0, all.by.1 + all.scale * by.1);
        all.scale *= scale;
    }
    (1e-3..1e3).contains(&all.scale).then_some(all)
}

/// What holds outlines that are not themselves drawn.
fn hidden(tag: &str) -> bool {
    matches!(tag, "defs" | "clipPath" | "mask" | "symbol" | "pattern" | "marker" | "foreignObject" | "switch")
}

fn view(root: Node<'_, '_>) -> Result<[f64; 4], IconError> {
    let numbers: Vec<f64> = match root.attribute("viewBox") {
        Some(text) => text
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|t| !t.is_empty())
            .filter_map(|t| t.parse().ok())
            .collect(),
        None => vec![0.0, 0.0, length(root, "width"), length(root, "height")],
    };
    match numbers[..] {
        [x, y, w, h]
            if numbers.iter().all(|n| n.abs() < 1e5)
                && (1.0..1e5).contains(&w)
                && (1.0..1e5).contains(&h) =>
        {
            Ok([x, y, w, h])
        }
        _ => refuse("its viewBox has no size between 1 and 100 000"),
    }
}

fn inherited<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.ancestors().find_map(|n| n.attribute(name)).map(str::trim)
}

fn length(node: Node<'_, '_>, name: &str) -> f64 {
    let text = node.attribute(name).unwrap_or_default();
    text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| n.abs() < 1e6).unwrap_or(0.0)
}

/// An element's outline as path data.
fn outline(node: Node<'_, '_>) -> Option<String> {
    let n = |name| length(node, name);
    Some(match node.tag_name().name() {
        "path" => node.attribute("d")?.to_owned(),
        "line" => format!("M{} {}L{} {}", n("x1"), n("y1"), n("x2"), n("y2")),
        "polyline" => format!("M{}", node.attribute("points")?),
        "polygon" => format!("M{}Z", node.attribute("points")?),
        "circle" => ellipse(n("cx"), n("cy"), n("r"), n("r")),
        "ellipse" => ellipse(n("cx"), n("cy"), n("rx"), n("ry")),
        "rect" => {
            let (x, y, w, h) = (n("x"), n("y"), n("width"), n("height"));
            let r = n("rx").max(n("ry")).clamp(0.0, (w.min(h) / 2.0).max(0.0));
            let (right, foot) = (x + w, y + h);
            format!(
                "M{} {y}H{}A{r} {r} 0 0 1 {right} {}V{}A{r} {r} 0 0 1 {} {foot}H{}A{r} {r} 0 0 1 {x} {}V{}A{r} {r} 0 0 1 {} {y}Z",
                x + r,
                right - r,
                y + r,
                foot - r,
                right - r,
                x + r,
                foot - r,
                y + r,
                x + r
            )
        }
        _ => return None,
    })
}

fn ellipse(x: f64, y: f64, rx: f64, ry: f64) -> String {
    format!("M{} {y}A{rx} {ry} 0 1 0 {} {y}A{rx} {ry} 0 1 0 {} {y}Z", x - rx, x + rx, x - rx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_outlines_come_in() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" onload="x()"><script>x()</script>
            <defs><path d="M9 9h9"/></defs><a href="javascript:x()"><path d="M4 4h40" stroke="red"/></a>
            <image href="https://example.org/x.png"/><circle cx="24" cy="24" r="8"/></svg>"##;
        let glyph = glyph(svg).expect("an icon");
        assert_eq!(glyph.d, "M2 2h20");
        assert_eq!(glyph.fill.as_deref(), Some("M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0z"));
    }

    #[test]
    fn moves_and_scales_are_flattened() {
        let svg = "<svg viewBox='0 0 48 48'><g transform='translate(4, 8) scale(2)'><path transform='matrix(1 0 0 1 2 3)' d='M0 0h4'/></g></svg>";
        assert_eq!(glyph(svg).expect("an icon").fill.as_deref(), Some("M4 7h4"));
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let svg = |inside: &str| format!("<svg viewBox='0 0 24 24'>{inside}</svg>");
        for inside in
            ["", "<g transform='rotate(9)'><path d='M0 0h1'/></g>", "<path d='M0 0\"/><x'/>", "<path d='L'/>"]
        {
            assert!(glyph(&svg(inside)).is_err(), "{inside}");
        }
        assert!(glyph(&svg(&"<g>".repeat(9_000))).is_err());
        assert!(glyph("<svg viewBox='0 0 0 0'><path d='M0 0h1'/></svg>").is_err());
        assert!(IconPack::iconify("{\"icons\":{\"a\":{\"body\":\"<b/>\"}}}").is_err());
    }

    #[test]
    fn iconify_icons_are_found_by_name() {
        let json = r#"{"prefix":"x","width":24,"height":24,"icons":{"Queue":{"body":"<path d='M1 1h2'/>"}},
            "aliases":{"topic":{"parent":"Queue"},"turned":{"parent":"Queue","rotate":1}}}"#;
        let pack = IconPack::iconify(json).expect("a pack");
        assert_eq!(pack.icons["queue"].fill.as_deref(), Some("M1 1h2"));
        assert!(pack.icons.contains_key("topic") && !pack.icons.contains_key("turned"));
    }
}
