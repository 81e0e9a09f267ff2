//! One thing under two names: "uses Redis as the cache", "the broker acts as the event bus".
//!
//! Takes what a clause says and joins the second mention to the first. It draws no arrows.

use std::collections::BTreeSet;

use super::clauses::Parsed;
use super::ends::Ends;
use super::entities::{Entity, EntityId};
use super::flows::Said;
use super::lexicon::{Det, Frame, Noun, lexicon};
use super::reading::{Meaning, Reading};
use super::wanted::combined;
use super::wording::phrase_words;
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// What stands behind `as` is a second name of what is used so, or of who acts so.
    pub(super) fn as_role(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        for np in said.clause.behind(&["as"]) {
            let Some([role]) = meanings.get(np).map(|m| m.ids.as_slice()) else { continue };
            let who: &[EntityId] = match said.object.as_slice() {
                [] if matches!(said.frame, Frame::Act | Frame::Serve | Frame::Run | Frame::Be) => &said.actor,
                object => object,
            };
            let ([id], Some(np)) = (who, parsed.phrases.get(np)) else { continue };
            self.join(*id, *role, &phrase_words(np), np.noun);
        }
    }

    /// "API Management provides an API gateway": a product that offers a thing of its own kind is that thing.
    pub(super) fn offered_kind(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let offers =
            matches!(said.lemma(), "provide" | "offer" | "supply" | "deliver") && !said.clause.passive();
        let ([id], [other], [np]) =
            (said.actor.as_slice(), said.object.as_slice(), said.clause.object.as_slice())
        else {
            return;
        };
        let entity = |id: EntityId| self.entities.all.get(id);
        let (Some(old), Some(new), Some(np)) = (entity(*id), entity(*other), parsed.phrases.get(*np)) else {
            return;
        };
        // "DynamoDB provides pointer storage for the ledger", "AppSync provides the GraphQL API"
        let kin = old.kind == new.kind
            || old.kind.is_store() && new.kind.is_store()
            || old.kind == Kind::Gateway && np.head.to_lowercase().ends_with("api");
        let same = kin && !old.technologies.is_empty() && new.technologies.is_empty();
        if offers && same && !np.plural {
            self.join(*id, *other, &phrase_words(np), np.noun);
        }
    }

    /// "**Message broker**. RabbitMQ takes the jobs", "**CDN**. Use Azure CDN": the product that is told first behind the name of
    /// a part is what the part is made with.
    pub(super) fn product_behind_topic(&mut self, parsed: &Parsed, meanings: &mut [Meaning]) {
        let [topic] = parsed.topic.as_slice() else { return };
        let Some(first) = parsed.clauses.first() else { return };
        let bid = first.frame() == Frame::Use && first.subject.is_empty() && !first.passive();
        let told = if bid { &first.object } else { &first.subject };
        let ([product], false) = (told.as_slice(), first.told) else { return };
        let one = |np: usize| match meanings.get(np).map(|m| m.ids.as_slice()) {
            Some([id]) => Some(*id),
            _ => None,
        };
        let (Some(part), Some(other)) = (one(*topic), one(*product)) else { return };
        let (Some(old), Some(new)) = (self.entities.all.get(part), self.entities.all.get(other)) else {
            return;
        };
        let fresh = new.span.start >= self.span.start && new.modifiers.is_empty();
        if part == other || !old.technologies.is_empty() || new.technologies.is_empty() || !fresh {
            return;
        }
        if old.kind != new.kind {
            return;
        }
        self.join(part, other, "", None);
        for id in meanings.iter_mut().flat_map(|m| &mut m.ids) {
            if *id == other {
                *id = part;
            }
        }
    }

    /// Makes `other`, just introduced, a second name of `id`.
    pub(super) fn join(&mut self, id: EntityId, other: EntityId, name: &str, noun: Option<Noun>) {
        let linked = self.flows.iter().any(|f| f.from == other || f.to == other);
        let (Some(old), Some(new)) =
            (self.entities.all.get(id).cloned(), self.entities.all.get(other).cloned())
        else {
            return;
        };
        if id == other
            || linked
            || new.last != self.sentence
            || new.kind == Kind::User
            || !joinable(&old, &new)
        {
            return;
        }
        if let Some(entity) = self.entities.all.get_mut(id) {
            if old.technologies.is_empty() {
                entity.kind = if new.kind == Kind::Service { old.kind } else { new.kind };
            } else {
                entity.kind = combined(old.kind, noun, &new.head);
            }
            // "the backend is deployed as a Lambda function" stays the backend.
            let bare = old.modifiers.is_empty() && old.technologies.is_empty() && new.technologies.is_empty();
            if bare && (!new.modifiers.is_empty() || new.head.contains(' ')) {
                entity.label.clone_from(&new.label);
                entity.modifiers.clone_from(&new.modifiers);
                entity.head.clone_from(&new.head);
            } else if old.head.is_empty() {
                entity.head.clone_from(&new.head);
            }
            for technology in new.technologies {
                if !entity.technologies.contains(&technology) {
                    entity.technologies.push(technology);
                }
            }
            if !name.is_empty() {
                entity.names.push(name.to_owned());
            }
            entity.weak = false;
        }
        if let Some(entity) = self.entities.all.get_mut(other) {
            (entity.denied, entity.same_as) = (true, Some(id));
        }
        self.rule("what serves as something goes by that name, too");
    }
}

