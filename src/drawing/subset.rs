//! Cuts a TrueType font down to the glyphs of some characters.
//!
//! Takes the bundled fonts (TrueType outlines, no hinting, characters of the Basic Multilingual Plane) and gives the
//! tables of a font with just those glyphs, their parts, and a character map. After the OpenType specification 1.9.

use std::collections::BTreeSet;

use ttf_parser::{Face, RawFace, Tag};

/// A table of a font.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) tag: [u8; 4],
    pub(super) data: Vec<u8>,
}

/// The copyright note that the font carries.
const COPYRIGHT: &str = "Inter, SIL OFL 1.1";

/// The tables, ordered by tag, of a font with the glyphs of `chars`; `None` when the font is not as expected.
pub(super) fn subset(font: &[u8], chars: &BTreeSet<char>) -> Option<Vec<Table>> {
    let raw = RawFace::parse(font, 0).ok()?;
    let face = Face::parse(font, 0).ok()?;
    let source = Source::new(&raw)?;
    let mapped: Vec<(u16, u16)> = chars
        .iter()
        .filter_map(|&c| Some((u16::try_from(u32::from(c)).ok()?, face.glyph_index(c)?.0)))
        .collect();
    let complete = mapped.len() == chars.len();
    let glyphs = source.closure(mapped.iter().map(|(_, glyph)| *glyph))?;
    let new_of = |old: u16| glyphs.iter().position(|g| *g == old).and_then(|i| u16::try_from(i).ok());
    let count = u16::try_from(glyphs.len()).ok()?;

    let (mut glyf, mut loca, mut hmtx) = (Vec::new(), Vec::new(), Vec::new());
    for &glyph in &glyphs {
        push16(&mut loca, u16::try_from(glyf.len() / 2).ok()?);
        // A browser shows what stands for unknown characters where no other font has them either.
        let idle = glyph == 0 && complete;
        let mut outline = if idle { Vec::new() } else { source.glyph(glyph)?.to_vec() };
        for at in components(&outline) {
            let new = new_of(read16(&outline, at)?)?;
            outline.get_mut(at..at + 2)?.copy_from_slice(&new.to_be_bytes());
        }
        glyf.extend(outline);
        glyf.resize(glyf.len().next_multiple_of(2), 0);
        hmtx.extend(source.metrics(glyph)?);
    }
    push16(&mut loca, u16::try_from(glyf.len() / 2).ok()?);

    let map: Vec<(u16, u16)> = mapped.iter().filter_map(|&(c, glyph)| Some((c, new_of(glyph)?))).collect();
    let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).map(<[u8]>::to_vec);
    let mut os2 = table(b"OS/2")?;
    patch(&mut os2, 64, map.first().map_or(0, |m| m.0))?;
    patch(&mut os2, 66, map.last().map_or(0, |m| m.0))?;
    let mut head = table(b"head")?;
    patch(&mut head, 50, 0)?;
    let mut hhea = table(b"hhea")?;
    patch(&mut hhea, 34, count)?;
    let mut maxp = table(b"maxp")?;
    patch(&mut maxp, 4, count)?;
    let mut post = table(b"post")?;
    post.truncate(32);
    patch(&mut post, 0, 3)?;
    patch(&mut post, 2, 0)?;
    let tables = [
        (*b"OS/2", os2),
        (*b"cmap", cmap(&map)),
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", hmtx),
        (*b"loca", loca),
        (*b"maxp", maxp),
        (*b"name", name()),
        (*b"post", post),
    ];
    Some(tables.into_iter().map(|(tag, data)| Table { tag, data }).collect())
}

/// The tables of the whole font that glyphs are taken from.
struct Source<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    hmtx: &'a [u8],
    long_loca: bool,
    full_metrics: u16,
}

