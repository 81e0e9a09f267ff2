//! What documents tell of figures, people and settings, against the words of the text.

use blueprose::document::{DocumentOptions, TEMPLATES, write};
use blueprose::{Options, compile, text::Source};

/// The document of a text in a built-in template.
fn of(name: &str, text: &str, template: Option<&str>) -> String {
    let source = Source::new(name, text);
    let done = compile(&source, &Options::default()).value;
    let built_in =
        |name: &str| TEMPLATES.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned());
    let template = template.map(|name| built_in(name).expect("a built-in template"));
    let options = DocumentOptions { template, ..DocumentOptions::default() };
    write(&done.architecture, &done.review, Some(&source), &options).expect("a document")
}

/// The comma in "60,000" ends no clause.
#[test]
fn a_number_with_a_comma_is_one_word() {
    let text = "# Meters\n\nAbout 60,000 heat meters in flats report every 30 seconds. The meters send readings to a gateway service. \
        The gateway service stores them in PostgreSQL.";
    let page = of("m.txt", text, None);
    assert!(!page.contains("“000 "), "{page}");
}

/// A time that is told of a part by the name that opens its clause is no time of the whole to answer.
#[test]
fn a_time_of_a_part_is_not_asked_of_the_whole() {
    let text = "# Films\n\nViewers call the playback service, which reads titles from MySQL. \
        The home service reads the page from Cassandra in under 20 ms. Cassandra holds 12 TB.";
    let page = of("f.txt", text, None);
    assert!(page.contains("| Time to answer | 20 ms | Home service |"), "{page}");
    assert!(
        !page.contains("20 ms: not kept") && !page.contains("| Time to answer | 20 ms (stated) |"),
        "{page}"
    );
}

/// Who is told by an alarm gets something from it, and a yes is written as one.
#[test]
fn people_are_told_by_alarms_and_settings_are_words() {
    let text = "user op \"Engineer on call\"\nmonitoring m \"Alarm\"\nservice s \"Shop\" { multi_az: true }\n\
        database d \"Orders\"\nm ~> op: page\ns -> m: metrics\ns -> d: write\n";
    let page = of("a.bp", text, None);
    assert!(page.contains("| **Engineer on call** | User | – | Alarm (page) |"), "{page}");
    assert!(page.contains("| Shop | multi AZ | yes |"), "{page}");
    let rfc = of("a.bp", text, Some("rfc"));
    assert!(rfc.contains("- Shop: multi AZ yes (stated)"), "{rfc}");
}

/// An rfc tells where things run, as all that is stated stands in a document.
#[test]
fn an_rfc_tells_where_things_run() {
    let page =
        of("r.bp", "region eu \"eu-west-1\" {\n  service s \"Shop\"\n}\nuser u\nu -> s\n", Some("rfc"));
    assert!(page.contains("- eu-west-1 (Region): Shop"), "{page}");
    assert!(!of("r.bp", "user u\nservice s\nu -> s\n", Some("rfc")).contains("Where it runs"));
}

/// A store that takes from a channel what others write into it is written; it is not what the channel reads.
#[test]
fn a_store_reads_from_a_stream() {
    let text = "service c \"Collector\"\nstream k \"Kafka\"\nwarehouse w \"ClickHouse\"\nc ~> k: write\nk ~> w: read\n";
    let page = of("k.bp", text, None);
    assert!(page.contains("| Kafka | Stream | not stated | Collector | ClickHouse |"), "{page}");
    // A stream of changes does read what it passes on.
    let text = "service c \"Sync\"\nstream k \"Change stream\"\ndatabase d \"Orders\"\nk ~> d: read changes\nk ~> c\n";
    assert!(of("c.bp", text, None).contains("| Change stream | Stream | not stated | Orders | Sync |"));
}

/// What waits for a part need not fail with it; what delivers tells nobody; a vault is used, and gets no work.
#[test]
fn a_runbook_says_no_more_than_is_known() {
    let text = "user u\nlb b \"Balancer\"\nservice s \"Shop\"\nsecrets v \"Vault\"\ncicd p \"Pipeline\"\nmonitoring m \"Metrics\"\n\
        u -> b\nb -> s\ns -> v: read keys\np -> s: deploy\nm -> s: scrape\n";
    let text = text.replace("lb b", "load_balancer b");
    let page = of("r.bp", &text, Some("runbook"));
    assert!(page.contains("- Get no answer from it, directly or not: Balancer"), "{page}");
    assert!(page.contains("- Builds or delivers: Pipeline (CI/CD pipeline): deploy → Shop"), "{page}");
    assert!(page.contains("- Metrics (Monitoring): scrape → Shop"), "{page}");
    assert!(page.contains("- Used by: Shop (read keys)"), "{page}");
}

/// A figure of no part stands with its sentence, as it says nothing alone.
#[test]
fn an_rfc_quotes_what_a_lone_figure_is_of() {
    let text = "# Claims\n\nClerks call the claims service. The batch window is nightly from 22:00 to 4:00.";
    let page = of("r.txt", text, Some("rfc"));
    assert!(!page.contains("- When it runs: nightly\n"), "{page}");
}

/// Each door is asked for: that partners show a certificate at one of them says nothing of the other.
#[test]
fn a_door_beside_a_guarded_one_is_asked_for() {
    let text = "user m \"Merchants\"\nload_balancer b \"Balancer\"\nservice s \"Authorization\"\nservice p \"Portal\"\n\
        m -> b { auth: mTLS }\nb -> s\nm -> p: look\n";
    let page = of("d.bp", text, None);
    assert!(page.contains("How are requests to Portal authenticated?"), "{page}");
    let page = of("d.bp", &format!("{text}identity i \"Sign-in\"\nm -> i: sign in\n"), None);
    assert!(!page.contains("authenticated?"), "{page}");
}

/// What fails behind a stated fallback stops nobody before it; a copy is written by what it is a copy of.
#[test]
fn fallbacks_go_on_and_copies_are_written() {
    let text = "user u\nservice a \"Authorization\"\nservice f \"Fraud engine\"\ndatabase m \"Model\"\ndatabase l \"Ledger\"\ndatabase r \"Replica\"\n\
        u -> a\na -> f { fallback: \"lower limit\" }\nf -> m: read\na -> l: write\nl ~> r: replication\n";
    let page = of("f.bp", text, None);
    let row = "| Fraud engine | – | Authorization (lower limit): goes on by what is stated for it | – | – |";
    assert!(page.contains(row), "{page}");
    let behind =
        "| Model | – | Fraud engine; Authorization (lower limit): goes on by what is stated for it | – | – |";
    assert!(page.contains(behind), "{page}");
    assert!(page.contains("| Ledger | u | Authorization |"), "{page}");
    assert!(page.contains("| Replica | Database | not stated | Ledger |"), "{page}");
    let book = of("f.bp", text, Some("runbook"));
    assert!(book.contains("- Go on by what is stated for it: Authorization (lower limit)"), "{book}");
}