/// "Clients call the REST API. API Gateway validates the request …": an API that does nothing of its own is the one product
/// that offers APIs, unless the product stands before it.
pub(super) fn same_door(reading: &mut Reading) {
    let live = |id: &EntityId| reading.entities.all.get(*id).filter(|e| !e.denied);
    let door = |id: &EntityId| {
        let technology = live(id).and_then(|e| catalog().technologies().get(*e.technologies.first()?));
        technology.is_some_and(|t| lexicon().roles.api_doors.contains(t.id))
    };
    let mut doors = (0..reading.entities.all.len()).filter(door);
    let (Some(door), None) = (doors.next(), doors.next()) else { return };
    let ends = Ends::of(&reading.flows);
    let guards = |id: EntityId| live(&id).is_some_and(|e| e.kind == Kind::Identity || e.head == "authorizer");
    let works = |id: EntityId| reading.flows.iter().any(|f| f.from == id && !guards(f.to));
    let plain = |id: &EntityId| {
        live(id).is_some_and(|e| {
            let head = super::wording::singular(&e.head);
            let api = matches!(head.as_str(), "rest api" | "http api" | "websocket api" | "api endpoint")
                || e.head == "api" && (e.det == Det::Indefinite || !works(*id));
            api && matches!(e.kind, Kind::Service | Kind::Gateway)
                && e.modifiers.is_empty()
                && e.technologies.is_empty()
                && !e.named
        })
    };
    if !ends.from(door) && ends.to(door) {
        return;
    }
    let told: BTreeSet<EntityId> = reading.flows.iter().filter(|f| f.from == door).map(|f| f.to).collect();
    // It does nothing but what the product does, too.
    let own: BTreeSet<EntityId> =
        reading.flows.iter().filter(|f| !told.contains(&f.to) && !guards(f.to)).map(|f| f.from).collect();
    let idle = |id: &EntityId| !own.contains(id) && !told.contains(id);
    let same: Vec<EntityId> = (0..reading.entities.all.len()).filter(|id| plain(id) && idle(id)).collect();
    for id in same {
        merge_into(reading, id, door);
    }
    // Two arrows may have become one; the second is left without an end, so that the places of all others stay.
    let mut seen = BTreeSet::new();
    for flow in &mut reading.flows {
        if !seen.insert((flow.from, flow.to)) {
            flow.to = flow.from;
        }
    }
}

/// "The workflow runs four functions. … one durable orchestrator": of two that lead the work, the one that nothing is said
/// of is the other.
pub(super) fn same_workflow(reading: &mut Reading) {
    let all = &reading.entities.all;
    let leads =
        |id: &EntityId| all.get(*id).is_some_and(|e| e.kind == Kind::Workflow && !e.denied && !e.weak);
    let found: Vec<EntityId> = (0..all.len()).filter(leads).collect();
    let [first, second] = found.as_slice() else { return };
    let ends = Ends::of(&reading.flows);
    let idle = |id: EntityId| !ends.from(id) && !ends.to(id);
    let (same, kept) = match (idle(*first), idle(*second)) {
        (true, false) => (*first, *second),
        (false, true) => (*second, *first),
        _ => return,
    };
    let (Some(other), Some(one)) = (all.get(same), all.get(kept)) else { return };
    let rival = !other.technologies.is_empty() && !one.technologies.is_empty();
    if rival || !lexicon().kin(&other.head, &one.head) {
        return;
    }
    let (label, modifiers, technologies) =
        (other.label.clone(), other.modifiers.clone(), other.technologies.clone());
    if let Some(entity) = reading.entities.all.get_mut(kept) {
        if entity.modifiers.is_empty() && entity.technologies.is_empty() && !modifiers.is_empty() {
            (entity.label, entity.modifiers) = (label, modifiers);
        }
        entity.technologies.extend(technologies);
    }
    merge_into(reading, same, kept);
}

