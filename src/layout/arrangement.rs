//! Finished boxes, paths and label places.

use crate::geometry::{Point, Rect, Size};
use crate::model::{ComponentIndex, ConnectionIndex, Direction};

/// A picture without ink: where everything is. Coordinates are CSS pixels, rounded to a tenth, all of them inside
/// `0,0 … canvas`; y grows downwards.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// The way it reads.
    pub direction: Direction,
    /// Width and height of everything, with a margin around it.
    pub canvas: Size,
    /// One for every component; the n-th belongs to the component of index n.
    pub nodes: Vec<NodeBox>,
    /// One for every group that has members, outer ones before inner ones.
    pub groups: Vec<GroupBox>,
    /// One for every connection; the n-th belongs to the connection of index n.
    pub routes: Vec<Route>,
    /// Wishes that could not be met, and what else the author should know.
    pub notices: Vec<Notice>,
}

/// A component's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NodeBox {
    /// Which component.
    pub component: ComponentIndex,
    /// Its box.
    pub rect: Rect,
}

/// A group's place.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupBox {
    /// Its place in [`Architecture::groups`](crate::model::Architecture::groups).
    pub group: usize,
    /// How many groups are around it.
    pub depth: usize,
    /// Its box.
    pub rect: Rect,
    /// The box of its title, in a corner inside.
    pub title: Rect,
}

/// A connection's path.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Which connection.
    pub connection: ConnectionIndex,
    /// Corner points from the border of the source to the border of the target; at least two.
    pub points: Vec<Point>,
    /// The box of its label (step marks and text), if it has one.
    pub label: Option<Rect>,
    /// The end at which it shares its line with others that look alike and end there, too.
    pub trunk: Option<End>,
}

/// An end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where it starts.
    Source,
    /// Where it leads.
    Target,
}

/// Something the author wished for and did not get, or got differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// One sentence.
    pub message: String,
}
