//! A document set on pages of paper: headings, paragraphs, lists, tables, code and pictures, each at its place.
//!
//! Takes the blocks of a document (`svg_blocks`) and gives pages of primitives in pixels (1/96 inch) on A4; the markup is
//! written by `svg_pages`. Tables repeat their head on every page, and a row is only cut where it is longer than a page.

use super::svg_blocks::{Block, Run};
use crate::style::{Metrics, Weight};

/// A4 in pixels.
pub(super) const WIDTH: f64 = 794.0;
pub(super) const HEIGHT: f64 = 1123.0;
/// The margin on all sides.
const MARGIN: f64 = 57.0;
/// What a line of text has to the side of it.
const INNER: f64 = WIDTH - 2.0 * MARGIN;
/// The size of running text, and of tables.
const BODY: f64 = 12.0;
const CELL: f64 = 9.5;
/// What stands around the words of a cell.
const PAD: f64 = 5.0;
/// The height of a line, by the size of its text.
const LEADING: f64 = 1.45;
/// The indent of a list or a quotation.
const INDENT: f64 = 18.0;

/// What is put on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// One line of text from a point on its base line.
    Text { x: f64, y: f64, size: f64, weight: Weight, ink: Ink, text: String },
    /// A filled box.
    Box { x: f64, y: f64, width: f64, height: f64, ink: Ink },
    /// A picture of ours, scaled.
    Picture { x: f64, y: f64, scale: f64, svg: String },
}

/// The colours of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Dark,
    Quiet,
    Line,
    Soft,
}

/// A word or more at its place in a line.
struct Piece {
    x: f64,
    run: Run,
}

/// The pages being filled.
struct Sheet {
    pages: Vec<Vec<Item>>,
    /// Where the next block goes.
    y: f64,
    metrics: Metrics,
}

/// Sets blocks on pages; each says at its foot what it belongs to and which it is.
pub(super) fn set(blocks: &[Block], title: &str) -> Vec<Vec<Item>> {
    let mut sheet = Sheet { pages: vec![Vec::new()], y: MARGIN, metrics: Metrics::bundled() };
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading { level, runs } => sheet.heading(*level, runs, blocks.get(at + 1)),
            Block::Text { runs, indent, bullet, quoted } => {
                sheet.paragraph(runs, *indent, bullet.as_deref(), *quoted);
            }
            Block::Table(rows) => sheet.table(rows),
            Block::Code(text) => sheet.code(text),
            Block::Picture(svg) => sheet.picture(svg),
        }
    }
    let total = sheet.pages.len();
    for (n, page) in sheet.pages.iter_mut().enumerate() {
        let number = format!("{} / {total}", n + 1);
        let x = WIDTH - MARGIN - sheet.metrics.width(&number, CELL, Weight::Regular);
        page.push(foot(MARGIN, title.to_owned()));
        page.push(foot(x, number));
    }
    sheet.pages
}

fn foot(x: f64, text: String) -> Item {
    let y = HEIGHT - MARGIN / 2.0;
    Item::Text { x, y, size: CELL, weight: Weight::Regular, ink: Ink::Quiet, text }
}

