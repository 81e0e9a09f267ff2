//! Verbs open clauses: whose subject they have, said or to be supplied.
//!
//! Takes a verb group at the parser's place and opens its clause.

use super::super::lexicon::{Form, Frame};
use super::super::phrases::VerbGroup;
use super::{Clause, NpId, Parser};

impl Parser {
    pub(super) fn verb(&mut self, verb: VerbGroup) {
        let finite = verb.finite;
        let mut clause = Clause::new(Some(verb.clone()));
        clause.conditional = self.conditional && finite;
        let previous = self.clause.take();
        if let Some(done) = &previous {
            self.out.clauses.push(done.clone());
        }
        let preposition = self.preposition.take();
        if let Some((antecedent, before)) = self.antecedent.take() {
            self.relative_clause(&mut clause, antecedent, before);
        } else if verb.infinitive {
            self.purpose(&mut clause, previous.as_ref());
        } else if verb.form == Form::Gerund && !finite {
            self.gerund(&mut clause, previous.as_ref(), preposition.as_deref());
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
                clause.adjuncts.push((preposition.to_owned(), antecedent));
            }
            None if own.is_empty() => {
                clause.subject = antecedent;
                clause.inherited = true;
            }
            None => {
                clause.subject = own;
                clause.object = antecedent;
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
                    || p.frame() == Frame::Use && p.object.len() == 1 && p.subject.is_empty();
                if p.frame() == Frame::Use {
                    clause.instrument.clone_from(if p.passive() { &p.subject } else { &p.object });
                } else if p.purpose {
                    clause.instrument.clone_from(&p.instrument);
                }
                clause.subject = if moves {
                    p.object.clone()
                } else if p.passive() && !agent.is_empty() {
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
        let place = matches!(clause.frame(), Frame::Run | Frame::Serve | Frame::Hold)
            && preposition.is_none()
            && !self.comma;
        match previous {
            Some(_) if place => clause.subject.clone_from(&self.last),
            Some(p) => clause.subject = p.subject.clone(),
            None if !self.pending.is_empty() && preposition.is_none() => {
                clause.subject.clone_from(&self.pending);
                self.waiting = std::mem::take(&mut self.pending);
            }
            None => clause.subject.clone_from(&self.subject),
        }
        if let (Some(p), true) = (previous, self.joint) {
            clause.subject = p.subject.clone();
        }
    }

    pub(super) fn participle(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
        if self.comma && self.last.is_empty() || self.joint {
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
        clause.adjuncts.append(&mut self.fronted);
        if !self.pending.is_empty() {
            clause.subject = std::mem::take(&mut self.pending);
        } else if !self.waiting.is_empty()
            && !(self.joint
                && !self.comma
                && previous.is_some_and(|p| p.verb.as_ref().is_some_and(|v| v.finite)))
        {
            clause.subject = std::mem::take(&mut self.waiting);
        } else if let Some(previous) = previous.or(self.out.clauses.last()) {
            clause.subject =
                if previous.subject.is_empty() { self.subject.clone() } else { previous.subject.clone() };
            clause.inherited = true;
            let joined = self.joint || self.comma;
            if joined && previous.passive() && !clause.passive() && previous.object.is_empty() {
                let agent: Vec<NpId> = previous.behind(&["by"]).collect();
                if !agent.is_empty() {
                    clause.subject = agent;
                }
            }
        }
        if !clause.conditional {
            self.subject.clone_from(&clause.subject);
        }
        self.conditional &= self.joint;
        self.conditional = false;
    }
}
