//! What must hold for every picture, on random architectures.

use blueprose::geometry::{Point, Rect};
use blueprose::layout::{self, Arrangement, End, EngineName, LayoutError, LayoutOptions, quality};
use blueprose::model::{Architecture, Builder, ConnectionRef, Direction, GroupKind, Kind};
use blueprose::style::Style;
use proptest::prelude::*;

/// Components (group or none, length of name), parents of groups, connections (from, to, label).
#[derive(Debug, Clone)]
struct Plan {
    components: Vec<(usize, usize)>,
    parents: Vec<usize>,
    connections: Vec<(usize, usize, usize)>,
    /// A component that many others are joined to: which, and how: to it or from it, waiting or not, labelled or not.
    hub: (usize, usize),
    direction: Option<Direction>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let components =
        prop::collection::vec((0..9usize, prop_oneof![9 => 1..16usize, 1 => 60..200usize]), 1..24);
    let parents = prop::collection::vec(0..9usize, 0..6);
    let direction = prop_oneof![Just(None), Just(Some(Direction::Down)), Just(Some(Direction::Right))];
    (components, parents, direction).prop_flat_map(|(components, parents, direction)| {
        let n = components.len();
        let connections = prop::collection::vec((0..n, 0..n, 0..20usize), 0..2 * n + 2);
        (connections, (0..2 * n, 0..8usize)).prop_map(move |(connections, hub)| Plan {
            components: components.clone(),
            parents: parents.clone(),
            connections,
            hub,
            direction,
        })
    })
}

fn build(plan: &Plan) -> Architecture {
    let mut builder = Builder::new("Random");
    let groups = plan.parents.len();
    for (g, &parent) in plan.parents.iter().enumerate() {
        let (id, label) = (format!("g{g}"), format!("Group number {g}"));
        builder = if parent < g {
            builder.group_in(&format!("g{parent}"), &id, &label, GroupKind::Group)
        } else {
            builder.group(&id, &label, GroupKind::Group)
        };
    }
    for (c, &(group, length)) in plan.components.iter().enumerate() {
        let (id, label) =
            (format!("c{c}"), "name of it ".repeat(length / 11 + 1)[..length].replace(' ', "x"));
        builder = if group < groups {
            builder.component_in(&format!("g{group}"), &id, &label, Kind::Service)
        } else {
            builder.component(&id, &label, Kind::Service)
        };
    }
    for &(from, to, label) in &plan.connections {
        let text = if label < 8 { "" } else { &"asks for something"[..label.min(18)] };
        builder = builder.call(&format!("c{from}"), &format!("c{to}"), text);
    }
    let (hub, how) = plan.hub;
    for other in (0..plan.components.len()).filter(|&c| hub < plan.components.len() && c != hub && c % 3 > 0)
    {
        let (from, to) = if how % 2 == 0 { (other, hub) } else { (hub, other) };
        let (from, to, text) = (format!("c{from}"), format!("c{to}"), ["", "scrape"][how / 4]);
        builder = match how / 2 % 2 {
            0 => builder.call(&from, &to, text),
            _ => builder.event(&from, &to, text),
        };
    }
    builder.build().expect("the plan is valid")
}

fn arrange(architecture: &Architecture, direction: Option<Direction>) -> Arrangement {
    let options = LayoutOptions { direction, ..LayoutOptions::default() };
    layout::arrange(architecture, &Style::default(), &options).expect("within the limits")
}

fn on_border(r: &Rect, p: Point) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.15;
    r.grown(0.15).contains(p)
        && (near(p.x, r.x) || near(p.x, r.right()) || near(p.y, r.y) || near(p.y, r.bottom()))
}

