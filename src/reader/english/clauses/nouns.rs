//! Where a noun phrase belongs: subject, object, behind a preposition, behind an arrow, or in a clause of its own.
//!
//! Takes a noun phrase at the parser's place and puts it there with its list.

use super::super::lexicon::{Det, Frame, Noun, Pronoun};
use super::super::phrases::{Item, Np};
use super::{Clause, NpId, Parser, time};
use crate::model::Kind;

impl Parser {
    /// Puts a noun phrase where it belongs.
    pub(super) fn noun_phrase(&mut self, np: Np) {
        if time(&np) {
            self.preposition = None;
            return;
        }
        if self.each(&np) {
            return self.owners(np);
        }
        if self.outer_again(&np) {
            return;
        }
        let free = self.preposition.is_none();
        if free && (self.joint || self.comma) && self.gap(self.at - 1) {
            return self.again(np);
        }
        let next = self.items.get(self.at);
        let straight = matches!(next, Some(Item::Verb(v)) if v.finite);
        let infinitive = matches!(next, Some(Item::Verb(v)) if v.infinitive);
        if free && infinitive && self.joint && self.clause.as_ref().is_some_and(Clause::of_use) {
            return self.used_again(np);
        }
        let apart = self.comma || self.joint || straight && !self.fills_relative();
        if free && apart && self.clause.is_some() && self.starts_clause(self.at - 1) {
            self.joined = self.joint;
            self.close();
        }
        if free && self.joint && self.told_apart(&np, self.at) {
            self.close();
            self.finish_fragment();
        }
        if self.comma && self.one_for_each(&np) {
            return;
        }
        let list = self.list(np);
        self.last.clone_from(&list);
        if let Some(preposition) = self.preposition.take() {
            if self.opens_clause() {
                self.close();
            }
            return self.adjunct(preposition, list);
        }
        if let Some((sources, back)) = self.arrow.take() {
            let link = if back { (list.clone(), sources) } else { (sources, list.clone()) };
            self.out.links.push(link);
            self.pending = list;
            return;
        }
        self.complement(list);
    }

    /// "two services, one for bookings and one for prices, …": the services are told apart by what each is for. Whether they are.
    fn one_for_each(&mut self, np: &Np) -> bool {
        let one = |np: &Np| np.pronoun == Some(Pronoun::It) && np.quantity == Some(1);
        let [several] = self.last[..] else { return false };
        let counted = self.out.phrases.get(several).is_some_and(|n| n.plural && n.quantity.is_some());
        if !counted || !one(np) || self.preposition.is_some() {
            return false;
        }
        let mut look = self.at;
        let mut told = Vec::new();
        while let (Some(Item::Preposition(p)), Some(Item::Np(what))) =
            (self.items.get(look), self.items.get(look + 1))
            && p == "for"
        {
            told.push(what.clone());
            look += 2;
            while matches!(self.items.get(look), Some(Item::Comma | Item::Joint(_))) {
                look += 1;
            }
            if !matches!(self.items.get(look), Some(Item::Np(next)) if one(next)) {
                break;
            }
            look += 1;
        }
        let quantity = self.out.phrases.get(several).and_then(|n| n.quantity).unwrap_or(0);
        if told.len() < 2 || quantity as usize != told.len() {
            return false;
        }
        let list: Vec<NpId> = told.into_iter().map(|np| self.keep(np)).collect();
        self.out.expansions.push((several, list));
        self.at = look;
        true
    }

    /// "the worker that runs the job stores its result": whether the relative clause under way still wants its object, while
    /// the subject that it tells of waits for its own verb.
    fn fills_relative(&self) -> bool {
        let open = |c: &Clause| c.told && !c.relative && c.object.is_empty() && c.adjuncts.is_empty();
        !self.waiting.is_empty() && self.clause.as_ref().is_some_and(|c| open(c) && !c.passive())
    }

