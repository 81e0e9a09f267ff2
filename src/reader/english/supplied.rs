//! What a text leaves to be supplied: the door of a place, the partner of a queue, a pipeline or a store that stand alone.
//!
//! Takes a [`Reading`] and adds flows that carry the rule that inferred them. It makes no components.

use std::collections::{BTreeMap, BTreeSet};

use super::ends::Ends;
use super::entities::EntityId;
use super::lexicon::lexicon;
use super::reading::Reading;
use crate::catalog::catalog;
use crate::model::Kind;

/// What is sent to a place goes to its door: the balancer or gateway in it, else its only program.
pub(super) fn doors(reading: &mut Reading) {
    for (from, place, label) in std::mem::take(&mut reading.toward) {
        let inside: Vec<EntityId> = (0..reading.entities.all.len())
            .filter(|&id| reading.entities.all.get(id).is_some_and(|e| e.group == Some(place) && !e.denied))
            .collect();
        let kind = |id: &EntityId| reading.entities.all.get(*id).map_or(Kind::Other, |e| e.kind);
        let doors: Vec<EntityId> = inside
            .iter()
            .copied()
            .filter(|id| matches!(kind(id), Kind::LoadBalancer | Kind::Gateway))
            .collect();
        let programs: Vec<EntityId> = inside.iter().copied().filter(|id| kind(id).is_compute()).collect();
        let door = match (doors.as_slice(), programs.as_slice()) {
            ([door], _) | ([], [door]) => *door,
            _ => continue,
        };
        reading.speak_of(door);
        reading.flow(
            from,
            door,
            label.as_deref(),
            None,
            None,
            Some("what is sent to a place goes to its door"),
        );
    }
}

/// "Both apps call an API behind a load balancer": who comes from outside meets first what stands in front, when nothing
/// else is said to come there.
pub(super) fn fronts(reading: &mut Reading) {
    let all = &reading.entities.all;
    let kind = |id: EntityId| all.get(id).filter(|e| !e.denied).map_or(Kind::Other, |e| e.kind);
    let entered: BTreeSet<EntityId> = reading.flows.iter().map(|f| f.to).collect();
    let front = |id: EntityId| {
        matches!(kind(id), Kind::LoadBalancer | Kind::Gateway | Kind::Cdn | Kind::Waf)
            && !entered.contains(&id)
    };
    // What stands in front of each thing.
    let mut before: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    for flow in reading.flows.iter().filter(|f| f.label.is_none() && front(f.from)) {
        before.entry(flow.to).or_default().insert(flow.from);
    }
    let outside =
        |id: EntityId| matches!(kind(id), Kind::User | Kind::Client | Kind::Device | Kind::External);
    for flow in reading.flows.iter_mut().filter(|f| outside(f.from)) {
        if let Some(front) = before.get(&flow.to).filter(|fronts| fronts.len() == 1).and_then(BTreeSet::first)
        {
            flow.to = *front;
        }
    }
}

/// The most copies of stores that are looked at.
const MOST_COPIES: usize = 64;

/// A replica or standby that nothing feeds follows the one store of its technology that is no copy.
pub(super) fn replicas(reading: &mut Reading) {
    let all = &reading.entities.all;
    let live = |id: &EntityId| all.get(*id).is_some_and(|e| !e.denied && e.kind == Kind::Database);
    let (copies, originals): (Vec<EntityId>, Vec<EntityId>) =
        (0..all.len()).filter(live).partition(|id| all.get(*id).is_some_and(super::entities::Entity::copies));
    let mut found = Vec::new();
    for copy in copies.into_iter().take(MOST_COPIES) {
        // "two replicas" of no store are how many run of a program.
        let counted = |e: &super::entities::Entity| {
            e.replicas.is_some()
                && e.technologies.is_empty()
                && !e.head.contains(' ')
                && e.modifiers.is_empty()
        };
        let Some(entity) = all.get(copy).filter(|e| !counted(e)) else { continue };
        let fed =
            reading.flows.iter().any(|f| f.to == copy && live(&f.from) || f.from == copy && live(&f.to));
        let fits = |id: &EntityId| {
            all.get(*id).is_some_and(|e| {
                entity.technologies.is_empty()
                    || e.technologies.is_empty()
                    || e.technologies.first() == entity.technologies.first()
            })
        };
        let mut sources = originals.iter().copied().filter(fits);
        if let (Some(source), None, false) = (sources.next(), sources.next(), fed) {
            found.push((source, copy, entity.span));
        }
    }
    let copying: Vec<bool> = all.iter().map(super::entities::Entity::copies).collect();
    let stores: Vec<bool> = (0..all.len()).map(|id| live(&id)).collect();
    let is = |list: &[bool], id: EntityId| list.get(id).copied().unwrap_or(false);
    for flow in &mut reading.flows {
        // "streaming from the primary": a copy writes nothing into what it follows.
        if is(&copying, flow.from) && is(&stores, flow.from) && is(&stores, flow.to) && !is(&copying, flow.to)
        {
            std::mem::swap(&mut flow.from, &mut flow.to);
        }
    }
    for (source, copy, span) in found {
        (reading.span, reading.step) = (span, None);
        let why = Some("a copy follows the one store that is no copy");
        reading.flow(source, copy, Some("replication"), Some(true), None, why);
    }
}

