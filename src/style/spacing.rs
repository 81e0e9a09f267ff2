//! Distances, in pixels.

/// The distances that layout keeps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between two boxes of one rank.
    pub node_gap: f64,
    /// Between two ranks, before channels and labels ask for more.
    pub rank_gap: f64,
    /// Between two parallel edges.
    pub edge_gap: f64,
    /// Between an edge and a box it passes.
    pub edge_node_gap: f64,
    /// Between a group's border and its members.
    pub group_padding: f64,
    /// Around the whole picture.
    pub margin: f64,
    /// Radius of an edge's rounded corners.
    pub corner: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            node_gap: 28.0,
            rank_gap: 48.0,
            edge_gap: 12.0,
            edge_node_gap: 12.0,
            group_padding: 20.0,
            margin: 24.0,
            corner: 8.0,
        }
    }
}
