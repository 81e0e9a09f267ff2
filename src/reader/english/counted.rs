//! Things that are only counted where they are named first, and told behind a colon or in a list.
//!
//! Takes what a sentence or a list says and puts those told in the place of those counted.

use super::clauses::{NpId, Parsed};
use super::entities::{Entity, EntityId};
use super::lexicon::lexicon;
use super::reading::{Flow, Meaning, Reading};
use crate::model::Kind;
use crate::text::Span;

impl Reading {
    /// "Two consumers read the topic: a writer that … and a checker that …": who is told behind the colon takes the place
    /// of those who were only counted.
    pub(super) fn told_behind_colon(&mut self, parsed: &Parsed, meanings: &mut [Meaning]) {
        // "Two subscribers: a Lambda, which …; and a Firehose, which …"
        let counted = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.plural && n.quantity.is_some());
        let topic = parsed.topic.first().filter(|np| parsed.topic.len() == 1 && counted(np));
        let Some(colon) = parsed.colon.or(topic.map(|np| np + 1)) else { return };
        let one =
            |np: NpId| meanings.get(np).and_then(|m| m.ids.first().copied().filter(|_| m.ids.len() == 1));
        let general = (0..colon).rev().find_map(|np| {
            let phrase = parsed.phrases.get(np)?;
            let id = one(np)?;
            let entity = self.entities.all.get(id)?;
            let new = entity.span == phrase.span && !entity.linked && entity.kind.is_compute();
            // "three independent consumers"
            let plain = |m: &String| phrase.quantity.is_some() && lexicon().adjective(m);
            (phrase.plural && phrase.modifiers.iter().all(plain) && new).then_some((np, id, phrase.quantity))
        });
        let Some((at, general, quantity)) = general else { return };
        let told = |&np: &NpId| np >= colon;
        let head = self.entities.all.get(general).map(|e| e.head.clone()).unwrap_or_default();
        let awaits = matches!(head.as_str(), "subscriber" | "consumer" | "listener" | "reader");
        let acting = parsed.clauses.iter().filter(|c| !c.conditional).flat_map(|c| &c.subject);
        let mut members: Vec<EntityId> = Vec::new();
        for id in acting.chain(&parsed.fragments).filter(|np| told(np)).filter_map(|&np| one(np)) {
            let counted = quantity.is_some();
            let program = self.entities.all.get(id).is_some_and(|e| {
                e.kind.is_compute() || e.kind == Kind::Analytics || counted && e.kind != Kind::User
            });
            if program && !members.contains(&id) {
                members.push(id);
            }
        }
        if members.len() < 2 || quantity.is_some_and(|q| q as usize != members.len()) {
            return;
        }
        members.sort_unstable();
        let behind = members.clone();
        if let Some(meaning) = meanings.get_mut(at) {
            meaning.ids = members;
        }
        if let Some(entity) = self.entities.all.get_mut(general) {
            entity.denied = true;
        }
        if let (Some(medium), true) = (self.medium, awaits) {
            for &member in &behind {
                self.flow(medium, member, None, Some(true), None, None);
            }
        }
        self.rule("several that are counted are those told behind the colon");
    }

    /// "Three workers listen to it:" over a list of three: the items take the place of those that the line only counts.
    pub(super) fn counted_in_list(&mut self, line: Span, items: &[EntityId]) {
        let inside = |e: &Entity| line.start <= e.span.start && e.span.end <= line.end;
        let counted =
            |e: &Entity| e.quantity_of(items.len()) && e.modifiers.is_empty() && e.kind.is_compute();
        let first = self.traces.partition_point(|t| t.span.start < line.start);
        let told = self.traces.iter().skip(first).take_while(|t| t.span.start < line.end);
        let mut found: Vec<EntityId> = told.flat_map(|t| t.mentions.iter().copied()).collect();
        found.retain(|&id| self.entities.all.get(id).is_some_and(|e| inside(e) && counted(e) && !e.denied));
        found.dedup();
        let [general] = found[..] else { return };
        let known = |id: &EntityId| *id != general && self.entities.all.get(*id).is_some_and(|e| !e.denied);
        if items.len() < 2 || !items.iter().all(known) {
            return;
        }
        let told: Vec<Flow> =
            self.flows.iter().filter(|f| f.from == general || f.to == general).cloned().collect();
        for flow in told {
            (self.span, self.step) = (flow.span, flow.step);
            for &one in items {
                let other = |end: EntityId| if end == general { one } else { end };
                let (from, to) = (other(flow.from), other(flow.to));
                let (label, protocol) = (flow.label.as_deref(), flow.protocol.as_deref());
                self.flow(from, to, label, flow.asynchronous, protocol, None);
            }
        }
        for flow in &mut self.flows {
            if flow.from == general || flow.to == general {
                flow.to = flow.from;
            }
        }
        if let Some(entity) = self.entities.all.get_mut(general) {
            entity.denied = true;
        }
        self.rule("several that are counted are those of the list");
    }
}
