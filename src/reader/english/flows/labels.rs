//! What travels on an arrow, how, and whether anybody waits: from the words of a clause.

use super::super::clauses::{Clause, Parsed};
use super::super::lexicon::{Form, Frame, Lexicon, Noun, lexicon};
use super::super::phrases::VerbGroup;
use super::super::reading::{Meaning, Reading};
use super::super::wanted::speaks_of_itself;
use super::super::wording::{clean, singular};
use crate::text::Span;

/// Protocols and formats as written on arrows.
const PROTOCOLS: [(&str, &str); 28] = [
    ("http", "HTTP"),
    ("https", "HTTPS"),
    ("rest", "REST"),
    ("grpc", "gRPC"),
    ("graphql", "GraphQL"),
    ("mqtt", "MQTT"),
    ("amqp", "AMQP"),
    ("tcp", "TCP"),
    ("udp", "UDP"),
    ("tls", "TLS"),
    ("websocket", "WebSocket"),
    ("websockets", "WebSocket"),
    ("jdbc", "JDBC"),
    ("odbc", "ODBC"),
    ("smtp", "SMTP"),
    ("sftp", "SFTP"),
    ("ftp", "FTP"),
    ("soap", "SOAP"),
    ("ldap", "LDAP"),
    ("webrtc", "WebRTC"),
    ("sse", "SSE"),
    ("webhook", "webhook"),
    ("webhooks", "webhook"),
    ("rtmp", "RTMP"),
    ("coap", "CoAP"),
    ("lorawan", "LoRaWAN"),
    ("bluetooth", "Bluetooth"),
    ("opc-ua", "OPC UA"),
];

/// The longest label of an arrow, in characters.
const ARROW_LABEL: usize = 40;

impl Reading {
    /// What is written on the arrow between two lists of phrases.
    pub(super) fn on_arrow(
        &self,
        text: &str,
        parsed: &Parsed,
        from: &[usize],
        to: &[usize],
    ) -> Option<String> {
        let start =
            |list: &[usize]| list.first().and_then(|&np| parsed.phrases.get(np)).map(|n| n.span.start);
        let behind = start(from)?.max(start(to)?);
        let before = start(from)?.min(start(to)?);
        let here = |place: &usize| before <= *place && *place < behind;
        let (_, label) = self.on_arrows.iter().rev().find(|(place, _)| here(place))?;
        let written = clean(text.get(label.start..label.end)?);
        (written.chars().count() <= ARROW_LABEL).then_some(written)
    }

    /// Label, protocol and mode of a clause.
    pub(super) fn words(
        &self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: &[Meaning],
        clause: &Clause,
    ) -> (Option<String>, Option<String>, Option<bool>) {
        let clause = told(parsed, clause).unwrap_or(clause);
        let Some(verb) = &clause.verb else { return (None, None, None) };
        let known = lexicon.verb(verb.verb);
        let lemma = known.map_or("", |v| v.lemma);
        let mut asynchronous = known.and_then(|v| v.asynchronous);
        let sentence = text.get(self.span.start..self.span.end).unwrap_or("").to_lowercase();
        if sentence.contains("asynchronous") && !sentence.contains("synchronous invocation") {
            asynchronous = Some(true);
        } else if sentence.contains("synchronously") || sentence.contains("synchronous call") {
            asynchronous = Some(false);
        } else if sentence.contains("fire and forget")
            || sentence.contains("fire-and-forget")
            || sentence.contains("in the background")
        {
            asynchronous = Some(true);
        } else if sentence.contains("waits for") || sentence.contains("wait for the") {
            asynchronous = Some(false);
        }
        let words = |np: usize| -> Option<String> {
            let phrase = parsed.phrases.get(np)?;
            let mut written = clean(text.get(phrase.label.start..phrase.label.end)?);
            if !phrase.proper && phrase.technology.is_none() {
                written = without_capital(&written);
            }
            (!written.is_empty() && written.chars().count() <= 40).then_some(written)
        };
        let nothing_to_draw = |np: &usize| {
            meanings.get(*np).is_some_and(|m| m.ids.is_empty() && m.place.is_none() && m.data.is_some())
        };
        let things = if verb.passive { &clause.subject } else { &clause.object };
        let what: Vec<String> =
            things.iter().filter(|np| nothing_to_draw(np)).filter_map(|&np| words(np)).take(2).collect();
        let moved = !verb.passive && clause.object.is_empty();
        // "Events flow from the topic to the lake": what goes says all.
        let moved = moved && what.is_empty();
        let what = if moved {
            clause
                .subject
                .iter()
                .filter(|np| nothing_to_draw(np) && !parsed.phrases.get(**np).is_some_and(speaks_of_itself))
                .filter_map(|&np| words(np))
                .take(1)
                .collect()
        } else {
            what
        };
        let what = if what.is_empty()
            && matches!(verb.frame, Frame::Consume | Frame::Tell | Frame::Call | Frame::Read)
        {
            clause
                .behind(&["to", "for", "of", "about"])
                .filter(nothing_to_draw)
                .filter_map(words)
                .take(2)
                .collect()
        } else {
            what
        };
        let name = things
            .iter()
            .filter(|np| nothing_to_draw(np))
            .find_map(|&np| parsed.phrases.get(np).and_then(|p| in_quotes(text, p.label)));
        let goes = moved && !what.is_empty() && verb.frame == Frame::Send;
        let deed = if verb.frame == Frame::Be || goes { String::new() } else { display(lexicon, verb) };
        let label = match (deed.is_empty(), what.is_empty()) {
            (false, false) => Some(format!("{deed} {}", what.join(", "))),
            (false, true) if speaking(verb.frame, lemma) => Some(deed),
            (true, false) => Some(what.join(", ")),
            _ => None,
        };
        let label = name.or(label);
        let protocol = parsed.phrases.iter().find_map(|np| {
            np.modifiers
                .iter()
                .chain(Some(&np.head))
                .find_map(|w| PROTOCOLS.iter().find(|(p, _)| p == w).map(|(_, name)| (*name).to_owned()))
        });
        if asynchronous.is_none()
            && clause.subject.iter().any(|np| {
                parsed
                    .phrases
                    .get(*np)
                    .is_some_and(|n| singular(&n.head) == "webhook" && n.technology.is_none())
            })
        {
            // A webhook tells what happened; nobody waits for what is made of it.
            asynchronous = Some(true);
        }
        if asynchronous.is_none() && matches!(protocol.as_deref(), Some("MQTT" | "AMQP")) {
            asynchronous = Some(true);
        }
        let hooked = |np: &usize| {
            parsed.phrases.get(*np).is_some_and(|n| singular(&n.head) == "webhook" && n.aside.is_empty())
        };
        let protocol = protocol.filter(|p| {
            p == "webhook" && clause.subject.iter().any(hooked)
                || clause.adjuncts.iter().any(|(p, nps)| {
                    matches!(p.as_str(), "over" | "via" | "through" | "using" | "with" | "by" | "on")
                        && nps.iter().any(|&np| {
                            parsed.phrases.get(np).is_some_and(|n| {
                                n.noun != Some(Noun::Person)
                                    && n.modifiers
                                        .iter()
                                        .chain(Some(&n.head))
                                        .any(|w| PROTOCOLS.iter().any(|(p, _)| p == w))
                            })
                        })
                })
        });
        (label, protocol, asynchronous)
    }

