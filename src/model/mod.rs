//! The component graph: the one thing that every reader makes and everything else reads.
//!
//! An [`Architecture`] is a petgraph graph of [`Component`]s and [`Connection`]s, a tree of [`Group`]s, and what else
//! the text says. It is built only through checked methods, so that an invalid one cannot exist:
//!
//! - ids are unique among components and groups together, and are handed out in order of mention;
//! - a component's group and a group's parent exist, and the groups form a tree;
//! - every step, note, wish and suppression names what exists.
//!
//! The model knows no coordinates, no colours and no source text beyond [`Span`](crate::text::Span)s.

mod apply;
mod architecture;
mod builder;
mod component;
mod facts;
mod group;
mod id;
mod kind;
mod operation;
mod origin;
mod quantity;
mod record;

pub use architecture::{Architecture, ComponentIndex, ConnectionIndex, ConnectionRef, ModelError};
pub use builder::Builder;
pub use component::{Component, Connection, Properties, Property, Technology};
pub use facts::{
    Assumption, Note, Question, Scenario, Step, Suppression, Wish, WishKind, WorkloadFact, WorkloadKey,
};
pub use group::Group;
pub use id::Id;
pub use kind::{Direction, GroupKind, Kind, Mode};
pub use operation::Operation;
pub use origin::Origin;
pub use quantity::{Dimension, Quantity, Value};
pub use record::{
    AssumptionRecord, ComponentRecord, ConnectionRecord, GroupRecord, NoteRecord, QuestionRecord, Record,
    RecordError, ScenarioRecord, StepRecord, SuppressionRecord, WishRecord, WorkloadRecord,
};
