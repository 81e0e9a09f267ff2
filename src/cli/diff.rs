//! `diff`: what differs between two descriptions, and which findings came and went with it.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::args::{DiffArgs, DiffFormat};
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output};
use crate::compare::{Difference, Pairing, compare};
use crate::model::{Architecture, Id};
use crate::review::{self, Finding, ReviewOptions};

pub(super) fn run(args: &DiffArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let syntax = args.syntax.map(Into::into);
    let new = input::read_file(&args.new, syntax)?;
    let old = if args.old == "-" || Path::new(&args.old).exists() || args.new == "-" {
        input::read_file(&args.old, syntax)?
    } else {
        revision(&args.old, &args.new, syntax)?
    };
    let (before, after) = (old.read(), new.read());
    terminal.diagnostics(&old.source, &before.diagnostics);
    terminal.diagnostics(&new.source, &after.diagnostics);
    let difference = compare(&before.value, &after.value);
    let findings = Findings::of(&before.value, &after.value);
    let format = if terminal.json { DiffFormat::Json } else { args.to };
    let text = render(&difference, &findings, format);
    output::to(args.output.as_deref(), text.as_bytes())?;
    Ok(Verdict::of(!difference.is_empty() || before.has_errors() || after.has_errors()))
}

/// The file `path` as it was in a revision of git, relative to the file's own folder.
fn revision(revision: &str, path: &str, syntax: Option<crate::reader::Syntax>) -> Result<Input, Failure> {
    let file = Path::new(path);
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let refuse = |message: String, hint: &str| Failure::Input { code: "BP0906", message, hint: hint.into() };
    let neither = format!("`{revision}` is neither a file nor a revision in which git knows `{path}`");
    if revision.starts_with('-') {
        return Err(refuse(neither, "give two files, or a revision such as HEAD~1 and a file"));
    }
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["cat-file", "blob", &format!("{revision}:./{name}")]);
    let run = git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    match run {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(refuse(
            format!(
                "`{revision}` is no file, and the program `git` was not found to look it up as a revision"
            ),
            "install git, or give two files",
        )),
        Err(error) => Err(refuse(format!("git could not be run: {error}"), "give two files")),
        Ok(done) if !done.status.success() => {
            let said = String::from_utf8_lossy(&done.stderr);
            let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
            Err(refuse(format!("{neither}: {said}"), "`git log --oneline -- FILE` lists its revisions"))
        }
        Ok(done) => {
            // The name keeps its ending, so that the text is read as the file is.
            input::read_from(&mut done.stdout.as_slice(), &format!("{revision}:{path}"), syntax)
        }
    }
}

/// A finding that came or went.
#[derive(Debug, Serialize)]
struct Said {
    rule: &'static str,
    title: String,
    components: Vec<String>,
}

/// What the review says of one side only.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    gained: Vec<Said>,
    lost: Vec<Said>,
}

impl Findings {
    /// Findings are the same when the rule is and so are the components, whatever those are called now.
    pub(super) fn of(old: &Architecture, new: &Architecture) -> Self {
        let pairing = Pairing::of(old, new);
        let options = ReviewOptions::default();
        let all = |a: &Architecture, name: &dyn Fn(&Id) -> Id| -> Vec<Said> {
            let review = review::review(a, &options);
            review.findings.iter().map(|f| said(a, f, name)).collect()
        };
        let before = all(old, &|id| pairing.new_of(id).unwrap_or(id).clone());
        let after = all(new, &Id::clone);
        let only = |these: &[Said], others: &[Said]| -> Vec<Said> {
            let absent = |s: &&Said| !others.iter().any(|o| o.rule == s.rule && o.components == s.components);
            these.iter().filter(absent).map(Said::copy).collect()
        };
        Self { gained: only(&after, &before), lost: only(&before, &after) }
    }

    /// One line each, `+` or `-` in front.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (mark, list) in [('+', &self.gained), ('-', &self.lost)] {
            for s in list {
                let _ = writeln!(out, "{mark} finding {} {}{}", s.rule, s.title, s.place());
            }
        }
        out
    }
}

impl Said {
    fn copy(&self) -> Self {
        Self { rule: self.rule, title: self.title.clone(), components: self.components.clone() }
    }

    fn place(&self) -> String {
        if self.components.is_empty() { String::new() } else { format!(" ({})", self.components.join(", ")) }
    }
}

fn said(a: &Architecture, finding: &Finding, name: &dyn Fn(&Id) -> Id) -> Said {
    let mut components: Vec<String> =
        finding.components.iter().map(|&i| name(&a.at(i).id).to_string()).collect();
    components.sort();
    Said { rule: finding.rule, title: finding.title.clone(), components }
}

fn render(difference: &Difference, findings: &Findings, format: DiffFormat) -> String {
    match format {
        DiffFormat::Text => difference.text() + &findings.text(),
        DiffFormat::Md => {
            let mut out = difference.markdown();
            if !findings.gained.is_empty() || !findings.lost.is_empty() {
                out.push_str("\n### Findings\n\n");
                for (word, list) in [("Gained", &findings.gained), ("Lost", &findings.lost)] {
                    for s in list {
                        let _ = writeln!(out, "- **{word}** {} {}{}", s.rule, s.title, s.place());
                    }
                }
            }
            out
        }
        DiffFormat::Json => {
            #[derive(Serialize)]
            struct Whole<'a> {
                different: bool,
                #[serde(flatten)]
                difference: &'a Difference,
                findings: &'a Findings,
            }
            let whole = Whole { different: !difference.is_empty(), difference, findings };
            let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
            text.push('\n');
            text
        }
    }
}
