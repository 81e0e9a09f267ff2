//! From what was understood to an architecture.
//!
//! Takes a [`Reading`] and gives the architecture: what is drawn and what not, labels that tell things apart, modes by
//! the medium, groups that hold something, steps as a scenario.

use std::collections::BTreeMap;

use super::alone::{activities, builds, bus_roles, orphans};
use super::ends::Ends;
use super::entities::{Entity, EntityId};
use super::kept::kept;
use super::lexicon::{Frame, Noun, lexicon};
use super::overview::{overviews, products_in_detail, titled_chain};
use super::reading::{Flow, Reading};
use super::sameness::{same_bucket, same_deed, same_door, same_workflow};
use super::several::{counted, services};
use super::supplied::{carriers, doors, fronts, keepers, parts, replicas, usual_partners, viewers, webhooks};
use crate::catalog::catalog;
use crate::model::{
    Architecture, Component, ComponentIndex, Connection, ConnectionIndex, Group, GroupKind, Id, Kind, Mode,
    Origin, Properties, Property, Scenario, Step, Value,
};

/// Where each entity and flow went.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// The component of each entity, if it is drawn.
    pub(crate) components: Vec<Option<ComponentIndex>>,
    /// The connection of each flow, if it is drawn.
    pub(crate) connections: Vec<Option<ConnectionIndex>>,
}

/// Puts the single ones in the place of several that were told apart later: the first here, the others at the end.
fn tell_apart(reading: &mut Reading) {
    let all = &reading.entities.all;
    let each = |id: EntityId| match all.get(id).map(|e| e.members.as_slice()) {
        None | Some([]) => vec![id],
        Some(members) => members.to_vec(),
    };
    let mut more = Vec::new();
    for flow in &mut reading.flows {
        let old = flow.clone();
        let pairs =
            each(old.from).into_iter().flat_map(|from| each(old.to).into_iter().map(move |to| (from, to)));
        for (n, (from, to)) in pairs.enumerate() {
            if n == 0 {
                (flow.from, flow.to) = (from, to);
            } else {
                more.push(Flow { from, to, ..old.clone() });
            }
        }
    }
    reading.flows.extend(more);
}

/// Builds the architecture.
pub(crate) fn assemble(reading: &mut Reading) -> (Architecture, Drawn) {
    turned(reading);
    services(reading);
    counted(reading);
    whole_in_place(reading);
    everything(reading);
    nested(reading);
    webhooks(reading);
    doors(reading);
    overviews(reading);
    products_in_detail(reading);
    same_bucket(reading);
    same_workflow(reading);
    same_deed(reading);
    same_door(reading);
    fronts(reading);
    activities(reading);
    titled_chain(reading);
    bus_roles(reading);
    orphans(reading);
    builds(reading);
    parts(reading);
    keepers(reading);
    viewers(reading);
    carriers(reading);
    replicas(reading);
    usual_partners(reading);
    outsiders(reading);
    tell_apart(reading);
    let kept = kept(reading);
    let labels = labels(reading, &kept);
    let mut architecture = Architecture::new();
    architecture.title.clone_from(&reading.system);
    let groups = add_groups(reading, &kept, &mut architecture);
    let mut drawn = Drawn::default();
    for (id, entity) in reading.entities.all.iter().enumerate() {
        let index = kept.get(id).copied().unwrap_or(false).then(|| {
            let label = labels.get(id).cloned().unwrap_or_default();
            let group = entity.group.and_then(|g| groups.get(g).cloned().flatten());
            let component = component(entity, label, group, &architecture);
            architecture.add_component(component).ok()
        });
        drawn.components.push(index.flatten());
    }
    for flow in reading.flows.iter() {
        let ends = (
            drawn.components.get(flow.from).copied().flatten(),
            drawn.components.get(flow.to).copied().flatten(),
        );
        let connection = match ends {
            (Some(from), Some(to)) if from != to => connect(reading, flow, from, to, &mut architecture),
            _ => None,
        };
        drawn.connections.push(connection);
    }
    scenario(reading, &drawn, &mut architecture);
    (architecture, drawn)
}

