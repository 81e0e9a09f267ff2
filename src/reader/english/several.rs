//! Several things named together that are told one by one elsewhere: "three queues", "the services".
//!
//! Takes a [`Reading`] and notes the single ones of what stands for several. It adds no flows.

use std::collections::BTreeSet;

use super::entities::EntityId;
use super::lexicon::lexicon;
use super::reading::Reading;
use crate::model::Kind;

/// "Three queues subscribe to the topic. The temperature queue …": several that are counted are those told by name, when
/// there are as many.
pub(super) fn counted(reading: &mut Reading) {
    for several in 0..reading.entities.all.len() {
        let all = &reading.entities.all;
        let Some(model) = all.get(several).filter(|e| e.plural && !e.denied && e.members.is_empty()) else {
            continue;
        };
        let Some(number) = model.replicas.filter(|&n| n > 1).filter(|_| model.modifiers.is_empty()) else {
            continue;
        };
        let like = |e: &super::entities::Entity| {
            let technology = e.technologies.is_empty() || e.technologies == model.technologies;
            e.kind == model.kind && technology && !e.modifiers.is_empty() && !e.plural && !e.denied
        };
        let told: Vec<EntityId> =
            (several + 1..all.len()).filter(|&id| all.get(id).is_some_and(like)).collect();
        if told.len() != number as usize {
            continue;
        }
        let technologies = model.technologies.clone();
        for &id in &told {
            if let Some(entity) = reading.entities.all.get_mut(id).filter(|e| e.technologies.is_empty()) {
                entity.technologies.clone_from(&technologies);
            }
        }
        if let Some(entity) = reading.entities.all.get_mut(several) {
            entity.members = told;
        }
    }
}

/// "routes to the services": all services of the text, wherever they are named.
pub(super) fn services(reading: &mut Reading) {
    let all = &reading.entities.all;
    let service = |e: &super::entities::Entity| matches!(e.head.as_str(), "service" | "microservice");
    let general = |e: &super::entities::Entity| {
        service(e)
            && e.plural
            && !e.denied
            && e.modifiers.iter().all(|m| lexicon().roles.weak_modifiers.contains(m))
            && e.technologies.is_empty()
            && e.members.is_empty()
    };
    let Some(several) = all.iter().position(general) else { return };
    let partners: BTreeSet<EntityId> = reading
        .flows
        .iter()
        .filter(|f| f.from == several || f.to == several)
        .flat_map(|f| [f.from, f.to])
        .collect();
    // "Prometheus scrapes all services": whatever runs.
    let watched =
        partners.iter().any(|&p| p != several && all.get(p).is_some_and(|e| e.kind == Kind::Monitoring));
    // Who hands the work to those that give it to the services is none of them.
    let before: BTreeSet<EntityId> = {
        let feeding = |to: &BTreeSet<EntityId>| -> BTreeSet<EntityId> {
            reading.flows.iter().filter(|f| to.contains(&f.to)).map(|f| f.from).collect()
        };
        let givers = reading.flows.iter().filter(|f| f.to == several).map(|f| f.from).collect();
        let near = feeding(&givers);
        feeding(&near).into_iter().chain(near).collect()
    };
    let members: Vec<EntityId> = (0..all.len())
        .filter(|id| {
            !partners.contains(id)
                && !before.contains(id)
                && all.get(*id).is_some_and(|e| {
                    let named = service(e) && !e.modifiers.is_empty()
                        || reading.things.contains(&e.label.to_lowercase());
                    let program = watched && !e.weak && e.linked;
                    (named || program) && e.kind == Kind::Service && !e.denied && !e.itself
                })
        })
        .collect();
    let place = all.get(several).and_then(|e| e.group);
    if let (Some(place), true) = (place, members.len() > 1) {
        // "the services in the cluster"
        members.iter().for_each(|&id| reading.put(id, place));
    }
    if members.len() > 1
        && let Some(entity) = reading.entities.all.get_mut(several)
    {
        entity.members = members;
    }
}
