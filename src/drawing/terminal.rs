//! A picture of characters, for terminals, mails and plain files.
//!
//! Takes an [`Arrangement`] and sets it on a grid of cells: boxes, groups, lines with heads, labels. Unicode box drawing, or
//! plain ASCII. Positions are the arrangement's, rounded to cells; nothing is laid out anew.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::geometry::{Point, Rect};
use crate::layout::Arrangement;
use crate::model::{Architecture, Kind, Mode};
use crate::style::Style;

/// What a cell stands for in pixels: narrow enough for the labels, and low enough for a name and a second line.
const CELL: (f64, f64) = (6.4, 16.0);

/// Larger grids than this are not drawn.
const MAX_CELLS: usize = 40_000_000;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Draws an arrangement as text, each line ended by a line break. `ascii` keeps to ASCII for everything but names.
#[must_use]
pub fn text(architecture: &Architecture, arrangement: &Arrangement, style: &Style, ascii: bool) -> String {
    let mut grid = Grid::new(arrangement, ascii);
    for place in &arrangement.groups {
        if let Some(group) = architecture.groups().get(place.group) {
            grid.frame(place.rect, Frame::Group);
            let (column, row) = (grid.column(place.rect.x) + 2, grid.row(place.rect.y));
            grid.write(column, row, &format!(" {} ", one_line(&group.label)));
        }
    }
    for route in &arrangement.routes {
        if let Some(connection) = architecture.connection(route.connection) {
            grid.line(&route.points, connection.mode == Mode::Async);
        }
    }
    for node in &arrangement.nodes {
        let component = architecture.at(node.component);
        let face = style.face(component);
        let frame = match component.kind {
            Kind::User => Frame::Round,
            k if k.is_store() || k == Kind::Cache => Frame::Store,
            k if k.is_messaging() => Frame::Channel,
            Kind::External => Frame::External,
            _ => Frame::Card,
        };
        grid.frame(node.rect, frame);
        let mut lines: Vec<String> = face.name.clone();
        if let (Some(badge), Some(first)) = (&face.badge, lines.first_mut()) {
            first.push_str(&format!(" {}", if ascii { badge.replace('×', "x") } else { badge.clone() }));
        }
        lines.extend(face.detail.iter().map(|d| format!("({d})")));
        grid.fill(node.rect, &lines);
    }
    for route in &arrangement.routes {
        grid.head(&route.points);
    }
    let marks = architecture.step_marks();
    for route in &arrangement.routes {
        let Some(connection) = architecture.connection(route.connection) else { continue };
        let face = style.label(&connection, &marks[connection.index.index()]);
        if let (Some(place), Some(face)) = (route.label, face) {
            for (n, line) in face.lines.iter().enumerate() {
                let mark = if n == 0 && !face.marks.is_empty() {
                    format!("{}. ", face.marks.join(","))
                } else {
                    String::new()
                };
                let row = grid.row(place.y + 8.0) + n;
                grid.write(grid.column(place.x), row, &format!("{mark}{}", one_line(line)));
            }
        }
    }
    let mut out = String::new();
    if let Some(title) = &architecture.title {
        out.push_str(&one_line(title));
        out.push_str("\n\n");
    }
    out + &grid.finish() + legend(architecture, ascii)
}

/// What the lines mean, where both kinds are there.
fn legend(a: &Architecture, ascii: bool) -> &'static str {
    let both =
        a.connections().any(|c| c.mode == Mode::Async) && a.connections().any(|c| c.mode == Mode::Sync);
    match (both, ascii) {
        (false, _) => "",
        (true, false) => "\n──▶ call, waits for the answer   ╌╌▶ event, nobody waits\n",
        (true, true) => "\n--> call, waits for the answer   ..> event, nobody waits\n",
    }
}

/// A text in one line, without what a terminal would obey.
fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a box is framed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    Group,
    Card,
    Round,
    Store,
    Channel,
    External,
}

impl Frame {
    /// Corners (top left, top right, bottom left, bottom right), top, bottom, sides.
    fn characters(self, ascii: bool) -> [char; 7] {
        match (self, ascii) {
            (Self::Group, false) => ['┏', '┓', '┗', '┛', '━', '━', '┃'],
            (Self::Card, false) => ['┌', '┐', '└', '┘', '─', '─', '│'],
            (Self::Round, false) => ['╭', '╮', '╰', '╯', '─', '─', '│'],
            (Self::Store, false) => ['╒', '╕', '╘', '╛', '═', '═', '│'],
            (Self::Channel, false) => ['╓', '╖', '╙', '╜', '─', '─', '║'],
            (Self::External, false) => ['┌', '┐', '└', '┘', '┄', '┄', '┆'],
            (Self::Group, true) => ['#', '#', '#', '#', '=', '=', '#'],
            (Self::Card, true) => ['+', '+', '+', '+', '-', '-', '|'],
            (Self::Round, true) => ['.', '.', '\'', '\'', '-', '-', '|'],
            (Self::Store, true) => ['+', '+', '+', '+', '=', '=', '|'],
            (Self::Channel, true) => ['+', '+', '+', '+', '-', '-', 'I'],
            (Self::External, true) => ['+', '+', '+', '+', '.', '.', ':'],
        }
    }
}

