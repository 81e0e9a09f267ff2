//! Relative pronouns and what stands in parentheses or between dashes.
//!
//! Takes the parser's place and finds what the words there speak of.

use super::super::lexicon::{Det, Frame};
use super::super::phrases::{Item, Np};
use super::{Clause, NpId, Parser};

/// What a relative clause tells of, and where it stands: a list may go on behind the clause. "calls the cart service,
/// which keeps carts in Redis, and the order service".
#[derive(Debug, Clone, Copy)]
pub(super) struct Outer {
    role: Role,
    /// Whether a comma sets the relative clause apart.
    apart: bool,
    /// Whether `and` with the preposition of the list was just read.
    due: bool,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    /// The subject that waits for its verb.
    Subject,
    /// The object of a clause, by its place.
    Object(usize),
    /// A prepositional phrase of a clause, by both places.
    Adjunct(usize, usize),
}

impl Parser {
    pub(super) fn relative(&mut self, word: &str) {
        self.set_outer();
        let preposition = self.preposition.take();
        let antecedent = self.antecedents(word);
        if word == "whose" {
            // "whose origin is Y": the phrase behind it belongs to the antecedent.
            self.close_keeping();
            self.antecedent = Some((antecedent, Some("whose".to_owned())));
            return;
        }
        let preposition =
            if word == "where" { preposition.or_else(|| Some("in".to_owned())) } else { preposition };
        self.close_keeping();
        self.antecedent = Some((antecedent, preposition));
    }

    /// Notes where the list stands that the relative clause to come tells of.
    fn set_outer(&mut self) {
        let at = self.out.clauses.len();
        let role = match &self.clause {
            // Behind the list that went on, its place is the same.
            None if self.pending.is_empty() => return,
            None => Role::Subject,
            Some(clause) if clause.object.ends_with(&self.last) => Role::Object(at),
            Some(clause) => match clause.adjuncts.iter().position(|(_, nps)| *nps == self.last) {
                Some(adjunct) => Role::Adjunct(at, adjunct),
                None => return self.outer = None,
            },
        };
        self.outer = (!self.last.is_empty()).then_some(Outer { role, apart: self.comma, due: false });
    }

    /// Whether the list that the relative clause under way interrupted goes on behind a comma and `and`, with the phrase at
    /// `at`.
    pub(super) fn outer_open(&self, at: usize) -> bool {
        let told = self.clause.as_ref().is_some_and(|c| c.told && c.verb.is_some());
        let goes_on = match self.outer {
            Some(Outer { role: Role::Subject, apart: true, .. }) => {
                matches!(self.items.get(at + 1), Some(Item::Comma))
                    && matches!(self.items.get(at + 2), Some(Item::Relative(_)))
            }
            outer => outer.is_some_and(|o| o.apart) && !self.starts_clause(at),
        };
        told && goes_on
    }

    /// "…, and to the mail service": the preposition of the list is said again.
    pub(super) fn outward(&mut self, word: &str) {
        let again = |parser: &Self| {
            let Some(Outer { role: Role::Adjunct(clause, adjunct), .. }) = parser.outer else { return false };
            let before = parser.out.clauses.get(clause).and_then(|c| c.adjuncts.get(adjunct));
            before.is_some_and(|(p, _)| p == word)
        };
        let due = self.comma && self.joint && self.outer_open(self.at) && again(self);
        if let Some(outer) = &mut self.outer {
            outer.due = due;
        }
    }

    /// Goes on with the list that a relative clause interrupted; whether it did.
    pub(super) fn outer_again(&mut self, np: &Np) -> bool {
        let Some(outer) = self.outer else { return false };
        let free = self.preposition.is_none();
        let said = free && self.joint && self.comma && self.outer_open(self.at - 1);
        let told = free && self.joint && self.told_apart(np, self.at);
        if !(said || told || outer.due) {
            return false;
        }
        self.preposition = None;
        self.close();
        let list = self.list(np.clone());
        self.last.clone_from(&list);
        if let Role::Adjunct(clause, adjunct) = outer.role
            && let Some(main) = self.out.clauses.get(clause)
            && let Some(Item::Preposition(word)) = self.items.get(self.at)
            && main.adjuncts.get(adjunct).is_some_and(|(p, _)| p == word)
            && !main.object.is_empty()
        {
            // "sends metrics to Prometheus, which scrapes them, and logs to Loki": the verb again.
            let mut next = Clause::new(main.verb.clone());
            next.subject.clone_from(&main.subject);
            next.inherited = true;
            next.object = list;
            self.clause = Some(next);
            return true;
        }
        let place = match outer.role {
            Role::Subject => Some(&mut self.waiting),
            Role::Object(clause) => self.out.clauses.get_mut(clause).map(|c| &mut c.object),
            Role::Adjunct(clause, adjunct) => {
                self.out.clauses.get_mut(clause).and_then(|c| c.adjuncts.get_mut(adjunct)).map(|(_, nps)| nps)
            }
        };
        if let Some(place) = place {
            place.extend(list);
        }
        true
    }

