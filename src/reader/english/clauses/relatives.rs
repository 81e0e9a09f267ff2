//! Relative pronouns and what stands in parentheses or between dashes.
//!
//! Takes the parser's place and finds what the words there speak of.

use super::super::lexicon::Det;
use super::super::phrases::Item;
use super::{NpId, Parser};

impl Parser {
    pub(super) fn relative(&mut self, word: &str) {
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
        if let Some(whole) = self.beyond_name(&last) {
            return whole;
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
        let common = clause
            .subject
            .iter()
            .all(|&np| self.out.phrases.get(np).is_some_and(|n| !n.technology_heads && n.det != Det::Bare));
        (named && reduced && common && !self.comma && !clause.subject.is_empty())
            .then(|| clause.subject.clone())
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