    /// Things of the same name are told apart by what they do: the first deed of each is kept.
    pub(super) fn name_by_deed(&mut self, lexicon: &Lexicon, said: &super::Said<'_>) {
        let Some(verb) = &said.clause.verb else { return };
        let [actor] = said.actor.as_slice() else { return };
        let Some(entity) = self.entities.all.get_mut(*actor) else { return };
        if entity.doing.is_some()
            || !entity.kind.is_compute()
            || verb.passive
            || matches!(verb.frame, Frame::Be | Frame::Run | Frame::Have)
        {
            return;
        }
        let deed = display(lexicon, verb);
        entity.doing = match &said.data {
            Some(data) => Some(format!("{deed} {data}")),
            None if verb.form != Form::Gerund => Some(deed),
            None => None,
        };
    }
}

/// What somebody is asked to do: "asks the payment service to authorize the card" speaks of the authorization.
fn told<'a>(parsed: &'a Parsed, clause: &Clause) -> Option<&'a Clause> {
    let asks = matches!(clause.frame(), Frame::Call | Frame::Tell) && !clause.purpose && !clause.passive();
    let lemma = clause.lemma();
    if !asks || clause.object.is_empty() || !lexicon().roles.asking_verbs.contains(lemma) && lemma != "tell" {
        return None;
    }
    let next = parsed.clauses.iter().find(|c| c.purpose && c.subject == clause.object)?;
    let idle = next.adjuncts.is_empty() && !next.passive() && next.verb.as_ref().is_some_and(|v| !v.negated);
    idle.then_some(next)
}

/// What stands behind the last arrow of a note and a colon: "bucket -> loader: object created".
pub(super) fn behind_arrow(written: &str) -> Option<String> {
    let arrow = ["->", "→", "=>"].iter().filter_map(|a| written.rfind(a).map(|at| at + a.len())).max()?;
    let (_, behind) = written.get(arrow..)?.split_once(": ")?;
    let label = clean(behind);
    let label = label.trim_end_matches(['.', ';', ',']);
    (!label.is_empty() && label.chars().count() <= 40).then(|| label.to_owned())
}

/// The first word as it stands within a sentence: without the capital that opens one.
fn without_capital(written: &str) -> String {
    let first = written.split(' ').next().unwrap_or("");
    let opens = first.chars().count() > 1 && !first.chars().skip(1).any(char::is_uppercase);
    if !opens {
        return written.to_owned();
    }
    let mut chars = written.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// A name that the text puts into quotation marks, such as an event's, says by itself what travels. The first mark may
/// stand just before the phrase.
fn in_quotes(text: &str, phrase: Span) -> Option<String> {
    let written = text.get(phrase.start..phrase.end)?;
    let behind = match written.split_once(['"', '“']) {
        Some((_, behind)) => behind,
        None => text.get(..phrase.start).filter(|before| before.ends_with(['"', '“'])).map(|_| written)?,
    };
    let name = clean(behind.split(['"', '”']).next()?);
    (!name.is_empty() && name.chars().count() <= 40).then_some(name)
}

/// Whether a verb alone says enough to stand on an arrow.
fn speaking(frame: Frame, lemma: &str) -> bool {
    !matches!(
        frame,
        Frame::Use | Frame::Have | Frame::Run | Frame::Front | Frame::Back | Frame::Link | Frame::Be
    ) && !matches!(lemma, "go" | "call" | "connect" | "talk" | "do" | "be")
}

/// A verb as it stands on an arrow: its base form with its particle.
fn display(lexicon: &Lexicon, verb: &VerbGroup) -> String {
    let lemma = lexicon.verb(verb.verb).map_or("", |v| v.lemma);
    match (verb.frame, verb.particle) {
        (Frame::Use | Frame::Have, _) => String::new(),
        (Frame::Auth, None) if matches!(lemma, "sign" | "log") && !verb.passive => format!("{lemma} in"),
        (_, Some(particle)) => format!("{lemma} {particle}"),
        _ => lemma.to_owned(),
    }
}
