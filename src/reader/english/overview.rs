//! What a title or an overview says of the whole, of which the rest of the text tells the parts.
//!
//! Takes a [`Reading`] and joins what an overview names to what is told in detail, and draws the chain that a title names
//! where nothing else is told of its parts.

use super::entities::{Entity, EntityId};
use super::lexicon::{Det, Lexicon, lexicon, match_name};
use super::reading::Reading;
use super::sameness::merge_into;
use super::tokens::{Shape, Token};
use crate::model::Kind;

/// The most words of a label before a chain, with its colon.
const LABEL: usize = 4;

/// The most products that a title chains.
const CHAIN: usize = 6;

/// "Amazon SQS to AWS Lambda to Amazon DynamoDB": the products of a title, if it is such a chain.
pub(super) fn chain(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<usize> {
    let mut products = Vec::new();
    // "Serverless pattern: EventBridge to SNS"
    let mut at = tokens.iter().take(LABEL).position(|t| t.is(":")).map_or(0, |colon| colon + 1);
    while products.len() < CHAIN {
        let Some(name) = match_name(lexicon, tokens, at) else { return Vec::new() };
        products.push(name.technology);
        at += name.length;
        match tokens.get(at) {
            None => break,
            Some(t) if t.is("to") || t.shape == Shape::Arrow => at += 1,
            Some(_) => return Vec::new(),
        }
    }
    if products.len() > 1 { products } else { Vec::new() }
}

/// Draws the arrows of a title's chain between parts of which none is told.
pub(super) fn titled_chain(reading: &mut Reading) {
    let chain = std::mem::take(&mut reading.chain);
    let live = |reading: &Reading, technology: usize| {
        reading
            .entities
            .made_with(technology)
            .filter(|&id| reading.entities.all.get(id).is_some_and(|e| e.same_as.is_none() && !e.weak))
    };
    for pair in chain.windows(2) {
        let &[from, to] = pair else { continue };
        let (Some(from), Some(to)) = (live(reading, from), live(reading, to)) else { continue };
        let bare = |id: EntityId| !reading.flows.iter().any(|f| f.from == id || f.to == id);
        if from != to && !reading.met(from, to) && (bare(from) || bare(to)) {
            reading.speak_of(to);
            reading.flow(from, to, None, None, None, Some("the title says what goes where"));
        }
    }
}

/// "This pattern processes orders with SNS and Lambda. … the Checkout function": a product that only an overview names is
/// what is told of its kind later.
pub(super) fn products_in_detail(reading: &mut Reading) {
    let all = &reading.entities.all;
    let mut same: Vec<(EntityId, Option<EntityId>)> = Vec::new();
    for (id, e) in all.iter().enumerate() {
        let only = e.kind.is_compute() && !e.technologies.is_empty() && e.modifiers.is_empty() && !e.denied;
        let told = reading.flows.iter().any(|f| (f.from == id || f.to == id) && f.why.is_none());
        if !only || told || e.det != Det::Bare || !in_overview(reading, e) {
            continue;
        }
        let detail = |o: &Entity| {
            o.kind == e.kind
                && !o.denied
                && o.span.start > e.span.end
                && (o.technologies.is_empty() || o.technologies.first() == e.technologies.first())
        };
        let mut found = all.iter().enumerate().filter(|(_, o)| detail(o)).map(|(o, _)| o);
        match (found.next(), found.next()) {
            (Some(one), None) => same.push((id, Some(one))),
            (Some(_), Some(_)) => same.push((id, None)),
            _ => {}
        }
    }
    for (id, one) in same {
        if let Some(one) = one {
            let made = reading.entities.all.get(id).map(|e| e.technologies.clone()).unwrap_or_default();
            if let Some(kept) = reading.entities.all.get_mut(one).filter(|e| e.technologies.is_empty()) {
                kept.technologies = made;
            }
            merge_into(reading, id, one);
        } else if let Some(entity) = reading.entities.all.get_mut(id) {
            entity.denied = true;
        }
    }
}

/// Whether the last that was said of a thing is what the whole does.
fn in_overview(reading: &Reading, e: &Entity) -> bool {
    let within =
        |t: &super::reading::Trace| t.overview && t.span.start <= e.span.start && e.span.end <= t.span.end;
    reading.traces.get(e.last).is_some_and(within)
}

/// How many products a text names at least less one, to tell of parts.
const MANY: usize = 2;

/// "This architecture ingests a stream and writes to a back-end database. … Event Hubs … Cosmos DB": what an overview names
/// by its kind alone is the one thing of that kind that is told after it.
pub(super) fn overviews(reading: &mut Reading) {
    let all = &reading.entities.all;
    let told = |e: &Entity| {
        let within = |t: &super::reading::Trace| {
            t.overview && t.span.start <= e.span.start && e.span.end <= t.span.end
        };
        reading.traces.get(e.last).is_some_and(within)
    };
    let vague = |e: &Entity| {
        e.technologies.is_empty()
            && e.det == Det::Indefinite
            && e.modifiers.len() <= 1
            && !e.named
            && !e.denied
            && (e.kind.is_store() || e.kind.is_messaging() || e.kind == Kind::Function)
    };
    let mut same: Vec<(EntityId, EntityId)> = Vec::new();
    for (id, e) in all.iter().enumerate().filter(|(_, e)| vague(e) && told(e)) {
        let later = |o: &Entity| {
            o.kind == e.kind && !o.denied && !o.technologies.is_empty() && o.span.start >= e.span.end
        };
        let mut found = all.iter().enumerate().filter(|(_, o)| later(o));
        if let (Some((one, _)), None) = (found.next(), found.next()) {
            same.push((id, one));
        }
    }
    let products = all.iter().filter(|e| !e.denied && !e.technologies.is_empty()).count();
    let general = |e: &Entity| {
        let last = e.head.rsplit(' ').next().unwrap_or("");
        let whole = lexicon().product(&e.head)
            || lexicon().roles.generic_heads.contains(last)
            || matches!(last, "pipeline" | "api" | "source" | "workflow" | "recommender");
        e.technologies.is_empty()
            && whole
            && matches!(e.det, Det::Indefinite | Det::Bare)
            && !e.named
            && !e.denied
            && matches!(e.kind, Kind::Service | Kind::Analytics | Kind::Other | Kind::Cicd | Kind::Workflow)
    };
    // "This architecture is for deploying a recommender service": the whole, where its parts are told by their products.
    let wholes: Vec<EntityId> = (0..all.len())
        .filter(|&id| products > MANY && all.get(id).is_some_and(|e| general(e) && told(e)))
        .collect();
    for id in wholes {
        if let Some(entity) = reading.entities.all.get_mut(id) {
            (entity.denied, entity.itself) = (true, true);
        }
    }
    for (id, one) in same {
        let reached = reading.flows.iter().any(|f| f.to == one || f.from == one);
        for flow in &mut reading.flows {
            if reached && (flow.from == id || flow.to == id) {
                // The rest of the text says who deals with it.
                flow.to = flow.from;
            }
        }
        merge_into(reading, id, one);
    }
}
