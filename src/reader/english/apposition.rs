//! One thing said twice in a row: "Tally, our ledger, …", "a Postgres database called Tally", "X - the Y - …".
//!
//! Takes a sentence's items and gives them with the second phrase put aside into the first, where its names and technology
//! are found. A negation straight before a phrase becomes the preposition `without`. It knows no clauses.

use super::lexicon::{Det, Form, Lexicon, Noun, lexicon};
use super::phrases::{Item, Np, VerbGroup};
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::{GroupKind, Kind};

/// Adverbs before what a thing is, too.
const AGAIN: [&str; 8] =
    ["also", "likewise", "again", "itself", "namely", "basically", "essentially", "really"];

/// Joins what is said twice.
pub(super) fn appositions(lexicon: &Lexicon, mut items: Vec<Item>) -> Vec<Item> {
    drop_again(&mut items);
    drop_repeated(&mut items);
    drop_ours(&mut items);
    drop_webhooks(&mut items);
    drop_extensions(&mut items);
    say_again(&mut items);
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut at = 0;
    while let Some(item) = items.get(at) {
        at += 1;
        if *item == Item::Negation && matches!(items.get(at), Some(Item::Np(np)) if np.pronoun.is_none()) {
            let before_verb = matches!(items.get(at + 1), Some(Item::Verb(v)) if v.finite);
            out.push(if before_verb { item.clone() } else { Item::Preposition("without".to_owned()) });
            continue;
        }
        if *item == Item::Negation
            && matches!(items.get(at), Some(Item::Preposition(p)) if p != "without")
            && matches!(items.get(at + 1), Some(Item::Np(np)) if np.pronoun.is_none())
            && matches!(out.last(), Some(Item::Comma | Item::Joint(_) | Item::Open | Item::Dash))
        {
            // "writes to Postgres, not to Oracle"
            out.push(Item::Preposition("without".to_owned()));
            at += 1;
            continue;
        }
        let Some(length) = same_again(lexicon, &items, at - 1, out.last()) else {
            if let Some(second) = told_behind_colon(&items, at - 1, &out) {
                if let Some(Item::Np(first)) = out.last_mut() {
                    join(first, second);
                }
                at += 1;
                continue;
            }
            out.push(item.clone());
            continue;
        };
        let second = items.get(at + length - 2);
        let word =
            |np: &Np| np.proper && np.det == Det::Bare && np.technology.is_none() && np.end == np.start + 1;
        let given = matches!(item, Item::Verb(_)) || matches!(second, Some(Item::Np(np)) if word(np));
        if let (Some(Item::Np(first)), Some(Item::Np(second))) = (out.last_mut(), second) {
            join(first, Np { given, ..second.clone() });
        }
        at += length - 1;
    }
    out
}

/// "the checker, likewise a container app, …": the adverb before what says again adds nothing.
fn drop_again(items: &mut Vec<Item>) {
    let idle = |items: &[Item], at: usize| {
        matches!(
            items.get(at.wrapping_sub(2)..at + 2),
            Some([Item::Np(_), Item::Comma, Item::Adverb(word), Item::Np(np)])
                if AGAIN.contains(&word.as_str()) && (np.det == Det::Indefinite || word == "namely")
        )
    };
    drop_runs(items, 1, idle);
}

/// "a webhook of ours": whose it is, and no thing of its own.
fn drop_ours(items: &mut Vec<Item>) {
    let ours = |items: &[Item], at: usize| {
        matches!(
            items.get(at..at + 2),
            Some([Item::Preposition(p), Item::Np(np)])
                if p == "of" && matches!(np.head.as_str(), "ours" | "theirs" | "mine" | "yours")
        )
    };
    drop_runs(items, 2, ours);
}

/// "is saved keystroke by keystroke", "line by line": how, and nothing of the system.
fn drop_repeated(items: &mut Vec<Item>) {
    let plain = |np: &Np| np.det == Det::Bare && np.modifiers.is_empty() && np.technology.is_none();
    let twice = |items: &[Item], at: usize| match items.get(at..at + 3) {
        Some([Item::Np(first), Item::Preposition(p), Item::Np(second)]) => {
            p == "by" && plain(first) && plain(second) && first.head == second.head && !first.head.is_empty()
        }
        _ => false,
    };
    drop_runs(items, 3, twice);
}

