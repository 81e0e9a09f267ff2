//! Verbs open clauses: whose subject they have, said or to be supplied.
//!
//! Takes a verb group at the parser's place and opens its clause.

use super::super::lexicon::{Det, Form, Frame, Noun, lexicon};
use super::super::phrases::{Item, Np, VerbGroup};
use super::super::wanted::speaks_of_itself;
use super::super::wording::singular;
use super::{Clause, NpId, Parser};
use crate::catalog::catalog;

impl Parser {
    pub(super) fn verb(&mut self, verb: VerbGroup) {
        let finite = verb.finite;
        self.described(&verb);
        let mut clause = Clause::new(Some(verb.clone()));
        clause.conditional = self.conditional && finite;
        let preposition = self.preposition.take();
        let previous = self.clause.clone();
        self.preposition.clone_from(&preposition);
        self.close();
        if let Some((antecedent, before)) = self.antecedent.take() {
            clause.told = true;
            self.relative_clause(&mut clause, antecedent, before);
        } else if verb.infinitive {
            let previous = self.asked_as_well().or(previous);
            self.purpose(&mut clause, previous.as_ref());
        } else if verb.form == Form::Gerund && !finite {
            self.gerund(&mut clause, previous.as_ref(), preposition.as_deref());
            // "instead of calling the warehouse"
            self.negated |= matches!(preposition.as_deref(), Some("without" | "unlike"));
        } else if !finite {
            self.participle(&mut clause, previous.as_ref());
        } else {
            self.finite(&mut clause, previous.as_ref());
        }
        if self.negated {
            if let Some(v) = &mut clause.verb {
                v.negated = true;
            }
            self.negated = false;
        }
        self.clause = Some(clause);
        self.arrow = None;
    }

    /// "asks the stock service to release the stock and the shipping service to cancel": the last phrase before a second
    /// infinitive is asked as well. Gives what asks it.
    fn asked_as_well(&mut self) -> Option<Clause> {
        let [.., main, purpose] = self.out.clauses.as_mut_slice() else { return None };
        let asks = matches!(main.frame(), Frame::Call | Frame::Trigger | Frame::Tell) && !main.passive();
        let thing = |np: &NpId| {
            self.out
                .phrases
                .get(*np)
                .is_some_and(|n| matches!(n.noun, Some(Noun::Component(_))) || n.technology.is_some())
        };
        let last = *purpose.object.last()?;
        let others = purpose.object.len() > 1 && !purpose.object.iter().rev().skip(1).any(thing);
        if !(asks && purpose.purpose && !main.object.is_empty() && others && thing(&last)) {
            return None;
        }
        purpose.object.pop();
        let again = Clause { object: vec![last], adjuncts: Vec::new(), inherited: true, ..main.clone() };
        self.out.clauses.push(again.clone());
        Some(again)
    }

    /// "`inbox`: FastAPI service, receives uploads": what stands behind the name says what it is, and the name does the rest.
    fn described(&mut self, verb: &VerbGroup) {
        let [np] = self.pending.as_slice() else { return };
        let bare = self.out.phrases.get(*np).is_some_and(|n| n.det == Det::Bare && !n.plural);
        let first = self.clause.is_none() && self.out.clauses.is_empty() && self.fronted.is_empty();
        let told = verb.finite && verb.form == Form::Third || verb.passive && verb.finite;
        if first && told && bare && self.comma && !self.joint && !self.out.topic.is_empty() {
            self.out.fragments.append(&mut self.pending);
        }
    }

    pub(super) fn relative_clause(
        &mut self,
        clause: &mut Clause,
        antecedent: Vec<NpId>,
        before: Option<String>,
    ) {
        let own = std::mem::take(&mut self.pending);
        match before.as_deref() {
            Some("whose") => {
                clause.subject = antecedent;
                clause.adjuncts.push(("whose".to_owned(), own));
            }
            Some(preposition) => {
                clause.subject = own;
                if preposition == "in" {
                    clause.adjuncts.push(("where".to_owned(), antecedent.clone()));
                }
                clause.adjuncts.push((preposition.to_owned(), antecedent));
            }
            None if own.is_empty() => {
                clause.subject = antecedent;
                clause.inherited = true;
            }
            None => {
                clause.subject = own;
                clause.object = antecedent;
                clause.relative = true;
            }
        }
    }

