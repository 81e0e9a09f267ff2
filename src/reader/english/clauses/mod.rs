//! Clauses: who does what to whom, where and with what.
//!
//! Takes a sentence's items and gives [`Clause`]s with subject, objects and prepositional phrases filled in, relative
//! clauses, participles and purposes with the subject they mean. It knows no components: noun phrases are numbers.

mod lists;
mod marks;
mod verbs;

use super::lexicon::{Frame, Joint};
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
    /// Whether its object stands before it, as a relative pronoun's antecedent.
    pub(crate) relative: bool,
    /// Whether the clause names plans, comparisons or what is not there.
    pub(crate) unreal: bool,
}

impl Clause {
    pub(super) fn new(verb: Option<VerbGroup>) -> Self {
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
            relative: false,
        }
    }

    /// The frame, `Be` without a verb.
    pub(crate) fn frame(&self) -> Frame {
        self.verb.as_ref().map_or(Frame::Be, |v| v.frame)
    }

    /// Whether it tells somebody to do something: "Store the result".
    pub(crate) fn imperative(&self) -> bool {
        self.subject.is_empty()
            && self
                .verb
                .as_ref()
                .is_some_and(|v| v.finite && v.form == super::lexicon::Form::Base && !v.passive)
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
    /// Whether it reads what stands in parentheses or between dashes.
    nested: bool,
}

impl Parser {
    pub(super) fn step(&mut self) {
        let Some(item) = self.items.get(self.at).cloned() else { return };
        self.at += 1;
        match item {
            Item::Np(np) => self.noun_phrase(np),
            Item::Verb(verb) if self.tool(&verb) => self.preposition = Some("using".to_owned()),
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
            Item::Open => {
                let close = self.closing();
                self.aside(close);
                return;
            }
            Item::Adverb(_) | Item::Close => return,
        }
        self.comma = false;
        self.joint = false;
    }

    /// Whether `using` only says with what the verb before is done.
    fn tool(&self, verb: &super::phrases::VerbGroup) -> bool {
        verb.frame == Frame::Use
            && verb.form == super::lexicon::Form::Gerund
            && !verb.finite
            && !verb.negated
            && !self.negated
            && self.antecedent.is_none()
            && self.preposition.is_none()
            && self.clause.as_ref().is_some_and(|c| c.verb.is_some())
    }

