//! What calls and people pass through where the words around the verb say so: the machine somebody is at, a connection
//! that is opened, the door that traffic comes in by, what stands behind or in front.
//!
//! Takes a clause with its phrases understood, draws these flows, and takes their phrases out of the clause.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Frame, Pronoun};
use super::super::reading::{Meaning, Reading};
use super::Said;
use crate::model::Kind;

impl Reading {
    /// "From the jump box, the author connects to the balancer": people act through the machine they are at.
    pub(super) fn from_machine(&mut self, said: &mut Said<'_>) {
        let at = |id: &EntityId| matches!(self.kind(*id), Kind::Vm | Kind::Client | Kind::Device);
        let from = said.at(&["from"]);
        let ([machine], true) = (from.as_slice(), !said.actor.is_empty() && self.people(&said.actor)) else {
            return;
        };
        if !at(machine) || said.frame != Frame::Call || said.clause.passive() {
            return;
        }
        let machine = *machine;
        said.adjuncts.retain(|(p, ids)| !(p == "from" && ids.as_slice() == [machine]));
        for person in std::mem::replace(&mut said.actor, vec![machine]) {
            self.flow(person, machine, None, None, None, None);
        }
    }

    /// "A connection is then established to the jump boxes": from where somebody has just got to.
    pub(super) fn connected_on(&mut self, said: &mut Said<'_>) {
        let opened = matches!(said.lemma(), "establish" | "open" | "make" | "set" | "create" | "initiate");
        let link =
            said.heads.iter().any(|h| matches!(h.as_str(), "connection" | "session" | "tunnel" | "link"));
        let Some(&last) = self.object.last() else { return };
        let reached = matches!(self.kind(last), Kind::Network | Kind::Gateway | Kind::Vm)
            || self.kind(last).is_compute();
        let goals = said.at(&["to", "with"]);
        let from = said.at(&["from"]);
        let whence = !from.is_empty() || reached && !goals.contains(&last);
        if !(opened && link && said.clause.passive() && said.agentless && whence) {
            return;
        }
        said.adjuncts.retain(|(p, _)| !matches!(p.as_str(), "from" | "to" | "with"));
        let starts = if from.is_empty() { vec![last] } else { from };
        for goal in goals {
            starts.iter().for_each(|&start| self.flow(start, goal, None, None, None, None));
        }
    }

    /// "Traffic enters through the CDN, is distributed by a balancer": who hands it on gets it from where it came in.
    pub(super) fn handed_through(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let clause = said.clause;
        let [next] = said.actor[..] else { return };
        if !(clause.passive() && said.object.is_empty() && said.frame == Frame::Send) {
            return;
        }
        let Some(at) = parsed.clauses.iter().position(|c| std::ptr::eq(c, clause)) else { return };
        let Some(before) = at.checked_sub(1).and_then(|b| parsed.clauses.get(b)) else { return };
        let came = before.frame() == Frame::Send && !before.passive() && before.subject == clause.subject;
        let ways: Vec<NpId> = before.behind(&["through", "via", "at"]).collect();
        if !came || ways.is_empty() {
            return;
        }
        if let [way] = self.ids_of(meanings, &ways)[..]
            && way != next
        {
            self.flow(way, next, None, None, None, None);
        }
    }

    /// "a balancer with a cluster behind it", "a service with a proxy in front of it".
    pub(super) fn with_behind(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        for pair in said.clause.adjuncts.windows(2) {
            let [(with, things), (place, it)] = pair else { continue };
            let again = it.iter().any(|&np| {
                matches!(parsed.phrases.get(np).and_then(|n| n.pronoun), Some(Pronoun::It | Pronoun::They))
            });
            if with != "with" || !again || !matches!(place.as_str(), "behind" | "front") {
                continue;
            }
            let Some(&first) = things.first() else { continue };
            let thing = self.ids_of(meanings, things);
            let host = (0..first).rev().map(|np| self.ids(meanings, np)).find(|ids| !ids.is_empty());
            let (Some(host), false) = (host, thing.is_empty()) else { continue };
            said.adjuncts.retain(|(p, ids)| !(p == "with" && *ids == thing || p == place));
            for (&host, &thing) in host.iter().flat_map(|h| thing.iter().map(move |t| (h, t))) {
                let (from, to) = if place == "behind" { (host, thing) } else { (thing, host) };
                self.flow(from, to, None, None, None, None);
            }
        }
    }
}
