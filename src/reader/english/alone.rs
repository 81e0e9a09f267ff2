//! Two that stand alone and belong together: a repository and its pipeline, a queue and its reader, a bus and who publishes.
//!
//! Takes a [`Reading`] and adds flows that carry the rule that inferred them. It makes no components.

use super::ends::Ends;
use super::entities::EntityId;
use super::reading::Reading;
use crate::model::Kind;

/// A repository whose code nobody fetches and a pipeline that nothing starts belong together.
pub(super) fn builds(reading: &mut Reading) {
    let all = &reading.entities.all;
    let cicd = |id: &EntityId| all.get(*id).is_some_and(|e| !e.denied && !e.weak && e.kind == Kind::Cicd);
    let code = |id: &EntityId| {
        all.get(*id).is_some_and(|e| {
            let label = format!("{} ", e.label.to_lowercase());
            ["repo", "git ", "source control", "github ", "gitlab ", "bitbucket ", "codecommit"]
                .iter()
                .any(|w| label.contains(w))
                && !["actions", " ci", "pipeline"].iter().any(|w| label.contains(w))
        })
    };
    let ids: Vec<EntityId> = (0..all.len()).filter(cicd).collect();
    let (repositories, mut pipelines): (Vec<EntityId>, Vec<EntityId>) = ids.into_iter().partition(code);
    // What watches another repository has its work already.
    pipelines.retain(|p| {
        let watches = |f: &super::reading::Flow| {
            let label = f.label.as_deref().unwrap_or("");
            f.from == *p && ["watch", "monitor", "pull", "sync"].iter().any(|w| label.starts_with(w))
        };
        !reading.flows.iter().any(|f| f.to == *p || watches(f))
    });
    // Of several repositories, the code is in the one that people push to.
    let pushed = |r: &EntityId| {
        reading.flows.iter().any(|f| f.to == *r && all.get(f.from).is_some_and(|e| e.kind == Kind::User))
    };
    let repositories: Vec<EntityId> = match repositories.as_slice() {
        [_] => repositories,
        several => several.iter().copied().filter(pushed).collect(),
    };
    if let ([repository], [pipeline]) = (repositories.as_slice(), pipelines.as_slice()) {
        let joined = reading.flows.iter().any(|f| {
            f.from == *repository || f.to == *pipeline || f.to == *repository && f.from == *pipeline
        });
        let (repository, pipeline) = (*repository, *pipeline);
        if !joined {
            reading.speak_of(pipeline);
            reading.flow(
                repository,
                pipeline,
                Some("new code"),
                Some(true),
                None,
                Some("a pipeline starts on new code in the one repository there is"),
            );
        }
    }
}

/// "a Lambda function (publisher), an event bus and another function (subscriber)": by their roles at the one bus there is.
pub(super) fn bus_roles(reading: &mut Reading) {
    let all = &reading.entities.all;
    let live = |id: &EntityId| all.get(*id).is_some_and(|e| !e.denied && !e.weak);
    let kind = |id: &EntityId| all.get(*id).map_or(Kind::Other, |e| e.kind);
    let mut buses = (0..all.len()).filter(|id| live(id) && kind(id).is_messaging());
    let (Some(bus), None) = (buses.next(), buses.next()) else { return };
    let called = |id: &EntityId, words: &[&str]| {
        all.get(*id).is_some_and(|e| {
            let own = e.names.iter().chain(&e.modifiers).map(String::as_str).chain([e.head.as_str()]);
            !e.plural
                && (e.linked || e.declared)
                && (e.kind.is_compute() || e.kind == Kind::Client)
                && own.flat_map(|n| n.split(' ')).any(|w| words.contains(&w))
        })
    };
    let ends = Ends::of(&reading.flows);
    let gives = |id: &EntityId| called(id, &["publisher", "producer"]) && !ends.from(*id);
    let takes = |id: &EntityId| called(id, &["subscriber", "consumer"]) && !ends.to(*id);
    let found: Vec<(EntityId, EntityId)> = (0..all.len())
        .filter(|id| live(id) && *id != bus)
        .filter_map(|id| match (gives(&id), takes(&id)) {
            (true, false) => Some((id, bus)),
            (false, true) => Some((bus, id)),
            _ => None,
        })
        .collect();
    for (from, to) in found {
        reading.speak_of(from);
        let why = Some("publishers and subscribers deal with the one bus there is");
        reading.flow(from, to, None, Some(true), None, why);
    }
}

/// A queue that nobody empties and a program that nobody starts belong together, when there is just one of each.
pub(super) fn orphans(reading: &mut Reading) {
    let all = &reading.entities.all;
    let live = |id: &EntityId| all.get(*id).is_some_and(|e| !e.denied && !e.weak);
    let ends = Ends::of(&reading.flows);
    let kind = |id: EntityId| all.get(id).map_or(Kind::Other, |e| e.kind);
    let queues: Vec<EntityId> = (0..all.len())
        .filter(|id| live(id) && kind(*id).is_messaging() && ends.to(*id) && !ends.from(*id))
        .collect();
    let idle: Vec<EntityId> = (0..all.len())
        .filter(|id| {
            live(id)
                && ends.from(*id)
                && !ends.to(*id)
                && matches!(kind(*id), Kind::Function | Kind::Service | Kind::Container)
        })
        .collect();
    if let ([queue], [program]) = (queues.as_slice(), idle.as_slice()) {
        let feeds = reading.flows.iter().any(|f| f.from == *program && f.to == *queue);
        let earlier =
            all.get(*queue).zip(all.get(*program)).is_some_and(|(q, p)| q.span.start < p.span.start);
        if feeds || !earlier {
            return;
        }
        let (queue, program) = (*queue, *program);
        reading.speak_of(program);
        reading.flow(
            queue,
            program,
            None,
            Some(true),
            None,
            Some("a queue nobody empties and a program nobody starts belong together"),
        );
    }
}

/// The one orchestration there is starts the functions that are called its activities.
pub(super) fn activities(reading: &mut Reading) {
    let all = &reading.entities.all;
    let live = |id: &EntityId| all.get(*id).is_some_and(|e| !e.denied && !e.weak);
    let kind = |id: &EntityId| all.get(*id).map_or(Kind::Other, |e| e.kind);
    let mut workflows = (0..all.len()).filter(|id| live(id) && kind(id) == Kind::Workflow);
    let (Some(workflow), None) = (workflows.next(), workflows.next()) else { return };
    let activity = |id: &EntityId| {
        all.get(*id).is_some_and(|e| {
            let mut named = e.head.split(' ').chain(e.modifiers.iter().map(String::as_str));
            e.kind.is_compute() && named.any(|w| w == "activity")
        })
    };
    let ends = Ends::of(&reading.flows);
    let idle = |id: &EntityId| !ends.to(*id);
    let found: Vec<EntityId> =
        (0..all.len()).filter(|id| live(id) && *id != workflow && activity(id) && idle(id)).collect();
    for id in found {
        reading.speak_of(id);
        reading.flow(workflow, id, None, None, None, Some("an orchestration starts its activities"));
    }
}