    /// "…, and from there one job reads": whether the phrase just read stands before the subject of a clause to come.
    fn opens_clause(&self) -> bool {
        let cut = self.at.checked_sub(3).and_then(|at| self.items.get(at));
        let there = self.at.checked_sub(1).and_then(|at| self.items.get(at));
        // "…, and in Azure we have"
        let ours =
            matches!(self.items.get(self.at), Some(Item::Np(np)) if np.pronoun == Some(Pronoun::Person));
        matches!(cut, Some(Item::Joint(_) | Item::Comma))
            && matches!(there, Some(Item::Np(np)) if np.pronoun == Some(Pronoun::There) || ours)
            && matches!(self.items.get(self.at), Some(Item::Np(_)))
            && self.starts_clause(self.at)
    }

    /// "a writer that fills Postgres and an engine that compares": behind a relative clause, what has one of its own is no
    /// object of the first.
    pub(super) fn told_apart(&self, np: &Np, behind: usize) -> bool {
        let told = matches!(self.items.get(behind), Some(Item::Relative(_)));
        told && np.det != Det::Bare && self.clause.as_ref().is_some_and(|c| c.told)
    }

    /// Whether the phrase is the "each" of "three services, each with its own database".
    fn each(&self, np: &Np) -> bool {
        np.pronoun == Some(Pronoun::They)
            && self.comma
            && !self.last.is_empty()
            && matches!(self.items.get(self.at), Some(Item::Preposition(p)) if matches!(p.as_str(), "with" | "in" | "on" | "inside" | "within"))
    }

    /// "each with its own database" is a clause of its own about those named before.
    fn owners(&mut self, np: Np) {
        let owners = self.last.clone();
        if let (Some(Item::Preposition(_)), Some(Item::Np(copies))) =
            (self.items.get(self.at), self.items.get(self.at + 1))
            && matches!(copies.head.as_str(), "replicas" | "instances" | "copies")
            && copies.technology.is_none()
            && let Some(many) = copies.quantity
        {
            // "two services, each with three replicas": that many of each.
            for &owner in &owners {
                if let Some(phrase) = self.out.phrases.get_mut(owner).filter(|n| !n.plural) {
                    phrase.quantity = Some(many);
                }
            }
            self.at += 2;
            return;
        }
        self.keep(np);
        self.close();
        let mut clause = Clause::new(None);
        clause.subject = owners;
        clause.inherited = true;
        self.clause = Some(clause);
    }

    /// A list behind a preposition.
    fn adjunct(&mut self, preposition: String, list: Vec<NpId>) {
        let Some(clause) = &mut self.clause else { return self.fronted.push((preposition, list)) };
        let reduced = clause.inherited && clause.verb.as_ref().is_some_and(|v| !v.finite);
        let way = matches!(preposition.as_str(), "via" | "through" | "over");
        if let (Frame::Run, true, true, Some(main)) =
            (clause.frame(), reduced, way, self.out.clauses.last_mut())
        {
            // "calls APIs hosted in the cluster through the gateway": the way is that of the call.
            main.adjuncts.push((preposition, list));
            return;
        }
        // "based on the number of messages in the queue": what follows belongs to the phrase, not to the verb.
        let phrases = &self.out.phrases;
        let about = clause.adjuncts.last().filter(|(p, _)| p == "about").and_then(|(_, nps)| nps.last());
        let near = about.zip(list.first()).is_some_and(|(a, b)| match (phrases.get(*a), phrases.get(*b)) {
            (Some(a), Some(b)) => b.start <= a.end + 1,
            _ => false,
        });
        // "provides dashboards based on the data from the monitor"
        let shows = clause.frame() == Frame::Provide
            || matches!(
                clause.lemma(),
                "show" | "display" | "present" | "visualise" | "visualize" | "create" | "build"
            );
        // "stores information about the order in Cosmos DB"
        let keeps = clause.frame() == Frame::Store && matches!(preposition.as_str(), "in" | "on");
        let states =
            keeps || clause.frame() == Frame::Be || shows && matches!(preposition.as_str(), "in" | "from");
        if !(near
            && !states
            && !self.comma
            && matches!(preposition.as_str(), "in" | "of" | "from" | "on" | "at"))
        {
            clause.adjuncts.push((preposition, list));
        }
    }

