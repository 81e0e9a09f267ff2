//! Estimates recomputed by hand: load, time, cost, availability of single parts.

use blueprose::catalog::catalog;
use blueprose::model::Record;
use blueprose::review::{Estimates, ReviewOptions, review};

fn of(yaml: &str) -> Estimates {
    let record: Record = serde_yaml::from_str(yaml).expect("a record");
    let (a, errors) = record.build(&|name| catalog().look_up(name));
    assert!(errors.is_empty(), "{errors:?}");
    review(&a, &ReviewOptions::default()).estimates
}

/// The rate a component gets, usual and at the peak.
fn rate<'a>(e: &'a Estimates, id: &str) -> (Option<&'a str>, Option<&'a str>) {
    let parts = &e.capacity.as_ref().expect("a load is stated").parts;
    let part = parts.iter().find(|p| p.id == id);
    part.map_or((None, None), |p| (p.usual.as_deref(), p.peak.as_deref()))
}

/// A program that people get on the way sends nothing of its own: 20/s of people are 20/s at the API.
#[test]
fn a_program_got_on_the_way_is_no_second_source() {
    let e = of(
        "components: [{id: u, kind: user}, {id: c, kind: cdn}, {id: w, kind: client}, {id: a, kind: gateway}]\n\
        connections: [{from: u, to: c}, {from: c, to: w}, {from: w, to: a}]\nworkload: [{key: rate, value: 20/s}]\n",
    );
    assert_eq!(rate(&e, "a"), (Some("20/s"), None));
}

/// 3 000 applications a day are 2.08 a minute where applications come in; a peak that counts nothing comes in there, too,
/// and not with the staff. What an auditor reads is no payment.
#[test]
fn a_rate_comes_in_where_what_it_counts_does() {
    let e = of(
        "components: [{id: u, label: Residents, kind: user}, {id: k, label: Caseworkers, kind: user}, \
        {id: a, kind: gateway}, {id: o, label: Office, kind: service}, {id: d, kind: database}]\n\
        connections: [{from: u, to: a, label: submit application}, {from: a, to: d, label: write}, {from: k, to: o, label: decide}, {from: o, to: d, label: read}]\n\
        workload: [{key: rate, value: 3000 applications per day}, {key: peak_rate, value: 20/s}]\n",
    );
    assert_eq!(rate(&e, "a"), (Some("2.08/min"), Some("20/s")));
    assert_eq!(rate(&e, "o"), (None, None));
    let e = of(
        "components: [{id: c, label: Customers, kind: user}, {id: r, label: Readers, kind: user}, {id: a, kind: service}, \
        {id: q, kind: queue}, {id: w, kind: service}, {id: s, kind: storage}]\n\
        connections: [{from: c, to: a, label: start}, {from: a, to: q, label: accepted payment, style: async}, {from: q, to: w, style: async}, {from: w, to: s, label: write}, {from: r, to: s, label: read}]\n\
        workload: [{key: rate, value: 400 payments per second}]\n",
    );
    assert_eq!((rate(&e, "a").0, rate(&e, "s").0), (Some("400/s"), Some("400/s")));
}

/// A rate comes with those in whose sentence it stands, or in at the part that is called after what it counts.
#[test]
fn a_rate_stays_with_its_words() {
    let text =
        "Agents call the portal service. The portal service serves customers at 25 requests per second.";
    let options = blueprose::Options::default();
    let done = blueprose::compile(&blueprose::text::Source::new("t.txt", text), &options).value;
    let inputs = done.review.estimates.capacity.map(|c| c.inputs).unwrap_or_default();
    assert!(!inputs.iter().any(|f| f.value.contains("equal shares")), "{inputs:?}");
    let e = of(
        "components: [{id: u, kind: user}, {id: a, kind: service}, {id: p, label: Play, kind: service}, {id: t, kind: service}]\n\
        connections: [{from: u, to: a}, {from: p, to: t}]\nworkload: [{key: rate, value: 40 plays per second}]\n",
    );
    assert_eq!((rate(&e, "t").0, rate(&e, "a").0), (Some("40/s"), None));
}

