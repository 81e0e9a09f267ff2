//! The people whom a prompt tells to do something, and the apps through which they do it.
//!
//! Takes the draft with its features and gives each kind of people a client of its own. It reads no words.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{class, core_words, stated};
use super::knowledge::vocabulary;
use super::words::{sentence_case, singular, stem};

/// More kinds of people than this are not drawn apart.
const MOST: usize = 3;

impl Assembly<'_> {
    /// Gives the people who act a client: the first of them the one that everybody was taken to use.
    pub(crate) fn seat_people(&mut self) {
        let mut seated: Vec<(String, usize)> = Vec::new();
        // Where anybody uses the system as well, its client stays theirs.
        let anybody =
            self.made.iter().any(|(f, _)| f.who.as_ref().is_some_and(|(who, _)| is_anybody(&singular(who))));
        for place in 0..self.made.len() {
            let (feature, made) = &self.made[place];
            let Some((who, span)) = feature.who.clone() else { continue };
            let (service, name) = (made.first().copied(), singular(&who));
            if seated.len() >= MOST || is_anybody(&name) || seated.iter().any(|(n, _)| *n == name) {
                continue;
            }
            let label = sentence_case(&format!("{name} app"));
            let own = |draft: &super::draft::Draft| {
                let named = |l: &str| core_words(l).contains(&stem(&name).to_owned());
                draft.parts.iter().position(|p| class(p.kind) == 0 && named(&p.label))
            };
            let client = self.draft.find("client").filter(|&c| {
                class(self.draft.parts[c].kind) == 0
                    && self.draft.parts[c].origin.is_assumed()
                    && seated.is_empty()
                    && !anybody
            });
            let at = if let Some(at) = own(&self.draft) {
                at
            } else if let Some(at) = client {
                self.draft.parts[at].label.clone_from(&label);
                self.draft.parts[at].origin = Origin::stated(span);
                at
            } else {
                let first = self.draft.find("client").is_none() && !anybody;
                let key = if first { "client" } else { label.as_str() };
                self.draft.add(stated(key, &label, Kind::Client, span))
            };
            if self.draft.parts[at].key != "client" {
                self.seated.push((at, service));
            }
            seated.push((name, at));
        }
    }

    /// People beside those whom everybody was taken to be come in where these do.
    pub(crate) fn lead_people(&mut self) {
        let why = "the text says what these people do";
        for (at, service) in std::mem::take(&mut self.seated) {
            let front = self.draft.find("gateway").or_else(|| self.draft.find("load-balancer"));
            let uses = self.draft.links.iter().any(|l| l.from == at);
            if let Some(to) = front.or(service).filter(|&to| !uses && to != at) {
                let span = self.draft.parts[at].origin.span();
                self.draft.link(at, to, "use", Mode::Sync, Origin::inferred(span, why));
            }
        }
    }
}

/// Whether a word for people tells nothing about them.
fn is_anybody(name: &str) -> bool {
    matches!(name, "user" | "people" | "person" | "client" | "customer" | "team")
        || !vocabulary().people.iter().chain(vocabulary().organisations).any(|p| stem(p) == stem(name))
}
