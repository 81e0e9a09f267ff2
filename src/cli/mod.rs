//! The command line.

/// Stopgap until the real one stands: `draw|doc|export FILE [-o OUT] [--to json|geometry|bp|yaml]`.
pub fn run() -> std::process::ExitCode {
    use std::io::Write as _;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option =
        |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map(String::as_str);
    let (Some(command), Some(file)) = (args.first(), args.get(1)) else {
        return std::process::ExitCode::from(2);
    };
    let Ok(text) = std::fs::read_to_string(file) else { return std::process::ExitCode::from(3) };
    let source = crate::text::Source::new(file.as_str(), text);
    let done = crate::compile(&source, &crate::Options::default());
    let c = &done.value;
    let out = match (command.as_str(), option("--to").unwrap_or("json")) {
        ("draw", _) => c.svg.clone(),
        ("doc", _) => c.document.clone(),
        (_, "geometry") => crate::writer::geometry(&c.architecture, &c.arrangement),
        (_, "bp") => crate::writer::language(&c.architecture),
        (_, "yaml") => crate::writer::yaml(&c.architecture),
        _ => crate::writer::json(&c.architecture),
    };
    let stderr = &mut std::io::stderr();
    for d in &done.diagnostics {
        let _ = writeln!(stderr, "{} {:?} {:?}", d.code, d.span.map(|s| source.location(s.start)), d.message);
    }
    let written = match option("-o") {
        Some(path) => std::fs::write(path, out),
        None => std::io::stdout().write_all(out.as_bytes()),
    };
    if written.is_ok() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::from(3) }
}
