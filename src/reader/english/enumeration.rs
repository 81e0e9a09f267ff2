//! Several things named together and then one by one: "three services: orders, payments and stock".
//!
//! Takes a sentence's items and gives them with the list in the place of the phrase that announces it. Plain names in the
//! list get the head noun of the announcement.

use super::lexicon::{Form, Joint, Noun};
use super::lists::with_head;
use super::phrases::{Item, Np, VerbGroup};
use super::tokens::Token;

/// Puts lists in the place of what announces them.
pub(super) fn enumerations(tokens: &[Token<'_>], items: Vec<Item>) -> Vec<Item> {
    if !items.iter().any(|item| matches!(item, Item::Np(np) if announces(np))) {
        return items;
    }
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut at = 0;
    while let Some(item) = items.get(at) {
        at += 1;
        let Item::Np(np) = item else {
            out.push(item.clone());
            continue;
        };
        if !announces(np) {
            out.push(item.clone());
        } else if np.aside.len() > 1 && np.aside.iter().all(|n| member(n, np)) {
            out.extend(listed(np, &np.aside));
        } else if let Some((members, length)) = list_behind(tokens, &items, at, np) {
            out.extend(listed(np, &members));
            at += length;
        } else if let Some((members, colon, length)) = list_at_end(tokens, &items, at, np) {
            // "Three services are bound to the exchange: the tracker, the archiver and the alarm service."
            out.extend(listed(np, &members));
            out.extend(items.get(at..colon).unwrap_or(&[]).iter().cloned());
            at = colon + length;
        } else {
            out.push(item.clone());
        }
    }
    out
}

/// Whether a phrase may announce a list: several things of a kind.
fn announces(np: &Np) -> bool {
    let thing = matches!(np.noun, Some(Noun::Component(_))) || np.technology.is_some() && np.technology_heads;
    np.plural && np.pronoun.is_none() && thing
}

/// Whether a phrase may be one of what `general` announces: a name, or a thing with the same head.
fn member(np: &Np, general: &Np) -> bool {
    let same = || np.head.trim_end_matches('s') == general.head.trim_end_matches('s');
    np.pronoun.is_none()
        && np.quantity.is_none()
        && match np.noun {
            None | Some(Noun::Data) => np.technology.is_none() || np.technology_heads,
            Some(Noun::Component(_)) => same() || np.noun == general.noun,
            _ => false,
        }
}

/// The list behind a later colon that tells several apart: its members, the colon's place, and how many items it takes.
fn list_at_end(
    tokens: &[Token<'_>],
    items: &[Item],
    at: usize,
    general: &Np,
) -> Option<(Vec<Np>, usize, usize)> {
    let rest = items.get(at..)?;
    let colon = at + rest.iter().position(|i| matches!(i, Item::Colon | Item::Dash | Item::Semicolon))?;
    if colon == at || *items.get(colon)? == Item::Semicolon {
        return None;
    }
    let (members, length) = list_behind(tokens, items, colon, general)?;
    let counted = general.quantity.is_some_and(|q| q as usize == members.len());
    counted.then_some((members, colon, length))
}

/// The list behind a colon, or between dashes, and how many items it takes.
fn list_behind(tokens: &[Token<'_>], items: &[Item], at: usize, general: &Np) -> Option<(Vec<Np>, usize)> {
    let mark = items.get(at)?;
    if !matches!(mark, Item::Colon | Item::Dash) {
        return None;
    }
    let (mut members, mut look) = (Vec::new(), at + 1);
    loop {
        let np = match items.get(look)? {
            Item::Np(np) => np.clone(),
            Item::Verb(verb) => deed(tokens, verb)?,
            _ => return None,
        };
        if !member(&np, general) {
            return None;
        }
        members.push(np);
        look += 1;
        while let (Some(Item::Preposition(p)), Some(Item::Np(_))) = (items.get(look), items.get(look + 1)) {
            // "a database for the loans"
            if !matches!(p.as_str(), "for" | "of") {
                break;
            }
            look += 2;
        }
        let mut joined = false;
        while matches!(items.get(look), Some(Item::Comma | Item::Joint(Joint::And))) {
            // "…, each with its own database" goes on behind the list.
            let goes_on = match items.get(look + 1) {
                Some(Item::Np(np)) => np.pronoun.is_none(),
                Some(Item::Verb(_) | Item::Joint(_)) => true,
                _ => false,
            };
            if !goes_on {
                break;
            }
            joined = true;
            look += 1;
        }
        if !joined {
            break;
        }
    }
    let closes = match (mark, items.get(look)) {
        (Item::Dash, Some(Item::Dash)) => {
            look += 1;
            true
        }
        (Item::Dash, None)
        | (_, None | Some(Item::Comma | Item::Semicolon | Item::Subordinator | Item::Relative(_))) => true,
        _ => false,
    };
    (closes && members.len() > 1).then_some((members, look - at))
}

/// A name that is a verb's base form: "three functions: resize, tag and notify".
fn deed(tokens: &[Token<'_>], verb: &VerbGroup) -> Option<Np> {
    let (first, alone) = (tokens.get(verb.start)?, verb.end == verb.start + 1);
    (alone && verb.form == Form::Base && !verb.negated).then(|| Np {
        start: verb.start,
        end: verb.end,
        span: first.span,
        label: first.span,
        head: first.lower.clone(),
        ..Np::default()
    })
}

/// The members as a coordinated list.
fn listed(general: &Np, members: &[Np]) -> Vec<Item> {
    let mut out = Vec::new();
    for (n, np) in members.iter().enumerate() {
        if n > 0 {
            out.push(if n + 1 == members.len() { Item::Joint(Joint::And) } else { Item::Comma });
        }
        let named = np.technology.is_none() && !matches!(np.noun, Some(Noun::Component(_)));
        let mut one = if named { with_head(np, Some(general)) } else { np.clone() };
        one.plural = false;
        one.aside = if named { Vec::new() } else { np.aside.clone() };
        out.push(Item::Np(one));
    }
    out
}
