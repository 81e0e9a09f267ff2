//! Clauses: who does what to whom, where and with what.
//!
//! Takes a sentence's items and gives [`Clause`]s with subject, objects and prepositional phrases filled in, relative
//! clauses, participles and purposes with the subject they mean. It knows no components: noun phrases are numbers.

mod lists;
mod marks;
mod nouns;
mod relatives;
mod verbs;

use super::lexicon::{Form, Frame, Joint, Pronoun, lexicon};
use super::phrases::{Item, Np, VerbGroup};
use super::wording::time_unit;
pub(super) use verbs::operation;

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
    /// Whether a relative pronoun opened it.
    pub(crate) told: bool,
    /// Whether its object stands before it, as a relative pronoun's antecedent.
    pub(crate) relative: bool,
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
            told: false,
            relative: false,
        }
    }

    /// The frame, `Be` without a verb.
    pub(crate) fn frame(&self) -> Frame {
        self.verb.as_ref().map_or(Frame::Be, |v| v.frame)
    }

    /// Whether it tells somebody to do something: "Store the result".
    pub(crate) fn imperative(&self) -> bool {
        self.subject.is_empty() && self.base()
    }

    /// Whether its verb stands in the base form, as in a bidding: "store", not "stores".
    pub(crate) fn base(&self) -> bool {
        self.verb.as_ref().is_some_and(|v| v.finite && v.form == Form::Base && !v.passive)
    }

    /// The verb's base form; empty without a verb.
    pub(crate) fn lemma(&self) -> &'static str {
        self.verb.as_ref().and_then(|v| lexicon().verb(v.verb)).map_or("", |v| v.lemma)
    }

    /// Whether it says what something is used for: "uses X to …".
    pub(super) fn of_use(&self) -> bool {
        self.purpose && !self.instrument.is_empty()
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
    np.technology.is_none() && np.owner.is_none() && time_unit(&np.head)
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
    /// Where `In X:` at the beginning says that the rest is.
    pub(crate) site: Option<NpId>,
    /// Links drawn with arrows in the text.
    pub(crate) links: Vec<Link>,
    /// Phrases that stand without a verb.
    pub(crate) fragments: Vec<NpId>,
    /// How many phrases stand before the colon that ends a clause: "two consumers read it: …".
    pub(crate) colon: Option<usize>,
    /// Lists behind a dash or colon that enumerate the phrase before: (the phrase, the list).
    pub(crate) expansions: Vec<(NpId, Vec<NpId>)>,
}

impl Parsed {
    /// Whether a phrase begins one word, such as a preposition, behind the token where another ended.
    pub(crate) fn begins_behind(&self, np: NpId, end: usize) -> bool {
        self.phrases.get(np).is_some_and(|n| n.start == end + 1)
    }

    /// The clause right before one of its own.
    pub(crate) fn before(&self, clause: &Clause) -> Option<&Clause> {
        let at = self.clauses.iter().position(|c| std::ptr::eq(c, clause))?;
        self.clauses.get(at.checked_sub(1)?)
    }
}

/// Takes a sentence apart.
pub(crate) fn parse(items: Vec<Item>) -> Parsed {
    let mut parser = Parser { items, ..Parser::default() };
    while parser.at < parser.items.len() {
        parser.step();
    }
    parser.close();
    parser.finish_fragment();
    fill_gaps(&mut parser.out);
    purposes_first(&mut parser.out);
    parser.out
}

/// "To notify the customer, the worker uses SendGrid": a purpose told first has the same tool as one told last.
fn purposes_first(parsed: &mut Parsed) {
    for at in 1..parsed.clauses.len() {
        let Some([purpose, main]) = parsed.clauses.get_mut(at - 1..=at) else { continue };
        let told = main.verb.as_ref().is_some_and(|v| v.finite && !v.negated) && !main.purpose;
        let first = purpose.purpose && purpose.instrument.is_empty() && purpose.subject == main.subject;
        if !(told && first) {
            continue;
        }
        if main.frame() == Frame::Use {
            purpose.instrument.clone_from(if main.passive() { &main.subject } else { &main.object });
        } else if purpose.frame() == Frame::Tell && main.frame() == Frame::Call && !main.passive() {
            purpose.subject.clone_from(&main.object);
        }
    }
}