/// A cell: nothing, part of lines, or a character (the cell behind a wide one is empty text).
#[derive(Clone, PartialEq)]
enum Cell {
    Empty,
    /// The sides that lines leave by, and whether all of them are dashed.
    Line(u8, bool),
    Text(String),
}

struct Grid {
    cells: Vec<Cell>,
    width: usize,
    height: usize,
    ascii: bool,
}

impl Grid {
    fn new(arrangement: &Arrangement, ascii: bool) -> Self {
        let width = (arrangement.canvas.w / CELL.0).ceil().max(0.0) as usize + 2;
        let height = (arrangement.canvas.h / CELL.1).ceil().max(0.0) as usize + 2;
        let (width, height) = if width.saturating_mul(height) > MAX_CELLS { (1, 1) } else { (width, height) };
        Self { cells: vec![Cell::Empty; width * height], width, height, ascii }
    }

    fn column(&self, x: f64) -> usize {
        ((x / CELL.0).round().max(0.0) as usize).min(self.width - 1)
    }

    fn row(&self, y: f64) -> usize {
        ((y / CELL.1).round().max(0.0) as usize).min(self.height - 1)
    }

    fn put(&mut self, column: usize, row: usize, text: &str) {
        if column < self.width && row < self.height {
            self.cells[row * self.width + column] = Cell::Text(text.to_owned());
        }
    }

    /// Writes a text from a cell on.
    fn write(&mut self, mut column: usize, row: usize, text: &str) {
        for cluster in text.graphemes(true) {
            let width = cluster.width();
            if width == 0 || column + width > self.width {
                continue;
            }
            self.put(column, row, cluster);
            for behind in 1..width {
                self.put(column + behind, row, "");
            }
            column += width;
        }
    }

    fn bounds(&self, rect: Rect) -> (usize, usize, usize, usize) {
        (self.column(rect.x), self.row(rect.y), self.column(rect.right()), self.row(rect.bottom()))
    }

    fn frame(&mut self, rect: Rect, frame: Frame) {
        let (left, top, right, bottom) = self.bounds(rect);
        let [tl, tr, bl, br, over, under, side] = frame.characters(self.ascii);
        let set = |grid: &mut Self, c: usize, r: usize, ch: char| grid.put(c, r, ch.encode_utf8(&mut [0; 4]));
        for c in left + 1..right {
            set(self, c, top, over);
            set(self, c, bottom, under);
        }
        for r in top + 1..bottom {
            set(self, left, r, side);
            set(self, right, r, side);
        }
        for (c, r, ch) in [(left, top, tl), (right, top, tr), (left, bottom, bl), (right, bottom, br)] {
            set(self, c, r, ch);
        }
    }

    /// Clears the inside of a box and sets lines in its middle, cut where they do not fit.
    fn fill(&mut self, rect: Rect, lines: &[String]) {
        let (left, top, right, bottom) = self.bounds(rect);
        for r in top + 1..bottom {
            for c in left + 1..right {
                self.put(c, r, " ");
            }
        }
        let room = (right.saturating_sub(left + 1), bottom.saturating_sub(top + 1));
        let shown = &lines[..lines.len().min(room.1)];
        let first = top + 1 + (room.1 - shown.len()) / 2;
        for (n, line) in shown.iter().enumerate() {
            let line = fitted(&one_line(line), room.0);
            let start = left + 1 + (room.0 - line.width()) / 2;
            self.write(start, first + n, &line);
        }
    }

    /// Lays a line along corner points.
    fn line(&mut self, points: &[Point], dashed: bool) {
        for pair in points.windows(2) {
            let (from, to) = (self.cell(pair[0]), self.cell(pair[1]));
            // Along the longer side first: slanted stretches become a step.
            let corner = if (pair[0].x - pair[1].x).abs() > (pair[0].y - pair[1].y).abs() {
                (to.0, from.1)
            } else {
                (from.0, to.1)
            };
            self.straight(from, corner, dashed);
            self.straight(corner, to, dashed);
        }
    }