impl<'a> Source<'a> {
    fn new(raw: &RawFace<'a>) -> Option<Self> {
        let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag));
        Some(Self {
            glyf: table(b"glyf")?,
            loca: table(b"loca")?,
            hmtx: table(b"hmtx")?,
            long_loca: read16(table(b"head")?, 50)? != 0,
            full_metrics: read16(table(b"hhea")?, 34)?,
        })
    }

    /// The bytes of a glyph's outline; none for a blank one.
    fn glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let offset = |n: usize| -> Option<usize> {
            if self.long_loca {
                let (high, low) = (read16(self.loca, n * 4)?, read16(self.loca, n * 4 + 2)?);
                Some(usize::from(high) << 16 | usize::from(low))
            } else {
                Some(usize::from(read16(self.loca, n * 2)?) * 2)
            }
        };
        self.glyf.get(offset(usize::from(glyph))?..offset(usize::from(glyph) + 1)?)
    }

    /// Advance and left side bearing, four bytes.
    fn metrics(&self, glyph: u16) -> Option<[u8; 4]> {
        let full = usize::from(self.full_metrics);
        let n = usize::from(glyph);
        let advance = n.min(full.checked_sub(1)?) * 4;
        let bearing = if n < full { n * 4 + 2 } else { full * 4 + (n - full) * 2 };
        let [a, b] = read16(self.hmtx, advance)?.to_be_bytes();
        let [c, d] = read16(self.hmtx, bearing)?.to_be_bytes();
        Some([a, b, c, d])
    }

    /// The glyph for the unknown, the wanted ones, and those that they are composed of; ordered.
    fn closure(&self, wanted: impl Iterator<Item = u16>) -> Option<Vec<u16>> {
        let mut glyphs: BTreeSet<u16> = std::iter::once(0).chain(wanted).collect();
        let mut open: Vec<u16> = glyphs.iter().copied().collect();
        while let Some(glyph) = open.pop() {
            let outline = self.glyph(glyph)?;
            for at in components(outline) {
                let part = read16(outline, at)?;
                if glyphs.insert(part) {
                    open.push(part);
                }
            }
        }
        Some(glyphs.into_iter().collect())
    }
}

/// Where in a composed outline the numbers of its parts stand.
fn components(outline: &[u8]) -> Vec<usize> {
    const ARGS_ARE_WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    let mut places = Vec::new();
    if read16(outline, 0).is_none_or(|contours| contours < 0x8000) {
        return places;
    }
    let mut at = 10;
    while let Some(flags) = read16(outline, at) {
        places.push(at + 2);
        at += 4 + if flags & ARGS_ARE_WORDS != 0 { 4 } else { 2 };
        at += match flags {
            f if f & MATRIX != 0 => 8,
            f if f & TWO_SCALES != 0 => 4,
            f if f & SCALE != 0 => 2,
            _ => 0,
        };
        if flags & MORE == 0 {
            break;
        }
    }
    places
}

/// A character map of format 4: runs in which characters and glyphs go up together.
fn cmap(map: &[(u16, u16)]) -> Vec<u8> {
    let mut runs: Vec<(u16, u16, u16)> = Vec::new(); // first, last, glyph of the first
    for &(c, glyph) in map.iter().filter(|(c, _)| *c != 0xffff) {
        match runs.last_mut() {
            Some((first, last, start))
                if last.checked_add(1) == Some(c) && glyph == start.wrapping_add(c - *first) =>
            {
                *last = c;
            }
            _ => runs.push((c, c, glyph)),
        }
    }
    let count = u16::try_from(runs.len() + 1).unwrap_or(u16::MAX);
    let mut out = Vec::new();
    for n in [0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, count * 2] {
        push16(&mut out, n);
    }
    let log = count.checked_ilog2().unwrap_or(0);
    let range = 2_u16 << log;
    for n in [range, u16::try_from(log).unwrap_or(0), (count * 2).saturating_sub(range)] {
        push16(&mut out, n);
    }
    runs.iter().for_each(|run| push16(&mut out, run.1));
    for n in [0xffff, 0] {
        push16(&mut out, n);
    }
    runs.iter().for_each(|run| push16(&mut out, run.0));
    push16(&mut out, 0xffff);
    runs.iter().for_each(|run| push16(&mut out, run.2.wrapping_sub(run.0)));
    push16(&mut out, 1);
    for _ in 0..count {
        push16(&mut out, 0);
    }
    out
}