/// "PostgreSQL with the PostGIS extension": how it is set up, and no part of its own.
fn drop_extensions(items: &mut Vec<Item>) {
    let with = |items: &[Item], at: usize| match items.get(at.wrapping_sub(1)..at + 2) {
        Some([Item::Np(whole), Item::Preposition(p), Item::Np(np)]) => {
            let entry = np.technology.and_then(|t| catalog().technologies().get(t));
            let inner = entry.is_some_and(|e| lexicon().roles.database_extensions.contains(e.id));
            let added = EXTENSIONS.contains(&singular(&np.head).as_str());
            p == "with" && (added || inner && whole.technology.is_some())
        }
        _ => false,
    };
    drop_runs(items, 2, with);
}

/// "Librarians use a console and members an app": the verb is said once for both.
fn say_again(items: &mut Vec<Item>) {
    let gap = |items: &[Item], at: usize| match items.get(at..at + 5) {
        Some([Item::Verb(v), Item::Np(what), Item::Joint(_), Item::Np(who), Item::Np(other)]) => {
            v.finite
                && !v.passive
                && thing(what)
                && person(who)
                && who.plural
                && matches!(other.det, Det::Indefinite | Det::Definite | Det::Possessive)
                && thing(other)
        }
        _ => false,
    };
    if let Some(at) = (0..items.len()).find(|&at| gap(items, at))
        && let Some(Item::Verb(verb)) = items.get(at).cloned()
    {
        items.insert(at + 4, Item::Verb(verb));
    }
}

/// What is added to a product and stays inside.
const EXTENSIONS: [&str; 6] = ["integration", "extension", "plugin", "plug-in", "add-on", "addon"];

/// "a webhook from GitHub starts the build", "a webhook of the order service": who owns the webhook is meant.
fn drop_webhooks(items: &mut Vec<Item>) {
    let hook = |np: &Np| np.head == "webhook" && np.modifiers.is_empty() && np.technology.is_none();
    let owned = |items: &[Item], at: usize| match items.get(at..at + 3) {
        Some([Item::Np(np), Item::Preposition(p), Item::Np(owner)]) => {
            let calls = matches!(items.get(at + 3), Some(Item::Verb(v)) if v.finite && !v.passive);
            hook(np) && owner.pronoun.is_none() && (p == "of" || p == "from" && calls)
        }
        _ => false,
    };
    drop_runs(items, 2, owned);
}

/// Drops the `length` items from each place that `fits`. Runs may overlap: "row by row by row".
fn drop_runs(items: &mut Vec<Item>, length: usize, fits: impl Fn(&[Item], usize) -> bool) {
    let starts: Vec<usize> = (0..items.len()).filter(|&at| fits(items, at)).collect();
    if starts.is_empty() {
        return;
    }
    let mut at = 0;
    items.retain(|_| {
        let dropped = starts.iter().any(|start| (*start..start + length).contains(&at));
        at += 1;
        !dropped
    });
}

