//! Wishes in everyday words: "Patients should be able to book on our website and get a text message the day before".
//!
//! Takes a [`Reading`] of a text in which people say what they want and no program is named, and supplies what every such
//! system has: a program, what it keeps, and what brings its mail, text messages, payments and pictures. All of it is
//! marked as inferred, with the words that ask for it. The words are `lay_wishes`, `lay_things` and `lay_parts` in
//! `assets/words/roles.yaml`.

use std::collections::BTreeSet;

use super::entities::{Entity, EntityId};
use super::lexicon::{Det, Lexicon, Noun, lexicon};
use super::phrases::Np;
use super::reading::Reading;
use super::sentences::Sentence;
use super::tokens::Token;
use super::wanted::Wanted;
use super::wording::{sentence_case, singular};
use crate::catalog::catalog;
use crate::model::Kind;
use crate::text::Span;

/// Sentences that a text of wishes has at least.
const SENTENCES: usize = 3;

/// Words of wishes or of the people who have them that it has at least.
const WISHES: usize = 2;

const PROGRAM: &str = "what people want to use needs a program behind it";
const STORE: &str = "what is to be looked at later is kept somewhere";
const CHANNEL: &str = "what people are to be told goes out by a service for that";
const TURNS: &str = "people turn to the program through what they have at hand";

