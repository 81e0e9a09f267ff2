//! The shape of the whole: folding, wished shapes, wishes of the author.

use blueprose::layout::{self, Arrangement, Fit, LayoutOptions, quality};
use blueprose::model::{Architecture, Builder, Direction, GroupKind, Kind};
use blueprose::style::Style;

fn arrange(architecture: &Architecture, options: &LayoutOptions) -> Arrangement {
    let picture = layout::arrange(architecture, &Style::default(), options).expect("within the limits");
    let q = quality(architecture, &picture);
    let bad = [q.overlaps, q.node_overlaps, q.through_nodes, q.through_groups, q.label_hits, q.title_hits];
    assert_eq!(bad, [0; 6], "overlaps, nodes, through nodes, through groups, labels, titles");
    picture
}

fn aspect(picture: &Arrangement) -> f64 {
    picture.canvas.w / picture.canvas.h
}

fn chain(steps: usize, label: &str) -> Architecture {
    let mut builder = Builder::new("Pipeline");
    for n in 0..steps {
        builder = builder.component(&format!("s{n}"), &format!("Step {n}"), Kind::Service);
    }
    for n in 1..steps {
        builder = builder.call(&format!("s{}", n - 1), &format!("s{n}"), label);
    }
    builder.build().expect("a valid system")
}

/// Sources of a kind that all lead to or from one hub.
fn fan(count: usize) -> Architecture {
    let mut builder = Builder::new("Fan").component("hub", "Hub", Kind::Gateway);
    for n in 0..count {
        let id = format!("s{n}");
        builder = builder.component(&id, &format!("Service {n}"), Kind::Service).call("hub", &id, "calls");
    }
    builder.build().expect("a valid system")
}

#[test]
fn a_long_pipeline_folds_into_lines_that_read_like_text() {
    for label in ["", "hands over"] {
        let picture = arrange(
            &chain(12, label),
            &LayoutOptions { direction: Some(Direction::Right), ..Default::default() },
        );
        assert!((0.7..=2.1).contains(&aspect(&picture)), "{}", aspect(&picture));
        // Every step stands to the right of the one before, or begins a line below it at the left.
        let mut lines = 1;
        for pair in picture.nodes.windows(2) {
            let (a, b) = (pair[0].rect, pair[1].rect);
            if b.y < a.bottom() {
                assert!(b.x > a.right());
            } else {
                assert!(b.x < picture.nodes[0].rect.right());
                lines += 1;
            }
        }
        assert!((3..=5).contains(&lines), "{lines} lines");
        // Arrows come in where reading begins, also at the start of a line.
        for (route, node) in picture.routes.iter().zip(&picture.nodes[1..]) {
            assert_eq!(route.points.last().map(|p| p.x), Some(node.rect.x));
        }
    }
}

#[test]
fn short_chains_stay_straight() {
    let picture =
        arrange(&chain(4, ""), &LayoutOptions { direction: Some(Direction::Right), ..Default::default() });
    assert!(picture.nodes.windows(2).all(|w| w[0].rect.right() < w[1].rect.x));
}

#[test]
fn a_chain_inside_a_group_folds_inside_it() {
    let mut builder =
        Builder::new("Cloud").component("user", "User", Kind::User).group("cloud", "Cloud", GroupKind::Cloud);
    for n in 0..9 {
        builder = builder.component_in("cloud", &format!("s{n}"), &format!("Step {n}"), Kind::Service);
    }
    builder = builder.call("user", "s0", "asks");
    for n in 1..9 {
        builder = builder.call(&format!("s{}", n - 1), &format!("s{n}"), "hands over");
    }
    let architecture = builder.build().expect("a valid system");
    let picture =
        arrange(&architecture, &LayoutOptions { direction: Some(Direction::Right), ..Default::default() });
    assert!((0.7..=2.0).contains(&aspect(&picture)), "{}", aspect(&picture));
}

#[test]
fn wide_rows_become_several() {
    let picture =
        arrange(&fan(16), &LayoutOptions { direction: Some(Direction::Down), ..Default::default() });
    assert!((0.7..=2.0).contains(&aspect(&picture)), "{}", aspect(&picture));
}

#[test]
fn a_wished_shape_is_met_by_layout() {
    for architecture in [chain(14, "hands over"), fan(14)] {
        for wished in [210.0 / 297.0, 297.0 / 210.0, 16.0 / 9.0] {
            let picture = arrange(
                &architecture,
                &LayoutOptions { fit: Some(Fit::Aspect(wished)), ..Default::default() },
            );
            let off = aspect(&picture) / wished;
            assert!((0.7..=1.43).contains(&off), "{} for {wished}", aspect(&picture));
        }
        for width in [500.0, 800.0] {
            let picture =
                arrange(&architecture, &LayoutOptions { fit: Some(Fit::Width(width)), ..Default::default() });
            assert!(picture.canvas.w <= width, "{} for {width}", picture.canvas.w);
            assert!(picture.notices.is_empty());
        }
    }
    let narrow =
        arrange(&chain(3, ""), &LayoutOptions { fit: Some(Fit::Width(100.0)), ..Default::default() });
    assert_eq!(narrow.notices.len(), 1, "what cannot be had is said");
}