/// A table of names with the copyright only (Windows, Unicode, English).
fn name() -> Vec<u8> {
    let text: Vec<u8> = COPYRIGHT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = Vec::new();
    let length = u16::try_from(text.len()).unwrap_or(0);
    for n in [0, 1, 18, 3, 1, 0x409, 0, length, 0] {
        push16(&mut out, n);
    }
    out.extend(text);
    out
}

fn push16(out: &mut Vec<u8>, n: u16) {
    out.extend(n.to_be_bytes());
}

fn read16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn patch(data: &mut [u8], at: usize, n: u16) -> Option<()> {
    data.get_mut(at..at + 2)?.copy_from_slice(&n.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::style::Weight;

    /// The tables as an uncompressed font file.
    fn sfnt(tables: &[Table]) -> Vec<u8> {
        let mut file = vec![0, 1, 0, 0, 0, u8::try_from(tables.len()).unwrap(), 0, 0, 0, 0, 0, 0];
        let mut at = 12 + 16 * tables.len();
        for table in tables {
            file.extend(table.tag);
            file.extend([0; 4]);
            file.extend(u32::try_from(at).unwrap().to_be_bytes());
            file.extend(u32::try_from(table.data.len()).unwrap().to_be_bytes());
            at += table.data.len().next_multiple_of(4);
        }
        for table in tables {
            file.extend(&table.data);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        file
    }

    #[test]
    fn the_subset_has_the_same_outlines_and_advances() {
        #[derive(Default, PartialEq, Debug)]
        struct Trace(Vec<String>);
        impl ttf_parser::OutlineBuilder for Trace {
            fn move_to(&mut self, x: f32, y: f32) {
                self.0.push(format!("M{x} {y}"));
            }
            fn line_to(&mut self, x: f32, y: f32) {
                self.0.push(format!("L{x} {y}"));
            }
            fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
                self.0.push(format!("Q{a} {b} {x} {y}"));
            }
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
                self.0.push(format!("C{x} {y}"));
            }
            fn close(&mut self) {}
        }
        let text = "Zählerstände für 12 ÅÄÖ — Größe ≤ 5 € → Ελλάδα Київ ǻ";
        for weight in Weight::ALL {
            let whole = Face::parse(weight.font(), 0).unwrap();
            let file = sfnt(&subset(weight.font(), &text.chars().collect()).unwrap());
            assert!(file.len() < 12_000, "{}", file.len());
            let small = Face::parse(&file, 0).unwrap();
            for c in text.chars() {
                let (a, b) = (whole.glyph_index(c).unwrap(), small.glyph_index(c).unwrap());
                assert_eq!(whole.glyph_hor_advance(a), small.glyph_hor_advance(b), "{c}");
                let (mut x, mut y) = (Trace::default(), Trace::default());
                assert_eq!(whole.outline_glyph(a, &mut x), small.outline_glyph(b, &mut y));
                assert_eq!(x, y, "{c}");
            }
            assert_eq!(small.glyph_index('q'), None);
        }
        assert!(subset(b"no font", &BTreeSet::new()).is_none());
    }

    #[test]
    fn unknown_characters_show_that_something_is_missing() {
        let size = |text: &str| {
            let tables = subset(Weight::Regular.font(), &text.chars().collect()).unwrap();
            let loca = &tables.iter().find(|t| &t.tag == b"loca").unwrap().data;
            read16(loca, 2).unwrap() * 2
        };
        assert_eq!(size("abc"), 0);
        assert!(size("ab漢") > 0 && size("a🚀") > 0);
    }
}
