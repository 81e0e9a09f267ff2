//! Pages of a document as SVG, one a page, for what makes a PDF of them.
//!
//! Takes Markdown with its pictures in it; every word in it stays text.

use std::fmt::Write as _;

use super::pages::{HEIGHT, Ink, Item, WIDTH, set};
use super::svg::escape;
use super::svg_blocks::blocks;

/// The pages of a document, A4, each an SVG of its own.
#[must_use]
pub(super) fn pages(markdown: &str, title: &str) -> Vec<String> {
    set(&blocks(markdown), title).iter().map(|page| markup(page)).collect()
}

fn colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Dark => "#10182b",
        Ink::Quiet => "#55617a",
        Ink::Line => "#d9e0ea",
        Ink::Soft => "#f3f6fa",
    }
}

fn markup(items: &[Item]) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"Inter\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>"
    );
    for item in items {
        // Writing to a string does not fail.
        let _ = match item {
            Item::Text { x, y, size, weight, ink, text } => write!(
                out,
                "<text xml:space=\"preserve\" x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\" font-weight=\"{}\" fill=\"{}\">{}</text>",
                weight.number(),
                colour(*ink),
                escape(text)
            ),
            Item::Box { x, y, width, height, ink } => write!(
                out,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{}\"/>",
                colour(*ink)
            ),
            Item::Picture { x, y, scale, svg } => {
                write!(out, "<g transform=\"translate({x:.2} {y:.2}) scale({scale:.4})\">{svg}</g>")
            }
        };
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_document_is_set_on_pages_and_stays_text() {
        let row = "| A long cell with several words <b>x</b> | `code` | **bold** |\n";
        let text = format!(
            "# Shop & <script>\n\nA paragraph with *quiet* words.\n\n- one\n- two\n\n> said\n\n| a | b | c |\n|---|---|---|\n{}\n\
             ```text\nline one\nline two\n```\n\n<!-- keep:x -->\n<!-- /keep -->\n",
            row.repeat(120)
        );
        let made = pages(&text, "Shop & <script>");
        assert!(made.len() > 2, "{}", made.len());
        assert!(
            made.iter().all(|p| p.starts_with("<svg") && p.ends_with("</svg>") && !p.contains("<script"))
        );
        // The head of the table stands on every page of it, and each page says which it is.
        assert!(made[1].contains(">a</text>") && made[1].contains(&format!("2 / {}", made.len())));
        assert!(!made.iter().any(|p| p.contains("keep:x")));
        assert_eq!(made, pages(&text, "Shop & <script>"));
    }

    #[test]
    fn words_longer_than_a_line_are_cut_and_pictures_fit() {
        let long = "x".repeat(900);
        let svg = "<figure>\n<svg viewBox=\"0 0 4000 300\" width=\"4000\" height=\"300\"><rect width=\"9\" height=\"9\"/></svg>\n</figure>";
        let made = pages(&format!("{long}\n\n{svg}\n"), "t");
        assert_eq!(made.len(), 1);
        assert!(made[0].contains("scale(0.17"), "{}", made[0]);
    }
}