/// The length of what says again what the phrase `before` said, from the mark or verb at `at` to the second phrase.
fn same_again(lexicon: &Lexicon, items: &[Item], at: usize, before: Option<&Item>) -> Option<usize> {
    let Some(Item::Np(first)) = before else { return None };
    let Some(Item::Np(second)) = items.get(at + 1) else { return None };
    if first.pronoun.is_some() || second.pronoun.is_some() {
        return None;
    }
    match items.get(at)? {
        Item::Verb(verb) => (names(lexicon, verb) && names_something(second)).then_some(2),
        mark @ (Item::Comma | Item::Dash) => {
            let said_of = |i: &Item| {
                matches!(i, Item::Verb(v) if !v.finite && !v.infinitive && matches!(v.form, Form::Participle | Form::Gerund))
                    && second.det == Det::Indefinite
            };
            let closes =
                |i: Option<&Item>| i.is_none_or(|i| i == mark || *i == Item::Semicolon || said_of(i));
            let describes = matches!(second.det, Det::Indefinite | Det::Definite | Det::Possessive)
                && (!second.plural || second.det == Det::Indefinite && !first.plural)
                && (named(first) && !person(second) || second.det == Det::Indefinite && thing(first))
                || matches!(first.noun, Some(Noun::Group(GroupKind::Layer | GroupKind::Group)))
                    && second.det == Det::Indefinite
                    && thing(second);
            let told = second.det == Det::Bare
                && second.noun.is_none()
                && second.technology.is_none()
                && second.modifiers.is_empty()
                && thing(first)
                && matches!(first.det, Det::Indefinite | Det::Other | Det::Possessive | Det::Definite)
                && (second.proper || second.head.contains('-'))
                && (matches!(items.get(at + 3), Some(Item::Verb(_)))
                    || second.proper && matches!(items.get(at + 3), Some(Item::Preposition(_))));
            // "the source repository, GitHub, triggers the build"
            let entry = second.technology.and_then(|t| catalog().technologies().get(t));
            let same_kind =
                matches!((first.noun, entry), (Some(Noun::Component(kind)), Some(e)) if kind == e.kind);
            let made = same_kind
                && *mark == Item::Comma
                && first.technology.is_none()
                && second.technology_heads
                && second.det == Det::Bare
                && second.modifiers.is_empty()
                && !first.plural
                && matches!(first.det, Det::Definite | Det::Possessive | Det::Indefinite)
                && items.get(at + 2) == Some(&Item::Comma)
                && matches!(items.get(at + 3), Some(Item::Verb(v)) if v.finite);
            // "to the lab system, LabCore": one word that is written as names are.
            let token =
                second.end == second.start + 1 && second.det == Det::Bare && second.technology.is_none();
            let name = token
                && (second.proper || second.noun.is_none() && second.head.contains('-'))
                && thing(first)
                && !first.plural
                && first.det != Det::Bare
                && matches!(items.get(at + 2), None | Some(Item::Semicolon));
            // "the content API, the only service that touches the store"
            let only =
                second.det == Det::Same && thing(first) && thing(second) && !first.plural && !second.plural;
            let one_again = second.det == Det::Indefinite && !second.plural && !first.plural;
            // "The arrival predictor, a Flink job, joins": two phrases before a verb are no list without `and`.
            let subject = one_again
                && matches!(first.det, Det::Definite | Det::Possessive)
                && *mark == Item::Comma
                && items.get(at + 2) == Some(&Item::Comma)
                && matches!(items.get(at + 3), Some(Item::Verb(v)) if v.finite);
            // "the clip desk, a web app": no people after all.
            let desk = one_again
                && person(first)
                && matches!(second.noun, Some(Noun::Component(Kind::Client | Kind::Service)));
            // "invokes the saga, a Step Functions workflow"
            let product = one_again
                && (first.unknown()
                    || first.noun == Some(Noun::Data) && first.technology.is_none() && runs(second))
                && matches!(first.det, Det::Definite | Det::Possessive)
                && second.technology.is_some();
            // "talk to only one machine, the centre server"
            let one = first.quantity == Some(1)
                && thing(first)
                && thing(second)
                && second.det == Det::Definite
                && first.technology.is_none();
            // "The first Lambda function, `CandleFunction`, has …"
            let named_so = (first.ordinal.is_some() && second.proper
                || second.named && thing(first) && first.det != Det::Bare && !first.plural)
                && second.det == Det::Bare
                && second.technology.is_none()
                && matches!(items.get(at + 2), Some(Item::Comma))
                && matches!(items.get(at + 3), Some(Item::Verb(_) | Item::Preposition(_)));
            // "a second repository, the deployment repo"
            let other = first.det == Det::Other
                && thing(first)
                && second.det == Det::Definite
                && thing(second)
                && !first.plural
                && !second.plural
                && lexicon.kin(&last_word(lexicon, first), &last_word(lexicon, second));
            let describes = describes
                || told
                || made
                || name
                || only
                || subject
                || desk
                || product
                || one
                || named_so
                || other;
            // "keeps its data in Redis, the reviews service in Aurora": a store is no program.
            let kept = first
                .technology
                .and_then(|t| catalog().technologies().get(t))
                .is_some_and(|e| e.kind.is_store() || e.kind.is_messaging() || e.kind == Kind::Cache);
            let clash = kept
                && first.technology_heads
                && second.technology.is_none()
                && matches!(second.noun, Some(Noun::Component(k)) if k.is_compute() && k != Kind::Function);
            let in_list = matches!(
                items.get(at + 2..at + 5),
                Some([Item::Comma, Item::Joint(_), next]) if !matches!(next, Item::Verb(_) | Item::Adverb(_))
            ) || at.checked_sub(2).and_then(|b| items.get(b)) == Some(&Item::Comma)
                && matches!(
                    at.checked_sub(3).and_then(|b| items.get(b)),
                    Some(Item::Np(np)) if np.det != Det::Bare || np.technology.is_some()
                );
            let listed = matches!(items.get(at + 2..at + 4), Some([Item::Comma, Item::Np(_)]))
                && !splits(items, at + 3);
            (describes && !clash && closes(after(items, at + 2)) && !in_list && !listed).then_some(2)
        }
        _ => None,
    }
}

