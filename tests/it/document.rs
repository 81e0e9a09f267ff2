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

const HOSTILE: &str = "a | b <script>alert(1)</script> `code` {{ 7*11*13 }} {% raw %}\n# head\n[x](javascript:alert(1)) <!-- keep:x -->";

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

/// Every place of a record that takes a text holds the hostile one.
fn hostile_record() -> Architecture {
    let text = serde_json::Value::from(HOSTILE).to_string();
    build(&format!(
        "title: {text}\ndescription: {text}\n\
         components: [{{id: u, label: {text}, kind: user}}, {{id: a, label: {text}, kind: service, technology: {text}, group: g, \
         properties: {{owner: {text}}}}}, {{id: q, label: {text}, kind: queue}}, {{id: d, label: {text}, kind: database}}]\n\
         groups: [{{id: g, label: {text}, kind: boundary}}]\n\
         connections: [{{from: u, to: a, label: {text}, protocol: {text}}}, {{from: a, to: q, label: {text}, payload: {text}, style: async}}, \
         {{from: a, to: d, label: {text}}}]\n\
         scenarios: [{{title: {text}, steps: [{{from: u, to: a, text: {text}}}]}}]\n\
         notes: [{{text: {text}, about: a}}]\nworkload: [{{key: schedule, value: {text}, about: a}}]\n\
         suppressions: [{{rule: EVT002, about: [q], reason: {text}}}]\nassumptions: [{{text: {text}}}]\n\
         questions: [{{text: {text}}}]\n"
    ))
}

/// What a browser would run, or load from elsewhere, in a page of HTML.
fn active(page: &str) -> Option<&'static str> {
    let page = page.to_lowercase();
    ["<script", "<img", "<iframe", "href=\"javascript:", "</style><"]
        .into_iter()
        .find(|bad| page.contains(bad))
}

#[test]
fn hostile_text_stays_text_on_pages_and_in_quoted_sources() {
    let text = format!("```\n{HOSTILE}\n````\n</script><img src=x onerror=alert(1)>\n");
    for a in [hostile(), hostile_record()] {
        for (name, template) in TEMPLATES {
            let source = blueprose::text::Source::new("</title><script>.txt", text.clone());
            let options = DocumentOptions { front_matter: true, ..with(template) };
            let document = write(&a, &reviewed(&a), Some(&source), &options).expect("works");
            assert!(!document.contains(" 1001 "), "{name}: a template in a text was run");
            let page = blueprose::document::html_page(&document, HOSTILE).expect("works");
            assert_eq!(active(&page), None, "{name}: {page}");
        }
    }
}