fn check(architecture: &Architecture, picture: &Arrangement) -> Result<(), TestCaseError> {
    let page = Rect::new(0.0, 0.0, picture.canvas.w + 0.1, picture.canvas.h + 0.1);
    for node in &picture.nodes {
        prop_assert!(page.contains_rect(&node.rect));
    }
    for placed in &picture.groups {
        prop_assert!(page.contains_rect(&placed.rect) && placed.rect.contains_rect(&placed.title));
        let id = &architecture.groups()[placed.group].id;
        for (component, node) in architecture.components().zip(&picture.nodes) {
            let member = architecture.group_chain(component.group.as_ref()).any(|g| g.id == *id);
            if member {
                prop_assert!(placed.rect.contains_rect(&node.rect), "{} in {id}", component.id);
            } else {
                prop_assert!(!placed.rect.overlaps(&node.rect), "{} out of {id}", component.id);
            }
            prop_assert!(!placed.title.overlaps(&node.rect), "title of {id} on {}", component.id);
        }
    }
    for (connection, route) in architecture.connections().zip(&picture.routes) {
        prop_assert!(route.points.len() >= 2);
        let (first, last) = (route.points[0], route.points[route.points.len() - 1]);
        prop_assert!(on_border(&picture.nodes[connection.from.index()].rect, first), "start of {:?}", route);
        prop_assert!(on_border(&picture.nodes[connection.to.index()].rect, last), "end of {:?}", route);
        for pair in route.points.windows(2) {
            prop_assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "{:?}", route);
        }
        prop_assert!(route.points.iter().all(|p| page.contains(*p)));
        let labelled = connection.label.is_some();
        prop_assert!(route.label.is_some() == labelled || labelled && route.trunk.is_some(), "{:?}", route);
        if let Some(end) = route.trunk {
            let hub = |c: &ConnectionRef<'_>| if end == End::Source { c.from } else { c.to };
            let look = |c: &ConnectionRef<'_>| (hub(c), c.mode, c.label.clone(), c.protocol.clone());
            let alike = architecture.connections().zip(&picture.routes);
            let alike = alike.filter(|(c, r)| r.trunk == Some(end) && look(c) == look(&connection));
            let labels: Vec<bool> = alike.map(|(_, r)| r.label.is_some()).collect();
            prop_assert!(labels.len() >= 5, "a trunk of few: {:?}", route);
            // What all of them say is said by each, or by one for all.
            prop_assert!(!labelled || labels.contains(&true), "a trunk says nothing: {:?}", route);
        }
    }
    let q = quality(architecture, picture);
    let bad = [q.overlaps, q.node_overlaps, q.through_nodes, q.through_groups, q.label_hits, q.title_hits];
    prop_assert_eq!(bad, [0; 6], "overlaps, nodes, through nodes, through groups, labels, titles");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_picture_is_correct(plan in plans()) {
        let architecture = build(&plan);
        let picture = arrange(&architecture, plan.direction);
        check(&architecture, &picture)?;
        prop_assert_eq!(picture, arrange(&architecture, plan.direction));
    }
}

#[test]
fn an_empty_architecture_has_an_empty_picture() {
    let picture = arrange(&Architecture::new(), None);
    assert!(picture.nodes.is_empty() && picture.routes.is_empty());
}

#[test]
fn past_the_limit_the_error_names_it() {
    let mut architecture = Architecture::new();
    for n in 0..=layout::MAX_COMPONENTS {
        let id = blueprose::model::Id::parse(&format!("c{n}")).unwrap();
        let component = blueprose::model::Component::new("Box", Kind::Service);
        architecture.add_component(blueprose::model::Component { id, ..component }).unwrap();
    }
    let error = layout::arrange(&architecture, &Style::default(), &LayoutOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "10001 components are more than the layout's limit of 10000");
}

#[test]
fn the_way_back_does_not_put_the_source_last() {
    let architecture = Builder::new("Round trip")
        .component("api", "API", Kind::Gateway)
        .component("work", "Worker", Kind::Service)
        .component("person", "Person", Kind::User)
        .call("work", "person", "answer")
        .call("person", "api", "asks")
        .call("api", "work", "")
        .build()
        .unwrap();
    let picture = arrange(&architecture, Some(Direction::Right));
    assert!(picture.nodes[2].rect.x < picture.nodes[0].rect.x);
    assert!(picture.nodes[0].rect.x < picture.nodes[1].rect.x);
}

