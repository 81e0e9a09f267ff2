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