/// The last word of a phrase's head, in its usual form.
fn last_word(lexicon: &Lexicon, np: &Np) -> String {
    let head = singular(&np.head);
    lexicon.same_head(head.rsplit(' ').next().unwrap_or("").to_owned())
}

/// "posts it to a webhook: a Functions app that queues it": one thing told again behind the colon at `at`.
fn told_behind_colon(items: &[Item], at: usize, before: &[Item]) -> Option<Np> {
    if *items.get(at)? != Item::Colon || !before.iter().any(|i| matches!(i, Item::Verb(_))) {
        return None;
    }
    let (Some(Item::Np(first)), Some(Item::Np(second))) = (before.last(), items.get(at + 1)) else {
        return None;
    };
    let one = |np: &Np| np.det == Det::Indefinite && !np.plural && np.pronoun.is_none();
    let ends = matches!(items.get(at + 2), None | Some(Item::Relative(_) | Item::Semicolon));
    (one(first) && one(second) && thing(second) && ends).then(|| second.clone())
}

/// Whether the phrase at `at` begins a clause of its own.
fn splits(items: &[Item], at: usize) -> bool {
    matches!(items.get(at + 1), Some(Item::Verb(v)) if v.finite)
}

/// What stands behind the second phrase, its own prepositional phrases and relative clause opening passed over.
fn after(items: &[Item], mut at: usize) -> Option<&Item> {
    while let (Some(Item::Preposition(p)), Some(Item::Np(_))) = (items.get(at), items.get(at + 1)) {
        if !matches!(
            p.as_str(),
            "of" | "for" | "in" | "on" | "at" | "from" | "with" | "front" | "behind" | "around"
        ) {
            break;
        }
        at += 2;
    }
    match items.get(at) {
        Some(Item::Relative(_)) => None,
        other => other,
    }
}

/// Whether the first of two phrases is a name: unknown words or a technology, not a common noun.
fn named(np: &Np) -> bool {
    (np.proper || np.technology.is_some() && np.technology_heads)
        && !matches!(np.noun, Some(Noun::Person | Noun::Group(_) | Noun::Data))
}

fn thing(np: &Np) -> bool {
    matches!(np.noun, Some(Noun::Component(_))) || np.technology.is_some()
}

/// Whether a phrase names a product that programs are or run on.
fn runs(np: &Np) -> bool {
    let entry = np.technology.and_then(|t| catalog().technologies().get(t));
    entry.is_some_and(|e| e.kind.is_compute() || e.kind == Kind::Client)
}

fn person(np: &Np) -> bool {
    np.noun == Some(Noun::Person)
}

fn names(lexicon: &Lexicon, verb: &VerbGroup) -> bool {
    let lemma = lexicon.verb(verb.verb).map_or("", |v| v.lemma);
    verb.form == Form::Participle && !verb.finite && lexicon.roles.naming_verbs.contains(lemma)
}

/// Whether a phrase can be a name given: "called Tally", but not "called by the API".
fn names_something(np: &Np) -> bool {
    np.det == Det::Bare && !matches!(np.noun, Some(Noun::Person)) && np.modifiers.len() <= 2
}

fn join(first: &mut Np, second: Np) {
    let apart = first.det == Det::Other && second.det == Det::Definite;
    let telling = !second.modifiers.is_empty() || second.head.contains(' ');
    if apart && first.modifiers.is_empty() && telling {
        // "a second repository, the deployment repo": called by the words that tell it apart.
        first.modifiers.clone_from(&second.modifiers);
        first.head.clone_from(&second.head);
        first.label = second.label;
    }
    if matches!(first.noun, Some(Noun::Group(_))) {
        first.noun = Some(Noun::Component(Kind::Service));
    }
    // What stands behind both stands behind the first: "the API, a service in front of Redis".
    first.end = second.end;
    let inner = Np { aside: Vec::new(), ..second.clone() };
    first.aside.push(inner);
    first.aside.extend(second.aside);
}
