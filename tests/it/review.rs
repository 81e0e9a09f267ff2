//! The review: every rule fires where it should and is silent where it should, every fix mends what it says, every
//! figure has a source, and the page of rules is up to date. Cases: `tests/suite/review`.

use std::collections::BTreeSet;
use std::fs;

use blueprose::catalog::catalog;
use blueprose::model::{Architecture, Record};
use blueprose::review::{
    Basis, Confidence, Level, Profile, Review, ReviewOptions, figures, json, review, rules, rules_page, sarif,
};
use blueprose::text::Source;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    #[serde(default)]
    profile: Profile,
    #[serde(default)]
    level: Option<Level>,
    fires: serde_yaml::Value,
    silent: serde_yaml::Value,
}

fn build(value: &serde_yaml::Value) -> Architecture {
    let record: Record = serde_yaml::from_value(value.clone()).unwrap_or_else(|e| panic!("{e}: {value:?}"));
    let (a, errors) = record.build(&|name| catalog().look_up(name));
    assert!(errors.is_empty(), "{errors:?}");
    a
}

fn run(a: &Architecture, profile: Profile) -> Review {
    review(a, &ReviewOptions { profile })
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<_> =
        fs::read_dir("tests/suite/review").expect("cases").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    let read = |p: &std::path::PathBuf| -> Vec<Case> {
        let text = fs::read_to_string(p).expect("a case");
        serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", p.display()))
    };
    paths.iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")).flat_map(read).collect()
}