fn component(entity: &Entity, label: String, group: Option<Id>, architecture: &Architecture) -> Component {
    let label = if label.is_empty() { entity.kind.label().to_owned() } else { label };
    let id = architecture.free_id(&Id::from_label(&label));
    let technology = entity
        .technologies
        .first()
        .and_then(|&t| catalog().technologies().get(t))
        .map(crate::catalog::TechnologyEntry::technology);
    let origin = match entity.why {
        None => Origin::stated(entity.span),
        Some(why) => Origin::inferred(entity.span, why),
    };
    let replicas = entity.replicas.filter(|&r| r > 0);
    let properties = further(entity);
    Component { id, group, technology, replicas, origin, properties, ..Component::new(label, entity.kind) }
}

/// What a program is made with besides its first technology: "a FastAPI service on Fargate" runs on a platform.
fn further(entity: &Entity) -> Properties {
    let program = entity.kind.is_compute() || entity.kind == Kind::Client || entity.kind.is_store();
    let first = entity.technologies.first();
    let others = entity.technologies.iter().skip(1).filter(|t| program && Some(*t) != first);
    let mut out = Properties::new();
    for entry in others.filter_map(|&t| catalog().technologies().get(t)) {
        let name = match (entry.managed, entity.kind.is_store()) {
            (_, true) => "engine",
            (true, false) => "platform",
            (false, false) => "built_with",
        };
        let property =
            Property { value: Value::Text(entry.name.to_owned()), origin: Origin::stated(entity.span) };
        out.entry(name.to_owned()).or_insert(property);
    }
    out
}

fn connect(
    reading: &Reading,
    flow: &Flow,
    from: ComponentIndex,
    to: ComponentIndex,
    architecture: &mut Architecture,
) -> Option<ConnectionIndex> {
    let kind = |id: EntityId| reading.entities.all.get(id).map_or(Kind::Other, |e| e.kind);
    let medium = kind(flow.from).is_messaging() || kind(flow.to).is_messaging();
    // Whoever publishes by hand waits for the program to take it.
    let by_hand = kind(flow.from) == Kind::User;
    let asynchronous = medium
        || flow.asynchronous == Some(true) && !by_hand
        || kind(flow.from) == Kind::Storage && kind(flow.to) != Kind::Secrets;
    let mut connection = Connection::new(if asynchronous { Mode::Async } else { Mode::Sync });
    connection.label = flow.label.clone().or_else(|| flow.protocol.clone());
    connection.protocol.clone_from(&flow.protocol);
    connection.origin = match flow.why {
        None => Origin::stated(flow.span),
        Some(why) => Origin::inferred(flow.span, why),
    };
    let (from, to) = (architecture.at(from).id.clone(), architecture.at(to).id.clone());
    architecture.connect(from.as_str(), to.as_str(), connection).ok()
}

/// "takes jobs from `jobs`" before "`jobs`: RabbitMQ": what turned out to be a queue hands on what is read from it.
fn turned(reading: &mut Reading) {
    let all = &reading.entities.all;
    let queue = |id: EntityId| all.get(id).is_some_and(|e| e.kind.is_messaging());
    let late = |id: EntityId| all.get(id).is_some_and(|e| reading.things.contains(&e.label.to_lowercase()));
    let reads = |label: &str| {
        let first = label.split(' ').next().unwrap_or("");
        let frame =
            lexicon().verb_forms(first).iter().find_map(|&(verb, _)| lexicon().verb(verb)).map(|v| v.frame);
        matches!(frame, Some(Frame::Read | Frame::Consume))
    };
    for flow in &mut reading.flows {
        if queue(flow.to)
            && late(flow.to)
            && !queue(flow.from)
            && flow.why.is_none()
            && flow.label.as_deref().is_some_and(reads)
        {
            std::mem::swap(&mut flow.from, &mut flow.to);
        }
    }
}

