//! Icons: the glyph family of `assets/icons/glyphs.yaml`, and brand marks where the catalog names one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{IconPack, brands};
use crate::catalog::{asset, catalog, data};
use crate::model::{Component, Group, GroupKind};

/// A glyph on a grid of 24 × 24: one stroke, and solid marks in the same colour.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glyph {
    /// The stroke.
    #[serde(default)]
    pub(super) d: String,
    /// What is solid.
    #[serde(default)]
    pub(super) fill: Option<String>,
}

/// What stands for a component or group.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Icon {
    /// A glyph of our own.
    Glyph(&'static Glyph),
    /// A brand's mark: one solid outline on a finer grid.
    Mark(&'static str),
    /// An icon of the user's.
    Own(Glyph),
}

fn glyphs() -> &'static BTreeMap<String, Glyph> {
    static GLYPHS: OnceLock<BTreeMap<String, Glyph>> = OnceLock::new();
    GLYPHS.get_or_init(|| data(asset!("icons/glyphs")))
}

/// The glyph of that name.
pub(super) fn glyph(name: &str) -> Option<&'static Glyph> {
    glyphs().get(name)
}

/// The glyph of that name, or the one for anything.
fn glyph_or_other(name: &str) -> Icon {
    static BLANK: Glyph = Glyph { d: String::new(), fill: None };
    Icon::Glyph(glyph(name).or_else(|| glyph("other")).unwrap_or(&BLANK))
}

/// A component's icon: the user's, else its technology's brand mark, else its technology's glyph, else its kind's.
pub(super) fn of_component(component: &Component, pack: &IconPack) -> Icon {
    if let Some(own) = pack.of(component) {
        return Icon::Own(own.clone());
    }
    let entry = component.technology_id().and_then(|id| catalog().technology(id));
    if let Some(mark) = entry.and_then(|e| e.mark).and_then(brands::mark) {
        return Icon::Mark(mark);
    }
    let name = entry.map(|e| e.icon).filter(|name| glyph(name).is_some());
    glyph_or_other(name.unwrap_or(catalog().kind(component.kind).glyph))
}

/// A group's icon: its platform's brand mark, else its kind's glyph.
pub(super) fn of_group(group: &Group) -> Icon {
    let entry =
        group.technology.as_ref().and_then(|t| t.id.as_deref()).and_then(|id| catalog().technology(id));
    entry
        .and_then(|e| e.mark)
        .and_then(brands::mark)
        .map_or_else(|| glyph_or_other(group_glyph(group.kind)), Icon::Mark)
}

fn group_glyph(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Cloud => "cloud",
        GroupKind::Region => "region",
        GroupKind::Zone => "zone",
        GroupKind::Account => "account",
        GroupKind::Vpc => "vpc",
        GroupKind::Subnet => "subnet",
        GroupKind::Cluster => "cluster",
        GroupKind::Namespace => "namespace",
        GroupKind::OnPremises => "on-premises",
        GroupKind::Layer => "layer",
        GroupKind::Domain => "domain",
        GroupKind::Team => "team",
        GroupKind::Boundary => "boundary",
        GroupKind::Group => "group",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]

    use super::super::path_data::bounds;
    use super::*;
    use crate::model::Kind;

    #[test]
    fn every_icon_the_catalog_names_exists() {
        for entry in catalog().technologies() {
            assert!(glyph(entry.icon).is_some(), "{}: no glyph `{}`", entry.id, entry.icon);
        }
        for &kind in Kind::ALL {
            let name = catalog().kind(kind).glyph;
            assert!(glyph(name).is_some(), "{kind}: no glyph `{name}`");
        }
        for &kind in GroupKind::ALL {
            assert!(glyph(group_glyph(kind)).is_some(), "{kind}: no glyph");
        }
    }

    #[test]
    fn glyphs_are_plain_path_data() {
        for (name, glyph) in glyphs() {
            for d in [Some(&glyph.d), glyph.fill.as_ref()].into_iter().flatten() {
                assert!(!d.is_empty() && d.len() < 900, "{name}: {} bytes", d.len());
                let plain = |c: char| c.is_ascii_digit() || " .,-MmLlHhVvCcSsQqTtAaZz".contains(c);
                assert!(d.starts_with('M') && d.chars().all(plain), "{name}: {d}");
            }
        }
    }

    #[test]
    fn glyphs_are_many_and_draw_within_their_box() {
        assert!(glyphs().len() >= 60, "{} glyphs", glyphs().len());
        // Half the widest stroke of a theme.
        let half = 1.0;
        for (name, glyph) in glyphs() {
            for (d, half) in [(Some(&glyph.d), half), (glyph.fill.as_ref(), 0.0)] {
                let Some(d) = d.filter(|d| !d.is_empty()) else { continue };
                let drawn = bounds(d).expect(name).grown(half);
                let grid = crate::geometry::Rect::new(0.0, 0.0, 24.0, 24.0);
                assert!(grid.contains_rect(&drawn), "{name}: {drawn:?}");
                assert!(drawn.w >= 2.0 || drawn.h >= 2.0, "{name} is too small to see: {drawn:?}");
            }
        }
    }
}
