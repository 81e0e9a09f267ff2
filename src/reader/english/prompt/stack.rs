//! How named products hang together: what a stack of them needs to be a system.
//!
//! Takes the draft with all technologies in it, and gives a stack without a reference design its core, joins what stands
//! in front of it, and gives every queue somebody who takes from it. It names no product.

use crate::model::{Kind, Mode, Origin};
use crate::text::Span;

use super::assemble::Assembly;
use super::draft::{Link, Rank, assumed, class};
use super::frame::noun_phrase;
use super::phrases::Phrase;
use super::technology::Mention;
use super::words::{Token, sentence_case};

/// Whether a kind runs an application's code.
pub(crate) fn runs_code(kind: Kind) -> bool {
    matches!(kind, Kind::Service | Kind::Function | Kind::Container | Kind::Vm)
}

impl Assembly<'_> {
    /// The named product that runs the application is what the others stand around.
    pub(crate) fn settle_core(&mut self) {
        if self.core.is_none() {
            let runs = |p: &super::draft::Part| p.technology.is_some() && runs_code(p.kind);
            let named = self.draft.parts.iter().position(runs);
            self.core = named.or_else(|| self.draft.parts.iter().position(|p| runs_code(p.kind)));
        }
    }

    /// Every queue has somebody who takes from it: the workers that are there, else workers for what it is named for.
    pub(crate) fn serve_queues(&mut self, mentions: &[Mention], phrases: &[Phrase]) {
        for at in 0..self.draft.parts.len() {
            let part = &self.draft.parts[at];
            let taken = self.draft.links.iter().any(|l| l.from == at);
            if part.technology.is_none() || class(part.kind) != 2 || part.rank != Rank::Stated || taken {
                continue;
            }
            let span = part.origin.span();
            let why = "default: what lies on a queue is taken by somebody";
            if let Some(worker) = self.draft.parts.iter().position(|p| is_worker(&p.label)) {
                self.draft.links.retain(|l| l.to != worker || !l.origin.is_assumed());
                self.draft.link(at, worker, "jobs", Mode::Async, Origin::assumed(span, why));
                continue;
            }
            let mention = mentions.iter().find(|m| m.span == span);
            let purpose = mention.and_then(|m| purpose(self.tokens, m, phrases));
            let told = purpose.as_deref().is_some_and(|p| p.ends_with("event") || p.ends_with("messaging"));
            if told || purpose.is_none() && part.kind != Kind::Queue {
                self.publish(at, span);
                continue;
            }
            let label = match purpose.as_deref() {
                Some(words) if words.ends_with("job") || words.ends_with("task") => {
                    let words = words.rsplit_once(' ').map_or("", |w| w.0);
                    sentence_case(format!("{words} workers").trim())
                }
                Some(words) => sentence_case(&format!("{words} worker")),
                None => "Workers".to_owned(),
            };
            let worker = self.draft.add(assumed("workers", &label, Kind::Service, Rank::Core, span, why));
            self.draft.link(at, worker, "jobs", Mode::Async, Origin::assumed(span, why));
            if let Some(core) = self.core.filter(|&c| c != at) {
                let why = "default: who has work to do later puts it on the queue";
                self.draft.link(core, at, "jobs", Mode::Async, Origin::assumed(span, why));
            }
        }
    }

    /// What services tell each other goes over the bus that the text names; where they tell nothing, all of them publish.
    fn publish(&mut self, bus: usize, span: Span) {
        let why = "default: services publish what happened on the bus that the text names";
        let stated = |i: &usize| {
            let part = &self.draft.parts[*i];
            *i != bus && part.rank == Rank::Stated && (runs_code(part.kind) || hears(part.kind))
        };
        let services: Vec<usize> = (0..self.draft.parts.len()).filter(stated).collect();
        if services.len() < 2 {
            return;
        }
        let told = |l: &Link| {
            l.mode == Mode::Async
                && l.origin.is_assumed()
                && services.contains(&l.from)
                && services.contains(&l.to)
        };
        let (over, links): (Vec<Link>, Vec<Link>) =
            std::mem::take(&mut self.draft.links).into_iter().partition(told);
        self.draft.links = links;
        for link in &over {
            self.draft.link(link.from, bus, "events", Mode::Async, Origin::assumed(span, why));
            self.draft.link(bus, link.to, &link.label, Mode::Async, Origin::assumed(span, why));
        }
        for &service in &services {
            if hears(self.draft.parts[service].kind) {
                self.draft.link(bus, service, "events", Mode::Async, Origin::assumed(span, why));
            } else if !self.draft.linked(bus, service) {
                self.draft.link(service, bus, "events", Mode::Async, Origin::assumed(span, why));
            }
        }
    }
}

/// Whether what is of a kind acts on what others tell.
fn hears(kind: Kind) -> bool {
    matches!(kind, Kind::Notification | Kind::Analytics | Kind::Email)
}

/// Whether a label names workers.
pub(crate) fn is_worker(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "worker" | "workers")
}

/// What a product is for, as the text says: "background job" of "RabbitMQ for background jobs".
fn purpose(tokens: &[Token], mention: &Mention, phrases: &[Phrase]) -> Option<String> {
    let phrase = phrases.iter().find(|p| p.range().contains(&mention.start))?;
    let at = (mention.end..phrase.end).find(|&i| matches!(tokens[i].lower.as_str(), "for" | "as"))?;
    let end = super::frame::chunk_end(tokens, at + 1, phrase.end);
    (end > at + 1).then(|| noun_phrase(tokens, at + 1..end)).filter(|words| !words.is_empty())
}