    pub(super) fn noun_phrase(&mut self, np: Np) {
        if time(&np) {
            self.preposition = None;
            return;
        }
        let each = np.pronoun == Some(super::lexicon::Pronoun::They)
            && self.comma
            && !self.last.is_empty()
            && matches!(self.items.get(self.at), Some(Item::Preposition(p)) if p == "with" || p == "in");
        if each {
            // "three services, each with its own database"
            let owners = self.last.clone();
            self.keep(np);
            self.close();
            let mut clause = Clause::new(None);
            clause.subject = owners;
            clause.inherited = true;
            self.clause = Some(clause);
            return;
        }
        let gap = (self.joint || self.comma) && self.preposition.is_none() && self.gap(self.at - 1);
        if gap {
            return self.again(np);
        }
        let straight = matches!(self.items.get(self.at), Some(Item::Verb(v)) if v.finite);
        let used = matches!(self.items.get(self.at), Some(Item::Verb(v)) if v.infinitive)
            && self.joint
            && self.preposition.is_none()
            && self.clause.as_ref().is_some_and(|c| c.purpose);
        if used {
            return self.used_again(np);
        }
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
                Some(clause)
                    if clause.frame() == Frame::Run
                        && clause.inherited
                        && clause.verb.as_ref().is_some_and(|v| !v.finite)
                        && matches!(preposition.as_str(), "via" | "through" | "over")
                        && !self.out.clauses.is_empty() =>
                {
                    // "calls APIs hosted in AKS through the gateway": the way is that of the call.
                    if let Some(main) = self.out.clauses.last_mut() {
                        main.adjuncts.push((preposition, list));
                    }
                }
                Some(clause) => {
                    let about = clause.adjuncts.last().is_some_and(|(p, _)| p == "about");
                    if !(about
                        && !self.comma
                        && matches!(preposition.as_str(), "in" | "of" | "from" | "on" | "at"))
                    {
                        clause.adjuncts.push((preposition, list));
                    }
                }
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
                let gives =
                    matches!(clause.frame(), Frame::Send | Frame::Tell | Frame::Provide | Frame::Serve);
                let role = if gives { "dative" } else { "of" };
                clause.adjuncts.push((role.to_owned(), std::mem::take(&mut clause.object)));
                clause.object = list;
            }
            None if self.pending.is_empty() => self.pending = list,
            None => {
                self.finish_fragment();
                self.pending = list;
            }
        }
    }

    /// "uses A to do this and B to do that": the verb before the purpose again, with another object.
    fn used_again(&mut self, np: Np) {
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
        let passive = clause.passive() || self.placed();
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

    pub(super) fn on_preposition(&mut self, word: String) {
        self.preposition = Some(word);
    }

    pub(super) fn relative(&mut self, word: &str) {
        let preposition = self.preposition.take();
        let antecedent = self.antecedents(word);
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

    /// What a relative pronoun stands for: the last list, or one before it that agrees with the verb in number.
    fn antecedents(&self, word: &str) -> Vec<NpId> {
        let mut last = self.last.clone();
        if let ([only], Some(clause)) = (last.as_slice(), &self.clause)
            && let Some((p, nps)) = clause.adjuncts.last()
            && matches!(p.as_str(), "on" | "in")
            && nps == &last
            && let (Some(host), Some(before)) =
                (self.out.phrases.get(*only), only.checked_sub(1).and_then(|b| self.out.phrases.get(b)))
            && host.technology_heads
            && host.det == super::lexicon::Det::Bare
            && host.start <= before.end + 1
        {
            last = vec![*only - 1];
        }
        let Some(Item::Verb(verb)) = self.items.get(self.at) else { return last };
        let Some(plural) = verb.plural else { return last };
        let fits = |list: &[NpId]| {
            let many =
                list.len() > 1 || list.iter().any(|&np| self.out.phrases.get(np).is_some_and(|n| n.plural));
            let person = list.iter().any(|&np| {
                self.out.phrases.get(np).is_some_and(|n| n.noun == Some(super::lexicon::Noun::Person))
            });
            many == plural && !(person && word == "which")
        };
        if fits(&last) {
            return last;
        }
        let Some(clause) = &self.clause else { return last };
        let mut lists = clause.adjuncts.iter().rev().map(|(_, l)| l).chain(Some(&clause.object));
        lists.find(|l| !l.is_empty() && **l != last && fits(l)).cloned().unwrap_or(last)
    }

    /// The place of the parenthesis that closes the one just opened.
    fn closing(&self) -> usize {
        let rest = self.items.get(self.at..).unwrap_or(&[]);
        self.at + rest.iter().position(|i| *i == Item::Close).unwrap_or(rest.len())
    }

    /// What stands in parentheses or between dashes is read on its own, about the phrase before it.
    pub(super) fn aside(&mut self, end: usize) {
        let inside: Vec<Item> = self.items.get(self.at..end).unwrap_or(&[]).to_vec();
        self.at = (end + 1).min(self.items.len());
        let mut inner =
            Parser { items: inside, out: std::mem::take(&mut self.out), nested: true, ..Parser::default() };
        inner.last.clone_from(&self.last);
        inner.subject.clone_from(&self.last);
        while inner.at < inner.items.len() {
            inner.step();
        }
        inner.close();
        inner.finish_fragment();
        self.out = inner.out;
    }

    /// Closes the clause; a subject without its verb waits for it.
    pub(super) fn close_keeping(&mut self) {
        if self.clause.is_none() && !self.pending.is_empty() {
            self.waiting = std::mem::take(&mut self.pending);
        }
        self.close();
    }

    pub(super) fn hold_pending(&mut self) {
        if !self.pending.is_empty() {
            self.waiting = std::mem::take(&mut self.pending);
        }
    }

    pub(super) fn close(&mut self) {
        let stranded = self.preposition.take();
        if let Some(mut clause) = self.clause.take() {
            if let (Some(preposition), true) = (stranded, clause.relative && !clause.object.is_empty()) {
                // "which the mailer is subscribed to"
                let object = std::mem::take(&mut clause.object);
                clause.adjuncts.push((preposition, object));
            }
            self.out.clauses.push(clause);
        }
    }
}
