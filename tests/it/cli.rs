//! The real program in temporary directories.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const IMAGE: &str = include_str!("../../examples/image-pipeline.txt");

fn program(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blueprose"));
    command.current_dir(dir).stdin(Stdio::null()).env_clear();
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    program(dir).args(args).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn build_writes_picture_and_document() {
    let dir = folder();
    fs::write(dir.path().join("system.txt"), IMAGE).expect("written");
    let done = run(dir.path(), &["build", "system.txt"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    let svg = fs::read_to_string(dir.path().join("system.svg")).expect("a picture");
    let document = fs::read_to_string(dir.path().join("system.md")).expect("a document");
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert!(document.contains("system.svg"));
    assert!(err(&done).contains("Understood "), "{}", err(&done));
    let again = run(dir.path(), &["build", "system.txt", "--json"]);
    assert_eq!(code(&again), 0);
    assert!(out(&again).contains("\"components\""));
    assert_eq!(fs::read_to_string(dir.path().join("system.svg")).expect("a picture"), svg);
    let mut names: Vec<String> = fs::read_dir(dir.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["system.flow-1.svg", "system.md", "system.svg", "system.txt"],
        "no other file is left"
    );
    assert_eq!(code(&run(dir.path(), &["build", "system.txt", "--check"])), 0);
    fs::write(dir.path().join("system.svg"), format!("{svg}<!-- Blueprose -->")).expect("written");
    assert_eq!(code(&run(dir.path(), &["build", "system.txt", "--check"])), 1);
}

#[test]
fn foreign_files_are_not_replaced() {
    let dir = folder();
    fs::write(dir.path().join("system.txt"), IMAGE).expect("written");
    fs::write(dir.path().join("system.md"), "# My own notes\n").expect("written");
    let done = run(dir.path(), &["build", "system.txt"]);
    assert_eq!(code(&done), 3);
    assert!(err(&done).contains("BP0903"), "{}", err(&done));
    assert_eq!(fs::read_to_string(dir.path().join("system.md")).expect("kept"), "# My own notes\n");
    assert!(!dir.path().join("system.svg").exists(), "nothing was written");
    assert_eq!(code(&run(dir.path(), &["build", "system.txt", "--force"])), 0);
}

#[test]
fn markdown_input_is_not_replaced_by_its_document() {
    let dir = folder();
    fs::write(dir.path().join("readme.md"), IMAGE).expect("written");
    assert_eq!(code(&run(dir.path(), &["build", "readme.md"])), 0);
    assert_eq!(fs::read_to_string(dir.path().join("readme.md")).expect("kept"), IMAGE);
    assert!(dir.path().join("readme.design.md").exists());
}

#[test]
fn several_inputs_patterns_and_out_dir() {
    let dir = folder();
    fs::create_dir(dir.path().join("in")).expect("made");
    for name in ["b.txt", "a.txt"] {
        fs::write(dir.path().join("in").join(name), IMAGE).expect("written");
    }
    let done = run(dir.path(), &["build", "in/*.txt", "--out-dir", "out/deep"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    for name in ["a.svg", "a.md", "b.svg", "b.md"] {
        assert!(dir.path().join("out/deep").join(name).exists(), "{name}");
    }
    fs::create_dir(dir.path().join("other")).expect("made");
    fs::write(dir.path().join("other/a.txt"), IMAGE).expect("written");
    let clash = run(dir.path(), &["build", "in/a.txt", "other/a.txt", "--out-dir", "clash"]);
    assert_eq!(code(&clash), 2, "{}", err(&clash));
}

#[test]
fn text_and_standard_input() {
    let dir = folder();
    let by_text = run(dir.path(), &["export", "--text", IMAGE, "--to", "json"]);
    assert_eq!(code(&by_text), 0, "{}", err(&by_text));
    let model: serde_json::Value = serde_json::from_slice(&by_text.stdout).expect("JSON");
    assert!(model["components"].as_array().is_some_and(|c| c.len() >= 5), "{model}");
    let mut child = program(dir.path())
        .args(["draw", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), IMAGE.as_bytes()).expect("taken");
    let drawn = child.wait_with_output().expect("ends");
    assert!(out(&drawn).starts_with("<svg"), "{}", err(&drawn));
}

#[test]
fn documents_that_were_made_are_no_descriptions() {
    let dir = folder();
    fs::write(dir.path().join("system.markdown"), IMAGE).expect("written");
    fs::write(dir.path().join("notes.md"), "The notes of the meeting name Blueprose.\n").expect("written");
    assert_eq!(code(&run(dir.path(), &["build", "system.markdown"])), 0);
    let direct = run(dir.path(), &["build", "system.md"]);
    assert_eq!(code(&direct), 1);
    assert!(err(&direct).contains("BP0908"), "{}", err(&direct));
    // Twice, since a pattern must not take up what it made itself.
    for _ in 0..2 {
        assert_eq!(code(&run(dir.path(), &["build", "sys*", "--font", "system"])), 0);
    }
    assert!(!dir.path().join("system.design.md").exists());
    // A text of somebody else that only speaks of the program is not replaced.
    fs::write(dir.path().join("notes.txt"), IMAGE).expect("written");
    let in_the_way = run(dir.path(), &["build", "notes.txt"]);
    assert_eq!(code(&in_the_way), 3, "{}", err(&in_the_way));
}

#[test]
fn wrong_use_and_unreadable_files_have_their_codes() {
    let dir = folder();
    fs::write(dir.path().join("system.txt"), IMAGE).expect("written");
    fs::write(dir.path().join("binary"), [0xff, 0x00, 0x80]).expect("written");
    fs::write(dir.path().join("empty.txt"), "").expect("written");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["frobnicate"], 2, "unrecognized"),
        (&["build", "--frob"], 2, "--frob"),
        (&["build"], 2, "required"),
        (&["build", "sistem.txt"], 3, "system.txt"),
        (&["build", "."], 3, "directory"),
        (&["check", "binary"], 1, "BP0905"),
        (&["draw", "system.txt", "-o", "no/such/dir/x.svg"], 3, "BP0902"),
        (&["draw", "system.txt", "-o", "x.bmp"], 2, ".png"),
        (&["draw", "system.txt", "empty.txt", "-o", "x.svg"], 2, "2 inputs"),
        (&["build", "*.nothing"], 3, "no file matches"),
        (&["build", "empty.txt"], 1, "nothing"),
        (&["doc", "system.txt", "--template", "no-such"], 3, "no-such"),
    ];
    for (args, expected, word) in cases {
        let done = run(dir.path(), args);
        assert_eq!(code(&done), *expected, "{args:?}: {}", err(&done));
        assert!(err(&done).contains(word), "{args:?}: {}", err(&done));
        assert!(!err(&done).contains("panicked"), "{args:?}: {}", err(&done));
    }
    assert!(!dir.path().join("empty.svg").exists() && !dir.path().join("x.svg").exists());
}

#[test]
fn colour_only_where_it_is_wanted() {
    let dir = folder();
    let plain = run(dir.path(), &["check", "missing.txt"]);
    assert!(!err(&plain).contains('\u{1b}'));
    let always = run(dir.path(), &["check", "missing.txt", "--color", "always"]);
    assert!(err(&always).contains('\u{1b}'));
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let dir = folder();
    let done = run(dir.path(), &["check", "\u{1b}]0;red.txt"]);
    assert_eq!(code(&done), 3);
    assert!(!err(&done).contains('\u{1b}'), "{:?}", err(&done));
}

#[test]
fn the_catalog_the_manual_and_completions_are_there() {
    let dir = folder();
    assert!(out(&run(dir.path(), &["catalog", "dynamodb"])).contains("aws.dynamodb"));
    assert_eq!(code(&run(dir.path(), &["catalog", "frobnicator"])), 1);
    let json = run(dir.path(), &["catalog", "redis", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert!(value["technologies"].as_array().is_some_and(|t| !t.is_empty()));
    assert!(out(&run(dir.path(), &["man"])).contains(".TH"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(dir.path(), &["completions", shell])).contains("blueprose"));
    }
}

#[test]
fn fmt_writes_only_bp_files_and_only_when_something_changes() {
    let dir = folder();
    fs::write(dir.path().join("a.bp"), "service   a   \"A\"   # kept\na->b\n\n\n\nservice b \"B\"\n")
        .expect("written");
    let check = run(dir.path(), &["fmt", "--check", "a.bp"]);
    assert_eq!(code(&check), 1, "{}", err(&check));
    assert_eq!(code(&run(dir.path(), &["fmt", "a.bp"])), 0);
    let formatted = fs::read_to_string(dir.path().join("a.bp")).expect("kept");
    assert!(formatted.contains("# kept"), "{formatted}");
    assert_eq!(code(&run(dir.path(), &["fmt", "--check", "a.bp"])), 0);
    fs::write(dir.path().join("a.txt"), IMAGE).expect("written");
    assert_eq!(code(&run(dir.path(), &["fmt", "a.txt"])), 2);
}

#[test]
fn one_answer_in_any_directory_locale_and_time_zone() {
    let (one, two) = (folder(), folder());
    let first = run(one.path(), &["draw", "--text", IMAGE]);
    let second = program(two.path())
        .args(["draw", "--text", IMAGE])
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("TZ", "Pacific/Kiritimati")
        .output()
        .expect("the program starts");
    assert_eq!(first.stdout, second.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let dir = folder();
    let mut child = program(dir.path())
        .args(["catalog"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("ends");
    assert_eq!((code(&done), err(&done)), (0, String::new()));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_document_as_pdf_is_answered_with_the_way_out() {
    let dir = folder();
    fs::write(dir.path().join("system.txt"), IMAGE).expect("written");
    for args in [["doc", "system.txt", "--to", "pdf"], ["doc", "system.txt", "-o", "system.pdf"]] {
        let done = run(dir.path(), &args);
        assert_eq!(code(&done), 2, "{}", err(&done));
        assert!(err(&done).contains("--to html"), "{}", err(&done));
    }
    assert!(!dir.path().join("system.pdf").exists());
}

#[cfg(feature = "pdf")]
#[test]
fn a_document_is_written_as_pdf_and_checked() {
    let dir = folder();
    fs::write(dir.path().join("system.txt"), IMAGE).expect("written");
    let done = run(dir.path(), &["doc", "system.txt", "-o", "system.pdf"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(fs::read(dir.path().join("system.pdf")).expect("written").starts_with(b"%PDF-"));
    let done = run(dir.path(), &["doc", "system.txt", "-o", "system.pdf", "--check"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
}

/// The figures of a picture that `draw` prints as JSON.
fn figure(dir: &Path, args: &[&str], name: &str) -> f64 {
    let all: Vec<&str> = ["draw", "shop.bp", "--quality=json", "-q"].iter().chain(args).copied().collect();
    let done = run(dir, &all);
    let text = out(&done);
    let at = text.find(&format!("\"{name}\"")).unwrap_or_else(|| panic!("{name} in {text}{}", err(&done)));
    let rest = text[at + name.len() + 3..].trim_start();
    let number = rest.split([',', '}', '\n']).next().expect("a number");
    number.trim().parse().expect("a number")
}

/// A folder with a pipeline of ten steps, each with a store, in two groups.
fn pipeline() -> tempfile::TempDir {
    let dir = folder();
    let mut text = String::from("title \"Shop\"\nuser buyer \"Buyer\"\ngroup front \"Front\" {\n");
    (0..5).for_each(|n| text += &format!("  service s{n} \"Step {n}\"\n"));
    text += "}\ngroup back \"Back\" {\n";
    (5..10).for_each(|n| text += &format!("  service s{n} \"Step {n}\"\n"));
    text += "}\nbuyer -> s0: orders\n";
    (1..10).for_each(|n| text += &format!("s{} -> s{n}: hands over\n", n - 1));
    text += "flow \"Order\" {\n  buyer -> s0 -> s1\n}\n";
    fs::write(dir.path().join("shop.bp"), text).expect("written");
    dir
}

#[test]
fn draw_fits_shapes_and_widths_by_layout() {
    let dir = pipeline();
    let dir = dir.path();
    let aspect = |fit: &str| figure(dir, &["--fit", fit], "aspect");
    let (portrait, landscape, screen) = (aspect("a4"), aspect("a4-landscape"), aspect("16:9"));
    assert!(portrait < 1.0 && 1.0 < landscape && landscape <= screen, "{portrait} {landscape} {screen}");
    let done = run(dir, &["draw", "shop.bp", "--fit", "600", "-o", "narrow.svg"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    let svg = fs::read_to_string(dir.join("narrow.svg")).expect("a picture");
    let width = svg.split("viewBox=\"0 0 ").nth(1).and_then(|s| s.split(' ').next()).expect("a width");
    assert!(width.parse::<f64>().expect("a number") <= 600.0, "{width}");
    for wrong in ["a5", "16:", "0:9", "99", "-3", "1:99", "NaN"] {
        assert_eq!(code(&run(dir, &["draw", "shop.bp", &format!("--fit={wrong}")])), 2, "{wrong}");
    }
}

#[test]
fn draw_reads_the_way_that_is_asked_for() {
    let dir = pipeline();
    let place = |direction: &str, id: &str| -> (f64, f64) {
        let done = run(dir.path(), &["draw", "shop.bp", "--direction", direction, "-q"]);
        let svg = out(&done);
        let tag = svg.split('<').find(|t| t.contains(&format!("data-id=\"{id}\""))).expect("a component");
        let place = tag.split("translate(").nth(1).and_then(|t| t.split(')').next()).expect("a place");
        let (x, y) = place.split_once(' ').expect("two numbers");
        (x.parse().expect("a number"), y.parse().expect("a number"))
    };
    let ((ax, _), (bx, _)) = (place("right", "s0"), place("right", "s1"));
    assert!(ax < bx);
    let ((_, ay), (_, by)) = (place("down", "s0"), place("down", "s1"));
    assert!(ay < by);
    assert_eq!(code(&run(dir.path(), &["draw", "shop.bp", "--direction", "left"])), 2);
    let refused = run(dir.path(), &["draw", "shop.bp", "--layout", "layout-rs"]);
    assert_eq!(code(&refused), 1, "{}", err(&refused));
    assert!(err(&refused).contains("BP0501"), "{}", err(&refused));
}

#[test]
fn draw_keeps_the_previous_picture_and_says_how_far() {
    let dir = pipeline();
    let dir = dir.path();
    assert_eq!(code(&run(dir, &["draw", "shop.bp", "-o", "shop.svg"])), 0);
    let again = run(dir, &["draw", "shop.bp", "--previous", "shop.svg", "-o", "again.svg"]);
    assert!(err(&again).contains("11 components kept, moved by 0 px"), "{}", err(&again));
    let read = |name: &str| fs::read(dir.join(name)).expect("a picture");
    assert!(read("shop.svg") == read("again.svg"), "the same text gives the same picture");
    let none = run(dir, &["draw", "shop.bp", "--previous", "missing.svg"]);
    assert_eq!(code(&none), 3, "{}", err(&none));
    fs::write(dir.join("empty.svg"), "<svg></svg>").expect("written");
    let empty = run(dir, &["draw", "shop.bp", "--previous", "empty.svg"]);
    assert!(code(&empty) != 0 && err(&empty).contains("BP0504"), "{}", err(&empty));
}

#[test]
fn draw_shows_parts_and_flows() {
    let dir = pipeline();
    let dir = dir.path();
    let draw = |args: &[&str]| {
        let all: Vec<&str> = ["draw", "shop.bp", "-q"].iter().chain(args).copied().collect();
        let done = run(dir, &all);
        (code(&done), out(&done), err(&done))
    };
    let has = |svg: &str, id: &str| svg.contains(&format!("data-id=\"{id}\""));
    let (status, svg, _) = draw(&["--collapse", "back"]);
    assert!(status == 0 && has(&svg, "s4") && !has(&svg, "s7"));
    let (status, svg, _) = draw(&["--focus", "s4"]);
    assert!(status == 0 && has(&svg, "s3") && has(&svg, "s5") && !has(&svg, "s2"));
    let (status, svg, _) = draw(&["--focus", "s4", "--depth", "2"]);
    assert!(status == 0 && has(&svg, "s2") && !has(&svg, "s1"));
    let (by_title, by_number) = (draw(&["--flow", "Order"]), draw(&["--flow", "1"]));
    assert!(by_title.0 == 0 && by_title == by_number && by_title.1.starts_with("<svg"));
    for wrong in [["--collapse", "nobody"], ["--focus", "nobody"], ["--flow", "nothing"], ["--flow", "2"]] {
        let (status, _, message) = draw(&wrong);
        assert!(status != 0 && !message.is_empty(), "{wrong:?}");
    }
    assert_eq!(draw(&["--depth", "2"]).0, 2, "depth needs a focus");
}

#[test]
fn draw_has_its_formats_figures_and_bounds() {
    let dir = pipeline();
    let dir = dir.path();
    let draw = |args: &[&str]| {
        let all: Vec<&str> = ["draw", "shop.bp"].iter().chain(args).copied().collect();
        run(dir, &all)
    };
    let text = out(&draw(&["--format", "txt"]));
    assert!(text.contains("Step 3") && text.contains('│'));
    let ascii = out(&draw(&["--format", "txt", "--ascii"]));
    assert!(ascii.contains("Step 3") && ascii.is_ascii());
    assert!(out(&draw(&["--format", "html"])).contains("<html"));
    assert_eq!(code(&draw(&["-o", "shop.gif"])), 2, "no such format");
    let figures = out(&draw(&["--quality"]));
    assert!(figures.contains("crossings") && !figures.contains("<svg"));
    assert_eq!(code(&draw(&["--fail-on", "crossings>100"])), 0);
    let failed = draw(&["--fail-on", "flow<2", "-o", "bound.svg"]);
    assert_eq!(code(&failed), 1, "{}", err(&failed));
    assert_eq!(code(&draw(&["--fail-on", "beauty>1"])), 2);
    for ground in ["light", "dark", "auto"] {
        assert!(out(&draw(&["--ground", ground])).starts_with("<svg"));
    }
    assert!(out(&draw(&["--font", "system"])).len() < out(&draw(&["--font", "embed"])).len());
    assert!(out(&draw(&["--theme", "blueprint"])) != out(&draw(&[])));
    assert_ne!(code(&draw(&["--theme", "nobody"])), 0);
    assert_ne!(code(&draw(&["--icons", "missing.json"])), 0);
    assert_eq!(code(&draw(&["--out-dir", "pictures"])), 0);
    assert!(dir.join("pictures/shop.svg").is_file());
    assert_eq!(code(&draw(&["--out-dir", "pictures", "-o", "one.svg"])), 2, "one or the other");
}

#[test]
fn icons_of_a_folder_are_drawn_and_bring_nothing_else() {
    let dir = folder();
    fs::create_dir(dir.path().join("own")).expect("made");
    let icon = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48' onload='steal()'><style>*{fill:url(http://x)}</style>\
                <script>steal()</script><g transform='translate(2 2)'><path d='M4 6h32v30z'/></g></svg>";
    fs::write(dir.path().join("own/queue.svg"), icon).expect("written");
    fs::write(dir.path().join("own/notes.txt"), "no icon").expect("written");
    fs::write(dir.path().join("a.bp"), "queue jobs\nservice worker\njobs ~> worker\n").expect("written");
    let drawn = run(dir.path(), &["draw", "a.bp", "--icons", "own"]);
    assert_eq!(code(&drawn), 0, "{}", err(&drawn));
    let svg = out(&drawn);
    assert!(svg.contains(" d=\"M3 4h16v15z\""), "{svg}");
    for foreign in ["steal", "http://x", "onload", "<script"] {
        assert!(!svg.contains(foreign), "{foreign}");
    }
    fs::write(dir.path().join("own/turned.svg"), icon.replace("translate(2 2)", "rotate(45)"))
        .expect("written");
    let refused = run(dir.path(), &["draw", "a.bp", "--icons", "own"]);
    assert!(code(&refused) == 1 && err(&refused).contains("BP0708"), "{}", err(&refused));
}

#[test]
fn designs_are_listed_searched_and_begun_from() {
    let dir = folder();
    let all = run(dir.path(), &["designs"]);
    assert_eq!(code(&all), 0, "{}", err(&all));
    assert!(out(&all).contains("url-shortener") && out(&all).contains("saga-orchestration"));
    let few = run(dir.path(), &["designs", "saga", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&out(&few)).expect("JSON");
    let ids: Vec<&str> = list["designs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| d["id"].as_str().expect("an id"))
        .collect();
    assert!(ids.contains(&"saga-choreography") && !ids.contains(&"url-shortener"), "{ids:?}");
    assert_eq!(code(&run(dir.path(), &["designs", "nosuchthing"])), 1);

    let text = run(dir.path(), &["new", "url-shortener"]);
    assert_eq!(code(&text), 0, "{}", err(&text));
    assert!(out(&text).starts_with("# URL shortener: a reference design"));
    let made = run(dir.path(), &["new", "url-shortener", "-o", "links.bp"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert_eq!(fs::read_to_string(dir.path().join("links.bp")).expect("written"), out(&text));
    assert_eq!(code(&run(dir.path(), &["build", "links.bp"])), 0, "what `new` writes can be built");
    assert_eq!(code(&run(dir.path(), &["new", "url-shortener", "-o", "links.bp"])), 3, "nothing is replaced");
    assert_eq!(code(&run(dir.path(), &["new", "url-shortener", "-o", "links.bp", "--force"])), 0);
    let wrong = run(dir.path(), &["new", "url-shortner"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("did you mean `url-shortener`?"), "{}", err(&wrong));
}

#[test]
fn read_explains_requests_and_ambiguous_words() {
    let dir = folder();
    let request = ["read", "--explain", "--text", "Design a kennel shop like Rover with payouts"];
    let told = out(&run(dir.path(), &request));
    assert!(told.contains("asks for the capability “payments”: Payment service"), "{told}");
    assert!(
        told.contains("[assumed: capability: payments]") || told.contains("[assumed: design: "),
        "{told}"
    );
    let text = "The shop calls the order service and the billing service. The service writes to Postgress.";
    let told = out(&run(dir.path(), &["read", "--explain", "--text", text]));
    assert!(
        told.contains("ambiguous  “The service” is taken for Billing service; it could be Order service"),
        "{told}"
    );
}

/// No name and no reason reaches a terminal with what it would obey, and none makes a line of its own.
#[test]
fn what_people_write_steers_no_terminal() {
    let dir = tempfile::tempdir().expect("a directory");
    let hostile = "\\u001b[2J\\u0007\\n0 errors, 0 warnings";
    let system = format!(
        "{{\"title\": \"{hostile}\", \"components\": [{{\"id\": \"u\", \"kind\": \"user\", \"label\": \"{hostile}\"}}, \
         {{\"id\": \"f\", \"kind\": \"function\", \"technology\": \"aws.lambda\", \"label\": \"{hostile}\"}}, \
         {{\"id\": \"d\", \"kind\": \"database\", \"technology\": \"postgresql\", \"label\": \"{hostile}\"}}], \
         \"connections\": [{{\"from\": \"u\", \"to\": \"f\", \"label\": \"{hostile}\"}}, {{\"from\": \"f\", \"to\": \"d\"}}], \
         \"suppressions\": [{{\"rule\": \"SRV001\", \"about\": [\"f\"], \"reason\": \"{hostile}\"}}]}}"
    );
    fs::write(dir.path().join("h.json"), system).expect("written");
    for args in [
        &["review", "h.json"][..],
        &["review", "h.json", "--fix", "all"],
        &["read", "h.json"],
        &["read", "h.json", "--explain"],
        &["export", "h.json", "--to", "bp"],
        &["doc", "h.json"],
    ] {
        let done = run(dir.path(), args);
        let said = [done.stdout, done.stderr].concat();
        assert!(
            !said.iter().any(|b| matches!(b, 0x1b | 0x07)),
            "{args:?}: {}",
            String::from_utf8_lossy(&said)
        );
    }
    let review = String::from_utf8(run(dir.path(), &["review", "h.json"]).stdout).expect("text");
    assert!(
        !review.lines().any(|l| l.starts_with("0 errors, 0 warnings") && !l.ends_with("open.")),
        "{review}"
    );
}