    pub(super) fn purpose(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
        clause.purpose = true;
        clause.inherited = true;
        match previous {
            Some(p) => {
                let agent: Vec<NpId> = p.behind(&["by"]).collect();
                let moves = matches!(p.frame(), Frame::Allow | Frame::Trigger | Frame::Tell | Frame::Call)
                    && !p.object.is_empty()
                    && !p.passive()
                    || p.frame() == Frame::Use && p.object.len() == 1 && p.subject.is_empty()
                    // "configures a function to poll the stream"
                    || p.lemma() == "configure" && p.object.len() == 1 && !p.passive();
                let own =
                    |np: &NpId| self.out.phrases.get(*np).is_some_and(|n| speaks_of_itself(n) || sets_up(n));
                // "the template deploys a rule to start the function": the rule does.
                let deploys = !p.passive()
                    && matches!(
                        p.lemma(),
                        "deploy" | "create" | "provision" | "build" | "define" | "add" | "include"
                    )
                    && !p.subject.is_empty()
                    && p.subject.iter().all(own)
                    && p.object.len() == 1;
                // "calls the `PutItem` API to write the item": who calls writes.
                let moves =
                    moves && !p.object.iter().all(|np| self.out.phrases.get(*np).is_some_and(operation));
                let way = |np: &NpId| !self.out.phrases.get(*np).is_some_and(operation);
                if p.frame() == Frame::Use {
                    clause.instrument.clone_from(if p.passive() { &p.subject } else { &p.object });
                } else if p.behind(&["via", "through", "using"]).next().is_some() {
                    clause.instrument = p.behind(&["via", "through", "using"]).collect();
                } else if matches!(p.frame(), Frame::Send | Frame::Store) {
                    clause.instrument = p.behind(&["to", "into", "onto", "on"]).collect();
                } else if p.purpose {
                    clause.instrument.clone_from(&p.instrument);
                }
                clause.instrument.retain(way);
                clause.subject = if moves {
                    p.object.clone()
                } else if deploys {
                    p.object.last().copied().into_iter().collect()
                } else if p.passive()
                    && !agent.is_empty()
                    && !matches!(p.frame(), Frame::Call | Frame::Trigger)
                {
                    agent
                } else {
                    p.subject.clone()
                };
            }
            None => clause.subject = std::mem::take(&mut self.pending),
        }
    }

    pub(super) fn gerund(
        &mut self,
        clause: &mut Clause,
        previous: Option<&Clause>,
        preposition: Option<&str>,
    ) {
        clause.inherited = true;
        let place = clause.frame() != Frame::Use
            && preposition.is_none()
            && !self.comma
            && !self.joint
            && !self.last.is_empty();
        match previous {
            Some(_) if place => clause.subject.clone_from(&self.last),
            Some(p) => clause.subject = p.subject.clone(),
            None if !self.pending.is_empty() && preposition.is_none() => {
                clause.subject.clone_from(&self.pending);
                self.waiting = std::mem::take(&mut self.pending);
            }
            None => clause.subject.clone_from(&self.subject),
        }
        if self.joint || self.comma {
            // "responsible for invoking X hosted on Y, generating Z and saving it": the gerund before has the subject.
            let same = previous
                .into_iter()
                .chain(self.out.clauses.iter().rev())
                .find(|c| c.verb.as_ref().is_some_and(|v| v.form == Form::Gerund || v.finite));
            if let Some(same) = same.filter(|s| !s.subject.is_empty()) {
                clause.subject.clone_from(&same.subject);
            }
        }
    }

    pub(super) fn participle(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
        let passive_row = self.comma
            && clause.frame() != Frame::Run
            && previous.is_some_and(|p| p.passive() && p.verb.as_ref().is_some_and(|v| v.finite));
        let about = self.comma
            && previous.is_none()
            && self.out.clauses.is_empty()
            && !self.out.topic.is_empty()
            && clause.passive();
        if about {
            // "coupon service: new, Redis, called by the core"
            clause.subject.clone_from(&self.out.topic);
            self.finish_fragment();
        } else if self.comma && self.last.is_empty() || self.joint || passive_row {
            clause.subject = previous.map_or_else(|| self.subject.clone(), |p| p.subject.clone());
        } else if previous.is_none() && !self.pending.is_empty() {
            clause.subject.clone_from(&self.pending);
            self.waiting = std::mem::take(&mut self.pending);
        } else {
            clause.subject.clone_from(&self.last);
        }
        clause.inherited = true;
    }

