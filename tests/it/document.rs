//! Documents: hostile text stays text, nothing is empty, limits hold, own words survive, same input same bytes.

use blueprose::catalog::catalog;
use blueprose::document::{DocumentOptions, TEMPLATES, write};
use blueprose::model::{Architecture, Builder, Component, Connection, Id, Kind, Mode, Note, Record};
use blueprose::review::{Review, ReviewOptions, review};

fn build(yaml: &str) -> Architecture {
    let record: Record = serde_yaml::from_str(yaml).expect("a record");
    record.build(&|name| catalog().look_up(name)).0
}

fn reviewed(a: &Architecture) -> Review {
    review(a, &ReviewOptions::default())
}

fn with(template: &str) -> DocumentOptions {
    DocumentOptions { template: Some(template.to_owned()), ..DocumentOptions::default() }
}

const HOSTILE: &str = "a | b <script>alert(1)</script> `code` {{ 7*7 }} {% raw %}\n# head\n[x](javascript:alert(1)) <!-- keep:x -->";

fn hostile() -> Architecture {
    let mut a = Architecture::new();
    a.title = Some(HOSTILE.into());
    a.description = Some(HOSTILE.into());
    for id in ["a", "b"] {
        let mut c = Component { id: Id::parse(id).expect("an id"), ..Component::new(HOSTILE, Kind::Service) };
        c.description = Some(HOSTILE.into());
        a.add_component(c).expect("new");
    }
    let label = HOSTILE.to_owned();
    let (protocol, payload) = (Some(label.clone()), Some(label.clone()));
    a.connect("a", "b", Connection { label: Some(label), protocol, payload, ..Connection::new(Mode::Sync) })
        .expect("both");
    a.add_note(Note { text: HOSTILE.into(), about: None, origin: Default::default() }).expect("valid");
    a
}

#[test]
fn hostile_text_stays_text_in_every_template() {
    let a = hostile();
    for (name, template) in TEMPLATES {
        let text = write(&a, &reviewed(&a), None, &with(template)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(!text.contains("<script"), "{name}");
        assert!(!text.replace("\\]", "").contains("](javascript:"), "{name}");
        assert!(!text.contains("<!-- keep:x"), "{name}: a mark from the text works");
        assert!(!text.contains(" 49 "), "{name}: a template in a name was run");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2).filter(|p| p[0].starts_with('|') && p[1].starts_with('|')) {
            assert_eq!(columns(pair[0]), columns(pair[1]), "{name}: {pair:?}");
        }
        assert!(!lines.contains(&"# head"), "{name}");
    }
}

#[test]
fn no_heading_stands_over_nothing() {
    let small = build("components: [{id: a, kind: service}]");
    let a = hostile();
    for (name, template) in TEMPLATES {
        for architecture in [&small, &a] {
            let text = write(architecture, &reviewed(architecture), None, &with(template)).expect("works");
            let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
            for pair in lines.windows(2) {
                let depth = |l: &str| l.bytes().take_while(|b| *b == b'#').count();
                let (above, below) = (depth(pair[0]), depth(pair[1]));
                assert!(above == 0 || below == 0 || below > above, "{name}: {pair:?}");
            }
        }
    }
}

#[test]
fn templates_are_bounded() {
    let a = build("components: [{id: a}]");
    let r = reviewed(&a);
    let endless =
        "{% for a in range(10000) %}{% for b in range(10000) %}{% set x = a %}{% endfor %}{% endfor %}";
    let error = write(&a, &r, None, &with(endless)).expect_err("too much work");
    assert!(error.message.contains("20000000"), "{error}");
    let huge = "{% for a in range(10000) %}{{ 'x' * 100000 }}{% endfor %}";
    assert!(write(&a, &r, None, &with(huge)).is_err());
    let deep = "{% include 'template' %}";
    assert!(write(&a, &r, None, &with(deep)).is_err());
    let error = write(&a, &r, None, &with("fine\n{{ 1 + }}")).expect_err("a mistake");
    assert!(error.message.starts_with("template, line 2"), "{error}");
    let file = "{% include '/etc/passwd' %}";
    assert!(write(&a, &r, None, &with(file)).is_err());
}

