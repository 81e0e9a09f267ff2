//! Coordinated phrases: "search, cart and ads".
//!
//! Takes the first phrase of a list and gives all of them; where a new clause begins, the list ends.

use super::super::lexicon::{Det, Frame, Joint, Pronoun};
use super::super::phrases::{Item, Np};
use super::{Clause, NpId, Parser};

/// The most parts of what stands between two commas behind a subject.
const LONGEST_ASIDE: usize = 10;

impl Parser {
    /// Reads the rest of a coordinated list whose first phrase is `np`.
    pub(super) fn list(&mut self, np: Np) -> Vec<NpId> {
        let mut list = vec![self.keep(np)];
        let in_object = self.clause.is_some();
        let (mut enumerated, mut ended) = (false, false);
        let nested = self.preposition.is_some();
        loop {
            let mut look = self.at;
            let (mut comma, mut joint) = (false, false);
            loop {
                match self.items.get(look) {
                    Some(Item::Comma) => comma = true,
                    Some(Item::Joint(j)) if *j != Joint::But => joint = true,
                    Some(Item::Adverb(_)) if comma || joint => {}
                    _ => break,
                }
                look += 1;
            }
            let Some(Item::Np(next)) = self.items.get(look) else { break };
            if !comma && !joint || next.pronoun.is_some_and(|p| p != Pronoun::Everything) && !joint {
                break;
            }
            if in_object && self.starts_clause(look)
                || comma && !joint && self.starts_clause(look) && !self.joint_ahead(look)
            {
                break;
            }
            if comma && joint && !enumerated && (self.outer_open(look) || nested && self.unfinished) {
                break;
            }
            if joint && !comma && nested && self.subject_again(&list, next, look) {
                break;
            }
            enumerated |= comma && !joint;
            if comma && joint && in_object && self.told_subject(look) {
                break;
            }
            if comma
                && !joint
                && in_object
                && !self.joint_ahead(look)
                && self.preposition.is_none()
                && !self.list_like(look)
            {
                break;
            }
            let used = joint
                && self.clause.as_ref().is_some_and(Clause::of_use)
                && matches!(self.items.get(look + 1), Some(Item::Verb(v)) if v.infinitive);
            let told = joint && in_object && self.told_apart(next, look + 1);
            if used || told || self.gap(look) {
                break;
            }
            let next = next.clone();
            self.at = look + 1;
            ended |= joint;
            list.push(self.keep(next));
        }
        if !nested {
            self.unfinished = in_object && !ended && (enumerated || self.unfinished && self.comma);
        }
        list
    }

    /// "Displays at stops and the passenger app get predictions": behind `and` a second subject, and no second spot.
    fn subject_again(&self, spot: &[NpId], next: &Np, at: usize) -> bool {
        let subject = self.clause.is_none() && !self.pending.is_empty() && self.starts_clause(at);
        let stands = matches!(self.preposition.as_deref(), Some("in" | "on" | "at" | "inside" | "near"));
        let nothing = |np: &NpId| self.out.phrases.get(*np).is_some_and(Np::unknown);
        subject && stands && spot.iter().all(nothing) && !next.unknown()
    }

    pub(super) fn keep(&mut self, np: Np) -> NpId {
        self.out.phrases.push(np);
        self.out.phrases.len() - 1
    }

    /// Whether the noun phrase at `at` is the subject of a new clause: a finite verb follows it.
    pub(super) fn starts_clause(&self, at: usize) -> bool {
        let mut look = at + 1;
        let mut behind = false;
        while let Some(item) = self.items.get(look) {
            match item {
                Item::Verb(v) => return v.finite,
                Item::Adverb(_) => {}
                Item::Comma if self.set_off(look) => return true,
                Item::Preposition(_) if matches!(self.items.get(look + 1), Some(Item::Np(_))) => {
                    behind = true
                }
                Item::Np(_) if matches!(self.items.get(look - 1), Some(Item::Preposition(_))) => {}
                Item::Joint(_) | Item::Comma
                    if !behind && matches!(self.items.get(look + 1), Some(Item::Np(_))) && look < at + 8 =>
                {
                    look += 1;
                }
                _ => return false,
            }
            look += 1;
        }
        false
    }

