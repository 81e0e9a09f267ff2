//! What the noun phrases of a sentence mean.
//!
//! Takes the phrases of a parsed sentence and gives a [`Meaning`] each: entities, data, a place or a pronoun.

use super::carried::{event_names, languages, ways};
use super::clauses::Parsed;
use super::containment::holding;
use super::entities::EntityId;
use super::facing::across;
use super::incidental::incidental;
use super::lexicon::{Det, Lexicon, Noun};
use super::lists::{distributed, housed_in, ruled_out};
use super::phrases::Np;
use super::reading::{Meaning, Reading};
use super::unlisted::{app_users, doers};
use super::wanted::{Wanted, carrier};
use super::wording::{clean, phrase_words, sentence_case, singular};
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// The meanings of all phrases of a sentence, in the order of the text.
    pub(super) fn meanings(&mut self, lexicon: &Lexicon, text: &str, parsed: &Parsed) -> Vec<Meaning> {
        let mut meanings: Vec<Meaning> = Vec::with_capacity(parsed.phrases.len());
        let shared = distributed(parsed);
        let mut denied = ruled_out(parsed);
        denied.extend(incidental(parsed));
        denied.extend(parsed.phrases.iter().enumerate().filter(|(_, np)| np.itself).map(|(id, _)| id));
        let mut events = event_names(parsed);
        events.extend(ways(parsed));
        events.extend(languages(parsed));
        let doers = doers(parsed);
        let app_users = app_users(parsed);
        let apart = self.one_and_other(parsed);
        let housed = housed_in(parsed);
        let holding = holding(parsed);
        for (id, np) in parsed.phrases.iter().enumerate() {
            if let Some(meaning) = self.housed(&housed, id, np, &meanings) {
                meanings.push(meaning);
                continue;
            }
            if let Some(one) = self.one_in_place(text, parsed, id, np, &meanings) {
                self.recent.push(one);
                meanings.push(Meaning { ids: vec![one], ..Meaning::default() });
                continue;
            }
            if let Some(meaning) = self.counted(parsed, id, np, &meanings) {
                meanings.push(meaning);
                continue;
            }
            let ordinal = apart.and_then(|(one, other)| match id {
                _ if id == one => Some(1),
                _ if id == other => Some(2),
                _ => None,
            });
            if let Some(id) = ordinal.and_then(|n| self.one_of_last(np, n)) {
                meanings.push(Meaning { ids: vec![id], ..Meaning::default() });
                continue;
            }
            let leads = |id: &EntityId| self.kind(*id) == Kind::Workflow;
            let branching = || match self.subject.as_slice() {
                [only] if leads(only) => Some(*only),
                _ => self.actor.filter(leads),
            };
            if let (Some(_), Some(acting)) = (ordinal, branching()) {
                // "Two branches run in parallel. One imports …, the other …": all of it is the workflow's work.
                meanings.push(Meaning { ids: vec![acting], ..Meaning::default() });
                continue;
            }
            if np.pronoun == Some(super::lexicon::Pronoun::It) && np.det == Det::Demonstrative {
                // "forwards it to the statistics service, and that one fills the warehouse"
                let before = meanings.iter().rev().find_map(|m: &Meaning| m.ids.last().copied());
                if let Some(last) = before.filter(|&l| self.kind(l).is_compute()) {
                    meanings.push(Meaning { ids: vec![last], ..Meaning::default() });
                    continue;
                }
            }
            if let Some(named) = self.named_by_verb(parsed, id, np) {
                self.recent.push(named);
                meanings.push(Meaning { ids: vec![named], ..Meaning::default() });
                continue;
            }
            let np = self.as_meant(parsed, id, np, &shared);
            let np = if app_users.contains(&id) { Np { noun: Some(Noun::Person), ..np } } else { np };
            let thing = np.named && self.things.contains(&phrase_words(&np));
            let np = if thing { as_name(np) } else { np };
            let topical = thing || parsed.topic.contains(&id) || doers.contains(&id);
            if let Some(owner) = self.webhook_of(parsed, id, &np) {
                self.recent.push(owner);
                meanings.push(Meaning { ids: vec![owner], ..Meaning::default() });
                continue;
            }
            // "no service commands another": of what there is none, there is no other.
            let no_other = np.head == "one"
                && np.det == Det::Other
                && parsed.phrases.iter().take(id).any(|p| p.det == Det::None);
            let absent = denied.contains(&id) || np.det == Det::None || no_other;
            let again = |e: &super::entities::Entity| {
                let told = np.det == Det::Definite && e.head == singular(&np.head);
                (told || np.proper && e.label.to_lowercase() == phrase_words(&np)) && !e.denied
            };
            let known = || {
                self.entities.by_short_name(&phrase_words(&np)).is_some()
                    || self.entities.all.iter().any(again)
            };
            let meaning = if events.contains(&id) && !known() {
                Meaning {
                    data: Some(clean(text.get(np.label.start..np.label.end).unwrap_or(""))),
                    ..Meaning::default()
                }
            } else if absent {
                Meaning { data: Some(String::new()), ..Meaning::default() }
            } else {
                let holds = holding.contains(&id) || topical || parsed.fragments.contains(&id);
                self.entities.apart = across(parsed, &meanings, id);
                self.meaning(lexicon, text, &np, topical, holds)
            };
            let meaning = match self.named_apart(lexicon, text, parsed, (id, &np), (&meanings, &meaning)) {
                Some(apart) => Meaning { ids: vec![apart], ..meaning },
                None => meaning,
            };
            self.doubt_name(text, &np);
            for &entity in &meaning.ids {
                self.recent.push(entity);
                if let Some(trace) = self.traces.last_mut() {
                    trace.mentions.push(entity);
                }
            }
            meanings.push(meaning);
        }
        meanings
    }

    fn meaning(&mut self, lexicon: &Lexicon, text: &str, np: &Np, topical: bool, holds: bool) -> Meaning {
        if let Some(pronoun) = np.pronoun {
            return Meaning { pronoun: Some((pronoun, np.quantity)), ..Meaning::default() };
        }
        if np.head == "one" && np.det == Det::Other {
            return self.another(np);
        }
        if np.head == "one" && np.technology.is_none() && np.modifiers.is_empty() {
            // "The first one": one of what was told before, which is nothing to draw.
            return Meaning { data: Some(String::new()), ..Meaning::default() };
        }
        if let Some(place) = self.place(text, np) {
            self.last_place = Some((place, self.sentence));
            self.listed_aside(lexicon, text, np, place);
            let acting = if holds { None } else { self.acting_place(np, place) };
            return Meaning { place: Some(place), ids: acting.into_iter().collect(), ..Meaning::default() };
        }
        if let Some(carrier) = carrier(lexicon, np) {
            return self.carried(lexicon, text, np, &carrier);
        }
        let open = np.technology.is_none() && !matches!(np.noun, Some(Noun::Component(_) | Noun::Data));
        if np.proper && np.technology.is_none() && np.end == np.start + 1 && !np.modifiers.is_empty() {
            // "LabCore" after "the lab system, LabCore": one word is one name.
            let written = clean(text.get(np.label.start..np.label.end).unwrap_or("")).to_lowercase();
            if let Some(id) = self.entities.by_short_name(&written) {
                return Meaning { ids: vec![id], ..Meaning::default() };
            }
        }
        let short = if open { self.entities.by_short_name(&phrase_words(np)) } else { None };
        if let Some(id) = short
            && !(np.noun == Some(Noun::Person) && self.serves_people(id, np))
        {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        if self.queued_before(np) {
            return Meaning {
                data: Some(clean(text.get(np.label.start..np.label.end).unwrap_or(""))),
                ..Meaning::default()
            };
        }
        if let Some(id) = self.step_of_workflow(np).or_else(|| self.part_again(np)) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        if let Some(id) = self.kept_as(np) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        if let Some(id) = self.facet_of(lexicon, np) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        let data = Some(clean(text.get(np.label.start..np.label.end).unwrap_or("")));
        let wanted = self.entities.wanted(lexicon, text, np);
        // "the S7" after "a Siemens S7"
        let again = wanted.is_none() || np.noun.is_none() && np.technology.is_none();
        if let (true, Some(id)) = (again, self.last_word(np)) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        let wanted = wanted.or_else(|| topical.then(|| self.topic_wanted(text, np)).flatten());
        let Some(mut wanted) = wanted else {
            let hint = self.hint(np);
            let mut meaning = Meaning { data, hint, ..Meaning::default() };
            self.stored_aside(lexicon, text, np, &mut meaning);
            return meaning;
        };
        wanted = self.aside(wanted, np);
        if let Some(id) = np.ordinal.and_then(|n| self.one_of_several(&wanted, np, n)) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        if let Some(id) = self.other_again(&wanted, np, text) {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        let ids = self.entities.resolve(&wanted, np, self.sentence);
        self.put_on_premises(text, np, &ids);
        self.doubt_phrase(text, np, &ids);
        self.aliases(np, &ids, text);
        self.keeps_aside(lexicon, text, np, &ids);
        Meaning { ids, data: None, ..Meaning::default() }
    }

    /// "the SQS messages": data, and the technology that carries it, drawn when something flows from or to it.
    fn carried(&mut self, lexicon: &Lexicon, text: &str, np: &Np, carrier: &Np) -> Meaning {
        let data = Some(clean(text.get(np.label.start..np.label.end).unwrap_or("")));
        let Some(wanted) = self.entities.wanted(lexicon, text, carrier) else {
            return Meaning { data, ..Meaning::default() };
        };
        let wanted = Wanted { weak: true, ..wanted };
        let mut ids = self.entities.resolve(&wanted, carrier, self.sentence);
        ids.truncate(1);
        Meaning { ids, data, ..Meaning::default() }
    }

    /// What "Name:" at the start of a line declares, whatever the name is.
    fn topic_wanted(&self, text: &str, np: &Np) -> Option<Wanted> {
        let usable = np.noun != Some(Noun::Data) && !np.head.is_empty() && np.modifiers.len() <= 3;
        let mut named = np.clone();
        (named.proper, named.named) = (true, true);
        usable.then(|| self.entities.wanted(super::lexicon::lexicon(), text, &named)).flatten()
    }

    /// "orders (Postgres)": data with a store in parentheses is that store.
    fn stored_aside(&mut self, lexicon: &Lexicon, text: &str, np: &Np, meaning: &mut Meaning) {
        let Some(inner) = np.aside.first() else { return };
        let Some(technology) = inner.technology else { return };
        let Some(entry) = catalog().technologies().get(technology) else { return };
        if lexicon.roles.protocol_technologies.contains(entry.id) {
            // "a nightly file (SFTP)": how it travels.
            return;
        }
        if !(entry.kind.is_store()
            || entry.kind.is_messaging()
            || matches!(entry.kind, Kind::Cache | Kind::Workflow)
            || entry.kind.is_compute())
        {
            return;
        }
        // "a link (Lambda `create-link`)": the program has a name of its own.
        let own = entry.kind.is_compute() && !inner.technology_heads && !inner.head.is_empty();
        let mut named = if own { inner.clone() } else { np.clone() };
        (named.proper, named.noun) = (true, None);
        if let Some(wanted) = self.entities.wanted(lexicon, text, &named) {
            let id = self.entities.introduce(&wanted, np, self.sentence);
            if let Some(entity) = self.entities.all.get_mut(id) {
                entity.kind = entry.kind;
                entity.technologies.push(technology);
                entity.weak = false;
            }
            meaning.ids = vec![id];
        }
    }

    /// What parentheses say of a thing: its technology or its kind.
    fn aside(&self, mut wanted: Wanted, np: &Np) -> Wanted {
        let own = own_stores(np);
        for inner in np.aside.iter().filter(|n| n.quantity.is_none() && !own.contains(&n.span.start)) {
            if let (Some(technology), true) = (inner.technology, np.technology.is_none())
                && let Some(entry) = catalog().technologies().get(technology)
            {
                let app = entry.kind == Kind::Client && !entry.managed && wanted.kind == Kind::External;
                if app {
                    // "the online bank, an Angular application"
                    (wanted.kind, wanted.weak) = (Kind::Client, false);
                }
                wanted = wanted.made_with(technology, entry.kind);
            }
            let entry = |t: usize| catalog().technologies().get(t);
            if let (Some(named), Some(rented)) =
                (np.technology.and_then(entry), inner.technology.and_then(entry))
                && rented.managed
                && !named.managed
                && rented.kind == named.kind
            {
                // "Kafka (Amazon MSK)": the product that is rented, whose figures count.
                wanted.replace_technology(inner.technology);
            }
            let vague = matches!(np.noun, None | Some(Noun::Component(Kind::Service | Kind::Other)));
            let tells = |kind: Kind| kind != Kind::Other;
            if let (Some(Noun::Component(kind)), true, true) = (
                inner.noun.filter(|n| !matches!(n, Noun::Component(k) if !tells(*k))),
                vague,
                np.technology.is_none(),
            ) {
                wanted.kind = kind;
                wanted.weak = false;
            }
        }
        wanted
    }

    /// "fleet API (Spring Boot, TimescaleDB)": a store in parentheses behind a program is where it keeps its data.
    fn keeps_aside(&mut self, lexicon: &Lexicon, text: &str, np: &Np, ids: &[EntityId]) {
        let ([program], own) = (ids, own_stores(np)) else { return };
        let program = *program;
        for inner in np.aside.iter().filter(|n| own.contains(&n.span.start)) {
            let Some(wanted) = self.entities.wanted(lexicon, text, inner) else { continue };
            let stores = self.entities.resolve(&wanted, inner, self.sentence);
            for &store in &stores {
                if let Some(entity) = self.entities.all.get_mut(store) {
                    entity.weak = false;
                }
                self.flow(program, store, None, None, None, None);
            }
            if let Some(trace) = self.traces.last_mut() {
                trace.mentions.extend(stores);
            }
        }
    }

    /// Other names a thing is given in parentheses: "(ALB)", "(a database called Tally)".
    fn aliases(&mut self, np: &Np, ids: &[EntityId], text: &str) {
        let [id] = ids else { return };
        let Some(entity) = self.entities.all.get_mut(*id) else { return };
        for inner in np.aside.iter().flat_map(|a| std::iter::once(a).chain(&a.aside)) {
            let name = clean(text.get(inner.label.start..inner.label.end).unwrap_or("")).to_lowercase();
            if inner.quantity.is_some() && entity.replicas.is_none() {
                entity.replicas = inner.quantity.filter(|&q| q > 1 && q <= 1000);
            }
            let told = inner.noun != Some(Noun::Data) || inner.given;
            if told && !name.is_empty() && inner.quantity.is_none() {
                let written = clean(text.get(inner.label.start..inner.label.end).unwrap_or(""));
                if inner.given && inner.proper && inner.technology.is_none() {
                    entity.label = sentence_case(&written);
                } else if inner.given && inner.technology.is_none() && inner.modifiers.is_empty() {
                    // "a DynamoDB table called payments"
                    let kind = entity.label.rsplit(' ').next().unwrap_or("").to_lowercase();
                    let whole = if name.ends_with(&kind) { written } else { format!("{written} {kind}") };
                    entity.label = sentence_case(&whole);
                }
                entity.names.push(name);
                if np.technology_heads
                    && np.det == Det::Bare
                    && matches!(inner.noun, Some(Noun::Component(_)))
                {
                    // "Container Apps, namely the passage collector": the collector from now on.
                    entity.names.push(singular(&inner.head));
                }
            }
        }
    }

    /// "our backends - search, cart and ads": each of the list is one of the things before.
    pub(super) fn expand(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for (before, list) in &parsed.expansions {
            let Some([general]) = meanings.get(*before).map(|m| m.ids.as_slice()) else { continue };
            let Some(model) = self.entities.all.get(*general).cloned() else { continue };
            let mut made = Vec::new();
            for &np in list {
                let Some(np) = parsed.phrases.get(np) else { continue };
                let known = meanings
                    .get(list.first().copied().unwrap_or(0))
                    .is_some_and(|m| !m.ids.is_empty() && np.technology.is_some());
                if known {
                    continue;
                }
                let name = phrase_words(np);
                let mut one = model.clone();
                one.head = singular(&model.head);
                one.label = sentence_case(&format!("{name} {}", one.head));
                one.modifiers = vec![name];
                one.plural = false;
                one.weak = false;
                one.span = np.span;
                self.entities.all.push(one);
                made.push(self.entities.all.len() - 1);
            }
            if made.is_empty() && model.quantity_of(list.len()) {
                // "two receivers: the patient system and the paging system"
                let all: Vec<Option<EntityId>> =
                    list.iter().map(|&np| meanings.get(np).and_then(|m| m.ids.first().copied())).collect();
                made = all.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default();
                made.retain(|id| id != general);
            }
            if !made.is_empty() {
                if let Some(entity) = self.entities.all.get_mut(*general) {
                    entity.denied = true;
                }
                self.listed = made;
            }
        }
    }
}

/// Where the stores stand that parentheses behind a program name: an API is no database.
fn own_stores(np: &Np) -> Vec<usize> {
    let last = np.head.rsplit(' ').next().unwrap_or("").to_lowercase();
    let program = np.technology.is_none()
        && matches!(np.noun, Some(Noun::Component(Kind::Service | Kind::Client)))
        && matches!(
            last.as_str(),
            "api" | "service" | "microservice" | "app" | "server" | "worker" | "backend" | "svc"
        );
    let keeps = |n: &&Np| {
        let entry = n.technology.and_then(|t| catalog().technologies().get(t));
        n.technology_heads && entry.is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache)
    };
    if !program {
        return Vec::new();
    }
    np.aside.iter().filter(keeps).map(|n| n.span.start).collect()
}

/// A phrase that is a name, whatever its noun may mean elsewhere: "`assets`: serves thumbnails".
fn as_name(np: Np) -> Np {
    let meant = matches!(np.noun, Some(Noun::Component(_))) || np.technology.is_some();
    if meant { np } else { Np { noun: None, proper: true, plural: false, ..np } }
}

/// Whether something of this kind works on data where a platform lets it: jobs, notebooks, workflows, builds, batches.
pub(super) fn works(kind: Kind) -> bool {
    matches!(kind, Kind::Analytics | Kind::Ml | Kind::Workflow | Kind::Cicd | Kind::Scheduler)
}

impl Wanted {
    fn made_with(mut self, technology: usize, kind: Kind) -> Self {
        if self.kind == Kind::Service && !kind.is_compute() || self.kind == Kind::Other {
            self.kind = kind;
        }
        self.set_technology(technology);
        self
    }
}
