//! Steps and jobs: the parts of a workflow that are the workflow, and the job that a service runs.
//!
//! Takes noun phrases and what was done to them and gives the entity they belong to.

use super::clauses::Clause;
use super::entities::EntityId;
use super::meaning::works;
use super::phrases::Np;
use super::reading::Reading;
use super::wording::singular;
use crate::model::Kind;

impl Reading {
    /// "The state machine has one task, which sends …", "the first step": what a workflow consists of is the workflow.
    pub(super) fn step_of_workflow(&self, np: &Np) -> Option<EntityId> {
        let head = singular(&np.head);
        let step = matches!(head.as_str(), "task" | "step" | "state" | "workflow step" | "task state");
        if !step || np.technology.is_some() || np.named {
            return None;
        }
        let mut leads = (0..self.entities.all.len())
            .filter(|&id| self.entities.all.get(id).is_some_and(|e| !e.denied && e.kind == Kind::Workflow));
        let only = leads.next().filter(|_| leads.next().is_none())?;
        let boxed = self.entities.all.iter().any(|e| e.kind == Kind::Container && !e.denied);
        // "the task" of a team is none of the workflow's.
        let machine = self.entities.all.get(only).is_some_and(|e| {
            let label = e.label.to_lowercase();
            ["state machine", "step function", "workflow", "orchestrator"].iter().any(|w| label.contains(w))
        });
        (machine && !boxed).then_some(only)
    }

    /// "Once the transcription is completed, the text is stored": by what was at work.
    pub(super) fn done_by(
        &self,
        clause: &Clause,
        subject: &[EntityId],
        heads: &[String],
    ) -> Option<EntityId> {
        let done = matches!(clause.lemma(), "complete" | "finish" | "end" | "succeed" | "conclude");
        if !clause.conditional || !done {
            return None;
        }
        let at_work = |id: EntityId| {
            works(self.kind(id)) || self.entities.all.get(id).is_some_and(|e| e.head == "job" && !e.denied)
        };
        match subject {
            [only] => Some(*only).filter(|&id| at_work(id)),
            [] => self
                .recent
                .iter()
                .rev()
                .copied()
                .find(|&id| at_work(id) && heads.iter().any(|h| self.called_after(id, h))),
            _ => None,
        }
    }

    /// Whether a deed is told in the name of what does it: "transcription" and Transcribe.
    fn called_after(&self, id: EntityId, deed: &str) -> bool {
        let stem = deed.get(..STEM);
        let name = self.entities.all.get(id).map(|e| e.label.to_lowercase()).unwrap_or_default();
        stem.is_some_and(|stem| name.split(' ').any(|word| word.starts_with(stem)))
    }
}

/// How much of two words must be alike for one to be the deed of the other.
const STEM: usize = 7;
