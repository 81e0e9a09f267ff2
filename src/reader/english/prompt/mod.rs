//! Prompts: a wish for a system in a sentence or two, understood as an engineer would.
//!
//! Takes a text; if it asks for a design rather than describing one, gives an architecture in which every stated feature
//! has its place on a sound scaffold. Stages: [`words`] → [`phrases`] → [`subject`] and [`features`] → [`assemble`] (or
//! [`pipeline`], for work on data step by step) → [`named`] technologies → [`scaffold`] → [`finish`]. What it knows lies
//! in `assets/capabilities` and `assets/designs`. It reads no descriptions: see [`request`].

mod assemble;
mod bus;
mod clause;
mod deeds;
mod designed;
mod draft;
mod explain;
mod facts;
mod features;
mod finish;
mod frame;
mod heads;
mod knowledge;
mod labels;
mod named;
mod naming;
mod outside;
mod pattern;
mod people;
mod phrases;
mod pipeline;
mod request;
mod scaffold;
mod spoken;
mod stack;
mod stages;
mod stem;
mod subject;
mod technology;
#[cfg(test)]
mod tests;
mod ties;
mod wiring;
mod words;

use crate::model::Architecture;
use crate::text::{Outcome, Source, Span};

use super::explain::Explanation;

pub(crate) use spoken::{PatternNamed, capability, patterns_named};

use assemble::Assembly;
use features::{Ask, Feature};
use finish::Finish;
use frame::Frame;
use knowledge::Deed;
use phrases::{Phrase, Role};
use subject::Subject;
use technology::{Chosen, Mention};
use words::Token;

/// The design of anything at all, which says nothing beside features that are stated.
const PLAIN: &str = "web-application";

/// Longer texts are descriptions, whatever they begin with. In bytes.
const LONGEST_PROMPT: usize = 6_000;

/// How many characters are looked at for the words with which a text asks. The longest of them are far shorter.
const LONGEST_OPENING: usize = 32;