/// Exceptions are a share that nobody states; what a store tells of a file is not the file.
#[test]
fn exceptions_and_notices_carry_no_load_and_no_data() {
    let e = of(
        "components: [{id: s, kind: device, replicas: 100}, {id: w, kind: service}, {id: t, kind: topic}, {id: m, kind: service}]\n\
        connections: [{from: s, to: w, style: async}, {from: w, to: t, label: critical alarm, style: async}, {from: t, to: m, style: async}]\n\
        workload: [{key: schedule, value: every ten seconds, about: s}]\n",
    );
    assert_eq!((rate(&e, "w").0, rate(&e, "t").0, rate(&e, "m").0), (Some("10/s"), None, None));
    let inputs = &e.capacity.as_ref().expect("load").inputs;
    assert!(inputs.iter().any(|f| f.value == "w → t" && f.origin.contains("left out")), "{inputs:?}");
    let e = of("components: [{id: u, kind: user}, {id: b, kind: storage}, {id: f, kind: function}]\n\
        connections: [{from: u, to: b, label: upload}, {from: b, to: f, label: object created, style: async}]\n\
        workload: [{key: rate, value: 1/s, about: b}, {key: payload, value: 1 MB, about: b}]\n");
    let parts = &e.capacity.as_ref().expect("load").parts;
    let data: Vec<_> = parts.iter().map(|p| (p.id.as_str(), p.data.is_some())).collect();
    assert_eq!(data, [("b", true), ("f", false)]);
}

/// Moves go where moves are handed on, not where people sign in or buy; data that a job reads does not come in there.
#[test]
fn load_goes_where_its_words_lead() {
    let e = of(
        "components: [{id: u, kind: user}, {id: a, kind: client}, {id: l, kind: gateway}, {id: m, kind: service}, {id: v, kind: service}]\n\
        connections: [{from: u, to: a}, {from: a, to: l}, {from: l, to: m, label: hand over the move}, {from: a, to: v, label: buy}]\n\
        workload: [{key: peak_rate, value: 900 moves per second}]\n",
    );
    assert_eq!((rate(&e, "m").1, rate(&e, "v").1), (Some("900/s"), None));
    let e = of(
        "components: [{id: h, kind: stream}, {id: j, kind: service}, {id: b, kind: storage}, {id: c, kind: storage}]\n\
        connections: [{from: h, to: j, style: async}, {from: j, to: b, label: read}, {from: j, to: c, label: write}]\n\
        workload: [{key: rate, value: 1/s, about: h}, {key: payload, value: 1 KB, about: h}]\n",
    );
    let parts = &e.capacity.as_ref().expect("load").parts;
    let data: Vec<_> = parts.iter().filter(|p| p.data.is_some()).map(|p| p.id.as_str()).collect();
    assert_eq!(data, ["h", "j", "c"]);
}

/// Chain: 40 + 15 + 50 + 20 = 125 ms; slow: the person's 200 instead of 40 = 285 ms. In turn: the gateway calls one of two
/// services (50 + 20 + 6 = 76, or 50), so 40 + 15 + 76 = 131 ms. Against 128 ms: kept at best; against 130 ms side by side
/// only where slow parts are left out of sight, so it says both.
#[test]
fn calls_one_after_another_are_added() {
    let e = of(
        "components: [{id: u, kind: user}, {id: g, kind: gateway}, {id: s, kind: service}, {id: t, kind: service}, {id: i, kind: search}, {id: d, kind: database}]\n\
        connections: [{from: u, to: g}, {from: g, to: s}, {from: g, to: t}, {from: s, to: i}, {from: s, to: d}]\n\
        workload: [{key: latency, value: 128 ms}]\n",
    );
    let l = &e.latency[0];
    let figures = (l.usual_ms.round(), l.slow_ms.round(), l.in_turn_ms.round());
    assert_eq!(figures, (125.0, 285.0, 131.0));
    assert_eq!(l.verdict, Some("kept at best: not at the slowest, and not with one call after another"));
}

