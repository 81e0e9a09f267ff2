//! A document as a page of its own: HTML with the pictures in it, for people without a Markdown viewer.
//!
//! Takes the Markdown that [`super::write`] gives and gives one file that needs no network. All markup of the body comes
//! from the Markdown parser (`pulldown-cmark`); the shell around it is `templates/page.html.jinja`.

use minijinja::{AutoEscape, Environment, context};
use pulldown_cmark::{Options, Parser, html};

use super::DocumentError;

const PAGE: &str = include_str!("../../templates/page.html.jinja");

/// Makes a page of a document. `title` is shown by the browser.
///
/// # Errors
/// When the page's template does not work, which a test excludes.
pub fn html_page(markdown: &str, title: &str) -> Result<String, DocumentError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_GFM;
    let mut body = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut body, headings(Parser::new_ext(markdown, options)));
    let told = |e: minijinja::Error| DocumentError { message: e.to_string() };
    let mut env = Environment::new();
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.add_template("page", PAGE).map_err(told)?;
    let page = env.get_template("page").map_err(told)?;
    page.render(context! { title, body }).map_err(told)
}

/// Gives headings the ids that links in the document lead to, as Markdown viewers do.
fn headings<'a>(parser: Parser<'a>) -> impl Iterator<Item = pulldown_cmark::Event<'a>> {
    use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
    let mut events: Vec<Event<'a>> = parser.collect();
    let mut open = None;
    let mut name = String::new();
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => {
                open = Some(at);
                name.clear();
            }
            Event::Text(text) | Event::Code(text) if open.is_some() => name.push_str(text),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(Event::Start(Tag::Heading { id, .. })) = open.take().map(|o| &mut events[o]) {
                    *id = Some(CowStr::from(anchor(&name)));
                }
            }
            _ => {}
        }
    }
    events.into_iter()
}

/// The anchor of a heading: lower case, words joined by `-`, as on the usual hosts.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_whole_and_its_text_stays_text() {
        let page =
            html_page("# A & B\n\n<!-- keep:x -->\n\n| a |\n|---|\n| `<script>` |\n", "A </title><script>")
                .unwrap();
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
        assert!(page.contains("<h1 id=\"a--b\">A &amp; B</h1>"), "{page}");
        assert!(page.contains("<table>") && !page.contains("</title><script>"));
    }
}
