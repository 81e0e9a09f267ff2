//! The options of a picture: flags in, the layout's and the drawing's options out.

use std::fs;
use std::path::Path;

use super::args::{FontName, GroundName, PictureArgs};
use super::failure::Failure;
use super::input::Input;
use crate::drawing::{DrawOptions, FontChoice, Ground, IconPack};
use crate::layout::{Arrangement, Former, LayoutOptions};
use crate::style::Theme;
use crate::text::Diagnostic;

/// The layout's options.
pub(super) fn layout_options(args: &PictureArgs) -> Result<LayoutOptions, Failure> {
    Ok(LayoutOptions {
        direction: args.direction.map(Into::into),
        engine: args.layout.into(),
        fit: args.fit,
        former: args.previous.as_deref().map(former).transpose()?,
    })
}

/// A picture drawn before.
fn former(path: &Path) -> Result<Former, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::Io {
        verb: "read",
        path: path.into(),
        error,
        hint: Some("--previous takes an SVG or the geometry JSON that Blueprose wrote".into()),
    })?;
    Former::parse(&text).ok_or_else(|| Failure::Input {
        code: "BP0504",
        message: format!("no component's place is found in `{}`", path.display()),
        hint: "--previous takes an SVG or the geometry JSON that Blueprose wrote".into(),
    })
}

/// What of the author's wishes the layout could not meet.
pub(super) fn notices(arrangement: &Arrangement) -> Vec<Diagnostic> {
    arrangement.notices.iter().map(|n| Diagnostic::warning("BP0502", None, &n.message)).collect()
}

/// The drawing's options; tooltips quote the input.
pub(super) fn draw_options(args: &PictureArgs, input: &Input) -> Result<DrawOptions, Failure> {
    Ok(DrawOptions {
        theme: theme(&args.theme)?,
        ground: match args.ground {
            GroundName::Auto => Ground::Auto,
            GroundName::Light => Ground::Light,
            GroundName::Dark => Ground::Dark,
        },
        font: match args.font {
            FontName::Embed => FontChoice::Embedded,
            FontName::System => FontChoice::System,
        },
        icons: args.icons.as_deref().map_or_else(|| Ok(IconPack::default()), icons)?,
        source: Some(input.source.text().to_owned()),
        ..DrawOptions::default()
    })
}

/// The icons of a file or folder; files of a folder are read in the order of their names.
fn icons(path: &Path) -> Result<IconPack, Failure> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| unread(path, error));
    let invalid = |error: crate::drawing::IconError| Failure::Input {
        code: "BP0708",
        message: format!("the icons `{}` cannot be used: {error}", path.display()),
        hint: "icons are Iconify JSON, or a folder of plain SVG files of at most 64 KiB each".into(),
    };
    if !path.is_dir() {
        return IconPack::iconify(&read(path)?).map_err(invalid);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| unread(path, error))? {
        files.push(entry.map_err(|error| unread(path, error))?.path());
    }
    files.retain(|file| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("svg")));
    files.sort();
    let mut pack = IconPack::default();
    for file in &files {
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        pack.add(&name, &read(file)?).map_err(invalid)?;
    }
    Ok(pack)
}

fn unread(path: &Path, error: std::io::Error) -> Failure {
    Failure::Io { verb: "read", path: path.into(), error, hint: None }
}

fn theme(name: &str) -> Result<Theme, Failure> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let file = fs::read_to_string(name).map_err(|error| Failure::Io {
        verb: "read",
        path: name.into(),
        error,
        hint: Some(format!(
            "name a theme file or a built-in theme: {}",
            Theme::names().collect::<Vec<_>>().join(", ")
        )),
    })?;
    Theme::parse(&file).map_err(|error| Failure::Input {
        code: "BP0707",
        message: format!("the theme `{name}` is not valid: {error}"),
        hint: "a built-in theme shows the keys: assets/themes/default.yaml".into(),
    })
}

/// The picture as PNG.
#[cfg(feature = "png")]
pub(super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, Failure> {
    crate::drawing::png(svg, scale).map_err(|error| Failure::Input {
        code: "BP0702",
        message: error.to_string(),
        hint: "choose another --scale, or draw SVG".into(),
    })
}

/// Without the feature there is only a way out to name.
#[cfg(not(feature = "png"))]
pub(super) fn png(_: &str, _: f32) -> Result<Vec<u8>, Failure> {
    Err(Failure::Usage("this program was built without PNG: `cargo install blueprose --features png`".into()))
}

/// The picture as PDF.
#[cfg(feature = "pdf")]
pub(super) fn pdf(svg: &str) -> Result<Vec<u8>, Failure> {
    crate::drawing::pdf(svg).map_err(|error| Failure::Input {
        code: "BP0705",
        message: error.to_string(),
        hint: "draw SVG or HTML".into(),
    })
}

/// A document as PDF.
#[cfg(feature = "pdf")]
pub(super) fn document_pdf(markdown: &str, title: &str) -> Result<Vec<u8>, Failure> {
    crate::drawing::document_pdf(markdown, title).map_err(|error| Failure::Input {
        code: "BP0705",
        message: error.to_string(),
        hint: "write Markdown or HTML".into(),
    })
}

/// Without the feature there is only a way out to name.
#[cfg(not(feature = "pdf"))]
pub(super) fn document_pdf(_: &str, _: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::Usage(
        "this program was built without PDF: `cargo install blueprose --features pdf`, or write the page with `--to html` \
         and print that from a browser"
            .into(),
    ))
}

/// Without the feature there is only a way out to name.
#[cfg(not(feature = "pdf"))]
pub(super) fn pdf(_: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::Usage("this program was built without PDF: `cargo install blueprose --features pdf`".into()))
}