/// Supplies the program that a text of wishes leaves unsaid.
pub(super) fn complete(reading: &mut Reading, text: &str, sentences: &[Sentence<'_>]) {
    if !wishes(reading, sentences) {
        return;
    }
    everyday(reading);
    let Some(program) = program(reading, sentences) else { return };
    let acting = people(reading, text, sentences);
    let stores = |e: &Entity| !e.denied && (e.kind.is_store() || e.kind == Kind::Warehouse);
    if !reading.entities.all.iter().any(stores) {
        let span = reading.entities.all.get(program).map_or(reading.span, |e| e.span);
        let label = called(sentences).map_or_else(|| "Database".to_owned(), |n| format!("{n} database"));
        let store = supply(reading, &label, Kind::Database, span, STORE);
        say(reading, program, store, STORE);
    }
    for id in 0..reading.entities.all.len() {
        let kept = reading.entities.all.get(id).is_some_and(|e| stores(e) && !e.weak);
        if kept && !reading.flows.iter().any(|f| f.to == id) {
            say(reading, program, id, STORE);
        }
    }
    for (kind, label, span) in channels(reading, sentences) {
        let channel = supply(reading, label, kind, span, CHANNEL);
        say(reading, program, channel, CHANNEL);
        if matches!(kind, Kind::Email | Kind::Notification) {
            for person in told(reading, &acting, sentences, span) {
                say(reading, channel, person, CHANNEL);
            }
        }
    }
    hands(reading, program, &acting);
}

/// Whether people say what they want of something that nobody has named yet.
fn wishes(reading: &Reading, sentences: &[Sentence<'_>]) -> bool {
    let roles = &lexicon().roles;
    let program = |e: &Entity| {
        let role = e.head.rsplit(' ').next().is_some_and(|last| roles.role_heads.contains(last));
        let named = role && e.modifiers.iter().any(|m| !lexicon().adjective(m)) || !e.technologies.is_empty();
        let runs = e.kind.is_compute() && e.kind != Kind::Client && named && !e.itself;
        let medium = e.kind.is_messaging()
            || matches!(
                e.kind,
                Kind::Gateway
                    | Kind::LoadBalancer
                    | Kind::Cdn
                    | Kind::Workflow
                    | Kind::Cluster
                    | Kind::Analytics
            );
        !e.denied && !e.weak && (runs || medium)
    };
    if sentences.len() < SENTENCES || reading.entities.all.iter().any(program) {
        return false;
    }
    let tokens = || sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.word());
    let wanted = tokens().filter(|t| roles.lay_wishes.contains(&t.lower)).count();
    let named: BTreeSet<String> =
        tokens().map(|t| singular(&t.lower)).filter(|t| roles.lay_things.contains(t)).collect();
    // One phone makes no system, unless somebody does something with it.
    let things = named.len() > 1 || !named.is_empty() && !reading.flows.is_empty();
    wanted >= WISHES && things
}

/// Has words mean what they mean in everyday life: subscribers are people, an app is what they hold in their hands.
fn everyday(reading: &mut Reading) {
    for id in 0..reading.entities.all.len() {
        let Some(entity) = reading.entities.all.get_mut(id).filter(|e| e.kind == Kind::Service && !e.denied)
        else {
            continue;
        };
        let plain = entity.technologies.is_empty() && entity.modifiers.is_empty();
        let head = singular(&entity.head);
        let human =
            lexicon().roles.human_plurals.contains(&head) || matches!(head.as_str(), "subscriber" | "member");
        if plain && entity.plural && human {
            entity.kind = Kind::User;
        } else if plain && entity.head.ends_with("app") {
            entity.kind = Kind::Client;
        } else if entity.head == "reader" {
            entity.kind = Kind::Device;
        }
    }
}

/// Whether people mean the program by it: "the computer should print a list".
fn machine(e: &Entity) -> bool {
    let head = e.head.rsplit(' ').next().unwrap_or("");
    e.kind == Kind::Service
        && e.technologies.is_empty()
        && e.modifiers.is_empty()
        && matches!(head, "computer" | "system" | "program" | "software" | "machine" | "platform" | "service")
}

/// The program: what the text calls the computer or the system, else one that is called after what it is about.
fn program(reading: &mut Reading, sentences: &[Sentence<'_>]) -> Option<EntityId> {
    let known = (0..reading.entities.all.len())
        .find(|&id| reading.entities.all.get(id).is_some_and(|e| !e.denied && !e.itself && machine(e)));
    if let Some(id) = known {
        if let Some(entity) = reading.entities.all.get_mut(id) {
            (entity.weak, entity.declared) = (false, true);
        }
        return Some(id);
    }
    let span = sentences.first()?.span;
    let label = called(sentences).map_or_else(|| "Backend".to_owned(), |n| format!("{n} backend"));
    Some(supply(reading, &label, Kind::Service, span, PROGRAM))
}

/// What the text is mostly about: the thing that is named most often of what is kept, sent or asked for.
fn called(sentences: &[Sentence<'_>]) -> Option<String> {
    let lexicon = lexicon();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for token in sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.word()) {
        let data = matches!(lexicon.noun(&token.lower), Some((Noun::Data, _)));
        let vague = lexicon.closed(&token.lower).iter().next().is_some()
            || super::wording::time_unit(&token.lower)
            || lexicon.roles.lay_things.contains(&singular(&token.lower))
            || lexicon.roles.lay_vague.contains(&singular(&token.lower));
        if !data || vague {
            continue;
        }
        let word = singular(&token.lower);
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counted.push((word, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max().filter(|&count| count > 1)?;
    counted.into_iter().find(|(_, count)| *count == most).map(|(word, _)| sentence_case(&word))
}

/// The people of the text, in the order of their mention; those of common nouns become components here.
fn people(reading: &mut Reading, text: &str, sentences: &[Sentence<'_>]) -> Vec<EntityId> {
    let lexicon = lexicon();
    for sentence in sentences {
        for token in sentence.tokens.iter().filter(|t| person(lexicon, t)) {
            let np = Np {
                head: token.lower.clone(),
                noun: Some(Noun::Person),
                det: Det::Definite,
                plural: true,
                span: token.span,
                label: token.span,
                ..Np::default()
            };
            if let Some(wanted) = reading.entities.wanted(lexicon, text, &np) {
                reading.entities.resolve(&Wanted { weak: true, ..wanted }, &np, reading.sentence);
            }
        }
    }
    (0..reading.entities.all.len())
        .filter(|&id| reading.entities.all.get(id).is_some_and(|e| e.kind == Kind::User && !e.denied))
        .collect()
}

fn person(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    token.word()
        && matches!(lexicon.noun(&token.lower), Some((Noun::Person, _)))
        && !lexicon.roles.lay_vague.contains(&singular(&token.lower))
}

/// What goes out or comes in by others, with the words: mail, text messages, payments, pictures.
fn channels(reading: &Reading, sentences: &[Sentence<'_>]) -> Vec<(Kind, &'static str, Span)> {
    let mut out: Vec<(Kind, &'static str, Span)> = Vec::new();
    let known = |kind: Kind| reading.entities.all.iter().any(|e| !e.denied && !e.weak && e.kind == kind);
    let parts = [
        (Kind::Email, "email", "E-mail service"),
        (Kind::Notification, "notification", "Text message service"),
        (Kind::External, "payment", "Payment provider"),
        (Kind::Storage, "storage", "Picture storage"),
    ];
    for (kind, key, label) in parts {
        let Some(words) = lexicon().roles.lay_parts.get(key) else { continue };
        let pays = |e: &Entity| {
            let entry = e.technologies.first().and_then(|&t| catalog().technologies().get(t));
            entry.is_some_and(|t| t.about.to_lowercase().contains("payment"))
        };
        if kind == Kind::External && reading.entities.all.iter().any(pays) {
            continue;
        }
        let said = sentences.iter().find_map(|s| said_of(&s.tokens, words));
        if let Some(span) = said.filter(|_| kind == Kind::External || !known(kind)) {
            out.push((kind, label, span));
        }
    }
    out
}

/// Where one of the words stands; a word of two is two tokens.
fn said_of(tokens: &[Token<'_>], words: &[&str]) -> Option<Span> {
    for (at, token) in tokens.iter().enumerate() {
        let one = singular(&token.lower);
        let pair = tokens.get(at + 1).map(|next| format!("{one} {}", singular(&next.lower)));
        if words.iter().any(|w| *w == one || pair.as_deref() == Some(*w)) {
            return Some(token.span);
        }
    }
    None
}

/// Who is to be told by what stands at the place: the people before it in its sentence, else the last before.
fn told(reading: &Reading, people: &[EntityId], sentences: &[Sentence<'_>], place: Span) -> Vec<EntityId> {
    let here = sentences.iter().find(|s| s.span.start <= place.start && place.end <= s.span.end);
    let Some(here) = here else { return Vec::new() };
    let lexicon = lexicon();
    let named: Vec<String> = here
        .tokens
        .iter()
        .filter(|t| t.span.start < place.start && person(lexicon, t))
        .map(|t| singular(&t.lower))
        .collect();
    let fits = |id: &EntityId| {
        reading.entities.all.get(*id).is_some_and(|e| {
            let head = singular(&e.head.to_lowercase());
            named.last().is_some_and(|n| head == *n || head.ends_with(n.as_str()))
        })
    };
    people.iter().copied().filter(fits).take(1).collect()
}

/// People come through what they use, and what they use turns to the program; screens are shown to.
fn hands(reading: &mut Reading, program: EntityId, people: &[EntityId]) {
    let tools: Vec<EntityId> = (0..reading.entities.all.len())
        .filter(|&id| {
            reading
                .entities
                .all
                .get(id)
                .is_some_and(|e| !e.denied && !e.weak && matches!(e.kind, Kind::Client | Kind::Device))
        })
        .collect();
    for &tool in &tools {
        let shows = reading.entities.all.get(tool).is_some_and(|e| {
            let last = singular(e.head.rsplit(' ').next().unwrap_or(""));
            matches!(last.as_str(), "screen" | "display" | "board" | "monitor" | "sign" | "printer")
        });
        let joined = reading
            .flows
            .iter()
            .any(|f| f.from == tool && f.to == program || f.from == program && f.to == tool);
        if !joined {
            if shows { say(reading, program, tool, TURNS) } else { say(reading, tool, program, TURNS) }
        }
    }
    for &id in people {
        let live = reading.entities.all.get(id).is_some_and(|e| !e.denied);
        let busy = reading.flows.iter().any(|f| f.from == id || f.to == id);
        let acts = reading.entities.all.get(id).is_some_and(|e| !e.weak);
        if live && acts && !busy {
            match tools.as_slice() {
                [only] => say(reading, id, *only, TURNS),
                _ => say(reading, id, program, TURNS),
            }
        }
    }
}

/// Makes an entity that the words only imply.
fn supply(reading: &mut Reading, label: &str, kind: Kind, span: Span, why: &'static str) -> EntityId {
    let np = Np { det: Det::Definite, span, label: span, ..Np::default() };
    let id = reading.entities.introduce(&Wanted::supplied(label, kind), &np, reading.sentence);
    if let Some(entity) = reading.entities.all.get_mut(id) {
        (entity.why, entity.declared) = (Some(why), true);
    }
    id
}

fn say(reading: &mut Reading, from: EntityId, to: EntityId, why: &'static str) {
    reading.speak_of(to);
    reading.flow(from, to, None, None, None, Some(why));
}
