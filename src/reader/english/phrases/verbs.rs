//! Verb groups: auxiliaries, voice, negation and particles.
//!
//! Takes units at the chunker's place and gives one verb group, the place moved behind it.

use super::super::lexicon::{Form, Frame};
use super::super::tagging::{Tag, particle_frame};
use super::{Chunker, Item, VerbGroup};

/// Particles that stand right behind their verb.
const PARTICLES: [&str; 4] = ["up", "out", "off", "over"];

impl Chunker<'_> {
    pub(super) fn verb_group(&mut self) {
        let start = self.at;
        let (mut passive, mut negated, mut infinitive, mut auxiliary) = (false, false, false, false);
        let mut be = false;
        let mut plural = None;
        loop {
            match self.tag(0) {
                Some(Tag::To) => infinitive = true,
                Some(Tag::Modal) => auxiliary = true,
                Some(Tag::Auxiliary) => {
                    auxiliary = true;
                    let lower = self.lower(self.at);
                    be |= matches!(
                        lower,
                        "is" | "are"
                            | "was"
                            | "were"
                            | "be"
                            | "been"
                            | "being"
                            | "am"
                            | "'s"
                            | "'re"
                            | "'m"
                            | "isn't"
                            | "aren't"
                            | "wasn't"
                            | "weren't"
                            | "gets"
                            | "get"
                            | "got"
                    );
                    negated |= lower == "cannot";
                    plural = plural.or(match lower {
                        "is" | "was" | "has" | "does" | "gets" => Some(false),
                        "are" | "were" | "have" | "do" => Some(true),
                        _ => None,
                    });
                }
                Some(Tag::Negation) => negated = true,
                Some(Tag::Adverb) if self.verb_ahead() => {}
                _ => break,
            }
            negated |= self.lower(self.at) == "cannot" || self.lower(self.at).ends_with("n't");
            self.at += 1;
        }
        let begin = self.units.get(start).map_or(0, |u| u.start);
        let Some(Tag::Verb(verb, form)) = self.tag(0).cloned() else {
            if auxiliary && self.does_it(start) {
                return;
            }
            if auxiliary {
                let end = self.units.get(self.at.saturating_sub(1)).map_or(begin, |u| u.end);
                let copula = VerbGroup {
                    verb: 0,
                    frame: Frame::Be,
                    particle: None,
                    form: Form::Third,
                    passive: false,
                    negated,
                    infinitive,
                    finite: !infinitive,
                    plural,
                    start: begin,
                    end,
                };
                self.out.push(Item::Verb(copula));
            } else if self.at == start {
                self.at += 1;
            }
            return;
        };
        if form == Form::Participle && (be || !auxiliary) {
            passive = true;
        }
        let end = self.units.get(self.at).map_or(begin, |u| u.end);
        self.at += 1;
        let known = self.lexicon.verb(verb);
        let mut frame = known.map_or(Frame::Act, |v| v.frame);
        let behind = self.at;
        if let Some(particular) = self.particle(verb) {
            // "is placed in a subnet" says where it is, "places a message in a queue" what is done.
            let moves =
                particular == Frame::Run && !passive && form != Form::Participle && frame == Frame::Store;
            frame = if moves { frame } else { particular };
        }
        let taken = if self.at > behind { self.lower(behind) } else { "" };
        let particle = PARTICLES.into_iter().find(|p| *p == taken);
        if self.out.last() == Some(&Item::Negation) {
            negated = true;
        }
        let reduced = form == Form::Participle && !auxiliary;
        let finite = !infinitive && form != Form::Gerund && !reduced || form == Form::Gerund && be;
        self.out.push(Item::Verb(VerbGroup {
            verb,
            frame,
            particle,
            form,
            passive,
            negated,
            infinitive,
            finite,
            plural: plural.or(match form {
                Form::Third => Some(false),
                Form::Base if !auxiliary && !infinitive => Some(true),
                _ => None,
            }),
            start: begin,
            end,
        }));
    }

    /// "The app never writes to the ledger, only the worker does": `does` at the end of a clause stands for the deed that
    /// was denied to another before, which it takes over with all that stands behind it. Says whether it did.
    fn does_it(&mut self, start: usize) -> bool {
        let word = self.lower(start);
        let ends = matches!(self.tag(0), None | Some(Tag::Mark(_) | Tag::Joint(_)));
        let alone = self.at == start + 1 && matches!(word, "does" | "do" | "did") && ends;
        let denied = |i: &Item| matches!(i, Item::Verb(v) if v.negated && v.frame != Frame::Be);
        let (true, Some(at)) = (alone, self.out.iter().rposition(denied)) else { return false };
        let behind = self.out.get(at + 1..).unwrap_or_default();
        let object = behind.iter().take_while(|i| matches!(i, Item::Np(_) | Item::Preposition(_))).count();
        let mut again: Vec<Item> = self.out.get(at..=at + object).unwrap_or_default().to_vec();
        if let Some(Item::Verb(verb)) = again.first_mut() {
            verb.negated = false;
        }
        self.out.append(&mut again);
        true
    }

    pub(super) fn verb_ahead(&self) -> bool {
        self.units
            .get(self.at + 1..)
            .unwrap_or(&[])
            .iter()
            .find(|u| !matches!(u.tag, Tag::Adverb))
            .is_some_and(|u| matches!(u.tag, Tag::Verb(..) | Tag::Auxiliary))
    }

    /// A particle behind the verb that gives it another frame; it is taken along when it is no preposition of its own.
    pub(super) fn particle(&mut self, verb: usize) -> Option<Frame> {
        for ahead in 0..4 {
            let word = self.lower(self.at + ahead).to_owned();
            if let Some(frame) = particle_frame(self.lexicon, verb, &word) {
                let adverb = matches!(self.tag(ahead), Some(Tag::Adverb));
                let before_noun = matches!(
                    self.tag(ahead + 1),
                    Some(
                        Tag::Det(_)
                            | Tag::Noun(_)
                            | Tag::Name(_)
                            | Tag::Adjective
                            | Tag::Number(_)
                            | Tag::Pronoun(_)
                    )
                );
                if ahead > 0 && frame == Frame::Auth && before_noun {
                    // "logs every message in SQL Server": nobody logs in.
                    return None;
                }
                let alone = self.units.get(self.at + ahead).is_some_and(|u| u.end - u.start == 1);
                if ahead == 0 && alone && PARTICLES.contains(&word.as_str()) && (adverb || before_noun) {
                    self.at += 1;
                }
                return Some(frame);
            }
            if !matches!(self.tag(ahead), Some(Tag::Pronoun(_) | Tag::Noun(_) | Tag::Det(_) | Tag::Adjective))
            {
                return None;
            }
        }
        None
    }
}