/// "A company runs its booking system on AWS": the whole, of which only that is said, is no part, and its parts stand where
/// it does.
fn whole_in_place(reading: &mut Reading) {
    let all = &reading.entities.all;
    let cloud = |place: usize| {
        reading
            .places
            .get(place)
            .is_some_and(|p| !p.general && matches!(p.kind, GroupKind::Cloud | GroupKind::OnPremises))
    };
    let whole = |id: EntityId| {
        let e = all.get(id).filter(|e| !e.linked && !e.denied && e.technologies.is_empty())?;
        let last = e.head.rsplit(' ').next().unwrap_or("");
        let product = lexicon().product(&e.head) || matches!(last, "system" | "platform" | "shop" | "site");
        let first = reading.traces.get(e.last).is_some_and(|t| t.span.start <= e.span.start);
        e.group.filter(|&g| product && first && cloud(g))
    };
    let programs = all.iter().filter(|e| e.linked && !e.denied && e.kind.is_compute()).count();
    let found = (0..all.len()).find_map(|id| Some((id, whole(id)?)));
    if let (Some((id, place)), true, true) = (found, programs > 0, reading.everything.is_none()) {
        if let Some(entity) = reading.entities.all.get_mut(id) {
            (entity.denied, entity.itself) = (true, true);
        }
        reading.everything = Some((place, Vec::new()));
        reading.rule("the parts of a whole stand where it does");
    }
}

/// "everything runs in X".
fn everything(reading: &mut Reading) {
    let Some((place, except)) = reading.everything.take() else { return };
    let kind = reading.places.get(place).map_or(GroupKind::Group, |p| p.kind);
    if matches!(kind, GroupKind::Cloud | GroupKind::Region | GroupKind::Account) {
        let narrow = |k: GroupKind| {
            !matches!(k, GroupKind::Cloud | GroupKind::OnPremises | GroupKind::Region | GroupKind::Account)
        };
        for (n, other) in reading.places.iter_mut().enumerate() {
            if n != place && narrow(other.kind) && other.parent.is_none() {
                other.parent = Some(place);
            }
        }
    }
    for id in 0..reading.entities.all.len() {
        let outside = reading.entities.all.get(id).is_none_or(|e| {
            let managed = e.technologies.first().and_then(|&t| catalog().technologies().get(t));
            e.group.is_some()
                || matches!(e.kind, Kind::User | Kind::Client | Kind::External | Kind::Device)
                || kind == GroupKind::Cluster && managed.is_some_and(|t| t.managed && !t.kind.is_compute())
                || kind != GroupKind::OnPremises && e.modifiers.iter().any(|m| m.starts_with("on-prem"))
        });
        if !outside && !except.contains(&id) && !reading.outside.contains(&id) {
            reading.put(id, place);
        }
    }
}

/// A name that no list knows, which is only asked or told and asks nobody itself, stands outside: "files it with DATEV".
fn outsiders(reading: &mut Reading) {
    let ends = Ends::of(&reading.flows);
    for (id, entity) in reading.entities.all.iter_mut().enumerate() {
        if entity.named
            && entity.kind == Kind::Service
            && entity.names.is_empty()
            && entity.technologies.is_empty()
            && entity.group.is_none()
            // "orders -> payments": named after what it does, so that it is the system's own.
            && !matches!(lexicon().noun(&entity.label.to_lowercase()), Some((Noun::Data, _)))
            && ends.to(id)
            && !ends.from(id)
        {
            entity.kind = Kind::External;
        }
    }
}