#[test]
fn the_second_engine_refuses_groups_with_a_reason() {
    let grouped = Builder::new("Grouped")
        .group("g", "Group", GroupKind::Group)
        .component_in("g", "a", "A", Kind::Service)
        .build()
        .unwrap();
    let options = LayoutOptions { engine: EngineName::LayoutRs, ..LayoutOptions::default() };
    let error = layout::arrange(&grouped, &Style::default(), &options).unwrap_err();
    assert!(matches!(error, LayoutError::Unsupported(_)));
    let flat = Builder::new("Flat")
        .component("a", "A", Kind::Service)
        .component("b", "B", Kind::Service)
        .call("a", "b", "")
        .build()
        .unwrap();
    let picture = layout::arrange(&flat, &Style::default(), &options).unwrap();
    assert!(!picture.nodes[0].rect.overlaps(&picture.nodes[1].rect));
}

#[test]
fn a_long_label_of_a_loop_stays_clear_of_other_connections() {
    let label = "asks itself again until there is an answer";
    let mut builder = Builder::new("Loops").component("a", "A", Kind::Service).call("a", "a", label);
    for n in 0..4 {
        let id = format!("s{n}");
        builder = builder.component(&id, &format!("Service {n}"), Kind::Service).call("a", &id, "");
    }
    let architecture = builder.build().expect("a valid system");
    for direction in [Direction::Right, Direction::Down] {
        let options = LayoutOptions { direction: Some(direction), ..Default::default() };
        let picture = layout::arrange(&architecture, &Style::default(), &options).expect("within the limits");
        assert_eq!(quality(&architecture, &picture).label_hits, 0);
    }
}

