//! Brand marks of open-source and SaaS products, by the Simple Icons slug that the catalog names.
//!
//! The build makes the table of them (`build/brands.rs`).

/// Slugs and outlines, ordered by slug.
const MARKS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/marks.rs"));

/// The side of the grid that marks are drawn on: whole numbers on a fine one are shorter than fractions on a coarse one.
pub(super) const GRID: f64 = 120.0;

/// The outline of a brand's mark, on a grid of 120 × 120; `None` for a slug that is not known.
pub(super) fn mark(slug: &str) -> Option<&'static str> {
    MARKS.binary_search_by_key(&slug, |m| m.0).ok().map(|at| MARKS[at].1)
}

#[cfg(test)]
mod tests {
    use super::super::path_data::bounds;
    use super::mark;
    use crate::catalog::catalog;

    #[test]
    fn every_mark_the_catalog_names_exists() {
        let slugs: Vec<&str> = catalog().technologies().iter().filter_map(|t| t.mark).collect();
        assert!(slugs.len() > 100);
        for slug in slugs {
            let d = mark(slug).unwrap_or_default();
            assert!(d.starts_with(['M', 'm']), "no mark `{slug}`");
            // A word drawn on twenty pixels cannot be read: there the glyph of the kind says more.
            let drawn = bounds(d).unwrap_or_default();
            assert!(drawn.w <= 2.4 * drawn.h, "`{slug}` is a word: {drawn:?}");
        }
        assert!(mark("no-such-brand").is_none());
    }
}