/// A subnet lies in the one network there is, a namespace in the one cluster.
fn nested(reading: &mut Reading) {
    let only = |kind: GroupKind| {
        let mut all = reading.places.iter().enumerate().filter(|(_, p)| p.kind == kind && !p.general);
        all.next().map(|(n, _)| n).filter(|_| all.next().is_none())
    };
    let outer = [(GroupKind::Subnet, only(GroupKind::Vpc)), (GroupKind::Namespace, only(GroupKind::Cluster))];
    for place in &mut reading.places {
        if let Some((_, parent)) = outer.iter().find(|(kind, _)| *kind == place.kind) {
            place.parent = place.parent.or(*parent);
        }
    }
}

/// Labels; things of the same name are told apart by their group or by what they do.
fn labels(reading: &Reading, kept: &[bool]) -> Vec<String> {
    let all = &reading.entities.all;
    let mut labels: Vec<String> = all.iter().map(|e| e.label.clone()).collect();
    let owners = owners(reading, kept);
    let drawn = |id: EntityId| kept.get(id).copied().unwrap_or(false);
    let mut called: BTreeMap<&str, Vec<EntityId>> = BTreeMap::new();
    for (id, entity) in all.iter().enumerate().filter(|(id, _)| drawn(*id)) {
        called.entry(&entity.label).or_default().push(id);
    }
    for id in 0..all.len() {
        let (Some(entity), Some(label)) = (all.get(id), labels.get(id).cloned()) else { continue };
        if let (Some(name), Some(slot)) = (owned(reading, kept, &owners, id), labels.get_mut(id)) {
            *slot = name;
            continue;
        }
        let Some(twins) = called.get(entity.label.as_str()).filter(|t| t.len() > 1 && drawn(id)) else {
            continue;
        };
        let place = entity.group.and_then(|g| reading.places.get(g)).map(|p| p.label.clone());
        let differs = |p: &Option<usize>| {
            twins.iter().filter(|o| **o != id).filter_map(|&o| all.get(o)).all(|e| e.group != *p)
        };
        let tail = match (place, &entity.doing) {
            (Some(place), _) if differs(&entity.group) => Some(place),
            (_, Some(doing)) => Some(doing.clone()),
            _ => None,
        };
        if let (Some(tail), Some(slot)) = (tail, labels.get_mut(id)) {
            *slot = format!("{label} ({tail})");
        }
    }
    labels
}

/// The only one that calls each thing, for what calls nobody itself.
fn owners(reading: &Reading, kept: &[bool]) -> Vec<Option<EntityId>> {
    let drawn = |o: EntityId| kept.get(o).copied().unwrap_or(false);
    let count = reading.entities.all.len();
    let (mut owners, mut shared) = (vec![None; count], vec![false; count]);
    for flow in reading.flows.iter() {
        if let (Some(shared), true) = (shared.get_mut(flow.from), drawn(flow.to)) {
            *shared = true;
        }
        if let (Some(owner), Some(shared), true) =
            (owners.get_mut(flow.to), shared.get_mut(flow.to), drawn(flow.from))
        {
            *shared |= *owner.get_or_insert(flow.from) != flow.from;
        }
    }
    owners.into_iter().zip(shared).map(|(owner, shared)| owner.filter(|_| !shared)).collect()
}

