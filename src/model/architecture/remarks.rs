//! Adding what is said about the graph: scenarios, workload, notes, wishes, suppressions, assumptions, questions.

use super::{Architecture, ModelError};
use crate::model::facts::{Assumption, Note, Question, Scenario, Suppression, Wish, WishKind, WorkloadFact};

impl Architecture {
    /// States a figure about the load in place of an earlier one about the same thing.
    ///
    /// # Errors
    /// When it is about a component that does not exist.
    pub fn set_workload(&mut self, fact: WorkloadFact) -> Result<(), ModelError> {
        self.check_named(fact.about.iter())?;
        match self.workload.iter_mut().find(|f| f.key == fact.key && f.about == fact.about) {
            Some(earlier) => *earlier = fact,
            None => self.workload.push(fact),
        }
        Ok(())
    }

    /// Adds a scenario; steps over connections of another architecture are refused.
    ///
    /// # Errors
    /// When the title is empty or a step's connection does not exist.
    pub fn add_scenario(&mut self, scenario: Scenario) -> Result<(), ModelError> {
        if scenario.title.trim().is_empty() {
            return Err(ModelError::Empty("a flow's title"));
        }
        if scenario.steps.iter().any(|s| self.graph.edge_weight(s.connection).is_none()) {
            return Err(ModelError::Empty("the connection of a step"));
        }
        self.scenarios.push(scenario);
        Ok(())
    }

    /// Adds a figure about the load.
    ///
    /// # Errors
    /// When it is about a component that does not exist.
    pub fn add_workload(&mut self, fact: WorkloadFact) -> Result<(), ModelError> {
        self.check_named(fact.about.iter())?;
        self.workload.push(fact);
        Ok(())
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// When it is about something that does not exist.
    pub fn add_note(&mut self, note: Note) -> Result<(), ModelError> {
        self.check_named(note.about.iter())?;
        self.notes.push(note);
        Ok(())
    }

    /// Adds a wish about the picture.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_wish(&mut self, wish: Wish) -> Result<(), ModelError> {
        match &wish.kind {
            WishKind::SameRank(ids) | WishKind::Order(ids) => self.check_named(ids.iter())?,
            WishKind::Near(a, b) => self.check_named([a, b])?,
            WishKind::First(id) | WishKind::Last(id) | WishKind::GroupDirection(id, _) => {
                self.check_named([id])?
            }
        }
        self.wishes.push(wish);
        Ok(())
    }

    /// Adds a suppression.
    ///
    /// # Errors
    /// When the reason is empty or it names something that does not exist.
    pub fn add_suppression(&mut self, suppression: Suppression) -> Result<(), ModelError> {
        if suppression.reason.trim().is_empty() {
            return Err(ModelError::Empty("the reason to ignore a rule"));
        }
        self.check_named(suppression.about.iter())?;
        self.suppressions.push(suppression);
        Ok(())
    }

    /// Adds an assumption in words.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_assumption(&mut self, assumption: Assumption) -> Result<(), ModelError> {
        self.check_named(assumption.about.iter())?;
        self.assumptions.push(assumption);
        Ok(())
    }

    /// Adds an open question.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_question(&mut self, question: Question) -> Result<(), ModelError> {
        self.check_named(question.about.iter())?;
        self.questions.push(question);
        Ok(())
    }
}