/// Descriptions of which pictures were once wrong.
#[test]
fn no_connection_runs_through_a_group_it_has_nothing_to_do_with() {
    for (name, text) in [
        ("riser", include_str!("../suite/layout/riser.json")),
        ("turning", include_str!("../suite/layout/turning.json")),
    ] {
        let architecture = suite(name, text);
        let picture = arrange(&architecture, None);
        check(&architecture, &picture).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

fn suite(name: &str, text: &str) -> Architecture {
    let source = blueprose::text::Source::new(name, text);
    blueprose::reader::read(&source, blueprose::reader::Syntax::Json).value
}

#[test]
fn no_connection_bends_by_so_little_that_nobody_sees_what_for() {
    for (name, text) in [
        ("jog", include_str!("../suite/layout/jog.json")),
        ("jogs", include_str!("../suite/layout/jogs.json")),
        ("tall", include_str!("../suite/layout/tall.json")),
    ] {
        let picture = arrange(&suite(name, text), None);
        for route in &picture.routes {
            for part in route.points.windows(4) {
                let length = (part[1].x - part[2].x).abs() + (part[1].y - part[2].y).abs();
                assert!(length > 9.5, "{name}: {length} px in {route:?}");
            }
        }
    }
}

#[test]
fn a_picture_fills_a_page() {
    let chain = |count: usize| {
        let mut builder = Builder::new("Chains");
        for n in 0..count {
            for side in ["a", "b", "c"] {
                builder = builder.component(&format!("{side}{n}"), &format!("Part {n}"), Kind::Service);
                builder = if n == 0 {
                    builder
                } else {
                    builder.call(&format!("{side}{}", n - 1), &format!("{side}{n}"), "")
                };
            }
            builder = builder.call(&format!("a{n}"), &format!("b{n}"), "").call(
                &format!("b{n}"),
                &format!("c{n}"),
                "",
            );
        }
        builder.build().expect("a valid system")
    };
    let tall = suite("tall", include_str!("../suite/layout/tall.json"));
    for (name, architecture) in [("tall", tall), ("chains", chain(9))] {
        let picture = arrange(&architecture, Some(Direction::Down));
        let aspect = picture.canvas.w / picture.canvas.h;
        assert!((0.7..=1.9).contains(&aspect), "{name}: {aspect:.2}");
        check(&architecture, &picture).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

/// Six services, each of which asks one database and, in its own way, another.
fn two_databases() -> Architecture {
    let mut builder = Builder::new("Hubs").component("alike", "Alike", Kind::Database).component(
        "apart",
        "Apart",
        Kind::Database,
    );
    for n in 0..6 {
        let id = format!("s{n}");
        builder = builder.component(&id, &format!("Service {n}"), Kind::Service);
        builder = builder.call(&id, "alike", "SQL").call(&id, "apart", &format!("table {n}"));
    }
    builder.build().expect("a valid system")
}

#[test]
fn many_alike_connections_of_a_hub_share_a_trunk_and_others_do_not() {
    let architecture = two_databases();
    for direction in [Direction::Down, Direction::Right] {
        let picture = arrange(&architecture, Some(direction));
        let ends = |name: &str| -> Vec<Point> {
            let to = |c: &ConnectionRef<'_>| architecture.at(c.to).id.as_str() == name;
            let routes = architecture.connections().zip(&picture.routes).filter(|(c, _)| to(c));
            routes.map(|(_, route)| *route.points.last().expect("a path")).collect()
        };
        let alike = ends("alike");
        assert!(alike.iter().all(|p| *p == alike[0]), "{direction:?}: {alike:?}");
        let apart = ends("apart");
        let distinct = (0..apart.len()).all(|k| !apart[..k].contains(&apart[k]));
        assert!(distinct, "{direction:?}: {apart:?}");
        // What the members of a trunk say alike stands once, beside what they share.
        let said = |name: &str| {
            let to = |c: &ConnectionRef<'_>| architecture.at(c.to).id.as_str() == name;
            let routes = architecture.connections().zip(&picture.routes).filter(|(c, _)| to(c));
            routes.filter(|(_, route)| route.label.is_some()).count()
        };
        let expected = if direction == Direction::Down { 1..=1 } else { 1..=6 };
        assert!(expected.contains(&said("alike")) && said("apart") == 6, "{direction:?}");
        assert_eq!(quality(&architecture, &picture).overlaps, 0);
    }
}

#[test]
fn groups_keep_the_bands_of_a_former_picture() {
    let system = |links: &[(usize, usize)]| {
        let mut builder = Builder::new("Bands");
        for g in 0..6 {
            let group = format!("g{g}");
            builder = builder.group(&group, &format!("Group {g}"), GroupKind::Group);
            for c in 0..3 {
                let id = format!("c{g}{c}");
                builder = builder.component_in(&group, &id, &format!("Part {g}{c}"), Kind::Service);
            }
            builder = builder.call(&format!("c{g}0"), &format!("c{g}1"), "");
        }
        for &(a, b) in links {
            builder = builder.call(&format!("c{a}2"), &format!("c{b}2"), "");
        }
        builder.build().expect("a valid system")
    };
    // Where every group is above or below every other one.
    let above = |picture: &Arrangement| -> Vec<bool> {
        let rects: Vec<Rect> = picture.groups.iter().map(|g| g.rect).collect();
        rects.iter().flat_map(|a| rects.iter().map(move |b| a.bottom() <= b.y)).collect()
    };
    let first = system(&[(0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 5)]);
    let before = arrange(&first, Some(Direction::Down));
    // Left to itself, the changed system has other bands.
    let second = system(&[(5, 1), (0, 2), (1, 3), (2, 4), (3, 0), (4, 5), (5, 0)]);
    assert_ne!(above(&arrange(&second, Some(Direction::Down))), above(&before));
    let former = layout::Former::parse(&blueprose::writer::geometry(&first, &before));
    let direction = Some(Direction::Down);
    let options = LayoutOptions { former, direction, ..LayoutOptions::default() };
    let kept = layout::arrange(&second, &Style::default(), &options).expect("within the limits");
    assert_eq!(above(&kept), above(&before));
}