    fn cell(&self, p: Point) -> (usize, usize) {
        (self.column(p.x), self.row(p.y))
    }

    fn straight(&mut self, from: (usize, usize), to: (usize, usize), dashed: bool) {
        let (c0, c1) = (from.0.min(to.0), from.0.max(to.0));
        let (r0, r1) = (from.1.min(to.1), from.1.max(to.1));
        for c in c0..c1 {
            self.join(c, from.1, RIGHT, dashed);
            self.join(c + 1, from.1, LEFT, dashed);
        }
        for r in r0..r1 {
            self.join(to.0, r, DOWN, dashed);
            self.join(to.0, r + 1, UP, dashed);
        }
    }

    fn join(&mut self, column: usize, row: usize, side: u8, dashed: bool) {
        let Some(cell) = self.cells.get_mut(row * self.width + column) else { return };
        *cell = match cell {
            Cell::Line(sides, all) => Cell::Line(*sides | side, *all && dashed),
            _ => Cell::Line(side, dashed),
        };
    }

    /// Puts a head on the last cell before the box.
    fn head(&mut self, points: &[Point]) {
        let [.., before, tip] = points else { return };
        let (dx, dy) = (tip.x - before.x, tip.y - before.y);
        let (mut column, mut row) = self.cell(*tip);
        let sign = if dx.abs() >= dy.abs() {
            if dx >= 0.0 {
                column = column.saturating_sub(1);
                if self.ascii { ">" } else { "▶" }
            } else {
                column += 1;
                if self.ascii { "<" } else { "◀" }
            }
        } else if dy >= 0.0 {
            row = row.saturating_sub(1);
            if self.ascii { "v" } else { "▼" }
        } else {
            row += 1;
            if self.ascii { "^" } else { "▲" }
        };
        self.put(column, row, sign);
    }

    /// The rows as text, without empty ones around them and spaces behind them.
    fn finish(&self) -> String {
        let rows = self.cells.chunks(self.width).map(|row| {
            let line: String = row.iter().map(|cell| self.character(cell)).collect();
            line.trim_end().to_owned()
        });
        let rows: Vec<String> = rows.collect();
        let filled = |r: &String| !r.is_empty();
        let (Some(first), Some(last)) = (rows.iter().position(filled), rows.iter().rposition(filled)) else {
            return String::new();
        };
        let indent =
            rows[first..=last].iter().filter(|r| filled(r)).map(|r| r.len() - r.trim_start().len()).min();
        let indent = indent.unwrap_or(0);
        rows[first..=last].iter().map(|r| format!("{}\n", r.get(indent..).unwrap_or(""))).collect()
    }

    fn character<'a>(&self, cell: &'a Cell) -> &'a str {
        match (cell, self.ascii) {
            (Cell::Empty, _) => " ",
            (Cell::Text(text), _) => text,
            (Cell::Line(sides, dashed), true) => {
                match (sides & (UP | DOWN) != 0, sides & (LEFT | RIGHT) != 0) {
                    (true, true) => "+",
                    (true, false) => {
                        if *dashed {
                            ":"
                        } else {
                            "|"
                        }
                    }
                    _ => {
                        if *dashed {
                            "."
                        } else {
                            "-"
                        }
                    }
                }
            }
            (Cell::Line(sides, dashed), false) => unicode(*sides, *dashed),
        }
    }
}

fn unicode(sides: u8, dashed: bool) -> &'static str {
    const UP_DOWN: u8 = UP | DOWN;
    const LEFT_RIGHT: u8 = LEFT | RIGHT;
    match sides {
        s if s == UP | RIGHT => "╰",
        s if s == UP | LEFT => "╯",
        s if s == DOWN | RIGHT => "╭",
        s if s == DOWN | LEFT => "╮",
        s if s == UP_DOWN | RIGHT => "├",
        s if s == UP_DOWN | LEFT => "┤",
        s if s == LEFT_RIGHT | DOWN => "┬",
        s if s == LEFT_RIGHT | UP => "┴",
        s if s == UP_DOWN | LEFT_RIGHT => "┼",
        s if s & LEFT_RIGHT == 0 => {
            if dashed {
                "┆"
            } else {
                "│"
            }
        }
        _ => {
            if dashed {
                "╌"
            } else {
                "─"
            }
        }
    }
}

/// A line cut to a width, with an ellipsis where it is cut.
fn fitted(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let mut out = String::new();
    for cluster in line.graphemes(true) {
        if out.width() + cluster.width() + 1 > width {
            break;
        }
        out.push_str(cluster);
    }
    if width > 0 {
        out.push('…');
    }
    out
}
