//! Writes a scene as SVG 1.1 with CSS. The only file that writes markup: every text and attribute passes [`escape`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::paint::{Paint, Property};
use super::path::number;
use super::path_data::scaled;
use super::scene::{Anchor, Ink, Part, Scene};
use super::{DrawOptions, FontChoice, Ground, subset, woff};
use crate::geometry::Point;
use crate::style::{Palette, Weight};

/// Stand-ins for the two prefixes until the text they are hashed from is known. No text of a user contains them:
/// control characters are dropped.
const ID: char = '\u{1}';
const CLASS: char = '\u{2}';
/// Fonts after the embedded one: those that run no wider than Inter come first.
const FALLBACK: &str = "Inter,'Helvetica Neue',Arial,'Liberation Sans',sans-serif";

/// Writes a scene. Ids begin with a hash of the whole picture and classes with one of the theme, so that several pictures
/// can stand in one page: those of one theme share their classes, which say the same in each.
pub(super) fn write(scene: &Scene, options: &DrawOptions) -> String {
    let mut writer = Writer::default();
    writer.survey(&scene.ink);
    let mut body = String::new();
    std::mem::swap(&mut writer.out, &mut body);
    writer.symbols();
    writer.ink(&scene.ink);
    std::mem::swap(&mut writer.out, &mut body);
    let embed = options.font == FontChoice::Embedded;
    // Without the font's name in it, the root says by whom the picture is.
    let generator = if embed { "" } else { " data-generator=\"Blueprose\"" };
    let families = if embed { format!("'Blueprose {ID}',{FALLBACK}") } else { FALLBACK.to_owned() };
    let mut out = String::with_capacity(body.len() + 24_000);
    let (w, h) = (number(scene.size.w), number(scene.size.h));
    let xlink = if writer.symbols.is_empty() && !writer.links {
        ""
    } else {
        " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
    };
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"{xlink} viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" id=\"{ID}\" role=\"img\" \
         aria-labelledby=\"{ID}.t {ID}.d\" font-family=\"{families}\"{generator} fill=\"none\"><title id=\"{ID}.t\">{}</title><desc id=\"{ID}.d\">{}</desc>\n<style>",
        escape(&scene.title),
        escape(&scene.description),
    );
    let sheet = writer.sheet(options);
    let class = class_prefix(options);
    out += &sheet;
    if embed {
        out += &writer.faces();
    }
    out += "</style>\n";
    out += &body;
    out += "</svg>\n";
    let id = format!("bp{}", hash(out.as_bytes(), 5));
    out.replace(ID, &id).replace(CLASS, &class)
}

#[derive(Default)]
struct Writer {
    out: String,
    paints: BTreeSet<Paint>,
    chars: BTreeMap<Weight, BTreeSet<char>>,
    /// How often each glyph outline is drawn.
    glyphs: BTreeMap<String, usize>,
    /// Glyphs that are defined once and used by name, and in their shortest spelling.
    symbols: BTreeMap<String, (String, String)>,
    links: bool,
}

impl Writer {
    /// Notes which paints, characters and glyphs a scene uses.
    fn survey(&mut self, ink: &[Ink]) {
        for piece in ink {
            let paint = match piece {
                Ink::Part(part) => {
                    self.links |= part.link.is_some();
                    self.survey(&part.ink);
                    continue;
                }
                Ink::Text { paint, text, .. } => {
                    self.chars.entry(weight(*paint)).or_default().extend(visible(text));
                    paint
                }
                Ink::Glyph { paint, d, .. } => {
                    *self.glyphs.entry(d.to_string()).or_default() += 1;
                    paint
                }
                Ink::Box { paint, .. } | Ink::Circle { paint, .. } | Ink::Path { paint, .. } => paint,
            };
            self.paints.insert(*paint);
        }
    }

    /// Defines the glyphs that are shorter to use by name than to repeat.
    fn symbols(&mut self) {
        const NAMING: usize = 46;
        for (d, count) in std::mem::take(&mut self.glyphs) {
            if count < 2 {
                continue;
            }
            let short = short(&d).into_owned();
            if count * short.len() > short.len() + (count + 1) * NAMING {
                let name = format!("{ID}.{}", self.symbols.len());
                self.symbols.insert(d, (name, short));
            }
        }
        if !self.symbols.is_empty() {
            self.out += "<defs>";
            for (name, d) in self.symbols.values() {
                let _ = write!(self.out, "<path id=\"{name}\" d=\"{}\"/>", escape(d));
            }
            self.out += "</defs>\n";
        }
    }

