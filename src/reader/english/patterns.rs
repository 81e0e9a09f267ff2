//! Patterns that a description names without spelling them out: "the order service uses the outbox pattern".
//!
//! Takes the architecture of a description and adds what the pattern brings to the service that is said to follow it,
//! marked as concluded from the words. Where any part of a pattern is drawn already, the text spells it out, and nothing
//! is added. What patterns bring is in `assets/capabilities/patterns.yaml`.

use petgraph::graph::NodeIndex;

use super::assemble::Drawn;
use super::lexicon::Lexicon;
use super::prompt::{PatternNamed, patterns_named};
use super::reading::Reading;
use super::relevance::about_the_system;
use super::sentences::Sentence;
use crate::model::{Architecture, Component, Connection, Id, Kind, Origin};
use crate::text::Source;

/// The most patterns expanded in one text.
const MAX_PATTERNS: usize = 6;

/// Adds what the patterns named in a text bring.
pub(super) fn expand(
    source: &Source,
    lexicon: &Lexicon,
    sentences: &[Sentence<'_>],
    (reading, drawn): (&Reading, &Drawn),
    a: &mut Architecture,
) {
    let mut done: Vec<&str> = Vec::new();
    for named in patterns_named(source.text()).into_iter().take(MAX_PATTERNS) {
        let place = reading.traces.partition_point(|t| t.span.start <= named.span.start);
        let Some(trace) = place.checked_sub(1).and_then(|n| reading.traces.get(n)) else { continue };
        let Some(sentence) = sentences.get(place.saturating_sub(1)) else { continue };
        // Plans and comparisons draw nothing.
        if !about_the_system(lexicon, sentence).iter().any(|t| t.span.start == named.span.start) {
            continue;
        }
        let spoken: Vec<NodeIndex> =
            trace.mentions.iter().filter_map(|&id| drawn.components.get(id).copied().flatten()).collect();
        let mut seen: Vec<NodeIndex> = Vec::new();
        for index in spoken {
            if runs(a.at(index).kind) && !seen.contains(&index) {
                seen.push(index);
            }
        }
        let Some((&core, others)) = seen.split_first() else { continue };
        // "the process manager": what bears the words is drawn under its own name.
        let words = source.slice(named.span).to_lowercase();
        // "reads the model" is a deed.
        if [" the ", " a ", " an ", " its "].iter().any(|article| words.contains(article)) {
            continue;
        }
        // "the event store" is EventStoreDB where that is drawn.
        let name = words.replace(' ', "");
        let drawn_itself =
            a.components().any(|c| c.label.to_lowercase().replace(' ', "").starts_with(name.as_str()));
        if !done.contains(&named.capability.id) && !drawn_itself && !spelled_out(a, &named) {
            done.push(named.capability.id);
            apply(a, &named, core, others);
        }
    }
}

fn runs(kind: Kind) -> bool {
    matches!(kind, Kind::Service | Kind::Function | Kind::Container | Kind::Vm)
}

/// Whether a kind is so common that one of it says nothing of a pattern.
fn common(kind: Kind) -> bool {
    matches!(kind, Kind::Service | Kind::Database | Kind::External)
}

/// Whether a part of the pattern is drawn: one of its kind, such as a workflow, whose name says one of its words where
/// the kind is common. The bus that a pattern publishes to is nothing of its own.
fn spelled_out(a: &Architecture, named: &PatternNamed) -> bool {
    let words = |label: &str| -> Vec<String> {
        label.to_lowercase().split_whitespace().filter(|w| *w != "service").map(str::to_owned).collect()
    };
    // "Saga service": what bears the pattern's own name is its part, whatever its kind.
    let namesake = |label: &str| {
        let pattern = named.capability.id.to_lowercase();
        words(label).iter().any(|w| w.len() > 3 && pattern.split([' ', '-']).any(|p| p == w))
    };
    if a.components().any(|c| namesake(&c.label)) {
        return true;
    }
    named.capability.components.iter().filter(|(key, _)| *key != "bus").any(|(_, part)| {
        let own = words(part.label);
        a.components().any(|c| {
            c.kind == part.kind
                && (!common(part.kind) || words(&c.label).iter().any(|w| own.iter().any(|o| akin(o, w))))
        })
    })
}

/// Whether two words are one but for their endings: "projector", "projection".
fn akin(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a == b || shared >= SHARED_BEGINNING
}

/// From this many equal first letters on, two words are taken for one.
const SHARED_BEGINNING: usize = 7;

/// Draws the parts of a pattern around the service that follows it.
fn apply(a: &mut Architecture, named: &PatternNamed, core: NodeIndex, others: &[NodeIndex]) {
    let origin = Origin::inferred(named.span, format!("pattern: {}", named.capability.id));
    let (group, core_id) = (a.at(core).group.clone(), a.at(core).id.clone());
    let mut made: Vec<(&str, Id)> = Vec::new();
    for (key, part) in named.capability.components.iter() {
        let bus = (key == "bus").then(|| messaging(a)).flatten();
        let id = match bus {
            Some(bus) => Some(bus),
            None => {
                let mut component = Component::new(part.usual(), part.kind);
                component.id = a.free_id(&Id::from_label(&part.usual()));
                component.group.clone_from(&group);
                component.origin = origin.clone();
                let id = component.id.clone();
                a.add_component(component).ok().map(|_| id)
            }
        };
        made.extend(id.map(|id| (key, id)));
    }
    let others: Vec<Id> = others.iter().map(|&index| a.at(index).id.clone()).collect();
    for flow in named.capability.flows {
        for (from, to) in ends(a, &made, &core_id, &others, (flow.from, flow.to)) {
            let mut connection = Connection::new(flow.mode).labelled(flow.label);
            connection.origin = origin.clone();
            let _ = a.connect(from.as_str(), to.as_str(), connection);
        }
    }
}

/// The components that a flow's two keys stand for.
fn ends(
    a: &Architecture,
    made: &[(&str, Id)],
    core: &Id,
    others: &[Id],
    (from, to): (&str, &str),
) -> Vec<(Id, Id)> {
    let places = |key: &str| -> Vec<Id> {
        if let Some((_, id)) = made.iter().find(|(k, _)| *k == key) {
            return vec![id.clone()];
        }
        match key {
            // Nothing is known of where requests come in: the service itself turns to what the pattern brings.
            "core" | "entry" => vec![core.clone()],
            "each" => others.to_vec(),
            "store" => vec![store(a, core).unwrap_or_else(|| core.clone())],
            "bus" => messaging(a).into_iter().collect(),
            _ => Vec::new(),
        }
    };
    let (from, to) = (places(from), places(to));
    let pairs = from.iter().flat_map(|f| to.iter().map(move |t| (f.clone(), t.clone())));
    pairs.filter(|(f, t)| f != t).collect()
}

/// The only queue, topic, stream or bus there is.
fn messaging(a: &Architecture) -> Option<Id> {
    let mut all = a.components().filter(|c| c.kind.is_messaging());
    all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
}

/// The database in which a service keeps its data; the event store first, where a pattern has brought one.
fn store(a: &Architecture, core: &Id) -> Option<Id> {
    let core = a.index_of(core.as_str())?;
    let kept: Vec<&Component> =
        a.connections_from(core).map(|c| a.at(c.to)).filter(|c| c.kind == Kind::Database).collect();
    kept.iter().find(|c| c.label == "Event store").or(kept.first()).map(|c| c.id.clone())
}