#[test]
fn hostile_text_stays_text_in_every_template() {
    for (a, (name, template)) in
        [hostile(), hostile_record()].iter().flat_map(|a| TEMPLATES.iter().map(move |t| (a, t)))
    {
        let text = write(a, &reviewed(a), None, &with(template)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(!text.contains("<script"), "{name}");
        assert!(!text.replace("\\]", "").contains("](javascript:"), "{name}");
        assert!(!text.contains("<!-- keep:x"), "{name}: a mark from the text works");
        assert!(!text.contains(" 1001 "), "{name}: a template in a name was run");
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

/// Own words whose place is gone stand at the end, and it is said.
#[test]
fn own_words_without_a_place_are_told() {
    let document = DocumentOptions {
        former: Some(
            "<!-- keep:gone -->\nby hand\n<!-- /keep -->\n<!-- keep:notes -->\nmore\n<!-- /keep -->".into(),
        ),
        ..DocumentOptions::default()
    };
    let options = blueprose::Options { document, ..blueprose::Options::default() };
    let source = blueprose::text::Source::new("t.bp", "service a\nservice b\na -> b\n");
    let done = blueprose::compile(&source, &options);
    let told: Vec<_> = done.diagnostics.iter().filter(|d| d.code == "BP0602").collect();
    assert!(
        told.len() == 1 && told[0].message.contains("`gone`") && !told[0].message.contains("notes"),
        "{told:?}"
    );
    assert!(done.value.document.contains("<!-- keep:notes -->\nmore\n<!-- /keep -->"));
    assert!(done.value.document.contains("## Kept from an earlier version\n\n<!-- keep:gone -->\nby hand"));
}

/// How soon an alarm must arrive says nothing of how soon a page must answer.
#[test]
fn what_is_on_its_way_is_no_answer() {
    let text = "Technicians open the dashboard, which reads PostgreSQL. The dashboard publishes alarms to SNS. An alarm has to \
                reach the technician within 60 seconds.";
    let document = of_text("alarms.txt", text);
    assert!(document.contains("| Time until it arrives | 60 seconds |"), "{document}");
    assert!(!document.contains("by these figures"), "{document}");
    let answered =
        of_text("alarms.txt", &text.replace("An alarm has to reach the technician", "A page must answer"));
    assert!(answered.contains("| Time to answer | 60 seconds |"), "{answered}");
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
        ["Database (API)", "Database (Back)", "Then as in “u: buy” from step A2 on.", "## Order of building"]
    {
        assert!(document.to_lowercase().contains(&words.to_lowercase()), "{words}: {document}");
    }
    assert!(document.matches("<figure>").count() >= 3, "the whole and two flows");
}

/// The list of sentences that nothing was read from: all of them, word for word, and no other.
#[test]
fn the_list_of_unread_sentences_is_exact() {
    let text = "# Shop\n\nThe API writes orders to PostgreSQL. All of it must be cheap to run.\n\n\
                - Every screen must work without a mouse.\n- The API answers within 300 ms.\n\n\
                We like it because it is boring. Is the e.g. old stock kept? The web app calls the API.\n";
    let document = of_text("shop.txt", text);
    let list = document.split("Stated beyond the picture and the figures:").nth(1);
    let list = list.and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
    let told: Vec<&str> = list.lines().filter(|l| l.starts_with("- ")).collect();
    assert_eq!(
        told,
        [
            "- “All of it must be cheap to run.”",
            "- “Every screen must work without a mouse.”",
            "- “Is the e.g. old stock kept?”"
        ],
        "{document}"
    );
    assert!(!of_text("shop.bp", "service a \"A\"\n").contains("was read from these sentences"));
}

/// What one sentence tells of a program are steps of one way, each at the full rate.
#[test]
fn steps_of_one_sentence_are_one_way() {
    let text = "Guests use an app. The app gets a signed address from the API and puts the photo into a bucket. \
                We expect 3,000 photos an hour.";
    let document = of_text("photos.txt", text);
    assert!(document.contains("| Bucket | 50/min | App 50/min |"), "{document}");
    assert!(document.contains("| API | 50/min | App 50/min |"), "{document}");
}

/// A sentence of which only a name was read is told where it says more; one that only names parts is not.
#[test]
fn sentences_that_say_more_than_a_name_are_told() {
    let text = "The shop has a web app, an API and a database. Guests open the web app, which calls the API. \
                The API writes bookings to the database. Guests never see the internal notes of the kitchen staff.";
    let document = of_text("shop.txt", text);
    assert!(document.contains("- “Guests never see the internal notes of the kitchen staff.”"), "{document}");
    assert!(!document.contains("- “The shop has a web app"), "{document}");
}

/// A figure of a part is not told as one of the whole, and stands with its sentence; what nothing is connected to is told
/// in the words of the text; a text that opens with its name is called so.
#[test]
fn figures_and_lone_parts_are_told_with_their_sentences() {
    let document = of_text(
        "meters.txt",
        "Meter readings. Meters send readings over MQTT to the broker. Readings are kept for two years. \
         An audit service checks seals.",
    );
    assert!(document.starts_with("# Meter readings\n"), "{document}");
    let row =
        "| How long data is kept | two years | “Readings” | stated: “Readings are kept for two years.” |";
    assert!(document.contains(row) && !document.contains("two years (stated)"), "{document}");
    assert!(document.contains("“An audit service checks seals.”"), "{document}");
}

#[test]
fn a_decision_is_about_what_its_sentence_names() {
    let text = "The API stores orders in DynamoDB. The API caches prices in Redis. \
                We chose DynamoDB because orders are read by key.";
    let source = blueprose::text::Source::new("shop.txt", text);
    let mut options = blueprose::Options::default();
    options.document.template = blueprose::document::template("adr").map(str::to_owned);
    let document = blueprose::compile(&source, &options).value.document;
    assert!(document.contains("## 1. Amazon DynamoDB\n"), "{document}");
    assert!(!document.contains("| Amazon DynamoDB |") && document.contains("| Redis |"), "{document}");
}

/// `docs/templates.md` names everything that a template sees, and nothing else.
#[test]
fn the_page_of_templates_is_whole() {
    let page = std::fs::read_to_string("docs/templates.md").expect("the page");
    let table = page.split("## What a template sees").nth(1).expect("the table");
    let rows: Vec<(&str, &str)> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|row| row.split_once(" | "))
        .collect();
    let names = |cell: &str| -> Vec<String> {
        let parts =
            cell.split([',', '(']).map(|n| n.trim().trim_matches('`').trim_end_matches('?').to_owned());
        parts.filter(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !n.is_empty()).collect()
    };
    let text = "People use the web app, which calls the API over HTTPS. The API stores orders in PostgreSQL in AWS and \
                publishes events to Kafka; a worker consumes them. We chose Kafka because events are replayed. \
                All of it must be cheap. We expect 40 requests per second.";
    let source = blueprose::text::Source::new("shop.txt", text);
    let done = blueprose::compile(&source, &blueprose::Options::default()).value;
    let outline = blueprose::document::Outline::of(
        &done.architecture,
        &done.review,
        Some(&source),
        &DocumentOptions::default(),
    );
    let value = serde_json::to_value(&outline).expect("plain data");
    let fields = value.as_object().expect("an object");
    let described: Vec<String> = rows.iter().flat_map(|(cell, _)| names(cell)).collect();
    let missing: Vec<_> = fields.keys().filter(|k| !described.contains(k)).collect();
    assert!(missing.is_empty(), "docs/templates.md lacks {missing:?}");
    let gone: Vec<_> = described.iter().filter(|n| !fields.contains_key(*n) && *n != "settings").collect();
    assert!(gone.is_empty(), "docs/templates.md names {gone:?}, which a template does not see");
    for (cell, what) in &rows {
        for name in names(cell) {
            let first = fields.get(&name).and_then(|v| v.as_array()).and_then(|list| list.first());
            for key in first.and_then(|v| v.as_object()).into_iter().flat_map(|o| o.keys()) {
                assert!(what.contains(key.as_str()), "docs/templates.md: `{name}` lacks `{key}`");
            }
        }
    }
}

/// Where the whole is large, each outer group has a picture; where it is small, the picture of the whole is enough.
#[test]
fn groups_of_a_large_system_have_pictures_of_their_own() {
    let system = |groups: usize| {
        let mut text = String::from("title \"Large\"\n");
        for g in 0..groups {
            let parts: String = (0..10).map(|n| format!("  service s{g}-{n} \"Part {g}.{n}\"\n")).collect();
            text.push_str(&format!("group g{g} \"Place {g}\" {{\n{parts}}}\n"));
        }
        text.push_str("s0-0 -> s1-0: ask\n");
        text
    };
    let compiled = |text: String| {
        let mut options = blueprose::Options::default();
        options.document.picture = Some(blueprose::document::Picture::Link("large.svg".into()));
        blueprose::compile(&blueprose::text::Source::new("large.bp", text), &options).value
    };
    let large = compiled(system(5));
    let ids: Vec<String> = large.places().iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(ids, ["g0", "g1", "g2", "g3", "g4"]);
    let (_, svg) = &large.places()[0];
    assert!(svg.contains("Part 0.9") && svg.contains("Part 1.0") && !svg.contains("Part 2.0"));
    assert!(large.document.contains("### In Place 4\n\n![What is in Place 4](large.group-g4.svg)"));
    let small = compiled(system(2));
    assert!(small.places().is_empty() && !small.document.contains("### In Place"));
}

/// What a person does by one of two ways is told once for each; who is only woken is none of those it is for; a cache slows
/// down, unless it keeps what is nowhere else; what a broker hands on goes where its words say.
#[test]
fn ways_duties_caches_and_brokers_are_told_apart() {
    let text = "user u \"Tenants\"\nclient w \"Web\"\nclient m \"App\"\ngateway b \"Broker\"\nservice s \"Heating\"\n\
                service r \"Rules\"\nservice log \"History\"\ncache c \"Tariffs\"\ncache p \"Presence\"\ndevice d \"Valves\" x30\n\
                identity id \"Sign-in\"\nmonitoring mon \"Metrics\"\nnotification bell \"Bell\" using pagerduty\nuser duty \"Janitor\"\n\
                u -> id: sign in\nu -> w: set the heat\nu -> m: set the heat\nw -> s\nm -> s\ns -> c: read tariff\n\
                s -> p: keep presence\nd ~> b: send measurement\nb ~> log: measurement\nb ~> r: measurement\n\
                r ~> b: send command\nb ~> d: command\nmon ~> bell: alert\nbell -> duty: call\n\
                expect on d { schedule: every minute }\n";
    let document = of_text("flats.bp", text);
    for words in [
        "**For:** Tenants. **Devices:** Valves.",
        "### Tenants: set the heat (App)",
        "| Tariffs | – | Heating (goes on, slower) | – | – |",
        "| Presence | Tenants, Web and App | Heating | – | – |",
        "| Rules | Valves | – | Broker | – |",
        "| Broker | 30/min | Valves 30/min |",
        "| Bell | Notification service |",
    ] {
        assert!(document.contains(words), "{words}: {document}");
    }
    assert!(!document.contains("Engineer") && !document.contains("| Sign-in | process | open"), "{document}");
}

/// Quotations lose the marks of Markdown, and of several times to answer none is taken for that of the whole.
#[test]
fn quotations_are_bare_and_several_targets_are_none() {
    let text = "# Lab\n\n- The **result service** answers within 300 ms and reads results from PostgreSQL.\n\
                - Doctors open the *lab portal*, which calls the result service within 2 seconds.\n";
    let document = of_text("lab.md", text);
    assert!(document.contains("stated: “The result service”"), "{document}");
    assert!(!document.contains("\\*"), "{document}");
    let several = "user u\nservice s\nu -> s\nexpect { latency: 300 ms }\nexpect { latency: 2 s }\n";
    let document = of_text("lab.bp", several);
    assert!(document.contains("several are stated") && !document.contains("kept by these"), "{document}");
}

/// A large whole with places has a table for each; what stands in no stated place is on no side of a boundary.
#[test]
fn places_have_their_own_tables() {
    let mut text = String::from("onprem dc \"Plant\" {\n");
    (0..6).for_each(|n| text.push_str(&format!("  service a{n} \"Press {n}\"\n")));
    text.push_str("}\ncloud az \"Cloud\" {\n");
    (0..6).for_each(|n| text.push_str(&format!("  service b{n} \"Report {n}\"\n")));
    text.push_str("}\nservice x \"Loose end\"\n");
    (0..6).for_each(|n| text.push_str(&format!("a{n} -> b{n}: send figures\nb{n} -> x: ask\n")));
    let document = of_text("plant.bp", &text);
    for words in [
        "### Plant\n",
        "### Cloud\n",
        "### In no place that is stated\n",
        "| Press 0 | Report 0 | Plant | Cloud |",
    ] {
        assert!(document.contains(words), "{words}: {document}");
    }
    assert!(!document.contains("| Report 0 | Loose end | Cloud"), "{document}");
}

/// A figure that stands in the words of one component's arrows is said of that component.
#[test]
fn figures_are_of_whom_their_words_are_about() {
    let text = "Seat maps.\n\nVisitors ask the seat API for a map. The price service answers within 80 ms and reads prices from \
                PostgreSQL. The report job runs for 50 minutes and writes reports to an S3 bucket, where they are kept for two \
                years. The seat API calls the price service. An answer is needed within 900 ms.\n";
    let document = of_text("seats.txt", text);
    for words in [
        "| Time to answer | 80 ms | Price service |",
        "| Duration of one piece of work | 50 minutes | Report job |",
        "| Time to answer | 900 ms | the whole |",
    ] {
        assert!(document.contains(words), "{words}: {document}");
    }
}

/// What a team on call and a reader of one page look for: who stands in the runbook, of what a figure is, what else was found.
#[test]
fn other_templates_tell_what_their_readers_look_for() {
    let text = "Customers use an app. The app calls the order API. The order API charges the card through Stripe and publishes \
                an order event to Kafka with a retention of 3 days. A billing job creates invoices in Dynamics 365 at the end \
                of each month. Order records are kept for 7 years, search logs for 14 days. Data flows to EU servers so that it \
                stays near the people who ask for it most of the day.";
    let of = |name: &str| {
        let source = blueprose::text::Source::new("shop.txt", text);
        let mut options = blueprose::Options::default();
        options.review.profile = blueprose::review::Profile::Production;
        options.document.template = blueprose::document::template(name).map(str::to_owned);
        blueprose::compile(&source, &options).value.document
    };
    let runbook = of("runbook");
    assert!(runbook.contains("## Billing job\n"), "{runbook}");
    assert!(runbook.contains("- How long data is kept: 3 days\n"), "{runbook}");
    let page = of("one-page");
    assert!(page.contains("| How long data is kept (“Order records”) | 7 years |"), "{page}");
    assert!(page.contains(" more findings: "), "{page}");
    let rfc = of("rfc");
    assert!(rfc.contains("- How long data is kept: 14 days (“search logs”)"), "{rfc}");
    let adr = of("adr");
    assert!(adr.contains("## 1. “Data flows to EU servers so that …”"), "{adr}");
}
