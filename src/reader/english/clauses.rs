//! Clauses: who does what to whom, where and with what.
//!
//! Takes a sentence's items and gives [`Clause`]s with subject, objects and prepositional phrases filled in, relative
//! clauses, participles and purposes with the subject they mean. It knows no components: noun phrases are numbers.

use super::lexicon::{Form, Frame, Joint, Pronoun};
use super::phrases::{Item, Np, VerbGroup};

/// A noun phrase of the sentence, by its place in [`Parsed::phrases`].
pub(crate) type NpId = usize;

/// A verb with its parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    /// The verb; `None` for a clause without one: "nginx in front of the API".
    pub(crate) verb: Option<VerbGroup>,
    /// Who, in the active; what, in the passive.
    pub(crate) subject: Vec<NpId>,
    /// Whom or what.
    pub(crate) object: Vec<NpId>,
    /// Prepositions with what stands behind them.
    pub(crate) adjuncts: Vec<(String, Vec<NpId>)>,
    /// Whether it depends on `when`, `if` and the like.
    pub(crate) conditional: bool,
    /// Whether its subject was supplied from another clause.
    pub(crate) inherited: bool,
    /// With what it is done, for a purpose: "uses X to …".
    pub(crate) instrument: Vec<NpId>,
    /// Whether it is a purpose: "to resize images".
    pub(crate) purpose: bool,
    /// Whether the clause names plans, comparisons or what is not there.
    pub(crate) unreal: bool,
}

impl Clause {
    fn new(verb: Option<VerbGroup>) -> Self {
        Self {
            verb,
            subject: Vec::new(),
            object: Vec::new(),
            adjuncts: Vec::new(),
            conditional: false,
            inherited: false,
            purpose: false,
            instrument: Vec::new(),
            unreal: false,
        }
    }

    /// The frame, `Be` without a verb.
    pub(crate) fn frame(&self) -> Frame {
        self.verb.as_ref().map_or(Frame::Be, |v| v.frame)
    }

    /// Whether it is passive.
    pub(crate) fn passive(&self) -> bool {
        self.verb.as_ref().is_some_and(|v| v.passive)
    }

    /// The phrases behind one of these prepositions.
    pub(crate) fn behind<'a>(&'a self, prepositions: &'a [&str]) -> impl Iterator<Item = NpId> + 'a {
        self.adjuncts
            .iter()
            .filter(|(p, _)| prepositions.contains(&p.as_str()))
            .flat_map(|(_, nps)| nps.iter().copied())
    }
}

/// Whether a phrase says when or how often rather than who or what.
fn time(np: &Np) -> bool {
    const UNITS: [&str; 26] = [
        "night",
        "day",
        "hour",
        "minute",
        "second",
        "week",
        "month",
        "morning",
        "evening",
        "year",
        "afternoon",
        "weekday",
        "s",
        "ms",
        "min",
        "sec",
        "milliseconds",
        "h",
        "nights",
        "days",
        "hours",
        "minutes",
        "seconds",
        "weeks",
        "months",
        "midnight",
    ];
    np.technology.is_none() && np.owner.is_none() && UNITS.contains(&np.head.as_str())
}

/// A link of an arrow chain: the phrases on both sides.
pub(crate) type Link = (Vec<NpId>, Vec<NpId>);

/// A sentence taken apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parsed {
    /// All noun phrases in the order of the text.
    pub(crate) phrases: Vec<Np>,
    /// All clauses in the order of their verbs.
    pub(crate) clauses: Vec<Clause>,
    /// What `Name:` or `Name -` at the beginning says the rest is about.
    pub(crate) topic: Vec<NpId>,
    /// Links drawn with arrows in the text.
    pub(crate) links: Vec<Link>,
    /// Phrases that stand without a verb.
    pub(crate) fragments: Vec<NpId>,
    /// Lists behind a dash or colon that enumerate the phrase before: (the phrase, the list).
    pub(crate) expansions: Vec<(NpId, Vec<NpId>)>,
}

/// Takes a sentence apart.
pub(crate) fn parse(items: Vec<Item>) -> Parsed {
    let mut parser = Parser { items, ..Parser::default() };
    while parser.at < parser.items.len() {
        parser.step();
    }
    parser.close();
    parser.finish_fragment();
    parser.out
}

#[derive(Default)]
struct Parser {
    items: Vec<Item>,
    at: usize,
    out: Parsed,
    /// The clause under way.
    clause: Option<Clause>,
    /// Phrases before the verb to come.
    pending: Vec<NpId>,
    /// Prepositional phrases before the verb to come.
    fronted: Vec<(String, Vec<NpId>)>,
    /// A subject that still waits for its own verb behind a relative clause.
    waiting: Vec<NpId>,
    /// The subject of the last main clause.
    subject: Vec<NpId>,
    /// The preposition whose phrase is to come.
    preposition: Option<String>,
    /// The last list of phrases read.
    last: Vec<NpId>,
    /// What a relative pronoun stands for, and the preposition before it.
    antecedent: Option<(Vec<NpId>, Option<String>)>,
    conditional: bool,
    comma: bool,
    joint: bool,
    /// Sources of an arrow whose target is to come.
    arrow: Option<(Vec<NpId>, bool)>,
    negated: bool,
}