    /// A list that is the clause's object, or the subject of the verb to come.
    fn complement(&mut self, list: Vec<NpId>) {
        match &mut self.clause {
            Some(clause) if clause.object.is_empty() || self.comma || self.joint => {
                clause.object.extend(list)
            }
            Some(clause) => {
                let gives =
                    matches!(clause.frame(), Frame::Send | Frame::Tell | Frame::Provide | Frame::Serve);
                let role = if gives { "dative" } else { "of" };
                clause.adjuncts.push((role.to_owned(), std::mem::take(&mut clause.object)));
                clause.object = list;
            }
            None if self.joint && !self.pending.is_empty() && !self.fronted.is_empty() => {
                self.pending.extend(list);
            }
            None => {
                if !self.pending.is_empty() {
                    self.finish_fragment();
                }
                self.pending = list;
            }
        }
    }

    /// "uses A to do this and B to do that": the verb before the purpose again, with another object.
    pub(super) fn used_again(&mut self, np: Np) {
        self.close();
        let main = self
            .out
            .clauses
            .iter()
            .rev()
            .find(|c| !c.purpose && c.verb.as_ref().is_some_and(|v| v.finite))
            .cloned();
        let list = self.list(np);
        self.last.clone_from(&list);
        let Some(main) = main else {
            self.pending = list;
            return;
        };
        let mut next = Clause::new(main.verb);
        next.subject = main.subject;
        next.inherited = true;
        next.object = list;
        self.clause = Some(next);
    }

    /// The same verb again with another object.
    pub(super) fn again(&mut self, np: Np) {
        let Some(clause) = &self.clause else { return };
        let mut next = Clause::new(clause.verb.clone());
        next.subject.clone_from(&clause.subject);
        next.inherited = true;
        next.conditional = clause.conditional;
        let configured = matches!(self.items.get(self.at), Some(Item::Preposition(p)) if p == "as")
            .then(|| clause.adjuncts.iter().rev().find(|(p, _)| p != "as").map(|(p, _)| p.clone()))
            .flatten();
        if let Some(preposition) = configured {
            let list = self.list(np);
            self.last.clone_from(&list);
            if let Some(clause) = &mut self.clause {
                clause.adjuncts.push((preposition, list));
            }
            return;
        }
        // "the cart service keeps its data in Redis, the reviews service in Aurora": another does the same.
        let phrase = |np: &NpId| self.out.phrases.get(*np);
        let data =
            |np: &NpId| phrase(np).is_some_and(|n| n.noun == Some(Noun::Data) && n.technology.is_none());
        let does = |n: &Np| match n.noun {
            Some(Noun::Component(kind)) => kind.is_compute() || kind == Kind::Client,
            noun => noun == Some(Noun::Person),
        };
        let another = !clause.passive()
            && !clause.object.is_empty()
            && clause.object.iter().all(data)
            && clause.subject.iter().all(|s| phrase(s).is_some_and(&does))
            && does(&np);
        if another {
            next.object.clone_from(&clause.object);
        }
        let passive = clause.passive() || self.placed() || another;
        self.close();
        let list = self.list(np);
        self.last.clone_from(&list);
        if passive {
            next.subject = list;
        } else {
            next.object = list;
        }
        self.clause = Some(next);
    }

    /// Whether `using` only says with what the verb before is done.
    pub(super) fn tool(&self, verb: &super::super::phrases::VerbGroup) -> bool {
        verb.frame == Frame::Use
            && verb.form == super::super::lexicon::Form::Gerund
            && !verb.finite
            && !verb.negated
            && !self.negated
            && self.antecedent.is_none()
            && self.preposition.is_none()
            && self.clause.as_ref().is_some_and(|c| c.verb.is_some())
    }
}
