//! Places that hold others: clouds, regions, networks, clusters, accounts, layers.
//!
//! Takes noun phrases and gives places of the list of [`Place`]s; who is in them is decided by the clauses.

use super::lexicon::{Det, Noun, lexicon};
use super::phrases::Np;
use super::reading::Reading;
use super::wanted::speaks_of_itself;
use super::wording::{clean, sentence_case, singular};
use crate::catalog::catalog;
use crate::model::{GroupKind, Kind};
use crate::text::Span;

/// A place that holds entities and other places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    /// Its name for people.
    pub(crate) label: String,
    /// What it is.
    pub(crate) kind: GroupKind,
    /// The place around it.
    pub(crate) parent: Option<usize>,
    /// The technology it is.
    pub(crate) technology: Option<usize>,
    /// Whether it stands for all of its kind: "each region".
    pub(crate) general: bool,
    /// Its head noun in the singular; empty for a technology alone.
    pub(crate) head: String,
    /// What distinguishes it.
    pub(crate) modifiers: Vec<String>,
    /// The place it turned out to be.
    pub(crate) same_as: Option<usize>,
    /// Where it was first named.
    pub(crate) span: Span,
}

/// Heads that may mean any place of their kind: "the cluster" is the one that was spoken of.
const GENERIC: [&str; 13] = [
    "",
    "cloud",
    "region",
    "zone",
    "account",
    "network",
    "vpc",
    "subnet",
    "cluster",
    "namespace",
    "layer",
    "tier",
    "domain",
];

impl Reading {
    /// The place a phrase names, if it names one.
    pub(crate) fn place(&mut self, text: &str, np: &Np) -> Option<usize> {
        if np.det == Det::Demonstrative && speaks_of_itself(np) {
            // "this project creates a queue"
            return None;
        }
        let technology = np.technology.and_then(|t| catalog().technologies().get(t));
        let region = np.technology.is_none() && region_name(&np.head);
        let kind = match (np.noun, technology) {
            _ if region => GroupKind::Region,
            // "an Event Hubs namespace" is what messages go to.
            (Some(Noun::Group(GroupKind::Namespace)), Some(t)) if t.kind.is_messaging() => return None,
            (Some(Noun::Group(kind)), _) => kind,
            (Some(Noun::Component(Kind::Cluster)), None) => GroupKind::Cluster,
            (Some(Noun::Component(Kind::Cluster)), Some(t))
                if t.kind == Kind::Cluster || t.kind == Kind::Container =>
            {
                GroupKind::Cluster
            }
            (None, Some(t)) if t.kind == Kind::Cluster && np.technology_heads => GroupKind::Cluster,
            (None, Some(t)) if np.technology_heads && rents(t, text.get(np.label.start..np.label.end)) => {
                GroupKind::Cloud
            }
            (None, Some(t)) if t.kind == Kind::Network && np.technology_heads && t.id.contains("vpc") => {
                GroupKind::Vpc
            }
            (None, Some(t)) if t.kind == Kind::Network && np.technology_heads && t.id.contains("vnet") => {
                GroupKind::Vpc
            }
            _ => return None,
        };
        if np.noun.is_some()
            && matches!(np.noun, Some(Noun::Group(GroupKind::Group | GroupKind::Layer)))
            && np.modifiers.is_empty()
            && np.technology.is_none()
        {
            return None;
        }
        let written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
        let label = if region { written } else { sentence_case(&written) };
        let head = singular(&np.head);
        let borrowed = np.noun.is_some()
            && np.technology.is_none()
            && !np.plural
            && !np.head.is_empty()
            && !label.to_lowercase().contains(&head)
            && np.modifiers.iter().any(|m| label.to_lowercase() == *m);
        // "the staging and production clusters": each is one.
        let label = match label.rsplit_once(' ') {
            Some((before, last))
                if !np.plural
                    && np.noun.is_some()
                    && np.technology.is_none()
                    && singular(&last.to_lowercase()) == head
                    && last.to_lowercase() != head =>
            {
                format!("{before} {head}")
            }
            _ => label,
        };
        let label = if borrowed { format!("{label} {head}") } else { label };
        let in_head = np.head.split(' ').rev().skip(1).map(str::to_owned);
        let modifiers: Vec<String> = np
            .modifiers
            .iter()
            .cloned()
            .chain(in_head)
            .filter(|m| {
                !matches!(m.as_str(), "single" | "same" | "one" | "own" | "our" | "availability")
                    && !super::lexicon::lexicon().weak(m)
            })
            .collect();
        let alias = np.aside.first().map(|a| clean(text.get(a.label.start..a.label.end).unwrap_or("")));
        let found = self.places.iter().rposition(|p| {
            let fits = |a: &[String], b: &[String]| a.iter().all(|m| b.contains(m));
            let technology =
                np.technology.is_none() || p.technology.is_none() || np.technology == p.technology;
            let like = p.head == head
                || p.head.is_empty()
                || modifiers.is_empty() && GENERIC.contains(&head.as_str());
            p.kind == kind
                && technology
                && like
                && !region
                && (p.modifiers == modifiers
                    || modifiers.is_empty()
                    || fits(&p.modifiers, &modifiers) && p.modifiers.is_empty() && !p.general)
                || p.label.eq_ignore_ascii_case(&label)
                || region && p.label.to_lowercase().contains(&np.head)
        });
        if let Some(found) = found {
            return Some(self.places.get(found).and_then(|p| p.same_as).unwrap_or(found));
        }
        let label = match site_of(text, np.span.end) {
            Some(town) if kind == GroupKind::OnPremises => format!("{label} in {town}"),
            _ => label,
        };
        let label = match alias {
            Some(alias) if region_name(&alias.to_lowercase()) => format!("{label} ({alias})"),
            _ => label,
        };
        self.places.push(Place {
            label,
            kind,
            parent: None,
            technology: np.technology,
            general: np.det == super::lexicon::Det::Each || np.plural,
            head: singular(&np.head),
            modifiers,
            same_as: None,
            span: np.span,
        });
        Some(self.places.len() - 1)
    }