/// Gives clauses the places that stand in the clause behind them.
fn fill_gaps(parsed: &mut Parsed) {
    for at in 1..parsed.clauses.len() {
        let Some([before, here]) = parsed.clauses.get_mut(at - 1..=at) else { continue };
        // "All the farmer looks at is a dashboard": what is looked at is told behind "is".
        let seen = here.frame() == Frame::Be
            && here.inherited
            && here.subject == before.subject
            && !here.object.is_empty()
            && before.object.is_empty()
            && before.adjuncts.is_empty()
            && matches!(before.frame(), Frame::Read | Frame::Call | Frame::Use | Frame::Watch)
            && before.verb.as_ref().zip(here.verb.as_ref()).is_some_and(|(a, b)| b.start <= a.end + 1);
        if seen {
            before.object = std::mem::take(&mut here.object);
            continue;
        }
        // "From the jump box, the author is able to connect to the balancer"
        let able = before.frame() == Frame::Be
            && before.object.is_empty()
            && !before.told
            && here.purpose
            && here.inherited
            && here.subject == before.subject;
        if able {
            let mut adjuncts = std::mem::take(&mut before.adjuncts);
            adjuncts.append(&mut here.adjuncts);
            (here.adjuncts, here.purpose) = (adjuncts, false);
            continue;
        }
        // "a topic and two queues subscribed to it": what stands right before the participle is subscribed.
        let again = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.pronoun == Some(Pronoun::It));
        let reduced = here.verb.as_ref().is_some_and(|v| !v.finite && v.passive) && here.subject.len() > 1;
        if reduced && here.adjuncts.iter().any(|(_, nps)| nps.iter().any(again)) {
            here.subject = here.subject.last().copied().into_iter().collect();
        }
        // "is triggered by new objects created in the bucket": what starts it lies there.
        let lying = here.verb.as_ref().is_some_and(|v| !v.finite && v.passive)
            && matches!(
                here.lemma(),
                "create" | "upload" | "add" | "place" | "put" | "store" | "save" | "write" | "insert"
            )
            && matches!(before.frame(), Frame::Trigger | Frame::Call)
            && before.passive()
            && !here.subject.is_empty()
            && before.behind(&["by"]).eq(here.subject.iter().copied());
        if lying {
            before.adjuncts.append(&mut here.adjuncts);
            here.subject.clear();
            here.verb = None;
            continue;
        }
        let goal = |(p, _): &(String, Vec<NpId>)| matches!(p.as_str(), "to" | "into");
        let moves = matches!(before.frame(), Frame::Send | Frame::Store);
        if !moves || before.passive() || before.adjuncts.iter().any(goal) {
            continue;
        }
        let what = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.head == "what");
        if before.object.is_empty() && here.subject.iter().chain(&here.object).any(what) {
            // "writes what is new to Postgres"
            if here.frame() == Frame::Be && here.adjuncts.is_empty() {
                before.adjuncts.push(("to".to_owned(), std::mem::take(&mut here.object)));
            } else {
                before.adjuncts.append(&mut here.adjuncts);
            }
            continue;
        }
        // "uploads a file containing records to the bucket"
        let inside = here.verb.as_ref().is_some_and(|v| !v.finite && !v.infinitive && !v.passive)
            && matches!(
                here.lemma(),
                "contain" | "hold" | "include" | "describe" | "list" | "represent" | "carry" | "comprise"
            )
            && here.subject == before.object
            && here.adjuncts.iter().any(goal);
        // "persists information received from the API to a table"
        let taken = here.verb.as_ref().is_some_and(|v| !v.finite && v.passive)
            && matches!(
                here.lemma(),
                "receive"
                    | "retrieve"
                    | "fetch"
                    | "read"
                    | "generate"
                    | "produce"
                    | "extract"
                    | "take"
                    | "collect"
                    | "get"
            )
            && here.subject == before.object
            && here.adjuncts.iter().any(goal);
        if taken {
            let moved: Vec<_> = here.adjuncts.iter().filter(|a| goal(a)).cloned().collect();
            here.adjuncts.retain(|a| !goal(a));
            before.adjuncts.extend(moved);
            continue;
        }
        if inside {
            before.adjuncts.append(&mut here.adjuncts);
            continue;
        }
        // "copies A from X and B from Y into Z"
        let again = here.inherited
            && here.verb.as_ref().map(|v| v.start) == before.verb.as_ref().map(|v| v.start)
            && before.verb.is_some();
        if again && before.adjuncts.iter().any(|(p, _)| p == "from") {
            before.adjuncts.extend(here.adjuncts.iter().filter(|a| goal(a)).cloned());
        }
    }
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
    /// Whether `and` joined the subject under way to the clause before.
    joined: bool,
    /// Where things come from in all clauses that `and` joins to the one it stands before.
    shared: Vec<(String, Vec<NpId>)>,
    /// A subject that still waits for its own verb behind a relative clause.
    waiting: Vec<NpId>,
    /// The subject of the last main clause.
    subject: Vec<NpId>,
    /// The preposition whose phrase is to come.
    preposition: Option<String>,
    /// The last list of phrases read.
    last: Vec<NpId>,
    /// Where what the relative clause under way tells of stands.
    outer: Option<relatives::Outer>,
    /// What a relative pronoun stands for, and the preposition before it.
    antecedent: Option<(Vec<NpId>, Option<String>)>,
    conditional: bool,
    comma: bool,
    joint: bool,
    /// Sources of an arrow whose target is to come.
    arrow: Option<(Vec<NpId>, bool)>,
    /// Where the chain of arrows under way begins.
    chain: Vec<NpId>,
    negated: bool,
    /// Whether the object's list, told with commas alone so far, waits for its last part: "calls A, B in C, and D".
    unfinished: bool,
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
            // "worker <- takes jobs from the queue": the verb says it all.
            Item::BackArrow if matches!(self.items.get(self.at), Some(Item::Verb(_))) => {}
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

    pub(super) fn on_preposition(&mut self, word: String) {
        self.outward(&word);
        self.preposition = Some(word);
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
            if stranded.as_deref() == Some("front")
                && let Some((with, _)) = clause.adjuncts.last_mut().filter(|(p, _)| p == "with")
            {
                // "runs on a cluster with a load balancer in front"
                "behind".clone_into(with);
            } else if let (Some(preposition), true) = (stranded, clause.relative && !clause.object.is_empty())
            {
                // "which the mailer is subscribed to"
                let object = std::mem::take(&mut clause.object);
                clause.adjuncts.push((preposition, object));
            }
            self.out.clauses.push(clause);
        }
    }
}