/// 5 000 events of 2 KiB a second are 10 240 000 bytes, 9.8 MiB: ten throughput units at 21.90 USD, and 13 140 million events at
/// 0.028 USD: 219 + 367.92 = 586.92, two digits: 590.
#[test]
fn capacity_units_follow_the_load() {
    let e = of(
        "components: [{id: c, kind: client}, {id: h, kind: stream, technology: azure.event-hubs}, {id: w, kind: service}]\n\
        connections: [{from: c, to: h, style: async}, {from: h, to: w, style: async}]\n\
        workload: [{key: rate, value: 5000/s, about: h}, {key: payload, value: 2 KB, about: h}]\n",
    );
    let cost = e.cost.expect("a rate is stated");
    assert!((cost.likely - 590.0).abs() < 1e-9, "{cost:?}");
    assert!(cost.items.iter().any(|i| i.formula.starts_with("10 × 21.9 USD per month")), "{cost:?}");
}

/// 100 devices every ten seconds, 1 KiB each: 10 240 bytes/s. One shard: 10.95, and 26.28 million records put at 0.014: 0.37; each
/// record paid as 5 KiB, 125.3 GB a month through Firehose at 0.029: 3.63; in 30 days 24.72 GB in S3 at 0.023: 0.57; files of many
/// records, so that writes do not count: 15.52, two digits: 16.
#[test]
fn what_is_kept_is_paid_and_batches_are_few() {
    let e = of(
        "components: [{id: s, kind: device, replicas: 100}, {id: k, kind: stream, technology: aws.kinesis}, \
        {id: h, kind: stream, technology: aws.firehose}, {id: b, kind: storage, technology: aws.s3}]\n\
        connections: [{from: s, to: k, style: async}, {from: k, to: h, style: async}, {from: h, to: b, label: write, style: async}]\n\
        workload: [{key: schedule, value: every ten seconds, about: s}, {key: payload, value: 1 KB, about: s}, {key: retention, value: 30 days, about: b}]\n",
    );
    let cost = e.cost.expect("a rate is stated");
    assert_eq!(cost.items.len(), 4, "{cost:?}");
    assert!((cost.likely - 16.0).abs() < 1e-9, "{cost:?}");
}

/// 0.9995 × 0.9995 = 0.99900025: 99.9 % is kept, by a hair (43 800 min × 0.00099975 = 43.8 min).
#[test]
fn a_part_is_held_to_its_own_availability() {
    let e = of(
        "components: [{id: u, kind: user}, {id: s, kind: service, technology: google.cloud-run}, {id: d, kind: database, technology: google.cloud-sql}]\n\
        connections: [{from: u, to: s}, {from: s, to: d}]\nworkload: [{key: availability, value: 99.9%, about: s}]\n",
    );
    let own = e.availability.iter().find(|p| p.target.is_some()).expect("a row of its own");
    assert_eq!(
        (own.path.as_slice(), own.at_best.as_str(), own.within),
        (&["s".to_owned()][..], "99.9 %", Some(true))
    );
    assert!((own.minutes_per_month - 43.8).abs() < 0.05, "{own:?}");
}

/// 2 million page views a month (2 592 000 s) are 46.3 a minute at the page; the orders, 40,000 a month, are 40 000 / 2 592 000 s
/// × 3600 = 55.6 an hour at the one part that is called after them, and behind it.
#[test]
fn a_second_rate_stands_at_what_is_called_after_it() {
    let e = of(
        "components: [{id: u, kind: user}, {id: g, kind: gateway}, {id: l, label: Listing function, kind: function}, \
        {id: o, label: Order function, kind: function}, {id: b, kind: event_bus}]\n\
        connections: [{from: u, to: g}, {from: g, to: l}, {from: g, to: o}, {from: o, to: b, style: async}]\n\
        workload: [{key: rate, value: 2 million page views a month}, {key: rate, value: \"40,000 orders a month\"}]\n",
    );
    assert_eq!(rate(&e, "g").0, Some("46.3/min"));
    assert_eq!(rate(&e, "l").0, Some("46.3/min"));
    assert_eq!((rate(&e, "o").0, rate(&e, "b").0), (Some("55.6/h"), Some("55.6/h")));
}

