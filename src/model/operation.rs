//! Typed edits: what a review's fix proposes and what an edit sentence comes to.

use serde::{Deserialize, Serialize};

use super::{GroupKind, Id, Kind, Mode, Technology, Value, WorkloadKey};

/// One edit of an architecture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation {
    /// Adds a component.
    AddComponent {
        /// Its id.
        id: Id,
        /// Its label.
        label: String,
        /// Its kind.
        kind: Kind,
        /// Its technology.
        #[serde(default)]
        technology: Option<Technology>,
        /// Its group.
        #[serde(default)]
        group: Option<Id>,
    },
    /// Removes a component; with `bridge`, what led to it then leads to where it led.
    RemoveComponent {
        /// Which.
        id: Id,
        /// Whether its neighbours are joined.
        bridge: bool,
    },
    /// Gives a component another label; the id stays.
    Rename {
        /// Which.
        id: Id,
        /// The new label.
        label: String,
    },
    /// Gives a component another kind.
    SetKind {
        /// Which.
        id: Id,
        /// The new kind.
        kind: Kind,
    },
    /// Gives a component another technology, or none.
    SetTechnology {
        /// Which.
        id: Id,
        /// The new technology.
        technology: Option<Technology>,
    },
    /// Sets how many of it run.
    SetReplicas {
        /// Which.
        id: Id,
        /// How many, at least 1.
        replicas: u32,
    },
    /// Sets a property.
    SetProperty {
        /// Which component.
        id: Id,
        /// The property's name.
        name: String,
        /// Its value.
        value: Value,
    },
    /// Connects two components.
    Connect {
        /// Where it starts.
        from: Id,
        /// Where it ends.
        to: Id,
        /// What travels.
        #[serde(default)]
        label: Option<String>,
        /// Whether the caller waits.
        mode: Mode,
    },
    /// Removes all connections from one component to another.
    Disconnect {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
    },
    /// Puts an existing component on every connection between two others.
    InsertBetween {
        /// What is put between.
        id: Id,
        /// Where the connections start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The mode of the half that leads to the new component.
        mode_in: Mode,
        /// The mode of the half that leads on.
        mode_out: Mode,
    },
    /// Sets whether the callers of all connections between two components wait.
    SetMode {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The new mode.
        mode: Mode,
    },
    /// Sets the protocol of all connections between two components.
    SetProtocol {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The new protocol.
        protocol: String,
    },
    /// Sets a property of all connections between two components.
    SetConnectionProperty {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The property's name.
        name: String,
        /// Its value.
        value: Value,
    },
    /// Adds a group.
    AddGroup {
        /// Its id.
        id: Id,
        /// Its label.
        label: String,
        /// Its kind.
        kind: GroupKind,
        /// The group around it.
        #[serde(default)]
        parent: Option<Id>,
    },
    /// Removes a group and leaves its members where the group was.
    RemoveGroup {
        /// Which.
        id: Id,
    },
    /// Moves a component into a group, or out of all.
    Move {
        /// Which.
        id: Id,
        /// Where to.
        group: Option<Id>,
    },
    /// Says what a component does, or no longer says it.
    SetDescription {
        /// Which.
        id: Id,
        /// The new description.
        description: Option<String>,
    },
    /// Removes a property; nothing happens when there is none of that name.
    UnsetProperty {
        /// Which component.
        id: Id,
        /// The property's name.
        name: String,
    },
    /// Leads all connections between two components elsewhere; what they carry and the steps over them stay.
    Redirect {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// Where they start from now on.
        new_from: Id,
        /// Where they end from now on.
        new_to: Id,
    },
    /// Gives all connections between two components another label, or none.
    Relabel {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The new label.
        label: Option<String>,
    },
    /// Gives a group another label; the id stays.
    RenameGroup {
        /// Which.
        id: Id,
        /// The new label.
        label: String,
    },
    /// Moves a group into another, or out of all.
    MoveGroup {
        /// Which.
        id: Id,
        /// Where to.
        parent: Option<Id>,
    },
    /// States a figure about the load; an earlier one about the same thing is replaced.
    SetWorkload {
        /// What it is about.
        key: WorkloadKey,
        /// The figure.
        value: Value,
        /// The component it is said of.
        #[serde(default)]
        about: Option<Id>,
    },
    /// Silences a review rule.
    Suppress {
        /// The rule.
        rule: String,
        /// Where; empty for everywhere.
        #[serde(default)]
        about: Vec<Id>,
        /// Why.
        reason: String,
    },
    /// Gives the whole another title.
    SetTitle {
        /// The new title.
        title: String,
    },
}