/// The id of the first product that something drawn is made with.
fn made_with(reading: &Reading, id: EntityId) -> Option<&'static str> {
    let entity = reading.entities.all.get(id).filter(|e| !e.denied && !e.weak)?;
    catalog().technologies().get(*entity.technologies.first()?).map(|t| t.id)
}

/// A rule or stream of a product works on what the product gets: IoT rules are fed by IoT Core.
pub(super) fn parts(reading: &mut Reading) {
    for id in 0..reading.entities.all.len() {
        let whole = made_with(reading, id).and_then(|t| lexicon().roles.parts_of.get(t));
        let Some(whole) = whole.filter(|_| !reading.flows.iter().any(|f| f.to == id)) else { continue };
        let hosts: Vec<EntityId> = (0..reading.entities.all.len())
            .filter(|&o| made_with(reading, o).as_ref() == Some(whole))
            .collect();
        if let [host] = hosts.as_slice() {
            reading.speak_of(id);
            let why = Some("it works on what the product that it belongs to gets");
            reading.flow(*host, id, None, Some(true), None, why);
        }
    }
}

/// "The API stores events in Postgres. A Redis cache keeps the sessions": whose sessions, was said just before.
pub(super) fn keepers(reading: &mut Reading) {
    for (keeper, actor) in std::mem::take(&mut reading.keepers) {
        let lonely = !reading.flows.iter().any(|f| f.from == keeper || f.to == keeper);
        let live = |id: EntityId| reading.entities.all.get(id).filter(|e| !e.denied).map(|e| e.span);
        if let (true, Some(span), Some(_)) = (lonely, live(keeper), live(actor)) {
            (reading.span, reading.step) = (span, None);
            let why = Some("what a store keeps is that of who was spoken of last");
            reading.flow(actor, keeper, None, None, None, why);
        }
    }
}

/// Dashboards and query tools that are said to read from nothing read from what they are made for.
pub(super) fn viewers(reading: &mut Reading) {
    for id in 0..reading.entities.all.len() {
        let sources = made_with(reading, id).and_then(|t| lexicon().roles.shows.get(t));
        let Some(sources) = sources.filter(|_| !reading.flows.iter().any(|f| f.from == id)) else { continue };
        let found: Vec<EntityId> = (0..reading.entities.all.len())
            .filter(|&o| o != id && made_with(reading, o).is_some_and(|t| sources.contains(&t)))
            .collect();
        let several = reading.entities.all.get(id).is_some_and(|e| e.kind == Kind::Monitoring);
        if found.is_empty() || found.len() > 1 && !several {
            continue;
        }
        for source in found {
            reading.speak_of(id);
            reading.flow(id, source, None, None, None, Some("it shows what products of this sort have"));
        }
    }
}

/// A device that is only named as what carries others needs no box of its own: trucks with truck sensors.
pub(super) fn carriers(reading: &mut Reading) {
    let device = |e: &super::entities::Entity| e.kind == Kind::Device && !e.denied;
    let ends = Ends::of(&reading.flows);
    for id in 0..reading.entities.all.len() {
        let alone = !ends.from(id) && !ends.to(id);
        let Some(head) = reading.entities.all.get(id).filter(|e| alone && device(e)).map(|e| e.head.clone())
        else {
            continue;
        };
        let carries = reading.entities.all.iter().enumerate().any(|(o, e)| {
            o != id && device(e) && e.linked && e.modifiers.iter().any(|m| super::identity::alike(m, &head))
        });
        if let Some(entity) = reading.entities.all.get_mut(id).filter(|_| carries && !head.is_empty()) {
            entity.weak = true;
        }
    }
}

