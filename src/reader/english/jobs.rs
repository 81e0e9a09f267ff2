//! Steps and jobs: the parts of a workflow that are the workflow, and the job that a service runs.
//!
//! Takes noun phrases and what was done to them and gives the entity they belong to.

use super::clauses::Clause;
use super::entities::{Entity, EntityId};
use super::lexicon::{Det, Noun};
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

    /// "an EventBridge rule … the rule", "EventBridge Pipes … the pipe": the part of a product that the product was named for.
    pub(super) fn part_again(&self, np: &Np) -> Option<EntityId> {
        let head = singular(&np.head);
        let part = matches!(head.as_str(), "rule" | "pipe" | "schedule");
        let said =
            matches!(np.det, Det::Definite | Det::Demonstrative) && np.technology.is_none() && !np.plural;
        let plain =
            np.modifiers.iter().all(|m| matches!(m.as_str(), "event" | "pattern" | "matching" | "scheduled"));
        if !(part && said && plain) || np.owner.is_some() || matches!(np.noun, Some(Noun::Component(_))) {
            return None;
        }
        let made = |e: &&(EntityId, &Entity)| !e.1.denied && !e.1.technologies.is_empty() && !e.1.plural;
        let called = |e: &&(EntityId, &Entity)| {
            let label = e.1.label.to_lowercase();
            singular(label.rsplit(' ').next().unwrap_or("")) == head
        };
        let all: Vec<(EntityId, &Entity)> = self.entities.all.iter().enumerate().collect();
        let only = |fits: &dyn Fn(&&(EntityId, &Entity)) -> bool| {
            let mut found = all.iter().filter(made).filter(|e| fits(e));
            found.next().filter(|_| found.next().is_none()).map(|e| e.0)
        };
        only(&called).or_else(|| only(&|e| head == "rule" && e.1.kind == Kind::EventBus))
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

    /// "creates a job in MediaConvert … the output of the job": the job is the service that runs it.
    pub(super) fn job_of(&mut self, lemma: &str, object: &[EntityId], heads: &[String], with: &[EntityId]) {
        let [service] = with else { return };
        let begins = matches!(
            lemma,
            "create" | "submit" | "start" | "run" | "launch" | "schedule" | "queue" | "trigger"
        );
        let plain = |e: &Entity| {
            e.head == "job" && e.modifiers.is_empty() && e.technologies.is_empty() && e.det == Det::Indefinite
        };
        let job = match object {
            [job] => Some(*job).filter(|&job| self.entities.all.get(job).is_some_and(plain)),
            _ => None,
        };
        let told = job.is_some() || object.is_empty() && heads.iter().any(|h| h == "job");
        let runs = self.entities.all.get(*service).is_some_and(|e| {
            !e.technologies.is_empty()
                && !e.kind.is_store()
                && !e.kind.is_messaging()
                && e.kind != Kind::Scheduler
        });
        if !(begins && told && runs) || job == Some(*service) {
            return;
        }
        if let Some(entity) = self.entities.all.get_mut(*service) {
            entity.names.push("job".to_owned());
        }
        if let Some(entity) = job.and_then(|job| self.entities.all.get_mut(job)) {
            (entity.denied, entity.same_as) = (true, Some(*service));
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