fn read(text: &str) -> Architecture {
    let source = blueprose::text::Source::new("wishes.bp", text);
    blueprose::reader::read(&source, blueprose::reader::Syntax::Language).value
}

fn rect(architecture: &Architecture, picture: &Arrangement, id: &str) -> blueprose::geometry::Rect {
    picture.nodes[architecture.index_of(id).expect("a component").index()].rect
}

#[test]
fn near_puts_one_beside_the_other() {
    let text = "gateway gw\nservice orders\nservice billing\nservice mailer\nservice search\ndatabase ledger\n\
                gw -> orders, billing, mailer, search\norders -> ledger\ndirection down\n";
    let free = read(text);
    let apart = arrange(&free, &LayoutOptions::default());
    let between = |a: &Architecture, picture: &Arrangement| {
        let both = rect(a, picture, "orders").union(&rect(a, picture, "search"));
        picture.nodes.iter().filter(|n| n.rect.overlaps(&both)).count() - 2
    };
    assert!(between(&free, &apart) > 0, "without the wish they stand apart");
    let wished = read(&format!("{text}near search orders\nnear gw ledger\n"));
    let picture = arrange(&wished, &LayoutOptions::default());
    assert_eq!(between(&wished, &picture), 0);
    // A gateway and the store two ranks below it cannot be neighbours: that is said.
    assert_eq!(picture.notices.len(), 1, "{:?}", picture.notices);
    assert!(picture.notices[0].message.contains("`gw` could not be placed next to `ledger`"));
}

#[test]
fn a_group_may_read_across_the_picture() {
    for (whole, inside) in [("right", "down"), ("down", "right")] {
        let architecture = read(&format!(
            "direction {whole}\nuser someone\ngroup g \"Inside\" {{\n  direction {inside}\n  service a\n  queue b\n  \
             service c\n}}\nexternal partner\nsomeone -> a\na -> b: puts\nb -> c\nc -> partner: notify\n"
        ));
        let picture = arrange(&architecture, &LayoutOptions::default());
        assert_eq!(picture.notices, []);
        let at = |id: &str| rect(&architecture, &picture, id);
        for (one, next) in [("a", "b"), ("b", "c")] {
            let (one, next) = (at(one), at(next));
            match inside {
                "down" => assert!(one.bottom() < next.y && one.x < next.right() && next.x < one.right()),
                _ => assert!(one.right() < next.x && one.y < next.bottom() && next.y < one.bottom()),
            }
        }
        // Straight from side to side.
        assert_eq!((picture.routes[1].points.len(), picture.routes[2].points.len()), (2, 2));
    }
    let nested = read(
        "direction right\ngroup o {\n direction down\n group i {\n service a\n}\n service b\n}\na -> b\n",
    );
    let picture = arrange(&nested, &LayoutOptions::default());
    assert_eq!(picture.notices.len(), 1, "{:?}", picture.notices);
}

#[test]
fn people_begin_and_outsiders_stand_aside() {
    let architecture = read(
        "gateway gw\nservice api\nservice work\ndatabase db\nuser person\nexternal partner\nservice x\nservice y\n\
         person -> gw\ngw -> api\napi -> work, partner, db\nwork -> x, y\nwork -> person: mail\ndirection down\n",
    );
    let picture = arrange(&architecture, &LayoutOptions::default());
    let at = |id: &str| rect(&architecture, &picture, id);
    assert!(picture.nodes.iter().all(|n| n.rect.y >= at("person").y));
    let row: Vec<_> =
        picture.nodes.iter().filter(|n| (n.rect.center().y - at("partner").center().y).abs() < 2.0).collect();
    let beyond = |side: bool| {
        row.iter().any(|n| if side { n.rect.x > at("partner").x } else { n.rect.x < at("partner").x })
    };
    assert!(!(beyond(true) && beyond(false)), "the partner stands at an end of its row");
}

#[test]
fn a_folded_picture_stays_folded_when_it_is_drawn_again() {
    let before = chain(12, "hands over");
    let options = LayoutOptions { direction: Some(Direction::Right), ..Default::default() };
    let old = arrange(&before, &options);
    let svg = blueprose::drawing::svg(
        &before,
        &old,
        &Style::default(),
        &blueprose::drawing::DrawOptions::default(),
    );
    let former = layout::Former::parse(&svg).expect("the picture has places");
    let again = arrange(&before, &LayoutOptions { former: Some(former.clone()), ..options.clone() });
    assert_eq!(again.nodes, old.nodes, "the same text gives the same picture");
    let after = chain(13, "hands over");
    let longer = arrange(&after, &LayoutOptions { former: Some(former.clone()), ..options });
    assert_eq!(layout::stability(&after, &longer, &former).inversions, 0);
}