#[test]
fn every_rule_fires_and_is_silent() {
    let cases = cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let found = run(&build(&case.fires), case.profile);
        match found.findings.iter().find(|f| f.rule == case.rule) {
            None => wrong.push(format!("{} does not fire", case.rule)),
            Some(f) => {
                if f.message.contains('{') || f.fixes.iter().any(|x| x.title.contains('{')) {
                    wrong.push(format!("{}: a place holder is left: {} {:?}", case.rule, f.message, f.fixes));
                }
                if case.level.is_some_and(|l| l != f.severity) {
                    wrong.push(format!("{} is {:?}", case.rule, f.severity));
                }
            }
        }
        let silent = run(&build(&case.silent), case.profile);
        if let Some(f) = silent.findings.iter().find(|f| f.rule == case.rule) {
            wrong.push(format!("{} fires in its silent case: {}", case.rule, f.message));
        }
    }
    let with_case: BTreeSet<_> = cases.iter().map(|c| c.rule.as_str()).collect();
    wrong.extend(
        rules()
            .iter()
            .filter(|r| !with_case.contains(r.id.as_str()))
            .map(|r| format!("{} has no case", r.id)),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two arrows between the same two are one neighbour: no sentence names it twice.
#[test]
fn a_second_arrow_names_nobody_twice() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut twice = case.fires.clone();
        if let Some(connections) = twice.get_mut("connections").and_then(|c| c.as_sequence_mut()) {
            let again: Vec<_> = connections.clone();
            connections.extend(again);
        }
        let a = build(&twice);
        let labels: BTreeSet<&str> = a.components().map(|c| c.label.as_str()).collect();
        for f in run(&a, case.profile).findings {
            let listed = f.message.replace(" and ", ", ");
            let mut names: Vec<&str> = listed.split(", ").collect();
            if let [first, .., last] = names.as_mut_slice() {
                *first = first.rsplit(' ').next().unwrap_or_default();
                *last = last.split([' ', '.']).next().unwrap_or_default();
                names.retain(|name| labels.contains(name));
                if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
                    wrong.push(format!("{} in the case of {}: {}", f.rule, case.rule, f.message));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fix_removes_its_finding_and_adds_no_error() {
    let mut wrong = Vec::new();
    for case in cases() {
        let before = build(&case.fires);
        let found = run(&before, case.profile);
        let errors = |r: &Review| {
            r.findings.iter().filter(|f| f.severity == Level::Error).map(|f| f.rule).collect::<BTreeSet<_>>()
        };
        // Fixes of whatever fires here, not only of the rule the case is about.
        for f in &found.findings {
            for fix in &f.fixes {
                let mut after = before.clone();
                if let Err(e) = after.apply_all(&fix.operations) {
                    wrong.push(format!("{} in the case of {}: {e}", fix.id, case.rule));
                    continue;
                }
                let now = run(&after, case.profile);
                if now.findings.iter().any(|g| g.rule == f.rule) {
                    wrong.push(format!("{} leaves its finding in the case of {}", fix.id, case.rule));
                }
                let new: Vec<_> = errors(&now).difference(&errors(&found)).copied().collect();
                if !new.is_empty() {
                    wrong.push(format!("{} in the case of {} brings {new:?}", fix.id, case.rule));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_unknown_never_fires() {
    // Boxes and arrows of which nothing is known but that they are there.
    let text = "components: [{id: a}, {id: b}, {id: c}]\nconnections: [{from: a, to: b}, {from: b, to: c}]";
    let a = build(&serde_yaml::from_str(text).expect("yaml"));
    let found = run(&a, Profile::Sketch);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
}

#[test]
fn suppressions_are_listed_with_their_reason() {
    let case = cases().into_iter().find(|c| c.rule == "SRV002").expect("a case");
    let mut a = build(&case.fires);
    let first =
        run(&a, case.profile).findings.into_iter().find(|f| f.rule == "SRV002").expect("fires").components[0];
    let about = vec![a.at(first).id.clone()];
    let reason = "measured, it is fine".to_owned();
    a.add_suppression(blueprose::model::Suppression {
        rule: "srv002".into(),
        about,
        reason: reason.clone(),
        origin: Default::default(),
    })
    .expect("valid");
    let found = run(&a, case.profile);
    assert!(found.findings.iter().all(|f| f.rule != "SRV002"));
    assert_eq!(found.suppressed[0].reason, reason);
    assert_eq!(json(&a, &found)["suppressed"][0]["reason"], reason);
}

#[test]
fn every_figure_has_a_source_and_a_day() {
    let date = |text: &str| {
        let parts: Vec<_> = text.split('-').collect();
        parts.len() == 3
            && parts[0].len() == 4
            && parts[1..].iter().all(|p| p.len() == 2 && p.parse::<u8>().is_ok())
    };
    for figure in figures().all() {
        let name = format!("{} {}", figure.of, figure.key);
        let source = figures().source(figure).unwrap_or_else(|| panic!("{name} has no source"));
        assert!(!source.title.is_empty() && date(&source.as_of), "{name}");
        let own = figure.confidence == Confidence::Assumed;
        assert!(
            own || source.url.as_ref().is_some_and(|u| u.starts_with("https://")),
            "{name} has no address"
        );
        let known = figure.of.starts_with("kind.")
            || figure.of.starts_with("runtime.")
            || catalog().technology(&figure.of).is_some();
        assert!(known, "{name}: not in the catalog");
        if let Some(other) = figure.name.strip_prefix("instead: ") {
            assert!(catalog().technology(other).is_some(), "{other}: not in the catalog");
        }
    }
    for rule in rules() {
        assert!(rule.source.url.starts_with("https://") && date(&rule.source.as_of), "{}", rule.id);
    }
}

#[test]
fn the_page_of_rules_is_up_to_date() {
    let page = rules_page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write("docs/rules.md", &page).expect("written");
    }
    let there = fs::read_to_string("docs/rules.md").unwrap_or_default();
    assert!(there == page, "docs/rules.md is out of date; UPDATE=1 cargo test rewrites it");
}

#[test]
fn sarif_names_every_rule_it_uses() {
    for case in cases() {
        let a = build(&case.fires);
        let value = sarif(&a, &Source::new("system.yaml", "x"), &run(&a, case.profile));
        let run = &value["runs"][0];
        let described: BTreeSet<_> = run["tool"]["driver"]["rules"]
            .as_array()
            .expect("rules")
            .iter()
            .map(|r| r["id"].to_string())
            .collect();
        for result in run["results"].as_array().expect("results") {
            assert!(described.contains(&result["ruleId"].to_string()));
            assert!(!result["message"]["text"].as_str().expect("text").is_empty());
        }
        assert_eq!(value["version"], "2.1.0");
    }
}

/// Computed by hand: 0.9995 × 0.9995 × 0.9999 = 0.9989003 (99.89 %, 43 800 min × 0.0010997 = 48.2 min);
/// 100/s × 2 628 000 s = 262.8 million; 262.8 × 1.00 + 262.8 × 0.20 + 262.8e6 × 0.1 × 0.5 × 0.0000166667 + 262.8 × 0.625
/// (writes) = 262.8 + 52.56 + 219.0 + 164.25 = 698.6, two digits: 700; usual time 40 + 15 + 60 + 6 = 121 ms, slow: the function's
/// 250 instead of 60 = 311 ms.
#[test]
fn figures_match_hand_computed_ones() {
    let text = "components:\n- {id: u, kind: user}\n- {id: g, kind: gateway, technology: aws.api-gateway}\n\
        - {id: f, kind: function, technology: aws.lambda}\n- {id: d, kind: database, technology: aws.dynamodb}\n\
        connections:\n- {from: u, to: g}\n- {from: g, to: f}\n- {from: f, to: d, label: write}\n\
        workload:\n- {key: rate, value: 100/s}\n";
    let e = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch).estimates;
    assert_eq!(e.availability[0].at_best, "99.89 %");
    assert!(
        (e.availability[0].minutes_per_month - 48.2).abs() < 0.05,
        "{}",
        e.availability[0].minutes_per_month
    );
    let cost = e.cost.expect("a rate is stated");
    assert!((cost.requests - 262_800_000.0).abs() < 1.0);
    assert!((cost.likely - 700.0).abs() < 1e-9, "{}", cost.likely);
    assert!((e.latency[0].usual_ms - 121.0).abs() < 1e-9, "{}", e.latency[0].usual_ms);
    assert!((e.latency[0].slow_ms - 311.0).abs() < 1e-9, "{}", e.latency[0].slow_ms);
    // Lock-in: (0.6 + 0.6 + 2 × 1) / 4 = 0.8.
    assert_eq!(e.lock_in.expect("classed").index, 80);
}

/// 50 sensors, each every ten seconds: 50 / 10 s = 5/s; of 200 bytes: 1 000 bytes/s = 86 400 000 bytes a day = 82.4 MiB; in 30
/// days 2 592 000 000 bytes = 2.4 GiB. 40/s of two sorts of people, one of them staff: all from the others, halved between
/// their two apps and together again: 40/s at the service, 40/s × 0.25 s = 10 runs at once.
#[test]
fn load_matches_hand_computed_figures() {
    let of = |text: &str| {
        let review = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch);
        review.estimates.capacity.expect("a load is stated")
    };
    let capacity = of("components:\n- {id: s, kind: device, replicas: 50}\n- {id: b, kind: gateway}\n\
        - {id: w, kind: service}\n- {id: d, kind: database}\n\
        connections:\n- {from: s, to: b, style: async}\n- {from: b, to: w, style: async}\n- {from: w, to: d, label: write}\n\
        workload:\n- {key: schedule, value: every ten seconds, about: s}\n- {key: payload, value: 200 bytes, about: s}\n\
        - {key: retention, value: 30 days, about: d}\n");
    let store = capacity.parts.last().expect("a part");
    assert_eq!((store.label.as_str(), store.usual.as_deref()), ("d", Some("5/s")));
    assert_eq!(store.data.as_deref(), Some("1000 bytes/s, 82.4 MiB a day; 2.4 GiB in 30 days"));
    let capacity = of(
        "components:\n- {id: u, kind: user, label: Guests}\n- {id: a, kind: user, label: Support staff}\n\
        - {id: m, kind: client}\n- {id: n, kind: client}\n- {id: s, kind: service}\n\
        connections:\n- {from: u, to: m}\n- {from: u, to: n}\n- {from: m, to: s}\n- {from: n, to: s}\n- {from: a, to: s}\n\
        workload:\n- {key: peak_rate, value: 40/s}\n- {key: duration, value: 250 ms, about: s}\n",
    );
    let [service] = capacity.parts.as_slice() else { panic!("{capacity:?}") };
    assert_eq!((service.usual.as_deref(), service.peak.as_deref()), (None, Some("40/s")));
    assert_eq!(service.at_once.as_deref(), Some("10 (40/s × 250 ms)"));
    assert_eq!(service.from, ["m 20/s", "n 20/s"]);
}

/// Two copies of a machine at 99.5 % (1 − 0.005² = 99.9975 %) behind a balancer at 99.99 %: 99.9875 %.
/// Suitability of a nightly job of 40 minutes: gated, 2400 s against 900 s.
#[test]
fn redundancy_and_gates_match_hand_computed_ones() {
    let text = "components:\n- {id: u, kind: user}\n- {id: lb, kind: load_balancer, technology: aws.alb}\n\
        - {id: vm, kind: vm, technology: aws.ec2, replicas: 2}\n\
        connections:\n- {from: u, to: lb}\n- {from: lb, to: vm}\n";
    let e = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch).estimates;
    assert_eq!(e.availability[0].at_best, "99.99 %");
    assert!(
        (e.availability[0].minutes_per_month - 5.5).abs() < 0.05,
        "{}",
        e.availability[0].minutes_per_month
    );
    let text = "components:\n- {id: s, kind: scheduler}\n- {id: f, kind: function, technology: aws.lambda}\n\
        connections:\n- {from: s, to: f, style: async}\nworkload:\n- {key: duration, value: 40 min, about: f}\n";
    let e = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch).estimates;
    let of = &e.suitability.expect("a function").components[0];
    assert_eq!(of.gate.as_deref(), Some("one run takes 40 min, the limit is 15 min"));
}

/// 0.9999 × 0.9999 × 0.9995 = 0.99930012 (99.93 %, 43 800 min × 0.00069988 = 30.7 min); usual time 40 + 2 + 50 + 6 = 98 ms,
/// slow: the person's 200 instead of 40 = 258 ms; 22.27 + 36.04 + 47.45 = 105.76, two digits: 110.
#[test]
fn an_always_on_system_matches_hand_computed_figures() {
    let text = "components:\n- {id: u, kind: user}\n- {id: lb, kind: load_balancer, technology: aws.alb}\n\
        - {id: c, kind: container, technology: aws.fargate}\n- {id: d, kind: database, technology: aws.rds-postgresql}\n\
        connections:\n- {from: u, to: lb}\n- {from: lb, to: c}\n- {from: c, to: d, label: write}\n\
        workload:\n- {key: rate, value: 10/s}\n";
    let e = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch).estimates;
    assert_eq!(e.availability[0].at_best, "99.93 %");
    let minutes = e.availability[0].minutes_per_month;
    assert!((minutes - 30.7).abs() < 0.06, "{minutes}");
    assert!((e.latency[0].usual_ms - 98.0).abs() < 1e-9, "{}", e.latency[0].usual_ms);
    assert!((e.latency[0].slow_ms - 258.0).abs() < 1e-9, "{}", e.latency[0].slow_ms);
    let cost = e.cost.expect("a rate is stated");
    assert!((cost.likely - 110.0).abs() < 1e-9, "{}", cost.likely);
}

/// Σ over what is known: events only +1 × 10, its data in stores +1 × 6, nobody waits +1 × 9, what it calls grows
/// +1 × 6: 31/31 known weight; 50 + 50 × 31 / (31 + 15) = 83.7.
#[test]
fn suitability_matches_the_hand_computed_one() {
    let text = "components:\n- {id: b, kind: storage, technology: aws.s3}\n- {id: f, kind: function, technology: aws.lambda}\n\
        - {id: d, kind: database, technology: aws.dynamodb}\n\
        connections:\n- {from: b, to: f, style: async}\n- {from: f, to: d, label: write}\n";
    let e = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch).estimates;
    let of = &e.suitability.expect("a function").components[0];
    assert_eq!((of.score, of.confidence), (84, 40));
}

/// A sketch of one sentence is not drowned in findings.
#[test]
fn a_sketch_of_one_sentence_has_few_findings() {
    let sketches = fs::read_to_string("tests/suite/review/sketches.txt").expect("the sketches");
    for text in sketches.lines() {
        let options = blueprose::Options::default();
        let found = blueprose::compile(&Source::new("sketch.txt", text), &options).value.review;
        let rules: Vec<_> = found.findings.iter().map(|f| f.rule).collect();
        assert!(rules.len() <= 6, "{text}: {rules:?}");
        // Of what one sentence leaves out nothing is an error.
        let errors = found.findings.iter().filter(|f| f.severity == Level::Error && f.basis != Basis::Stated);
        assert_eq!(errors.count(), 0, "{text}: {rules:?}");
    }
}

/// A name may stand for one or for several, so no verb that has to agree follows one.
#[test]
fn sentences_fit_one_name_and_several() {
    let verbs = [
        "is", "are", "was", "were", "has", "have", "does", "do", "waits", "wait", "writes", "reads", "calls",
        "runs", "needs", "answers", "talks", "lies", "keeps", "retries", "starts", "goes", "stands", "hides",
    ];
    let names = [
        "n",
        "f",
        "g",
        "d",
        "s",
        "q",
        "v",
        "c",
        "u",
        "lb",
        "gw",
        "b",
        "m",
        "from",
        "to",
        "consumers",
        "writers",
    ];
    for rule in rules() {
        for text in [Some(&rule.message), rule.question.as_ref()].into_iter().flatten() {
            for (at, _) in text.match_indices('}') {
                let name = text[..at].rsplit('{').next().unwrap_or_default();
                let next =
                    text[at + 1..].strip_prefix(' ').and_then(|rest| rest.split([' ', '.', ',']).next());
                // "A run of {f} waits", "Messages through {n} are": there the verb is another's.
                let before = text[..at].rsplit_once('{').map_or("", |(before, _)| before).trim_end();
                let own = !["of", "through", "in", "for", "from"].iter().any(|word| before.ends_with(word));
                let verb = own && next.is_some_and(|word| verbs.contains(&word));
                let asked = text[..at].rsplit('{').nth(1).is_some_and(|before| {
                    ["does", "do", "is", "are"].iter().any(|v| before.to_lowercase().trim_end().ends_with(v))
                });
                assert!(!(names.contains(&name) && (verb || asked)), "{}: {text}", rule.id);
            }
        }
    }
}

/// Places of which only the name differs share a sentence.
#[test]
fn like_places_share_a_sentence() {
    let text = "components: [{id: a, label: A, kind: service}, {id: b, label: B, kind: service}, {id: c, label: C, kind: service}, \
                {id: d, label: D, kind: service}]\nconnections: [{from: a, to: b}]";
    let found = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Sketch);
    assert_eq!(found.findings[0].message, "Nothing is connected to C and D.");

    // So do places that share all names but one.
    let text = "components: [{id: u, label: Ann, kind: user}, {id: s, label: Desk, kind: service}, {id: a, label: Bank, \
                kind: external}, {id: b, label: Tax, kind: external}]\nconnections: [{from: u, to: s}, {from: s, to: a}, \
                {from: s, to: b}]";
    let found = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Production);
    let told = found.findings.iter().find(|f| f.rule == "RES005").expect("a call without a time limit");
    assert_eq!(told.message, "No time limit is stated for calls from Desk to Bank and Tax.");
}

/// Who is only told of alarms is not made to call what nobody calls.
#[test]
fn a_fix_lets_somebody_call_who_does_so() {
    let text = "components: [{id: c, label: Customers, kind: user}, {id: s, label: Shop, kind: service}, {id: b, label: Booking, \
                kind: service}, {id: d, kind: database}, {id: p, label: Pager, kind: notification}, {id: e, label: Engineer, \
                kind: user}]\nconnections: [{from: c, to: s}, {from: b, to: d}, {from: p, to: e, style: async}]";
    let found = run(&build(&serde_yaml::from_str(text).expect("yaml")), Profile::Production);
    let told = found.findings.iter().find(|f| f.rule == "STR004").expect("nothing calls Booking");
    assert_eq!(told.fixes[0].title, "Let Customers call Booking.".trim_end_matches('.'));
}