    fn ink(&mut self, ink: &[Ink]) {
        for piece in ink {
            match piece {
                Ink::Box { paint, rect: r, radius } => {
                    self.open("rect", *paint);
                    for (name, value) in [("x", r.x), ("y", r.y), ("rx", *radius)] {
                        if value != 0.0 {
                            self.attribute(name, &number(value));
                        }
                    }
                    self.attribute("width", &number(r.w));
                    self.attribute("height", &number(r.h));
                    self.out += "/>";
                }
                Ink::Circle { paint, center, radius } => {
                    self.open("circle", *paint);
                    for (name, value) in [("cx", center.x), ("cy", center.y), ("r", *radius)] {
                        self.attribute(name, &number(value));
                    }
                    self.out += "/>";
                }
                Ink::Path { paint, d } => {
                    self.open("path", *paint);
                    self.attribute("d", d);
                    self.out += "/>";
                }
                Ink::Glyph { paint, d, at, scale } => self.glyph(*paint, d, *at, *scale),
                Ink::Text { paint, at, anchor, text } => self.text(*paint, *at, *anchor, text),
                Ink::Part(part) => self.part(part),
            }
        }
    }

    fn glyph(&mut self, paint: Paint, d: &str, at: Point, scale: f64) {
        let mut transform = format!("translate({} {})", number(at.x), number(at.y));
        if scale != 1.0 {
            let thousandths = (scale * 1000.0).round() / 1000.0;
            let _ = write!(transform, "scale({thousandths})");
        }
        match self.symbols.get(d).cloned() {
            Some((name, _)) => {
                self.open("use", paint);
                self.attribute("xlink:href", &format!("#{name}"));
            }
            None => {
                self.open("path", paint);
                self.attribute("d", &short(d));
            }
        }
        self.attribute("transform", &transform);
        self.out += "/>";
    }

    fn text(&mut self, paint: Paint, at: Point, anchor: Anchor, text: &str) {
        let text: String = visible(text).collect();
        self.open("text", paint);
        self.attribute("x", &number(at.x));
        self.attribute("y", &number(at.y));
        if anchor == Anchor::Middle {
            self.attribute("text-anchor", "middle");
        }
        let _ = write!(self.out, ">{}</text>", escape(&text));
    }

    fn part(&mut self, part: &Part) {
        if part.ink.is_empty() {
            return;
        }
        let plain = part.data.is_empty() && part.tooltip.is_none();
        if plain && part.link.is_none() && part.at == Point::default() {
            return self.ink(&part.ink);
        }
        self.out += "<g";
        for (key, value) in &part.data {
            self.attribute(&format!("data-{key}"), value);
        }
        if part.at != Point::default() {
            self.attribute("transform", &format!("translate({} {})", number(part.at.x), number(part.at.y)));
        }
        self.out += ">";
        if let Some(tooltip) = &part.tooltip {
            let _ = write!(self.out, "<title>{}</title>", escape(tooltip));
        }
        if let Some(link) = &part.link {
            self.out += "<a";
            self.attribute("xlink:href", link);
            self.out += ">";
        }
        self.ink(&part.ink);
        if part.link.is_some() {
            self.out += "</a>";
        }
        self.out += "</g>\n";
    }

    fn open(&mut self, element: &str, paint: Paint) {
        let _ = write!(self.out, "<{element} class=\"{CLASS}{paint}\"");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        // A stand-in is ours where the value begins with it (or with `#` and it); anywhere else it was never let in.
        let (mark, rest) = match value.strip_prefix(ID) {
            Some(rest) => (ID.to_string(), rest),
            None => match value.strip_prefix("#\u{1}") {
                Some(rest) => (format!("#{ID}"), rest),
                None => (String::new(), value),
            },
        };
        let _ = write!(self.out, " {name}=\"{mark}{}\"", escape(rest).replace('\n', " "));
    }

    /// The rules of the paints that are used.
    fn sheet(&self, options: &DrawOptions) -> String {
        let (first, second) = match options.ground {
            Ground::Auto => (&options.theme.light, Some(&options.theme.dark)),
            Ground::Light => (&options.theme.light, None),
            Ground::Dark => (&options.theme.dark, None),
        };
        let mut sheet = rules(self.paints.iter().flat_map(|&paint| {
            let properties = [paint.colours(first), paint.form(&options.theme)].concat();
            properties.into_iter().map(move |p| (paint, p))
        }));
        if let Some(other) = second {
            let changes = self
                .paints
                .iter()
                .flat_map(|&paint| changed(paint, first, other).into_iter().map(move |p| (paint, p)));
            let _ = write!(sheet, "@media(prefers-color-scheme:dark){{{}}}", rules(changes));
        }
        sheet
    }