/// The name of a store that shares its bare one with another and has a single owner: "Order database" and "Menu
/// database" for two services that each keep their own PostgreSQL database.
fn owned(reading: &Reading, kept: &[bool], owners: &[Option<EntityId>], id: EntityId) -> Option<String> {
    let all = &reading.entities.all;
    let drawn = |o: EntityId| kept.get(o).copied().unwrap_or(false);
    let bare = |e: &Entity| {
        matches!(e.kind, Kind::Database | Kind::Cache | Kind::Storage)
            && e.modifiers.is_empty()
            && e.names.is_empty()
    };
    let owner = |o: EntityId| owners.get(o).copied().flatten();
    let entity = all.get(id).filter(|e| bare(e) && drawn(id) && e.group.is_none())?;
    let own = owner(id)?;
    let by =
        all.get(own).filter(|e| !e.kind.is_messaging() && !matches!(e.kind, Kind::User | Kind::Client))?;
    let twins = all.iter().enumerate().filter(|(o, e)| {
        let same = e.label == entity.label || !entity.head.is_empty() && e.head == entity.head;
        *o != id && drawn(*o) && bare(e) && same
    });
    let mut others = twins.map(|(o, _)| owner(o)).peekable();
    if others.peek().is_none() || others.any(|other| other == Some(own)) {
        return None;
    }
    let stem = match by.label.rsplit_once(' ') {
        Some((stem, last)) if last.eq_ignore_ascii_case(&by.head) => stem,
        _ => by.label.as_str(),
    };
    let head = if entity.head.is_empty() { entity.kind.label().to_lowercase() } else { entity.head.clone() };
    let name = format!("{stem} {head}");
    let taken = |(o, e): (EntityId, &Entity)| drawn(o) && e.label.eq_ignore_ascii_case(&name);
    (!all.iter().enumerate().any(taken)).then_some(name)
}

fn add_groups(reading: &Reading, kept: &[bool], architecture: &mut Architecture) -> Vec<Option<Id>> {
    let count = reading.places.len();
    let mut used = vec![false; count];
    for (id, entity) in reading.entities.all.iter().enumerate() {
        if let (Some(group), true) = (entity.group, kept.get(id).copied().unwrap_or(false))
            && let Some(slot) = used.get_mut(group)
        {
            *slot = true;
        }
    }
    for _ in 0..count.min(8) {
        for place in 0..count {
            if let (true, Some(parent)) =
                (used.get(place).copied().unwrap_or(false), reading.places.get(place).and_then(|p| p.parent))
                && let Some(slot) = used.get_mut(parent)
            {
                *slot = true;
            }
        }
    }
    let mut ids: Vec<Option<Id>> = vec![None; count];
    for (place, used) in used.iter().enumerate() {
        let Some(entry) = reading.places.get(place).filter(|_| *used) else { continue };
        let id = architecture.free_id(&Id::from_label(&entry.label));
        let technology = entry
            .technology
            .and_then(|t| catalog().technologies().get(t))
            .map(crate::catalog::TechnologyEntry::technology);
        let group = Group {
            id: id.clone(),
            technology,
            origin: Origin::stated(entry.span),
            ..Group::new(entry.label.clone(), entry.kind)
        };
        if architecture.add_group(group).is_ok()
            && let Some(slot) = ids.get_mut(place)
        {
            *slot = Some(id);
        }
    }
    for (place, entry) in reading.places.iter().enumerate() {
        let parent = entry.parent.and_then(|p| ids.get(p).cloned().flatten());
        if let (Some(id), Some(parent)) = (ids.get(place).cloned().flatten(), parent) {
            let _ = architecture.move_group(id.as_str(), Some(parent));
        }
    }
    ids
}

/// Numbered steps become a scenario.
fn scenario(reading: &Reading, drawn: &Drawn, architecture: &mut Architecture) {
    let mut steps: Vec<(u32, Step)> = Vec::new();
    for (flow, connection) in reading.flows.iter().zip(&drawn.connections) {
        if let (Some(number), Some(connection)) = (flow.step, connection) {
            steps.push((
                number,
                Step { connection: *connection, text: flow.label.clone(), origin: Origin::stated(flow.span) },
            ));
        }
    }
    let first = steps.first().map(|s| s.0);
    if steps.len() < 2 || first.is_none() {
        return;
    }
    let origin = steps.first().map(|(_, s)| s.origin.clone()).unwrap_or_default();
    let title = "The numbered steps".to_owned();
    let steps = steps.into_iter().map(|(_, step)| step).collect();
    let _ = architecture.add_scenario(Scenario { title, steps, origin });
}