impl Parser {
    fn step(&mut self) {
        let Some(item) = self.items.get(self.at).cloned() else { return };
        self.at += 1;
        match item {
            Item::Np(np) => self.noun_phrase(np),
            Item::Verb(verb) => self.verb(verb),
            Item::Preposition(word) => self.on_preposition(word),
            Item::Joint(joint) => {
                self.joint = true;
                if joint == Joint::But {
                    self.comma = true;
                }
                return;
            }
            Item::Comma => {
                self.preposition = None;
                self.comma = true;
                return;
            }
            Item::Semicolon => {
                self.close();
                self.finish_fragment();
                self.arrow = None;
                self.conditional = false;
            }
            Item::Colon => self.colon(),
            Item::Dash => self.dash(),
            Item::Arrow => self.on_arrow(false),
            Item::BackArrow => self.on_arrow(true),
            Item::Subordinator => {
                self.close();
                self.hold_pending();
                self.conditional = true;
            }
            Item::Relative(word) => self.relative(&word),
            Item::Negation => self.negated = true,
            Item::Adverb(_) | Item::Open | Item::Close => return,
        }
        self.comma = false;
        self.joint = false;
    }

    /// Reads the rest of a coordinated list whose first phrase is `np`.
    fn list(&mut self, np: Np) -> Vec<NpId> {
        let mut list = vec![self.keep(np)];
        let in_object = self.clause.is_some();
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
            if !comma && !joint
                || next.pronoun.is_some_and(|p| p != Pronoun::Everything && p != Pronoun::They) && !joint
            {
                break;
            }
            if in_object && self.starts_clause(look)
                || comma && !joint && self.starts_clause(look) && !self.joint_ahead(look)
            {
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
            if self.gap(look) {
                break;
            }
            let next = next.clone();
            self.at = look + 1;
            list.push(self.keep(next));
        }
        list
    }

    fn keep(&mut self, np: Np) -> NpId {
        self.out.phrases.push(np);
        self.out.phrases.len() - 1
    }