    pub(super) fn finite(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
        if !self.fronted.is_empty() {
            self.shared = self.fronted.iter().filter(|(p, _)| p == "from").cloned().collect();
        } else if std::mem::take(&mut self.joined) && !self.pending.is_empty() {
            // "from the stream, one function stores … and another one detects …"
            self.fronted.clone_from(&self.shared);
        }
        clause.adjuncts.append(&mut self.fronted);
        if !self.pending.is_empty() {
            clause.subject = std::mem::take(&mut self.pending);
        } else if !self.waiting.is_empty()
            && !(self.joint
                && !self.comma
                && previous.is_some_and(|p| p.verb.as_ref().is_some_and(|v| v.finite)))
        {
            clause.subject = std::mem::take(&mut self.waiting);
        } else if let Some((sources, false)) = self.arrow.take() {
            clause.subject = sources;
        } else if self.there(clause) {
            // "behind it there are two services": what there is stands behind the verb.
        } else if let Some(previous) = self.coordinate(clause, previous) {
            let previous = &previous;
            clause.subject = if let (None, Some((start, _))) = (&previous.verb, self.out.links.last()) {
                // "orders -> Stripe for payment; on success publishes an event"
                start.clone()
            } else if previous.verb.is_none() && !self.out.topic.is_empty() && !self.joint {
                // "`planner`: OR-Tools in a container; reads positions"
                self.out.topic.clone()
            } else if previous.subject.is_empty() && !previous.imperative() {
                self.subject.clone()
            } else {
                previous.subject.clone()
            };
            clause.inherited = true;
            let joined = self.joint || self.comma;
            let kept = previous.frame() == Frame::Back
                || previous.inherited && previous.verb.as_ref().is_some_and(|v| v.finite);
            if joined && previous.passive() && !clause.passive() && previous.object.is_empty() && !kept {
                // "requests are checked by the gateway and reach the API", but "the worker is invoked by the timer and reads".
                let agent: Vec<NpId> = previous.behind(&["by"]).collect();
                let inert = !previous.subject.is_empty()
                    && previous.subject.iter().all(|&np| self.out.phrases.get(np).is_some_and(inert));
                if !agent.is_empty() && inert {
                    clause.subject = agent;
                }
            }
        }
        for earlier in &mut self.out.clauses {
            // "Using the maps API, the planner computes …": the gerund before has the subject of the main clause.
            let waits = earlier.subject.is_empty()
                && earlier.inherited
                && earlier.verb.as_ref().is_some_and(|v| !v.finite);
            if waits {
                earlier.subject.clone_from(&clause.subject);
            }
        }
        if !clause.conditional {
            self.subject.clone_from(&clause.subject);
        }
        self.conditional &= self.joint;
        self.conditional = false;
    }

    /// Whether "there" stands right before the verb `be` just read.
    fn there(&self, clause: &Clause) -> bool {
        let before = self.at.checked_sub(2).and_then(|at| self.items.get(at));
        clause.frame() == Frame::Be && matches!(before, Some(Item::Adverb(word)) if word == "there")
    }

    /// The clause whose subject a verb without one shares: the last whose verb agrees with it in number.
    fn coordinate(&self, clause: &Clause, previous: Option<&Clause>) -> Option<Clause> {
        let number = |c: &Clause| c.verb.as_ref().and_then(|v| v.plural);
        // "buffers readings while the line is down and forwards them": what is in a state does nothing.
        let state = |c: &Clause| {
            c.frame() == Frame::Be && c.verb.is_some() && c.object.is_empty() && c.adjuncts.is_empty()
        };
        let idle = |c: &Clause| state(c) && clause.frame() != Frame::Be && !self.out.clauses.is_empty();
        let fits = |c: &&Clause| {
            !idle(c)
                && (clause.conditional || !c.conditional)
                && match (number(clause), number(c)) {
                    (Some(a), Some(b)) => a == b && c.verb.as_ref().is_some_and(|v| v.finite),
                    (Some(_), None) => c.verb.as_ref().is_some_and(|v| v.finite),
                    _ => true,
                }
        };
        // "publishes a command, which the broker delivers, and opens a ride": behind the comma the main clause goes on.
        let whose = |p: &Clause| p.adjuncts.iter().any(|(p, _)| p == "whose");
        let apart = self.comma
            && self.joint
            && previous.is_some_and(|p| p.relative && !p.subject.is_empty() || p.told && whose(p));
        if apart && let Some(main) = self.out.clauses.iter().rev().filter(|c| !c.told).find(fits) {
            return Some(main.clone());
        }
        let last = self.out.clauses.last();
        let all = previous.into_iter().chain(self.out.clauses.iter().rev());
        all.clone().find(fits).or(previous).or(last).cloned()
    }
}

/// Whether a phrase names what installs a system: "the SAM template".
fn sets_up(np: &Np) -> bool {
    let entry = np.technology.and_then(|t| catalog().technologies().get(t));
    entry.is_some_and(|e| lexicon().roles.tools.contains(e.id))
}

/// Whether a phrase names what a service can be asked to do: "the `SendMessage` API".
pub(in super::super) fn operation(np: &Np) -> bool {
    let api = matches!(singular(&np.head).as_str(), "api" | "operation" | "action" | "api call" | "method");
    let bare = np.noun.is_none() && np.modifiers.is_empty();
    np.operation && (api || bare) && !np.named && np.technology.is_none() && np.owner.is_none()
}

/// Whether a phrase is data, which does nothing by itself.
fn inert(np: &Np) -> bool {
    np.pronoun.is_none()
        && (matches!(np.noun, Some(Noun::Data)) || np.noun.is_none() && np.technology.is_none() && !np.proper)
}