    /// "an on-premises Oracle database": the adjective says where it is.
    pub(super) fn put_on_premises(&mut self, text: &str, np: &Np, ids: &[usize]) {
        let words = text.get(np.span.start..np.span.end).unwrap_or("");
        let said = |word: &str| {
            lexicon().noun(&word.to_lowercase()).is_some_and(|(n, _)| n == Noun::Group(GroupKind::OnPremises))
        };
        let Some(word) = words.split(' ').find(|w| w.to_lowercase().starts_with("on-prem") && said(w)) else {
            return;
        };
        let start = np.span.start + words.find(word).unwrap_or(0);
        let span = Span::new(start, start + word.len());
        let site = Np {
            head: word.to_lowercase(),
            noun: Some(Noun::Group(GroupKind::OnPremises)),
            span,
            label: span,
            ..Np::default()
        };
        if let Some(place) = self.place(text, &site) {
            ids.iter().for_each(|&id| self.put(id, place));
        }
    }

    /// Puts an entity into a place, unless it is already in one.
    pub(crate) fn put(&mut self, entity: usize, place: usize) {
        let Some(entity) = self.entities.all.get_mut(entity) else { return };
        if entity.kind == Kind::User {
            return;
        }
        if entity.group.is_none_or(|old| self.places.get(old).is_some_and(|p| wider(p.kind) && old != place))
        {
            if let Some(old) = entity.group
                && let Some(inner) = self.places.get_mut(place)
                && inner.parent.is_none()
                && old != place
            {
                inner.parent = Some(old);
            }
            entity.group = Some(place);
        }
    }
}

/// Whether a technology is a provider under its own name, which rents out machines: "runs on Hetzner".
fn rents(technology: &crate::catalog::TechnologyEntry, written: Option<&str>) -> bool {
    let vendor = technology.vendor.to_lowercase();
    let plain = |w: &str| w.to_lowercase().replace(' ', "").starts_with(&vendor.replace(' ', ""));
    technology.kind == Kind::Vm && technology.name == technology.vendor && written.is_some_and(plain)
}

/// Whether a place of this kind usually holds other places.
fn wider(kind: GroupKind) -> bool {
    matches!(kind, GroupKind::Cloud | GroupKind::Region | GroupKind::Account | GroupKind::Vpc)
}

/// `us-east-1`, `europe-west4`, `westeurope` and the like.
pub(crate) fn region_name(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let known = [
        "us",
        "eu",
        "ap",
        "sa",
        "ca",
        "me",
        "af",
        "europe",
        "asia",
        "northamerica",
        "southamerica",
        "australia",
        "il",
        "cn",
    ];
    match parts.as_slice() {
        [a, b, n] => {
            known.contains(a) && b.len() > 3 && n.len() <= 2 && n.starts_with(|c: char| c.is_ascii_digit())
        }
        [a, b] => known.contains(a) && b.len() > 3 && b.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// The town that a text names right behind a site: "the data centre in Munich".
fn site_of(text: &str, end: usize) -> Option<&str> {
    let behind = text.get(end..)?.strip_prefix(" in ")?;
    let town = behind.split(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    let name = town.chars().next().is_some_and(char::is_uppercase) && town.len() > 2;
    (name && super::lexicon::lexicon().noun(&town.to_lowercase()).is_none()).then_some(town)
}
