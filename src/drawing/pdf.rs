//! PDF from the picture's SVG, and from a document set on pages: vectors and text, by svg2pdf with the bundled font.

use std::fmt;

use pdf_writer::{Pdf, Ref, TextStr};
use svg2pdf::{ConversionOptions, PageOptions, usvg};

use super::pdf_order::parts;
use super::svg_pages::pages;
use crate::style::Weight;

/// Why no PDF was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError(String);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BP0705: no PDF could be made: {}", self.0)
    }
}

impl std::error::Error for PdfError {}

/// Makes a PDF of one page, as large as the picture (a pixel is 1/96 inch), from an SVG of ours.
///
/// # Errors
/// When the SVG is broken or holds what a PDF cannot.
pub fn pdf(svg: &str) -> Result<Vec<u8>, PdfError> {
    let file = one_page(svg, &options())?;
    let ordered = parts(&file).and_then(|parts| parts.write());
    ordered.ok_or_else(|| PdfError("the file is not laid out as expected".into()))
}

/// A file of one page, in no order yet.
fn one_page(svg: &str, options: &usvg::Options<'_>) -> Result<Vec<u8>, PdfError> {
    let tree = usvg::Tree::from_str(svg, options).map_err(|e| PdfError(e.to_string()))?;
    svg2pdf::to_pdf(&tree, ConversionOptions::default(), PageOptions { dpi: 96.0 })
        .map_err(|e| PdfError(e.to_string()))
}

/// How our pictures are read: with the bundled font.
fn options() -> usvg::Options<'static> {
    let mut options = usvg::Options { font_family: "Inter".into(), ..usvg::Options::default() };
    let database = options.fontdb_mut();
    for weight in Weight::ALL {
        database.load_font_data(weight.font().to_vec());
    }
    database.set_sans_serif_family("Inter");
    options
}

/// Makes a PDF of A4 pages from a document in Markdown with its pictures in it.
///
/// # Errors
/// When a picture is broken or holds what a PDF cannot.
pub fn document_pdf(markdown: &str, title: &str) -> Result<Vec<u8>, PdfError> {
    let options = options();
    let mut files = Vec::new();
    for svg in pages(markdown, title) {
        files.push(one_page(&svg, &options)?);
    }
    let broken = || PdfError("a page is not laid out as expected".into());
    let mut single = Vec::new();
    let (catalog, tree, about) = (Ref::new(1), Ref::new(2), Ref::new(3));
    let mut by = 3;
    for file in &files {
        let page = parts(file).ok_or_else(broken)?;
        let number = page.page().ok_or_else(broken)?;
        let highest = page.highest();
        single.push((page, by, number + by));
        by += highest;
    }
    let mut whole = Pdf::new();
    let kids = single.iter().filter_map(|(.., number)| Some(Ref::new(i32::try_from(*number).ok()?)));
    whole.catalog(catalog).pages(tree);
    whole.pages(tree).kids(kids).count(i32::try_from(single.len()).unwrap_or(i32::MAX));
    whole.document_info(about).title(TextStr(title)).producer(TextStr("Blueprose"));
    let whole = whole.finish();
    let mut all = parts(&whole).ok_or_else(broken)?;
    for (page, by, _) in single {
        all.take(page, by, 2);
    }
    all.write().ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::{document_pdf, pdf};

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 40\" width=\"90\" height=\"40\" \
                           font-family=\"Inter\"><rect width=\"9\" height=\"9\" fill=\"#123456\" fill-opacity=\"0.5\"/>\
                           <text x=\"1\" y=\"20\">a</text><text x=\"1\" y=\"30\" font-weight=\"600\">b</text></svg>";

    /// Hash maps of the crates below order differently at every run; the files do not.
    #[test]
    fn every_run_gives_the_same_bytes() {
        let markdown = format!(
            "# A & B\n\n**bold** plain\n\n<figure>\n{PICTURE}\n</figure>\n\n| a |\n|---|\n{}",
            "| x |\n".repeat(90)
        );
        let (one, two) = (pdf(PICTURE).unwrap(), document_pdf(&markdown, "A & B").unwrap());
        for _ in 0..8 {
            assert_eq!(pdf(PICTURE).unwrap(), one);
            assert_eq!(document_pdf(&markdown, "A & B").unwrap(), two);
        }
        assert!(one.starts_with(b"%PDF-") && two.ends_with(b"%%EOF"));
        let pages = two.windows(11).filter(|w| *w == b"/Type /Page").count();
        assert!(pages >= 3, "{pages}");
    }
}
