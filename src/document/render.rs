//! Templates over an outline: minijinja with Markdown escaping, and limits on work, depth and size.

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind};

use super::fence::Fence;
use super::{DocumentError, Outline, TEMPLATES, escape};

/// Instructions a template may run. The default template takes about two thousand per component.
const FUEL: u64 = 20_000_000;
/// How deep templates may include and call.
const DEPTH: usize = 64;
/// The largest document in bytes.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Tables and lists that several templates share.
const PARTS: &str = include_str!("../../templates/parts.md.jinja");

/// The document from the caller's template, or else the built-in one.
pub(super) fn render(
    outline: &Outline,
    template: Option<&str>,
    partials: &[(String, String)],
) -> Result<String, DocumentError> {
    let mut env = Environment::new();
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    env.set_syntax(syntax.map_err(|e| told(&e, "syntax"))?);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(DEPTH);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    env.set_formatter(|out, state, value| {
        if value.is_undefined() || value.is_none() {
            return Ok(());
        }
        if value.is_safe() || matches!(state.auto_escape(), AutoEscape::None) {
            return write!(out, "{value}").map_err(Error::from);
        }
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        out.write_str(&escape::inline(&text)).map_err(Error::from)
    });
    env.add_filter("code", |text: String| Value::from_safe_string(escape::code(&text)));
    env.add_filter("fence", |text: String, language: Option<String>| {
        let language: String =
            language.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
        Value::from_safe_string(escape::fence(&text, &language))
    });
    env.add_filter("link", |text: String, target: String| Value::from_safe_string(link(&text, &target)));
    env.add_filter("image", |picture: Value, text: String| {
        let svg = picture.get_attr("svg").ok().filter(|svg| !svg.is_undefined());
        Value::from_safe_string(match svg {
            Some(svg) => figure(&svg.to_string()),
            None => format!("!{}", link(&text, &picture.to_string())),
        })
    });
    env.add_filter("count", |n: usize, one: String, many: Option<String>| {
        let many = many.unwrap_or_else(|| format!("{one}s"));
        format!("{n} {}", if n == 1 { one } else { many })
    });
    env.add_filter("usd", usd);
    env.add_filter("names", |words: Vec<String>| names(&words));
    env.add_test("startingwith", |text: String, start: String| text.starts_with(&start));
    env.add_template("parts", PARTS).map_err(|e| told(&e, "parts"))?;
    for (name, text) in TEMPLATES {
        env.add_template(name, text).map_err(|e| told(&e, name))?;
    }
    for (name, text) in partials {
        env.add_template(name, text).map_err(|e| told(&e, name))?;
    }
    let name = if template.is_some() { "template" } else { "design" };
    if let Some(text) = template {
        env.add_template(name, text).map_err(|e| told(&e, name))?;
    }
    let compiled = env.get_template(name).map_err(|e| told(&e, name))?;
    let mut out = Bounded(Vec::with_capacity(16 * 1024));
    compiled.render_captured_to(Value::from(Serde(outline)), &mut out).map_err(|e| told(&e, name))?;
    Ok(tidy(&String::from_utf8_lossy(&out.0)))
}

/// Dollars as people write them: whole ones with thousands apart, below ten with one digit.
fn usd(value: f64) -> String {
    if value < 0.05 {
        return "under 0.1".to_owned();
    }
    if value < 9.95 {
        return format!("{value:.1}");
    }
    let whole = format!("{value:.0}");
    let mut text = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A picture as a block of HTML in Markdown, which an empty line would end.
fn figure(svg: &str) -> String {
    let lines: Vec<&str> = svg.lines().filter(|l| !l.trim().is_empty()).collect();
    format!("<figure>\n{}\n</figure>", lines.join("\n"))
}

/// A link whose target cannot leave its place: only relative addresses and http(s) stay.
fn link(text: &str, target: &str) -> String {
    let target = escape::fold(target);
    let scheme = target.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    if scheme && !target.starts_with("https://") && !target.starts_with("http://") {
        return escape::inline(text);
    }
    let address: String = target
        .chars()
        .flat_map(|c| match c {
            ' ' => "%20".chars().collect::<Vec<_>>(),
            '(' => "%28".chars().collect(),
            ')' => "%29".chars().collect(),
            '<' => "%3C".chars().collect(),
            '>' => "%3E".chars().collect(),
            '|' => "%7C".chars().collect(),
            '\\' => "/".chars().collect(),
            c => vec![c],
        })
        .collect();
    format!("[{}]({address})", escape::inline(text))
}

fn names(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// No trailing spaces, no run of empty lines, one line break at the end; what stands in fences is left alone.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut empty, mut fence) = (1, Fence::default());
    for line in text.lines() {
        let code = fence.holds(line);
        let line = if code { line } else { line.trim_end() };
        empty = if line.is_empty() && !code { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// What went wrong, with the template's name and line.
fn told(error: &Error, fallback: &str) -> DocumentError {
    if error.kind() == ErrorKind::OutOfFuel {
        return DocumentError {
            message: format!("the template `{fallback}` does more work than the limit of {FUEL} steps"),
        };
    }
    let too_large = error.kind() == ErrorKind::WriteFailure;
    let what = if too_large {
        format!("the document is larger than the limit of {} MiB", MAX_BYTES / 1024 / 1024)
    } else {
        error.detail().map_or_else(|| error.kind().to_string(), |d| format!("{}: {d}", error.kind()))
    };
    let name = error.name().unwrap_or(fallback);
    let line = error.line().map_or_else(String::new, |l| format!(", line {l}"));
    DocumentError { message: format!("{name}{line}: {what}") }
}

/// Takes no more than [`MAX_BYTES`].
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_BYTES {
            return Err(io::Error::other("too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn code_keeps_its_empty_lines_and_spaces() {
        assert_eq!(tidy("a  \n\n\n\nb\n~~~\nc  \n\n\nd\n~~~\n\n\n"), "a\n\nb\n~~~\nc  \n\n\nd\n~~~\n");
        assert_eq!(tidy("\n```\n\n\n```\n"), "```\n\n\n```\n");
    }
}