    /// Whether the noun phrase at `at` is the subject of a new clause: a finite verb follows it.
    fn starts_clause(&self, at: usize) -> bool {
        let mut look = at + 1;
        let mut behind = false;
        while let Some(item) = self.items.get(look) {
            match item {
                Item::Verb(v) => return v.finite,
                Item::Adverb(_) => {}
                Item::Preposition(p) if p == "of" || p == "in" || p == "on" => behind = true,
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

    /// Whether an `and` or `or` comes before anything but phrases and commas: the list goes on.
    fn joint_ahead(&self, at: usize) -> bool {
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
    fn list_like(&self, at: usize) -> bool {
        matches!(self.items.get(at + 1), None | Some(Item::Comma | Item::Semicolon | Item::Close))
            && !matches!(self.items.get(at), Some(Item::Np(np)) if np.det != super::lexicon::Det::Bare)
    }

    /// Whether "and logs to Loki" follows "metrics to Prometheus": the verb is to be thought again.
    fn gap(&self, at: usize) -> bool {
        let Some(clause) = &self.clause else { return false };
        let Some(Item::Preposition(p)) = self.items.get(at + 1) else { return false };
        self.preposition_open(p) && (!clause.object.is_empty() || clause.passive())
    }

    fn preposition_open(&self, word: &str) -> bool {
        let seen = |clause: &Clause| clause.adjuncts.iter().any(|(p, _)| p == word);
        let now = self.preposition.as_deref() == Some(word);
        now || self.clause.as_ref().is_some_and(seen)
    }

    fn noun_phrase(&mut self, np: Np) {
        if time(&np) {
            self.preposition = None;
            return;
        }
        let gap = (self.joint || self.comma)
            && self.preposition.is_none()
            && matches!(self.items.get(self.at), Some(Item::Preposition(p)) if self.preposition_open(p))
            && self.clause.as_ref().is_some_and(|c| !c.object.is_empty() || c.passive());
        if gap {
            return self.again(np);
        }
        let straight = matches!(self.items.get(self.at), Some(Item::Verb(v)) if v.finite);
        let new_clause = self.clause.is_some()
            && self.preposition.is_none()
            && (self.comma || self.joint || straight)
            && self.starts_clause(self.at - 1);
        if new_clause {
            self.close();
        }
        let list = self.list(np);
        self.last.clone_from(&list);
        if let Some(preposition) = self.preposition.take() {
            match &mut self.clause {
                Some(clause) => clause.adjuncts.push((preposition, list)),
                None => self.fronted.push((preposition, list)),
            }
            return;
        }
        if let Some((sources, back)) = self.arrow.take() {
            let link = if back { (list.clone(), sources) } else { (sources, list.clone()) };
            self.out.links.push(link);
            self.pending = list;
            return;
        }
        match &mut self.clause {
            Some(clause) if clause.object.is_empty() || self.comma || self.joint => {
                clause.object.extend(list)
            }
            Some(clause) => {
                clause.adjuncts.push(("of".to_owned(), std::mem::take(&mut clause.object)));
                clause.object = list;
            }
            None if self.pending.is_empty() => self.pending = list,
            None => {
                self.finish_fragment();
                self.pending = list;
            }
        }
    }

    /// The same verb again with another object.
    fn again(&mut self, np: Np) {
        let Some(clause) = &self.clause else { return };
        let mut next = Clause::new(clause.verb.clone());
        next.subject.clone_from(&clause.subject);
        next.inherited = true;
        next.conditional = clause.conditional;
        let passive = clause.passive();
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

    fn on_preposition(&mut self, word: String) {
        self.preposition = Some(word);
    }

    fn relative(&mut self, word: &str) {
        let preposition = self.preposition.take();
        let antecedent = self.last.clone();
        if word == "whose" {
            // "whose origin is Y": the phrase behind it belongs to the antecedent.
            self.close_keeping();
            self.antecedent = Some((antecedent, Some("whose".to_owned())));
            return;
        }
        let preposition = if word == "where" { Some("in".to_owned()) } else { preposition };
        self.close_keeping();
        self.antecedent = Some((antecedent, preposition));
    }

    /// Closes the clause; a subject without its verb waits for it.
    fn close_keeping(&mut self) {
        if self.clause.is_none() && !self.pending.is_empty() {
            self.waiting = std::mem::take(&mut self.pending);
        }
        self.close();
    }

    fn hold_pending(&mut self) {
        if !self.pending.is_empty() {
            self.waiting = std::mem::take(&mut self.pending);
        }
    }

    fn close(&mut self) {
        if let Some(clause) = self.clause.take() {
            self.out.clauses.push(clause);
        }
        self.preposition = None;
    }

    fn verb(&mut self, verb: VerbGroup) {
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

    fn relative_clause(&mut self, clause: &mut Clause, antecedent: Vec<NpId>, before: Option<String>) {
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

    fn purpose(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
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

    fn gerund(&mut self, clause: &mut Clause, previous: Option<&Clause>, preposition: Option<&str>) {
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

    fn participle(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
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

    fn finite(&mut self, clause: &mut Clause, previous: Option<&Clause>) {
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

    fn colon(&mut self) {
        if self.clause.is_none()
            && self.out.clauses.is_empty()
            && self.out.links.is_empty()
            && !self.pending.is_empty()
        {
            self.out.topic = std::mem::take(&mut self.pending);
            self.subject.clone_from(&self.out.topic);
            return;
        }
        self.close();
        self.finish_fragment();
    }

    /// A dash opens a list of what the phrase before stands for, or cuts the sentence like a semicolon.
    fn dash(&mut self) {
        if self.out.clauses.is_empty() && self.clause.is_none() && !self.pending.is_empty() {
            let close = self.items.get(self.at..).unwrap_or(&[]).iter().position(|i| *i == Item::Dash);
            if let Some(length) = close {
                let before = self.pending.clone();
                let end = self.at + length;
                let mut list = Vec::new();
                while self.at < end {
                    if let Some(Item::Np(np)) = self.items.get(self.at).cloned() {
                        list.push(self.keep(np));
                    }
                    self.at += 1;
                }
                self.at += 1;
                if let Some(&first) = before.last() {
                    self.out.expansions.push((first, list));
                }
                return;
            }
            self.out.topic = std::mem::take(&mut self.pending);
            self.subject.clone_from(&self.out.topic);
            return;
        }
        self.close();
        self.finish_fragment();
    }

    fn on_arrow(&mut self, back: bool) {
        let sources = if let Some(clause) = &self.clause {
            if self.last.is_empty() { clause.subject.clone() } else { self.last.clone() }
        } else {
            std::mem::take(&mut self.pending)
        };
        let sources = if sources.is_empty() { self.last.clone() } else { sources };
        self.close();
        self.subject.clone_from(&sources);
        self.arrow = Some((sources, back));
    }

    /// What stands without a verb: a clause of its own when a preposition ties it, else a fragment.
    fn finish_fragment(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let mut fronted = std::mem::take(&mut self.fronted);
        let waiting = std::mem::take(&mut self.waiting);
        self.out.fragments.extend(&waiting);
        if pending.is_empty() {
            for (_, nps) in &fronted {
                self.out.fragments.extend(nps);
            }
            if !fronted.is_empty() && !self.out.topic.is_empty() {
                let mut clause = Clause::new(None);
                clause.subject.clone_from(&self.out.topic);
                clause.adjuncts = fronted;
                self.out.clauses.push(clause);
            }
            return;
        }
        self.out.fragments.extend(&pending);
        if !fronted.is_empty() {
            let mut clause = Clause::new(None);
            clause.subject = pending;
            clause.adjuncts.append(&mut fronted);
            self.out.clauses.push(clause);
        }
    }
}