/// Whether a text asks for a design in so many words.
pub(crate) fn asks(text: &str) -> bool {
    let opening: String = text.trim_start().chars().take(LONGEST_OPENING).collect::<String>().to_lowercase();
    knowledge::vocabulary()
        .asking
        .iter()
        .any(|a| opening.strip_prefix(a).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether a text only names a system with what belongs to it.
pub(crate) fn names_a_system(text: &str) -> bool {
    if text.len() > LONGEST_PROMPT {
        return false;
    }
    let tokens = words::tokens(text);
    request::names_a_system(&tokens) || request::lists_features(&tokens) || request::lists_products(&tokens)
}

/// Reads a design prompt; `None` when the text is none. `loose` says that a text as short as a note names parts and hardly says
/// what passes between them: then it is a prompt even where it does not open like one.
pub(crate) fn read(source: &Source, loose: bool) -> Option<Outcome<Architecture>> {
    understood(source, loose, |_, _, architecture| Outcome::clean(architecture))
}

/// Says what a prompt was understood as; `None` when the text is none. `loose` as in [`read`].
pub(crate) fn explain(source: &Source, loose: bool) -> Option<Explanation> {
    understood(source, loose, |prompt, features, architecture| {
        explain::explanation(prompt, features, &architecture)
    })
}

/// What `tell` makes of a prompt that asks for something that can be drawn.
fn understood<T>(
    source: &Source,
    loose: bool,
    tell: impl FnOnce(&Prompt<'_>, &[Feature], Architecture) -> T,
) -> Option<T> {
    if source.text().len() > LONGEST_PROMPT {
        return None;
    }
    let tokens = words::tokens(source.text());
    let start = request::request(&tokens).or_else(|| request::note(&tokens).filter(|_| loose))?;
    let prompt = Prompt::new(source, &tokens, start);
    let (architecture, features) = prompt.architecture();
    (architecture.component_count() > 0).then(|| tell(&prompt, &features, architecture))
}

/// A prompt with what was found in it.
struct Prompt<'a> {
    source: &'a Source,
    tokens: &'a [Token],
    phrases: Vec<Phrase>,
    mentions: Vec<Mention>,
    subject: Option<Subject>,
    platform: Option<Chosen>,
}

impl<'a> Prompt<'a> {
    fn new(source: &'a Source, tokens: &'a [Token], start: usize) -> Self {
        let phrases = phrases::phrases(tokens, start);
        let mentions = technology::mentions(source, tokens, start);
        let subject = subject::subject(tokens, &phrases);
        // The product that the system is to be like is no part of it.
        let model = subject.as_ref().map_or(&[][..], |s: &Subject| &s.tokens);
        let mentions: Vec<Mention> = mentions.into_iter().filter(|m| !model.contains(&m.start)).collect();
        let platform = technology::platform(tokens, &phrases, &mentions);
        Self { source, tokens, phrases, mentions, subject, platform }
    }

    fn head(&self) -> Option<&Phrase> {
        self.phrases.iter().find(|p| p.role == Role::Head)
    }

    fn whole(&self) -> Span {
        self.tokens.first().zip(self.tokens.last()).map_or(Span::default(), |(a, b)| a.span.join(b.span))
    }

    /// Tokens that technologies account for.
    fn taken(&self) -> Vec<usize> {
        self.mentions.iter().flat_map(|m| m.start..m.end).collect()
    }

    /// What is drawn, with the features that were found.
    fn architecture(&self) -> (Architecture, Vec<Feature>) {
        let pipeline = self.is_pipeline();
        let features = self.features(pipeline);
        let head = self.head().or(self.phrases.first()).map_or(Span::default(), |p| p.span(self.tokens));
        let many = features.len() >= assemble::MANY;
        let design =
            self.subject.as_ref().map(|s| s.design).filter(|d| !pipeline && !(many && d.id == PLAIN));
        let mut assembly = Assembly::new(self.tokens, design, head);
        assembly.asked.clone_from(&features);
        assembly.meant = self.meant();
        assembly.lay_design(features.len(), self.own_name().as_deref());
        let walk = self.lay_features(&mut assembly, &features, pipeline);
        let coreless = assembly.draft.parts.is_empty() || assembly.core.is_none();
        if coreless && !self.names_what_runs() {
            self.name_the_core(&mut assembly);
        }
        named::put(&mut assembly, &self.mentions, &self.phrases);
        assembly.settle_core();
        assembly.seat_people();
        assembly.raise();
        assembly.lead_people();
        assembly.draw_flows();
        assembly.serve_queues(&self.mentions, &self.phrases);
        assembly.pass_stages();
        let large_load = facts::large_load(self.tokens);
        if let Some(span) = large_load {
            assembly.scale(span);
        }
        self.exclude(&mut assembly);
        assembly.prune();
        assembly.connect();
        assembly.tie();
        assembly.feed_workers();
        assembly.follow_shown();
        let left_out = assembly.trim();
        assembly.meet_core();
        assembly.share_store();
        assembly.open_doors();
        assembly.core = None;
        let walk = walk.map(|title| (title, follow(&assembly)));
        let finish = Finish {
            assembly: &assembly,
            title: self.title(),
            platform: self.platform.clone(),
            left_out,
            large_load,
            whole: self.whole(),
            walk,
        };
        let mut architecture = finish.build();
        for fact in facts::workload(self.source) {
            let _ = architecture.add_workload(fact);
        }
        (architecture, features)
    }

    /// Whether the prompt tells what happens to data step by step, rather than naming features: somebody hands
    /// files in, or files are worked on, and no reference design of another kind is asked for.
    fn is_pipeline(&self) -> bool {
        if self.subject.as_ref().is_some_and(|s| {
            !s.tokens.is_empty() && s.design.id != "media-processing" && s.design.id != "document-processing"
        }) {
            return false;
        }
        let frames = self.frames();
        let works = |f: &Frame| matches!(f.action.does, Deed::Process | Deed::Make | Deed::Derive);
        let files = frames
            .iter()
            .any(|f| (works(f) || f.action.does == Deed::Upload) && (f.is_file() || f.handed_in));
        let asked = self.phrases.iter().filter(|p| p.role == Role::Feature).count();
        files && frames.iter().any(works) && frames.len() >= 2 && frames.len() * 2 > asked
    }

    fn frames(&self) -> Vec<Frame> {
        let asked = self.phrases.iter().filter(|p| matches!(p.role, Role::Feature | Role::Head));
        asked.filter_map(|p| frame::frame(self.tokens, p.range())).collect()
    }

    fn features(&self, pipeline: bool) -> Vec<Feature> {
        let mut taken = self.taken();
        let mut found = Vec::new();
        for phrase in &self.phrases {
            match phrase.role {
                Role::Feature | Role::Means => {
                    found.extend(features::features(self.tokens, phrase, &taken, pipeline))
                }
                Role::Head if pipeline => {
                    let frame = frame::frame(self.tokens, phrase.range());
                    found.extend(frame.map(|frame| Feature {
                        span: frame.span,
                        ask: Ask::Frame(frame),
                        phrase: phrase.clone(),
                        count: None,
                        who: None,
                    }));
                }
                Role::Head
                    if self.is_clause(phrase)
                        && self.subject.as_ref().is_none_or(|s| s.tokens.is_empty()) =>
                {
                    let said =
                        usize::from(matches!(self.tokens[phrase.start].lower.as_str(), "that" | "which"));
                    let phrase = Phrase { role: Role::Feature, start: phrase.start + said, end: phrase.end };
                    found.extend(features::features(self.tokens, &phrase, &taken, pipeline));
                }
                Role::Head => {
                    taken.extend(self.subject.iter().flat_map(|s| s.tokens.iter().copied()));
                    found.extend(self.head_features(phrase, &taken));
                }
                Role::Context | Role::Model | Role::Excluded => {}
            }
        }
        found
    }

    /// Adds the features; a pipeline's actions as one chain. Gives the title of the chain's walk.
    fn lay_features(
        &self,
        assembly: &mut Assembly<'_>,
        features: &[Feature],
        pipeline: bool,
    ) -> Option<String> {
        let mut walk = None;
        if pipeline {
            let (places, frames): (Vec<usize>, Vec<Frame>) = features
                .iter()
                .enumerate()
                .filter_map(
                    |(i, f)| if let Ask::Frame(frame) = &f.ask { Some((i, frame.clone())) } else { None },
                )
                .unzip();
            let serverless = self.platform.as_ref().is_some_and(|p| p.serverless);
            let made = pipeline::lay(&mut assembly.draft, &frames, serverless);
            for (place, made) in places.into_iter().zip(made) {
                assembly.made.push((features[place].clone(), made));
            }
            let workers = |p: &draft::Part| p.key.starts_with("worker-");
            assembly.core =
                assembly.draft.parts.iter().position(workers).or_else(|| assembly.draft.find("upload-api"));
            let subject =
                frames.iter().find(|f| f.handed_in || f.is_file()).map_or("file", |f| f.object.as_str());
            walk = Some(format!("Process {} {subject}", article(subject)));
        }
        for feature in features {
            if !(pipeline && matches!(feature.ask, Ask::Frame(_))) {
                assembly.add(feature);
            }
        }
        walk
    }

    /// Whether a product is named that runs the application.
    fn names_what_runs(&self) -> bool {
        let asked = |m: &Mention| {
            let phrase = self.phrases.iter().find(|p| p.range().contains(&m.start));
            phrase.is_some_and(|p| !matches!(p.role, Role::Model | Role::Excluded))
        };
        self.mentions.iter().any(|m| stack::runs_code(m.entry.kind) && asked(m))
    }

    /// What the text rules out is not drawn, even where a design brings it.
    fn exclude(&self, assembly: &mut Assembly<'_>) {
        for phrase in self.phrases.iter().filter(|p| p.role == Role::Excluded) {
            let Some(capability) = features::capability_of(self.tokens, phrase.range()) else { continue };
            let Some((key, _)) = capability.components.first() else { continue };
            while let Some(at) =
                assembly.draft.parts.iter().position(|p| p.key == key && p.origin.is_assumed())
            {
                assembly.drop_part(at);
            }
        }
    }

    fn title(&self) -> Option<String> {
        let head = self.head()?;
        finish::title(self.source.slice(head.span(self.tokens)))
    }
}

/// The components of a chain in the order in which the work passes them: along the arrows from the people on, each
/// arrow once.
fn follow(assembly: &Assembly<'_>) -> Vec<usize> {
    let draft = &assembly.draft;
    let Some(start) = draft.find("client") else { return Vec::new() };
    let mut walk = vec![start];
    let mut next = 0;
    while let Some(&at) = walk.get(next) {
        for link in draft.links.iter().filter(|l| l.from == at) {
            if !walk.contains(&link.to) || (link.to == start && !walk[1..].contains(&start)) {
                walk.push(link.to);
            }
        }
        next += 1;
        if walk.len() > 2 * draft.parts.len() {
            break;
        }
    }
    walk
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}