/// 100/s from a stream: 262.8 million messages a month. One a run: 262.8 × 0.20 + 262.8e6 × 0.1 × 0.5 × 0.0000166667 = 52.56 +
/// 219.0 = 271.6; in full batches of 100 (and half of the assumed time and memory): (52.56 + 109.5) / 100 = 1.6.
#[test]
fn batches_of_a_stream_make_fewer_runs() {
    let e = of("components: [{id: s, kind: stream}, {id: f, kind: function, technology: aws.lambda}]\n\
        connections: [{from: s, to: f, style: async}]\n\
        workload: [{key: rate, value: 100/s, about: s}]\n");
    let cost = e.cost.expect("a rate is stated");
    assert!((cost.likely - 270.0).abs() < 1e-9, "{}", cost.likely);
    assert!((cost.low - 1.6).abs() < 1e-9, "{}", cost.low);
    assert!(cost.inputs.iter().any(|f| f.key.starts_with("messages that one run")), "{:?}", cost.inputs);
}

/// 1 200 authorizations a second stand at the authorization service, though no request of people is said to reach it; how
/// often each client sends, with nobody saying how many there are, is no load.
#[test]
fn a_rate_stands_at_what_is_called_after_it() {
    let parts = "components: [{id: u, label: Merchants, kind: user}, {id: g, kind: gateway}, {id: p, label: Portal, kind: service}, \
        {id: b, kind: load_balancer}, {id: s, label: Authorization service, kind: service}, {id: d, kind: database}]\n\
        connections: [{from: u, to: g, label: send payment}, {from: u, to: p, label: look}, {from: b, to: s}, {from: s, to: d}]\n";
    let e = of(&format!("{parts}workload: [{{key: rate, value: 1200 authorizations per second}}]\n"));
    assert_eq!((rate(&e, "s").0, rate(&e, "d").0, rate(&e, "g").0), (Some("1,200/s"), Some("1,200/s"), None));
    let e = of(&format!("{parts}workload: [{{key: rate, value: 30 times per second}}]\n"));
    assert!(e.capacity.is_none(), "{:?}", e.capacity);
}

/// Two messages a second are 5.256 million in a month of 730 hours, and 6.5 million are in the base charge of 9.81 dollars; ten
/// a second are 26.28 million, of which 19.78 million cost 1.60 dollars each: 31.65 dollars.
#[test]
fn what_a_monthly_price_includes_is_not_paid_again() {
    let cost = |rate: &str| {
        let parts = "components: [{id: s, kind: service}, {id: q, kind: queue, technology: azure.service-bus}]\n\
            connections: [{from: s, to: q, style: async}]\n";
        of(&format!("{parts}workload: [{{key: rate, value: {rate}, about: q}}]\n")).cost.expect("a price")
    };
    let items = |rate: &str| cost(rate).items.iter().map(|i| i.likely).collect::<Vec<_>>();
    assert_eq!(items("2/s"), [9.8]);
    assert_eq!(items("10/s"), [32.0, 9.8]);
}

/// People wait for the first function: −0.25 × 10 for what starts it, +1 × 9 as 20 s leave room for a start: 50 + 50 × 6.5 / (19 +
/// 15) = 59.56. The second is started by events (+1 × 10) and nobody waits for it (+1 × 9): 50 + 50 × 19 / 34 = 77.94. Of all
/// weights, 77, they rest on 19: 24.7 %.
#[test]
fn suitability_weighs_what_is_known() {
    let e = of(
        "components: [{id: u, kind: user}, {id: f, kind: function, technology: aws.lambda}, {id: b, kind: storage}, \
        {id: g, kind: function, technology: aws.lambda}]\n\
        connections: [{from: u, to: f}, {from: u, to: b}, {from: b, to: g, style: async}]\n\
        workload: [{key: latency, value: 20 s}]\n",
    );
    let of: Vec<_> =
        e.suitability.expect("functions").components.iter().map(|c| (c.score, c.confidence)).collect();
    assert_eq!(of, [(60, 25), (78, 25)]);
}

/// A program's files come from the network of caches besides its calls: all 350/s reach the balancer.
#[test]
fn files_of_a_program_take_no_share_of_its_calls() {
    let e = of(
        "components: [{id: u, kind: user}, {id: w, kind: client}, {id: c, kind: cdn}, {id: b, kind: storage}, {id: l, kind: load_balancer}, {id: s, kind: service}]\n\
        connections: [{from: u, to: w}, {from: w, to: c}, {from: c, to: b}, {from: w, to: l}, {from: l, to: s}]\n\
        workload: [{key: peak_rate, value: 350/s}]\n",
    );
    assert_eq!((rate(&e, "s").1, rate(&e, "c").1), (Some("350/s"), Some("350/s")));
}
