//! Steps and jobs: the parts of a workflow that are the workflow, and the job that a service runs.
//!
//! Takes noun phrases and what was done to them and gives the entity they belong to.

use super::entities::EntityId;
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
        let mut leads = (0..self.entities.all.len()).filter(|&id| {
            self.entities.all.get(id).is_some_and(|e| !e.denied && e.kind == Kind::Workflow && !e.plural)
        });
        let only = leads.next().filter(|_| leads.next().is_none())?;
        let boxed = self.entities.all.iter().any(|e| e.kind == Kind::Container && !e.denied);
        // "the task" of a team is none of the workflow's.
        let machine = self.entities.all.get(only).is_some_and(|e| {
            let label = e.label.to_lowercase();
            ["state machine", "step function", "workflow", "orchestrator"].iter().any(|w| label.contains(w))
        });
        (machine && !boxed).then_some(only)
    }
}