/// Whether all arrows from a person go to what tells who somebody is, and there is no app.
fn only_signs_in(reading: &Reading, id: EntityId) -> bool {
    let door = |id: EntityId| {
        let kind = reading.entities.all.get(id).map_or(Kind::Other, |e| e.kind);
        matches!(kind, Kind::Cdn | Kind::Gateway | Kind::LoadBalancer)
    };
    let behind = |id: EntityId| reading.flows.iter().any(|f| f.to == id && door(f.from));
    let app = |(id, e): (EntityId, &super::entities::Entity)| {
        e.kind == Kind::Client && !e.denied && !e.weak && !behind(id)
    };
    if reading.entities.all.iter().enumerate().any(app) {
        // The app is what they come to.
        return false;
    }
    let identity = |id: EntityId| reading.entities.all.get(id).is_some_and(|e| e.kind == Kind::Identity);
    reading.flows.iter().filter(|f| f.from == id).all(|f| identity(f.to))
}

/// Whether somebody takes what lies in a queue.
fn empties(reading: &Reading, id: EntityId) -> bool {
    let queue = |o: EntityId| reading.entities.all.get(o).is_some_and(|e| e.kind.is_messaging());
    reading.flows.iter().any(|f| f.to == id && queue(f.from))
}

/// Things nobody speaks to get the partner that things of their kind usually have, if there is just one candidate.
pub(super) fn usual_partners(reading: &mut Reading) {
    use Kind::{
        Cache, Cdn, Client, Cluster, Container, Database, Dns, Function, Gateway, Identity, LoadBalancer,
        Queue, Service, Storage, User, Vm, Waf,
    };
    const COMPUTE: [Kind; 5] = [Function, Service, Container, Vm, Cluster];
    // (kind of the lonely one, kinds of its partner, whether the lonely one is where the arrow starts)
    let usual: [(Kind, &[Kind], bool); 23] = [
        (Kind::Analytics, &[Kind::Warehouse], true),
        (Kind::Ml, &COMPUTE, false),
        (Client, &[Gateway, LoadBalancer], true),
        (Client, &[Function, Service, Container, Vm], true),
        (User, &[Client], true),
        (User, &[Cdn, Gateway, LoadBalancer, Service], true),
        (Function, &[Gateway], false),
        (Container, &[LoadBalancer, Gateway], false),
        (Vm, &[LoadBalancer], false),
        (Database, &COMPUTE, false),
        (Cache, &COMPUTE, false),
        (Kind::Search, &COMPUTE, false),
        (Storage, &[Cdn], false),
        (Storage, &COMPUTE, false),
        (Identity, &[Client], false),
        (Identity, &[Gateway, Client, Service, LoadBalancer], false),
        (Gateway, &[Cdn, Client], false),
        (Cdn, &[Client], false),
        (Cdn, &[User, Client], false),
        (Waf, &[Cdn, LoadBalancer, Gateway], true),
        (Dns, &[Cdn, LoadBalancer, Gateway], true),
        (Queue, &COMPUTE, false),
        (LoadBalancer, &[Dns, Cdn, User, Client], false),
    ];
    let mut ends = Ends::of(&reading.flows);
    for id in 0..reading.entities.all.len() {
        for (kind, partners, starts) in usual {
            let lonely = reading.entities.all.get(id).is_some_and(|e| !e.denied && !e.weak && e.kind == kind)
                && !if starts {
                    // Who only signs in comes for something; who empties a queue has come.
                    kind == User && empties(reading, id)
                        || ends.from(id)
                            && !(kind == User && partners.contains(&Cdn) && only_signs_in(reading, id))
                } else {
                    ends.to(id) || ends.from(id) && kind != Gateway && kind != Function
                };
            let clocked =
                kind == Function
                    && reading.entities.all.get(id).is_some_and(|e| {
                        e.modifiers.iter().any(|m| lexicon().roles.clock_modifiers.contains(m))
                    });
            let door = || {
                reading
                    .entities
                    .all
                    .iter()
                    .any(|e| !e.denied && !e.weak && matches!(e.kind, Gateway | LoadBalancer | Cdn))
            };
            // Where there are doors, it comes through one of them.
            let inside = kind == Client && partners.contains(&Function);
            let told = |f: &super::reading::Flow| {
                f.to == id && reading.entities.all.get(f.from).is_some_and(|e| e.kind != User)
            };
            let inside = inside && (door() || reading.flows.iter().any(told));
            if !lonely || clocked || inside {
                continue;
            }
            let candidates: Vec<EntityId> = (0..reading.entities.all.len())
                .filter(|&o| {
                    o != id
                        && reading
                            .entities
                            .all
                            .get(o)
                            .is_some_and(|e| !e.denied && !e.weak && partners.contains(&e.kind))
                })
                .collect();
            // Of several doors, people come in at the one that nobody else leads to.
            let door = |o: &EntityId| {
                reading.entities.all.get(*o).is_some_and(|e| matches!(e.kind, Cdn | Gateway | LoadBalancer))
                    && reading.flows.iter().all(|f| {
                        let guard = |e: &super::entities::Entity| e.kind == Waf;
                        f.to != *o || reading.entities.all.get(f.from).is_some_and(guard)
                    })
            };
            let doors: Vec<EntityId> = candidates.iter().copied().filter(door).collect();
            let candidates =
                if kind == User && candidates.len() > 1 && doors.len() == 1 { doors } else { candidates };
            // Of several programs, files and sessions are those of the one that people reach.
            let reached = |o: &EntityId| {
                reading.flows.iter().any(|f| {
                    let from = reading.entities.all.get(f.from).map(|e| e.kind);
                    f.to == *o && matches!(from, Some(Client | Gateway | LoadBalancer | Cdn | User))
                })
            };
            let candidates = if candidates.len() > 1 && matches!(kind, Storage | Cache) && !starts {
                let open: Vec<EntityId> = candidates.iter().copied().filter(reached).collect();
                if open.len() == 1 && partners.contains(&Service) { open } else { candidates }
            } else {
                candidates
            };
            if let [only] = candidates.as_slice() {
                let (from, to) = if starts { (id, *only) } else { (*only, id) };
                reading.speak_of(id);
                reading.flow(
                    from,
                    to,
                    None,
                    None,
                    None,
                    Some("things of these two kinds usually speak, and there is only one of them"),
                );
                ends = Ends::of(&reading.flows);
            }
        }
    }
}

