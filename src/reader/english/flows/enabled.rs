//! Clauses behind "so that": what was done before lets somebody do something.
//!
//! Takes a sentence with its flows drawn and joins who is enabled to where the thing was put. It understands no phrase anew.

use super::super::clauses::{Clause, Parsed};
use super::super::entities::EntityId;
use super::super::reading::{Meaning, Reading};

impl Reading {
    /// "puts it on a queue so that the indexer can work it off": what is put on a queue is taken from there.
    pub(super) fn enabled(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) {
        for clause in parsed.clauses.iter().filter(|c| c.conditional && so_that(text, parsed, c)) {
            let [actor] = clause.subject.as_slice() else { continue };
            let Some([actor]) = meanings.get(*actor).map(|m| m.ids.as_slice()) else { continue };
            let medium = self.sink.filter(|&s| self.messaging(s) && s != *actor);
            let (Some(medium), true) = (medium, self.kind(*actor).is_compute()) else { continue };
            let drawn = |a: EntityId, b: EntityId| self.flows.iter().any(|f| f.from == a && f.to == b);
            if !drawn(medium, *actor) && !drawn(*actor, medium) {
                self.flow(medium, *actor, None, Some(true), None, None);
                self.rule("who is enabled by what is queued takes it from the queue");
            }
        }
    }
}

/// Whether "so" or "so that" opens the clause.
fn so_that(text: &str, parsed: &Parsed, clause: &Clause) -> bool {
    let subject = clause.subject.first().and_then(|&np| parsed.phrases.get(np));
    let before = subject.and_then(|np| text.get(..np.span.start)).unwrap_or("").trim_end();
    let before = before.strip_suffix("that").unwrap_or(before).trim_end();
    before.ends_with(" so")
}