    /// The fonts with just the glyphs that are used.
    fn faces(&self) -> String {
        let mut faces = String::new();
        for (weight, chars) in &self.chars {
            if let Some(file) = subset::subset(weight.font(), chars).and_then(|tables| woff::woff(&tables)) {
                let _ = write!(
                    faces,
                    "@font-face{{font-family:'Blueprose {ID}';font-weight:{};src:url(data:font/woff;base64,{})}}",
                    weight.number(),
                    woff::base64(&file)
                );
            }
        }
        faces
    }
}

/// What classes begin with: a letter and two digits that everything a class may say goes into. It does not depend on the
/// picture, so that a picture that grows keeps its classes.
fn class_prefix(options: &DrawOptions) -> String {
    let theme = &options.theme;
    let mut said = format!("{:?}", options.ground);
    for paint in Paint::all(theme.light.groups.len().max(theme.dark.groups.len())) {
        for properties in [paint.form(theme), paint.colours(&theme.light), paint.colours(&theme.dark)] {
            for (name, value) in properties {
                said.extend([name, &value, ";"]);
            }
        }
    }
    let hash = hash(said.as_bytes(), 3);
    let first = hash.bytes().next().map_or('b', |b| char::from(b'a' + b % 26));
    format!("{first}{}", &hash[1..])
}

/// The colours that differ between two grounds.
fn changed(paint: Paint, first: &Palette, other: &Palette) -> Vec<Property> {
    let before = paint.colours(first);
    paint.colours(other).into_iter().filter(|property| !before.contains(property)).collect()
}

/// Rules in which every property stands once, with all the paints that have it.
fn rules(properties: impl Iterator<Item = (Paint, Property)>) -> String {
    let mut paints_of: BTreeMap<Property, BTreeSet<Paint>> = BTreeMap::new();
    for (paint, property) in properties {
        paints_of.entry(property).or_default().insert(paint);
    }
    let mut by_paints: BTreeMap<BTreeSet<Paint>, Vec<String>> = BTreeMap::new();
    for ((name, value), paints) in paints_of {
        by_paints.entry(paints).or_default().push(format!("{name}:{value}"));
    }
    let mut sheet = String::new();
    for (paints, declarations) in by_paints {
        let selectors: Vec<String> = paints.iter().map(|paint| format!(".{CLASS}{paint}")).collect();
        let _ = write!(sheet, "{}{{{}}}", selectors.join(","), declarations.join(";"));
    }
    sheet
}

/// A glyph's outline in its shortest spelling: to a hundredth of its grid, and to a tenth (less than a tenth of a pixel,
/// as everywhere on the picture) where a brand's mark is drawn in great detail.
fn short(d: &str) -> Cow<'_, str> {
    const LONG: usize = 60;
    const DETAILED: usize = 900;
    let decimals = if d.len() > DETAILED { 1 } else { 2 };
    match (d.len() > LONG).then(|| scaled(d, 1.0, (0.0, 0.0), decimals)).flatten() {
        Some(short) if short.len() < d.len() => short.into(),
        _ => d.into(),
    }
}

fn weight(paint: Paint) -> Weight {
    match paint {
        Paint::Name | Paint::Title | Paint::GroupTitle | Paint::DiscText | Paint::Badge(_) => {
            Weight::SemiBold
        }
        _ => Weight::Regular,
    }
}

/// The characters of a text that are drawn: no control characters, and nothing that would turn the direction of the
/// text around it.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| {
        !c.is_control()
            && !matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    })
}

/// Text as XML: markup escaped, and dropped what XML 1.0 cannot hold.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The FNV-1a hash (Fowler, Noll and Vo, 1991) of some bytes, as so many digits to the base of 36.
fn hash(bytes: &[u8], digits: usize) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let mut hash = bytes.iter().fold(start, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    (0..digits)
        .map(|_| {
            let digit = u32::try_from(hash % 36).unwrap_or(0);
            hash /= 36;
            char::from_digit(digit, 36).unwrap_or('0')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through_unescaped() {
        assert_eq!(escape("a<b>&\"\u{0}\u{8}]]>"), "a&lt;b&gt;&amp;&quot;]]&gt;");
        assert_eq!(visible("a\u{202e}b\u{7}c").collect::<String>(), "abc");
    }
}
