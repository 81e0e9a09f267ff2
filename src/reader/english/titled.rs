//! Titles that tell a way: "Amazon SQS to AWS Lambda to Amazon DynamoDB".
//!
//! Takes the words of the first heading and, at the end of the text, draws the arrows that nothing else told.

use super::editions::related;
use super::entities::EntityId;
use super::reading::Reading;
use super::tagging::{Tag, Unit};
use super::tokens::Token;

impl Reading {
    /// Keeps the products that a title joins with "to".
    pub(super) fn title_way(&mut self, tokens: &[Token<'_>], units: &[Unit]) {
        let to = |at: usize| {
            units.get(at).and_then(|u| tokens.get(u.start)).is_some_and(|t| t.is("to") || t.is("→"))
        };
        let name = |at: usize| match units.get(at).map(|u| &u.tag) {
            Some(Tag::Name(technology)) => Some(*technology),
            _ => None,
        };
        let mut way: Vec<usize> = Vec::new();
        for at in 0..units.len() {
            let Some(here) = name(at) else { continue };
            // "SQS queue to Lambda function": common nouns may stand behind the names.
            let goes_on =
                at >= 2 && to(at - 1) && (name(at - 2).is_some() || at >= 3 && name(at - 3).is_some());
            if way.is_empty() || goes_on {
                way.push(here);
            }
        }
        if way.len() > 1 {
            self.title_way = way;
        }
    }

    /// Draws what the title tells, where the text says nothing of the two.
    pub(super) fn titled(&mut self) {
        let way = std::mem::take(&mut self.title_way);
        for pair in way.windows(2) {
            let [from, to] = pair else { continue };
            let (Some(from), Some(to)) = (self.only_made_with(*from), self.only_made_with(*to)) else {
                continue;
            };
            if from != to && !self.leads(from, to) && !self.leads(to, from) {
                self.flow(from, to, None, None, None, Some("the title tells what leads to what"));
            }
        }
    }

    fn only_made_with(&self, technology: usize) -> Option<EntityId> {
        let made = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| {
                !e.denied && e.technologies.iter().any(|&t| t == technology || related(t, technology))
            })
        };
        let mut all = (0..self.entities.all.len()).filter(made);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// Whether arrows lead from one to the other, straight or through a third.
    fn leads(&self, from: EntityId, to: EntityId) -> bool {
        let next = |a: EntityId| self.flows.iter().filter(move |f| f.from == a).map(|f| f.to);
        next(from).any(|middle| middle == to || next(middle).any(|end| end == to))
    }
}