    /// What a relative pronoun stands for: the last list, or one before it that agrees with the verb in number.
    pub(super) fn antecedents(&self, word: &str) -> Vec<NpId> {
        let mut last = self.last.clone();
        if let ([only], Some(clause)) = (last.as_slice(), &self.clause)
            && let Some((p, nps)) = clause.adjuncts.last()
            && matches!(p.as_str(), "on" | "in")
            && nps == &last
            && let (Some(host), Some(before)) =
                (self.out.phrases.get(*only), only.checked_sub(1).and_then(|b| self.out.phrases.get(b)))
            && host.technology_heads
            && before.noun != Some(super::super::lexicon::Noun::Data)
            && host.det == Det::Bare
            && host.start <= before.end + 1
        {
            last = vec![*only - 1];
        }
        if word == "where"
            && let Some(clause) = self.clause.as_ref().filter(|c| c.passive())
            && clause.adjuncts.last().is_some_and(|(p, nps)| p == "by" && *nps == last)
            && let Some((_, place)) =
                clause.adjuncts.iter().rev().find(|(p, _)| matches!(p.as_str(), "to" | "into" | "in" | "on"))
        {
            // "sent to the index by the agent, where": no agent is a place.
            last.clone_from(place);
        }
        if let Some(whole) = self.beyond_name(&last).or_else(|| self.beyond_spot(&last)) {
            return whole;
        }
        if let Some(subject) = self.data_before_place(&last) {
            return subject;
        }
        let Some(Item::Verb(verb)) = self.items.get(self.at) else { return last };
        let Some(plural) = verb.plural else { return last };
        let fits = |list: &[NpId]| {
            let many =
                list.len() > 1 || list.iter().any(|&np| self.out.phrases.get(np).is_some_and(|n| n.plural));
            let person = list.iter().any(|&np| {
                self.out.phrases.get(np).is_some_and(|n| n.noun == Some(super::super::lexicon::Noun::Person))
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

    /// "a web app served from Netlify that pulls texts": what tells things apart says nothing of a name, but of the thing
    /// that the name's clause is about.
    fn beyond_name(&self, last: &[NpId]) -> Option<Vec<NpId>> {
        let ([only], Some(clause)) = (last, &self.clause) else { return None };
        let named = self.out.phrases.get(*only).is_some_and(|n| n.technology_heads && n.det == Det::Bare);
        let reduced = clause.verb.as_ref().is_some_and(|v| !v.finite && !v.infinitive);
        // "a Vue app, hosted on Amplify, which uses an API": a platform uses nothing.
        let platform = clause.frame() == Frame::Run;
        let common = clause.subject.iter().all(|&np| {
            self.out.phrases.get(np).is_some_and(|n| (platform || !n.technology_heads) && n.det != Det::Bare)
        });
        (named && reduced && common && (!self.comma || platform) && !clause.subject.is_empty())
            .then(|| clause.subject.clone())
    }

    /// "a gateway device in the nacelle, which batches readings": where a part stands does nothing, the part does.
    fn beyond_spot(&self, last: &[NpId]) -> Option<Vec<NpId>> {
        let ([only], Some(clause)) = (last, &self.clause) else { return None };
        let spots = ["in", "on", "at", "inside", "near"];
        let stands = |np: NpId| {
            clause.adjuncts.iter().any(|(p, nps)| nps.as_slice() == [np] && spots.contains(&p.as_str()))
        };
        let (_, at) = clause.adjuncts.last()?;
        let spot = self.out.phrases.get(*only)?;
        let adjacent = |part: NpId, spot: NpId| {
            let (before, spot) = (self.out.phrases.get(part)?, self.out.phrases.get(spot)?);
            (before.end + 1 == spot.start).then_some(part)
        };
        let mut part = adjacent(only.checked_sub(1)?, *only)?;
        // "a backend on Fargate in eu-central-1, which reads …"
        while stands(part) {
            part = adjacent(part.checked_sub(1)?, part)?;
        }
        let before = self.out.phrases.get(part)?;
        (spot.unknown()
            && at == last
            && stands(*only)
            && matches!(before.noun, Some(super::super::lexicon::Noun::Component(_))))
        .then(|| vec![part])
    }

    /// "Changes in Oracle which the services need are captured": what somebody needs is the data, not where it is.
    fn data_before_place(&self, last: &[NpId]) -> Option<Vec<NpId>> {
        let placed = self
            .fronted
            .last()
            .is_some_and(|(p, nps)| nps == last && matches!(p.as_str(), "in" | "on" | "at"));
        let object = matches!(self.items.get(self.at), Some(Item::Np(_)));
        let data = |np: &NpId| {
            self.out
                .phrases
                .get(*np)
                .is_some_and(|n| n.unknown() || n.noun == Some(super::super::lexicon::Noun::Data))
        };
        let subject = self.clause.is_none() && !self.pending.is_empty() && self.pending.iter().all(data);
        (placed && object && subject).then(|| self.pending.clone())
    }

    /// The place of the parenthesis that closes the one just opened.
    pub(super) fn closing(&self) -> usize {
        let rest = self.items.get(self.at..).unwrap_or(&[]);
        self.at + rest.iter().position(|i| *i == Item::Close).unwrap_or(rest.len())
    }

    /// What stands in parentheses or between dashes is read on its own, about the phrase before it.
    pub(super) fn aside(&mut self, end: usize) {
        let inside: Vec<Item> = self.items.get(self.at..end).unwrap_or(&[]).to_vec();
        self.at = (end + 1).min(self.items.len());
        if let [Item::Preposition(way), Item::Np(np)] = inside.as_slice()
            && matches!(way.as_str(), "via" | "through" | "over" | "using")
            && np.pronoun.is_none()
        {
            // "pushes the list to the handheld (through Firebase)"
            let np = self.keep(np.clone());
            match &mut self.clause {
                Some(clause) => clause.adjuncts.push((way.clone(), vec![np])),
                None => self.fronted.push((way.clone(), vec![np])),
            }
            return;
        }
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
}
