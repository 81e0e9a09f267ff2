//! Whether two names mean one product: editions and forms of it.
//!
//! Takes places in the catalog's list of technologies. It knows no text.

use super::entities::Entity;
use super::lexicon::lexicon;
use super::wanted::Wanted;
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::Kind;

/// Whether one technology's name holds the other's: Aurora and Aurora PostgreSQL. Names of several words that differ are
/// different products: Entra ID and Entra ID B2C.
pub(super) fn related(a: usize, b: usize) -> bool {
    let id = |t: usize| catalog().technologies().get(t).map_or("", |e| e.id);
    let under =
        |a: usize, b: usize| lexicon().roles.runs_under.get(id(a)).is_some_and(|whole| *whole == id(b));
    if under(a, b) || under(b, a) {
        return true;
    }
    let kinds = [a, b].map(|t| catalog().technologies().get(t).map(|e| e.kind));
    if kinds.contains(&Some(Kind::Monitoring)) || kinds.first() != kinds.last() {
        return false;
    }
    let parts = |t: usize| catalog().technologies().get(t).map_or("", |e| e.name).split([' ', '/']);
    if !parts(a).any(|word| parts(b).any(|other| other.eq_ignore_ascii_case(word))) {
        return false;
    }
    let words = |t: usize| -> Vec<String> {
        catalog().technologies().get(t).map_or_else(Vec::new, |e| {
            e.name
                .to_lowercase()
                .split([' ', '/'])
                .filter(|w| !lexicon().weak(w) && *w != "for" && *w != "on")
                .map(str::to_owned)
                .collect()
        })
    };
    let (a, b) = (words(a), words(b));
    // "Aurora" and "Aurora PostgreSQL" are one; "GitHub" and "GitHub Actions" are two products.
    let edition = |w: &String| {
        EDITIONS.contains(&w.as_str())
            || catalog().technologies().iter().any(|t| t.name.eq_ignore_ascii_case(w))
    };
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let distinct = a != b && a.len() > 1 && b.len() > 1;
    let extra: Vec<&String> = long.iter().filter(|w| !short.contains(w)).collect();
    !a.is_empty()
        && !b.is_empty()
        && !distinct
        && short.iter().all(|w| long.contains(w))
        && extra.into_iter().all(edition)
}

/// Whether a noun names what is made or run in a product, and so the product: "the pipeline" for Data Factory.
pub(super) fn form_of(head: &str, technology: usize) -> bool {
    let Some(products) = lexicon().roles.product_forms.get(&singular(head)) else { return false };
    catalog().technologies().get(technology).is_some_and(|entry| products.contains(&entry.id))
}

/// The kinds of the products of which a noun names what is made or run in them.
pub(super) fn kinds_of_form(head: &str) -> impl Iterator<Item = Kind> {
    let products = lexicon().roles.product_forms.get(&singular(head)).copied().unwrap_or_default();
    products.iter().filter_map(|id| catalog().technology(id)).map(|entry| entry.kind)
}

/// The kinds of which technologies that are `related` have one in common.
pub(super) fn kinds_of(technology: usize) -> impl Iterator<Item = Kind> {
    let entry = catalog().technologies().get(technology);
    let whole =
        entry.and_then(|e| lexicon().roles.runs_under.get(e.id)).and_then(|id| catalog().technology(id));
    entry.into_iter().chain(whole).map(|e| e.kind)
}

/// Words that name an edition or a form of a product, not another product.
const EDITIONS: [&str; 12] = [
    "serverless",
    "sql",
    "server",
    "database",
    "db",
    "standard",
    "premium",
    "cluster",
    "service",
    "storage",
    "enterprise",
    "hosting",
];

/// Whether what a phrase asks for is another thing than an entity that it has the words of.
pub(super) fn lie_apart(wanted: &Wanted, entity: &Entity) -> bool {
    // "a Lambda authorizer checks the token … the Lambda function": the authorizer is one for itself.
    let checks = |head: &str| matches!(head, "authorizer" | "authoriser");
    if checks(&entity.head)
        && !checks(&wanted.head)
        && wanted.modifiers.is_empty()
        && wanted.technology.is_some()
    {
        return true;
    }
    // "uploads to a bucket … the text is kept in the output bucket": what comes out does not lie where it came in.
    let out = |m: &String| matches!(m.as_str(), "output" | "destination" | "target" | "results");
    wanted.kind == Kind::Storage
        && entity.modifiers.is_empty()
        && entity.linked
        && !entity.plural
        && wanted.modifiers.iter().any(out)
}