impl Sheet {
    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    fn left(&self) -> f64 {
        HEIGHT - MARGIN - self.y
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Turns the page where less is left than wanted, unless the page is empty.
    fn need(&mut self, height: f64) {
        if self.left() < height && self.y > MARGIN {
            self.turn();
        }
    }

    fn heading(&mut self, level: u8, runs: &[Run], next: Option<&Block>) {
        let (size, above) = match level {
            1 => (24.0, 0.0),
            2 => (17.0, 22.0),
            _ => (13.5, 14.0),
        };
        let bold: Vec<Run> = runs.iter().map(|r| Run { weight: Weight::SemiBold, ..r.clone() }).collect();
        let lines = wrap(self.metrics, &bold, INNER, size);
        // A heading does not stand alone at the foot of a page.
        let follows = if matches!(next, Some(Block::Picture(_))) { 160.0 } else { 60.0 };
        #[allow(clippy::cast_precision_loss)] // a handful of lines
        let own = lines.len() as f64 * size * LEADING + above;
        self.need(own + follows);
        if self.y > MARGIN {
            self.y += above;
        }
        self.lines(lines, MARGIN, size, Ink::Dark);
        self.y += 6.0;
    }

    fn paragraph(&mut self, runs: &[Run], indent: usize, bullet: Option<&str>, quoted: bool) {
        #[allow(clippy::cast_precision_loss)] // lists are a few levels deep
        let x = MARGIN + INDENT * indent as f64 + if quoted { 12.0 } else { 0.0 };
        let lines = wrap(self.metrics, runs, WIDTH - MARGIN - x, BODY);
        self.need(2.0 * BODY * LEADING);
        if let Some(bullet) = bullet {
            let mark = Run { text: bullet.to_owned(), ..Run::default() };
            let y = self.y + BODY;
            self.put(text(x - INDENT + 2.0, y, BODY, Ink::Quiet, mark));
        }
        if quoted {
            #[allow(clippy::cast_precision_loss)] // as above
            let height = lines.len() as f64 * BODY * LEADING;
            let bar = Item::Box {
                x: x - 10.0,
                y: self.y,
                width: 2.0,
                height: height.min(self.left()),
                ink: Ink::Line,
            };
            self.put(bar);
        }
        self.lines(lines, x, BODY, if quoted { Ink::Quiet } else { Ink::Dark });
        self.y += if bullet.is_some() { 2.0 } else { 8.0 };
    }

    /// Lines one below the other, over as many pages as they take.
    fn lines(&mut self, lines: Vec<Vec<Piece>>, x: f64, size: f64, ink: Ink) {
        for line in lines {
            self.need(size * LEADING);
            let y = self.y + size;
            self.line(line, x, y, size, ink);
            self.y += size * LEADING;
        }
    }

    fn line(&mut self, line: Vec<Piece>, x: f64, y: f64, size: f64, ink: Ink) {
        for piece in line {
            if piece.run.code {
                let width = self.metrics.width(&piece.run.text, size, piece.run.weight) + 4.0;
                let (x, y) = (x + piece.x - 2.0, y - size);
                self.put(Item::Box { x, y, width, height: size * 1.3, ink: Ink::Soft });
            }
            let ink = if piece.run.quiet { Ink::Quiet } else { ink };
            self.put(text(x + piece.x, y, size, ink, piece.run));
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Run>>]) {
        let Some(head) = rows.first() else { return };
        let widths = columns(self.metrics, rows);
        let bold = |cell: &Vec<Run>| -> Vec<Run> {
            cell.iter().map(|r| Run { weight: Weight::SemiBold, ..r.clone() }).collect()
        };
        let head: Vec<Vec<Run>> = head.iter().map(bold).collect();
        let tall = self.height(&head, &widths);
        let next = rows.get(1).map_or(0.0, |row| self.height(row, &widths));
        self.need(tall + next.min(HEIGHT / 3.0));
        // A head without a word in it is none.
        let empty = head.iter().all(Vec::is_empty);
        if !empty {
            self.row(&head, &widths, true);
        }
        for row in rows.iter().skip(1) {
            if self.left() < self.height(row, &widths).min(HEIGHT / 2.0) {
                self.turn();
                if !empty {
                    self.row(&head, &widths, true);
                }
            }
            self.row(row, &widths, false);
        }
        self.y += 12.0;
    }

    fn height(&self, row: &[Vec<Run>], widths: &[f64]) -> f64 {
        let lines =
            row.iter().zip(widths).map(|(cell, w)| wrap(self.metrics, cell, w - 2.0 * PAD, CELL).len());
        #[allow(clippy::cast_precision_loss)] // a page of lines
        let lines = lines.max().unwrap_or(1).max(1) as f64;
        lines * CELL * LEADING + 2.0 * PAD
    }

    /// One row, cut where a page ends.
    fn row(&mut self, row: &[Vec<Run>], widths: &[f64], head: bool) {
        let mut cells: Vec<std::vec::IntoIter<Vec<Piece>>> = row
            .iter()
            .zip(widths)
            .map(|(cell, w)| wrap(self.metrics, cell, w - 2.0 * PAD, CELL).into_iter())
            .collect();
        let whole: f64 = widths.iter().sum();
        loop {
            let lines = cells.iter().map(ExactSizeIterator::len).max().unwrap_or(1).max(1);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a page of lines
            let room = (((self.left() - 2.0 * PAD) / (CELL * LEADING)).floor().max(1.0)) as usize;
            let now = lines.min(room);
            #[allow(clippy::cast_precision_loss)] // as above
            let height = now as f64 * CELL * LEADING + 2.0 * PAD;
            let (top, mut x) = (self.y, MARGIN);
            if head {
                self.put(Item::Box { x, y: top, width: whole, height, ink: Ink::Soft });
            }
            for (cell, width) in cells.iter_mut().zip(widths) {
                let mut y = top + PAD + CELL;
                for line in cell.by_ref().take(now) {
                    self.line(line, x + PAD, y, CELL, Ink::Dark);
                    y += CELL * LEADING;
                }
                x += width;
            }
            self.put(Item::Box { x: MARGIN, y: top + height, width: whole, height: 0.7, ink: Ink::Line });
            self.y += height;
            if lines <= now {
                return;
            }
            self.turn();
        }
    }

    fn code(&mut self, text: &str) {
        for line in text.lines() {
            let run = Run { text: line.to_owned(), ..Run::default() };
            let mut lines = wrap(self.metrics, &[run], INNER - 2.0 * PAD, CELL);
            if lines.is_empty() {
                lines.push(Vec::new());
            }
            for line in lines {
                self.need(CELL * LEADING);
                let y = self.y;
                let height = CELL * LEADING + 0.5;
                self.put(Item::Box { x: MARGIN, y, width: INNER, height, ink: Ink::Soft });
                self.line(line, MARGIN + PAD, y + CELL, CELL, Ink::Dark);
                self.y += CELL * LEADING;
            }
        }
        self.y += 12.0;
    }

    fn picture(&mut self, svg: &str) {
        let Some((width, height)) = size(svg) else { return };
        // A picture that is far too tall for the page becomes small, but stays whole.
        let most = HEIGHT - 2.0 * MARGIN - 10.0;
        let scale = (INNER / width).min(most / height).min(1.0);
        self.need(height * scale);
        let (x, y) = (MARGIN + (INNER - width * scale) / 2.0, self.y);
        self.put(Item::Picture { x, y, scale, svg: svg.to_owned() });
        self.y += height * scale + 12.0;
    }
}

fn text(x: f64, y: f64, size: f64, ink: Ink, run: Run) -> Item {
    Item::Text { x, y, size, weight: run.weight, ink, text: run.text }
}

/// The width and height that a picture of ours says.
fn size(svg: &str) -> Option<(f64, f64)> {
    let head = svg.get(..svg.find('>')?)?;
    let values = head.split("viewBox=\"").nth(1)?.split('"').next()?;
    let numbers: Vec<f64> = values.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

/// Breaks words into lines; a word that is longer than a line is cut.
fn wrap(metrics: Metrics, runs: &[Run], width: f64, size: f64) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    let mut x = 0.0;
    for run in runs {
        for word in run.text.split_inclusive(' ') {
            for part in parts(metrics, word, run.weight, width, size) {
                let bare = metrics.width(part.trim_end(), size, run.weight);
                if x + bare > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    x = 0.0;
                }
                match line.last_mut().filter(|p| p.run.like(run)) {
                    Some(last) => last.run.text.push_str(&part),
                    None => line.push(Piece { x, run: Run { text: part.clone(), ..run.clone() } }),
                }
                x += metrics.width(&part, size, run.weight);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word, in pieces where it is longer than a line.
fn parts(metrics: Metrics, word: &str, weight: Weight, width: f64, size: f64) -> Vec<String> {
    if metrics.width(word.trim_end(), size, weight) <= width {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    let mut x = 0.0;
    for c in word.chars() {
        let own = metrics.width(c.encode_utf8(&mut [0; 4]), size, weight);
        if x + own > width && x > 0.0 {
            parts.push(String::new());
            x = 0.0;
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        x += own;
    }
    parts
}

/// The widths of a table's columns: as the words want it where there is room, else each its longest word and a share of
/// what is left by how much more it wants.
fn columns(metrics: Metrics, rows: &[Vec<Vec<Run>>]) -> Vec<f64> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut wanted = vec![2.0 * PAD + 4.0; count];
    let mut least = wanted.clone();
    for row in rows {
        for (n, cell) in row.iter().enumerate() {
            let wide = |text: &str, run: &Run| metrics.width(text, CELL, Weight::SemiBold.max(run.weight));
            let all: f64 = cell.iter().map(|r| wide(&r.text, r)).sum();
            let word =
                cell.iter().flat_map(|r| r.text.split(' ').map(move |w| wide(w, r))).fold(0.0, f64::max);
            wanted[n] = wanted[n].max(all + 2.0 * PAD + 1.0);
            least[n] = least[n].max(word.min(INNER / 4.0) + 2.0 * PAD + 1.0);
        }
    }
    let (all, few): (f64, f64) = (wanted.iter().sum(), least.iter().sum());
    if all <= INNER {
        return wanted;
    }
    if few >= INNER {
        return least.iter().map(|w| w * INNER / few).collect();
    }
    // A column of long sentences does not starve the others.
    let more: Vec<f64> = wanted.iter().zip(&least).map(|(w, l)| (w - l).min(INNER)).collect();
    let sum: f64 = more.iter().sum();
    least.iter().zip(more).map(|(l, m)| l + (INNER - few) * m / sum.max(1.0)).collect()
}
