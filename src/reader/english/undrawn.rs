//! Phrases that are nothing to draw, whatever their nouns may mean elsewhere: the text's own work, standards, aims, what flows.
//!
//! Takes a noun phrase with its head and its words as written. It knows no entities.

use super::lexicon::{Det, Lexicon};
use super::phrases::Np;
use crate::catalog::catalog;

/// Whether a phrase is nothing to draw. `head` is its head noun in the usual form, `written` its words in lower case.
pub(super) fn nothing(lexicon: &Lexicon, np: &Np, head: &str, written: &str) -> bool {
    let entry = np.technology.and_then(|t| catalog().technologies().get(t));
    let plain = np.modifiers.iter().all(|m| lexicon.weak(m));
    let own_talk = np.technology.is_none()
        && lexicon.roles.self_heads.contains(head)
        && (plain || np.det == Det::Demonstrative)
        && np.owner.is_none();
    let unsaid = np.det == Det::None && np.technology.is_none() && np.noun.is_none();
    // "a SAM application", "the CDK stack": the text's own work, by what it is installed with.
    let tool = entry.is_some_and(|e| lexicon.roles.tools.contains(e.id))
        && !np.technology_heads
        && (lexicon.roles.self_heads.contains(head) || lexicon.product(head));
    // "both functions use managed identities": how they sign in, and no part.
    let inner = entry.is_some_and(|e| lexicon.roles.inner_technologies.contains(e.id));
    // "uses GraphQL"
    let standard =
        entry.is_some_and(|e| e.id == "graphql") && written.trim_start_matches("the ") == "graphql";
    // "writes Delta tables to the lake"
    let told = np.plural && matches!(head, "table" | "file" | "dataset") && !np.technology_heads;
    let format = entry.is_some_and(|e| lexicon.roles.table_formats.contains(e.id))
        && (told || written.ends_with(" tables"));
    own_talk
        || unsaid
        || tool
        || inner
        || standard
        || format
        || np.technology.is_none() && general(lexicon, np, head)
}

/// Whether a common noun speaks of everything, of an aim or of what flows.
fn general(lexicon: &Lexicon, np: &Np, head: &str) -> bool {
    let all = |listed: &[&str]| np.modifiers.iter().all(|m| lexicon.weak(m) || listed.contains(&m.as_str()));
    // "all back-end components log to the collector"
    let parts = np.plural
        && head == "component"
        && np.quantity.is_none()
        && all(&["back-end", "backend", "front-end", "frontend", "main", "core", "key"]);
    // "uses these AWS services"
    let services = np.det == Det::Demonstrative
        && np.plural
        && head == "service"
        && !np.modifiers.is_empty()
        && np.modifiers.iter().all(|m| VENDORS.contains(&m.as_str()));
    // "sends data to Data Explorer for near real-time analytics"
    let aims =
        ["real-time", "interactive", "advanced", "historical", "predictive", "near-real-time", "further"];
    let aim = head == "analytics"
        && np.det == Det::Bare
        && !np.modifiers.is_empty()
        && np.modifiers.iter().all(|m| aims.contains(&m.as_str()) || m.starts_with("near"));
    // "transforms the input stream"
    let passing = ["input", "transformed", "processed", "resulting", "raw", "incoming"];
    let flows = head == "stream" && np.modifiers.iter().any(|m| passing.contains(&m.as_str()));
    parts || services || aim || flows
}

/// Whose services are meant, where nothing else is said of them.
const VENDORS: [&str; 7] = ["aws", "azure", "amazon", "google", "gcp", "cloud", "managed"];