#[test]
fn partials_are_found_and_own_words_survive() {
    let a = build("title: T\ncomponents: [{id: a}]");
    let mut options = with("{% include 'head' %}\n\n<!-- keep:own -->\n<!-- /keep -->\n");
    options.partials = vec![("head".into(), "# {{ title }}".into())];
    options.former = Some("<!-- keep:own -->\nby hand\n<!-- /keep -->".into());
    let text = write(&a, &reviewed(&a), None, &options).expect("works");
    assert!(text.starts_with("# T\n") && text.contains("by hand"), "{text}");
}

#[test]
fn everything_stated_is_in_the_document() {
    let a = build(
        "title: Shop\ncomponents: [{id: u, label: Shopper, kind: user}, {id: s, label: Basket service, kind: service, \
         description: Keeps baskets, properties: {timeout: 3 s}}, {id: d, label: Baskets, kind: database, technology: postgresql}]\n\
         connections: [{from: u, to: s, label: add item, protocol: HTTPS, payload: item id}, {from: s, to: d, label: write basket}]\n\
         notes: [{text: We chose PostgreSQL because the team knows it., about: d}, {text: Open at night}]\n\
         workload: [{key: latency, value: 250 ms p99}, {key: budget, value: $900/month}]\n\
         suppressions: [{rule: DAT010, about: [d], reason: read by the old shop}]\n\
         assumptions: [{text: Shoppers have a browser}]\nquestions: [{text: Who owns the basket?}]\n",
    );
    let text = write(&a, &reviewed(&a), None, &DocumentOptions::default()).expect("works");
    for words in [
        "Shopper",
        "Basket service",
        "Keeps baskets",
        "3 s",
        "PostgreSQL",
        "add item",
        "HTTPS",
        "item id",
        "write basket",
        "because the team knows it",
        "Open at night",
        "250 ms p99",
        "900/month",
        "read by the old shop",
        "have a browser",
        "Who owns the basket?",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    let again = write(&a, &reviewed(&a), None, &DocumentOptions::default()).expect("works");
    assert_eq!(text, again);
}

#[test]
fn the_builder_gives_a_document_too() {
    let a = Builder::new("B")
        .component("u", "User", Kind::User)
        .component("s", "S", Kind::Service)
        .call("u", "s", "ask")
        .build();
    let a = a.expect("valid");
    assert!(write(&a, &reviewed(&a), None, &DocumentOptions::default()).expect("works").contains("ask → S"));
}

fn of_text(name: &str, text: &str) -> String {
    let source = blueprose::text::Source::new(name, text);
    let options = blueprose::Options { inline: true, ..Default::default() };
    blueprose::compile(&source, &options).value.document
}

/// What nothing was read from is told all the same; a reason is a decision; nothing of both stands twice.
#[test]
fn sentences_without_a_part_and_reasons_are_told() {
    let text = "The API writes orders to PostgreSQL. Nobody on the team may be woken at night. \
                We like it because it is boring.";
    let document = of_text("shop.txt", text);
    let told = |words: &str| document.matches(words).count();
    // In the opening, in the description, and once among what is stated.
    assert!(told("Nobody on the team may be woken at night") > 2, "{document}");
    assert!(
        document.contains("## Decisions") && told("“We like it because it is boring.”") == 1,
        "{document}"
    );
    assert_eq!(told("- “The API writes orders"), 0, "{document}");
}

/// Components of one label are told apart, an entry that goes on like another says so, and every flow has its picture.
#[test]
fn like_names_are_told_apart_and_like_flows_told_once() {
    let text = "user u\nuser v\nservice a \"API\"\nservice b \"Back\"\ndatabase d1 \"Database\"\ndatabase d2 \"Database\"\n\
                u -> a: buy\nv -> a: sell\na -> d1: write order\na -> b: ask\nb -> d2: write bill\n";
    let document = of_text("shop.bp", text);
    for words in
        ["Database (API)", "Database (Back)", "Then as in “u: buy” from step 2 on.", "## Order of building"]
    {
        assert!(document.to_lowercase().contains(&words.to_lowercase()), "{words}: {document}");
    }
    assert!(document.matches("<figure>").count() >= 3, "the whole and two flows");
}
