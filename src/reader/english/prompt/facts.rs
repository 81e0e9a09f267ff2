//! What a prompt says besides its features: load, laws, qualities.
//!
//! Takes the tokens and gives workload facts for the model. It adds no component.

use crate::model::{Origin, Quantity, Value, WorkloadFact, WorkloadKey};
use crate::text::{Source, Span};

use super::knowledge::knowledge;
use super::pattern;
use super::words::Token;

/// Where a large load is spoken of, if it is.
pub(crate) fn large_load(tokens: &[Token]) -> Option<Span> {
    knowledge().words.scale.iter().find_map(|s| {
        let found = pattern::find(s, tokens, 0..tokens.len())?;
        Some(tokens[found.first()].span.join(tokens[found.last()].span))
    })
}

/// The figures and laws that the text gives.
pub(crate) fn workload(source: &Source, tokens: &[Token]) -> Vec<WorkloadFact> {
    let mut found = Vec::new();
    for (law, name) in &knowledge().words.compliance {
        if let Some(at) = pattern::find(law, tokens, 0..tokens.len()) {
            let span = tokens[at.first()].span.join(tokens[at.last()].span);
            found.push(fact(WorkloadKey::Compliance, Value::Text(name.clone()), span));
        }
    }
    for i in 0..tokens.len() {
        found.extend(figure(source, tokens, i));
    }
    found
}

fn fact(key: WorkloadKey, value: Value, span: Span) -> WorkloadFact {
    WorkloadFact { key, value, about: None, origin: Origin::stated(span) }
}

/// A number with what it counts: "50,000 events per second", "2 million users", "under 200 ms".
fn figure(source: &Source, tokens: &[Token], at: usize) -> Option<WorkloadFact> {
    let token = tokens.get(at)?;
    if !token.lower.starts_with(|c: char| c.is_ascii_digit()) || !token.is_word() {
        return None;
    }
    let slice = |n: usize| tokens.get(at + n - 1).filter(|t| t.is_word()).map(|t| token.span.join(t.span));
    let (quantity, span) = (1..=5).rev().find_map(|n| {
        let span = slice(n)?;
        Quantity::parse(source.slice(span)).map(|q| (q, span))
    })?;
    let after = tokens.iter().skip_while(|t| t.span.start < span.end).take(3);
    use crate::model::Dimension as D;
    let key = match quantity.dimension {
        D::Rate => WorkloadKey::Rate,
        D::Duration => {
            let before = tokens[at.saturating_sub(4)..at].iter();
            let latency = before.chain(after).any(|t| {
                matches!(t.lower.as_str(), "latency" | "under" | "within" | "below" | "response" | "respond")
            });
            if !latency {
                return None;
            }
            WorkloadKey::Latency
        }
        D::Bytes => WorkloadKey::DataVolume,
        D::Ratio
            if tokens[at..]
                .iter()
                .take(4)
                .any(|t| matches!(t.stem(), "uptim" | "availabilit" | "availability" | "available")) =>
        {
            WorkloadKey::Availability
        }
        D::Count => {
            let people = &knowledge().words.people;
            let counted = after.take(2).any(|t| people.iter().any(|p| super::words::stem(p) == t.stem()));
            if !counted {
                return None;
            }
            WorkloadKey::Users
        }
        _ => return None,
    };
    Some(fact(key, Value::Quantity(quantity), span))
}