    /// "…, and dashboards, viewed by analysts, are built on Athena": whether the comma at `at` opens words that another one
    /// closes before the verb.
    fn set_off(&self, at: usize) -> bool {
        let rest = self.items.get(at + 1..).unwrap_or(&[]);
        let Some(close) = rest.iter().take(LONGEST_ASIDE).position(|i| *i == Item::Comma) else {
            return false;
        };
        let (inside, behind) = rest.split_at(close);
        let reduced = |i: &Item| {
            matches!(i, Item::Verb(v) if !v.finite && !v.infinitive) || matches!(i, Item::Adverb(_))
        };
        inside.first().is_some_and(reduced)
            && !inside.iter().any(|i| matches!(i, Item::Verb(v) if v.finite))
            && matches!(behind.get(1), Some(Item::Verb(v)) if v.finite)
    }

    /// "…, and a worker that listens to a queue makes the thumbnails": whether the phrase at `at` has a verb of its own
    /// behind its relative clause.
    fn told_subject(&self, at: usize) -> bool {
        let rest = self.items.get(at + 1..).unwrap_or(&[]);
        let clause = rest.iter().take_while(|i| !matches!(i, Item::Semicolon | Item::Colon)).count();
        let finite = |i: &usize| matches!(rest.get(*i), Some(Item::Verb(v)) if v.finite);
        let verbs: Vec<usize> = (0..clause).filter(finite).collect();
        matches!(rest.first(), Some(Item::Relative(_)))
            && verbs.iter().skip(1).any(|&v| matches!(rest.get(v - 1), Some(Item::Np(_))))
    }

    /// Whether an `and` or `or` comes before anything but phrases and commas: the list goes on.
    pub(super) fn joint_ahead(&self, at: usize) -> bool {
        for item in self.items.get(at + 1..).unwrap_or(&[]) {
            match item {
                Item::Joint(_) => return true,
                Item::Np(_) | Item::Comma => {}
                Item::Preposition(p) if p == "of" || p == "for" => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether the list ends here without `and`, as lists in notes do.
    pub(super) fn list_like(&self, at: usize) -> bool {
        matches!(self.items.get(at + 1), None | Some(Item::Comma | Item::Semicolon | Item::Close))
            && !matches!(self.items.get(at), Some(Item::Np(np)) if np.det != Det::Bare)
    }

    /// Whether "and logs to Loki" follows "metrics to Prometheus": the verb is to be thought again.
    pub(super) fn gap(&self, at: usize) -> bool {
        let Some(clause) = &self.clause else { return false };
        if self.starts_clause(at) {
            // "stores jobs in a bucket, and an adapter on EKS calls the API"
            return false;
        }
        let placed = self.placed();
        let mut behind = at + 1;
        while placed && let Some(Item::Comma | Item::Joint(_)) = self.items.get(behind) {
            let Some(Item::Np(_)) = self.items.get(behind + 1) else { return false };
            behind += 2;
        }
        if matches!(self.items.get(behind), Some(Item::Adverb(_))) {
            behind += 1;
        }
        let Some(Item::Preposition(p)) = self.items.get(behind) else { return false };
        self.preposition_open(p) && (!clause.object.is_empty() || clause.passive() || placed)
    }

    /// Whether the clause under way only says where its subject is: "the ALB sits in X, the servers in Y".
    pub(super) fn placed(&self) -> bool {
        self.clause.as_ref().is_some_and(|c| {
            matches!(c.frame(), Frame::Run | Frame::Be | Frame::Send | Frame::Call)
                && c.object.is_empty()
                && !c.passive()
        })
    }

    pub(super) fn preposition_open(&self, word: &str) -> bool {
        let place = |p: &str| matches!(p, "in" | "inside" | "within" | "on");
        let way = |p: &str| matches!(p, "via" | "by" | "through" | "over");
        let same = |p: &str| p == word || place(p) && place(word) || way(p) && way(word);
        let seen = |clause: &Clause| clause.adjuncts.iter().any(|(p, _)| same(p));
        let now = self.preposition.as_deref().is_some_and(same);
        now || self.clause.as_ref().is_some_and(seen)
    }
}