/// "uploads a file to the source bucket, S3 invokes a function": a product that only tells of what happened is the bucket
/// that its sentence names.
pub(super) fn same_bucket(reading: &mut Reading) {
    let all = &reading.entities.all;
    let ends = Ends::of(&reading.flows);
    let bare = |id: EntityId| {
        all.get(id).filter(|e| {
            let product = !e.technologies.is_empty() && e.modifiers.is_empty();
            let named = e.head.is_empty() || !e.head.contains("bucket");
            e.kind == Kind::Storage && product && named && !e.denied && ends.from(id) && !ends.to(id)
        })
    };
    let mut same: Vec<(EntityId, EntityId)> = Vec::new();
    for id in 0..all.len() {
        let Some(product) = bare(id) else { continue };
        let here = reading
            .traces
            .iter()
            .find(|t| t.span.start <= product.span.start && product.span.end <= t.span.end);
        let bucket = |&o: &EntityId| {
            o != id
                && all.get(o).is_some_and(|e| {
                    let fits = e.technologies.is_empty() || e.technologies == product.technologies;
                    e.kind == Kind::Storage && e.head.ends_with("bucket") && fits && !e.denied && ends.to(o)
                })
        };
        let mut found: Vec<EntityId> =
            here.map_or_else(Vec::new, |t| t.mentions.iter().copied().filter(bucket).collect());
        found.dedup();
        if let [one] = found.as_slice() {
            same.push((id, *one));
        }
    }
    for (product, bucket) in same {
        merge_into(reading, product, bucket);
    }
}

/// "Moderation: each photo triggers the `moderate` function": what a line is about is the function that does it, where the
/// line names no product for it.
pub(super) fn same_deed(reading: &mut Reading) {
    let all = &reading.entities.all;
    let stem = |label: &str| label.split([' ', '-']).next().unwrap_or("").to_lowercase();
    let mut joined: Vec<(EntityId, EntityId)> = Vec::new();
    for (id, topic) in all.iter().enumerate() {
        let plain = topic.kind == Kind::Service
            && !topic.denied
            && topic.technologies.is_empty()
            && topic.modifiers.is_empty()
            && !topic.label.contains(' ')
            && topic.label.len() > STEM;
        if !plain {
            continue;
        }
        let name = topic.label.to_lowercase();
        let does = |e: &Entity| {
            let deed = stem(&e.label);
            let alike = name.bytes().zip(deed.bytes()).take_while(|(a, b)| a == b).count();
            e.kind == Kind::Function && !e.denied && alike > STEM && alike + 2 >= deed.len()
        };
        let mut doers = all.iter().enumerate().filter(|(_, e)| does(e));
        if let (Some((doer, _)), None) = (doers.next(), doers.next()) {
            joined.push((id, doer));
        }
    }
    for (topic, doer) in joined {
        merge_into(reading, topic, doer);
    }
}

/// Has what flows from and to `same` flow from and to `kept` instead, which it is.
pub(super) fn merge_into(reading: &mut Reading, same: EntityId, kept: EntityId) {
    for flow in &mut reading.flows {
        for end in [&mut flow.from, &mut flow.to] {
            if *end == same {
                *end = kept;
            }
        }
    }
    if let Some(entity) = reading.entities.all.get_mut(same) {
        (entity.denied, entity.same_as) = (true, Some(kept));
    }
}

/// How many letters of a name and of a deed are alike at least, less one: "moderation", "moderate".
const STEM: usize = 5;

/// Whether two mentions can be one thing: not a program and a store, and not two different technologies.
fn joinable(old: &Entity, new: &Entity) -> bool {
    let rival = !old.technologies.is_empty()
        && !new.technologies.is_empty()
        && !old.technologies.iter().any(|t| new.technologies.contains(t));
    !rival && old.kind != Kind::User && (old.kind != Kind::Client || new.kind == Kind::Client)
}