/// Groups of trees; what is at the bottom of each leads on to other groups.
fn domains(order: &[usize], lead: impl Fn(usize, usize) -> Option<(usize, usize)>) -> Architecture {
    let mut builder = Builder::new("Domains");
    for g in order {
        builder = builder.group(&format!("g{g}"), &format!("Domain {g}"), GroupKind::Domain);
        for n in 0..15 {
            let id = format!("g{g}n{n}");
            builder = builder.component_in(&format!("g{g}"), &id, &format!("Service {g} {n}"), Kind::Service);
        }
    }
    for g in 0..order.len() {
        for n in 1..15 {
            builder = builder.call(&format!("g{g}n{}", (n - 1) / 2), &format!("g{g}n{n}"), "");
            if let Some((other, m)) = lead(g, n) {
                builder = builder.call(&format!("g{g}n{n}"), &format!("g{other}n{m}"), "");
            }
        }
    }
    builder.build().expect("a valid system")
}

#[test]
fn groups_stand_where_few_connections_cross() {
    let down = LayoutOptions { direction: Some(Direction::Down), ..Default::default() };
    let crossings =
        |architecture: &Architecture| quality(architecture, &arrange(architecture, &down)).crossings;
    // A chain of groups, mentioned in an order that says nothing: one below the other.
    let lead = |g: usize, n: usize| (g < 5 && n > 6).then(|| (g + 1, 7 * (n - 7) % 15));
    let found = crossings(&domains(&[3, 0, 5, 1, 4, 2], lead));
    assert!(found <= 45, "{found}");
    // Groups that all call each other, in no order: at most as many as were reached.
    let lead = |g: usize, n: usize| {
        Some(((4 * n * n + 3 * g + n) % 7, (11 * n + 4 * g) % 15)).filter(|l| n.is_multiple_of(2) && l.0 != g)
    };
    let found = crossings(&domains(&[0, 1, 2, 3, 4, 5, 6], lead));
    assert!(found <= 150, "{found}");
}

#[test]
fn boxes_of_a_column_that_differ_by_little_are_alike() {
    let text = "gateway api \"API\"\nservice orders \"Orders\"\nservice billing \"Billing\"\n\
                service long \"Reconciliation of accounts\"\napi -> orders, billing, long\n";
    let architecture = read(text);
    let options = LayoutOptions { direction: Some(Direction::Right), ..Default::default() };
    let picture = arrange(&architecture, &options);
    let width = |id: &str| rect(&architecture, &picture, id).w;
    assert_eq!(width("orders"), width("billing"));
    // What differs by much is meant to.
    assert!(width("long") > 1.3 * width("orders"), "{} {}", width("long"), width("orders"));
    let down = arrange(&architecture, &LayoutOptions { direction: Some(Direction::Down), ..options });
    assert!(["orders", "billing"].iter().all(|id| rect(&architecture, &down, id).w % 12.0 == 0.0));
}

#[test]
fn lines_that_labels_moved_have_no_small_jog() {
    let names = ["orders", "billing", "stock", "search", "mail", "users", "carts"];
    let mut text =
        "gateway gw\nmonitoring logs\ndatabase db\norders -> db: SQL\nbilling -> db: SQL\n".to_owned();
    for name in names {
        text += &format!("service {name}\ngw -> {name}: route\n{name} ~> logs: log lines\n");
    }
    let options = LayoutOptions { direction: Some(Direction::Right), ..Default::default() };
    let picture = arrange(&read(&text), &options);
    for route in &picture.routes {
        for part in route.points.windows(4) {
            let jog = (part[1].x - part[2].x).abs() + (part[1].y - part[2].y).abs();
            assert!(jog >= 10.0, "{:?}", route.points);
        }
    }
}

#[test]
fn many_connections_meet_a_person_at_the_disc() {
    let mut text = "user u \"Operators of the night shift\"\ndirection right\n".to_owned();
    for n in 0..6 {
        text += &format!("service s{n}\nu -> s{n}: \"way {n}\"\n");
    }
    let architecture = read(&text);
    let picture = arrange(&architecture, &LayoutOptions::default());
    let disc = rect(&architecture, &picture, "u").y + 26.0;
    let mut starts: Vec<f64> = picture.routes.iter().map(|r| r.points[0].y).collect();
    assert!(starts.iter().all(|y| (y - disc).abs() < 26.0), "{disc}: {starts:?}");
    starts.sort_by(f64::total_cmp);
    assert!(starts.windows(2).all(|w| w[1] - w[0] > 6.0), "{starts:?}");
}

#[test]
fn loops_keep_clear_of_what_runs_from_side_to_side() {
    let text = "direction down\ngroup g {\n direction right\n service a\n service b\n}\n\
                a -> a: \"asks itself again\"\na -> b: calls\nb -> b: retries\n";
    let architecture = read(text);
    let picture = arrange(&architecture, &LayoutOptions::default());
    let q = blueprose::layout::quality(&architecture, &picture);
    assert_eq!((q.label_hits, q.overlaps, q.through_nodes), (0, 0, 0));
}