/// "Stripe informs us with a webhook that the payment service receives": the webhook is how one tells the other.
pub(super) fn webhooks(reading: &mut Reading) {
    let hook = |e: &super::entities::Entity| {
        e.head == "webhook" && e.technologies.is_empty() && e.modifiers.is_empty() && !e.denied
    };
    let hooks: Vec<EntityId> = (0..reading.entities.all.len())
        .filter(|&id| reading.entities.all.get(id).is_some_and(hook))
        .collect();
    for id in hooks {
        let from: Vec<EntityId> = reading.flows.iter().filter(|f| f.to == id).map(|f| f.from).collect();
        let to: Vec<EntityId> = reading.flows.iter().filter(|f| f.from == id).map(|f| f.to).collect();
        // "The API saves the order. A webhook informs the CRM": the API's.
        let place = reading.flows.iter().position(|f| f.from == id);
        let program = |f: &super::reading::Flow| {
            reading
                .entities
                .all
                .get(f.from)
                .is_some_and(|e| e.kind.is_compute() && f.from != id)
                .then_some(f.from)
        };
        let acted = place.and_then(|p| reading.flows.iter().take(p).filter_map(program).next_back());
        let from = if from.is_empty() { acted.into_iter().collect() } else { from };
        let ([from], [to]) = (from.as_slice(), to.as_slice()) else { continue };
        let (from, to) = (*from, *to);
        if from == to {
            continue;
        }
        reading.speak_of(id);
        reading.flow(from, to, Some("webhook"), None, None, None);
        for flow in &mut reading.flows {
            if flow.from == id || flow.to == id {
                flow.to = flow.from;
            }
        }
        if let Some(entity) = reading.entities.all.get_mut(id) {
            (entity.denied, entity.same_as) = (true, Some(to));
        }
    }
}
