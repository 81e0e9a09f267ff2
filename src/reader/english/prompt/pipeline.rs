//! Prompts that say what happens to data step by step.
//!
//! Takes the actions in order ("processes uploaded images, generates thumbnails, stores metadata") and adds the chain
//! that does it: how the data comes in, where it lands, who works on it, where the results go, who is told.

use crate::model::{Kind, Mode, Origin};
use crate::text::Span;

use super::draft::{Draft, Part, Rank, assumed, stated};
use super::frame::{Frame, is_file};
use super::knowledge::Deed;
use super::words::{sentence_case, singular};

/// Adds the chain that the actions ask for, and gives for each action the components that it made.
pub(crate) fn lay(draft: &mut Draft, frames: &[Frame], serverless: bool) -> Vec<Vec<usize>> {
    let mut chain = Chain {
        draft,
        worker: if serverless { Kind::Function } else { Kind::Service },
        last: None,
        source: None,
        subject: String::new(),
        steps: Vec::new(),
    };
    chain.subject = subject(frames);
    let mut made = vec![Vec::new(); frames.len()];
    let order = |f: &Frame| match f.action.does {
        Deed::Upload | Deed::Ingest => 0,
        Deed::Process => 1,
        _ => 2,
    };
    if frames.iter().any(|f| is_file(&f.object) || f.handed_in || f.action.does == Deed::Upload) {
        let span = frames
            .iter()
            .find(|f| f.handed_in || f.action.does == Deed::Upload)
            .or(frames.first())
            .map_or(Span::default(), |f| f.span);
        let taken_in = chain.uploads(span);
        if let Some(at) = frames.iter().position(|f| f.action.does == Deed::Upload) {
            made[at] = taken_in;
        }
    }
    let mut places: Vec<usize> = (0..frames.len()).collect();
    places.sort_by_key(|&i| order(&frames[i]));
    for i in places {
        let new = chain.step(&frames[i]);
        made[i].extend(new);
    }
    chain.keep_results();
    made
}

/// What is worked on: the object that was handed in, else the first file.
fn subject(frames: &[Frame]) -> String {
    let named = frames
        .iter()
        .find(|f| f.handed_in || f.action.does == Deed::Upload)
        .or_else(|| frames.iter().find(|f| f.is_file()))
        .or(frames.first());
    named.map_or_else(|| "file".to_owned(), |f| f.object.clone())
}

struct Chain<'a> {
    draft: &'a mut Draft,
    worker: Kind,
    /// What was done last, and by whom.
    last: Option<usize>,
    /// Where the input lies, and whose arrivals start the work.
    source: Option<usize>,
    subject: String,
    /// The workers, with what they make and whether it is kept.
    steps: Vec<Worker>,
}

struct Worker {
    at: usize,
    makes: String,
    deed: Deed,
    kept: bool,
    span: Span,
}

impl Chain<'_> {
    /// People, the upload API and the storage where uploads land.
    fn uploads(&mut self, span: Span) -> Vec<usize> {
        let why = "capability: uploads — a file comes from somebody, through an API, into storage";
        let client = self.draft.add(assumed("client", "User", Kind::User, Rank::Core, span, why));
        let api = self.draft.add(assumed("upload-api", "Upload API", Kind::Gateway, Rank::Core, span, why));
        let store = self.draft.add(stated(
            "uploads",
            &sentence_case(&format!("{} storage", self.subject)),
            Kind::Storage,
            span,
        ));
        let origin = || Origin::assumed(span, why);
        self.draft.link(client, api, &format!("upload {}", self.subject), Mode::Sync, origin());
        self.draft.link(api, store, &format!("store {}", original(&self.subject)), Mode::Sync, origin());
        self.source = Some(store);
        vec![api, store]
    }

    fn step(&mut self, frame: &Frame) -> Vec<usize> {
        match frame.action.does {
            Deed::Process | Deed::Make | Deed::Derive | Deed::Do => self.work(frame),
            Deed::Store => self.store(frame),
            Deed::Send => self.send(frame),
            Deed::Upload | Deed::Ingest => Vec::new(),
            Deed::Serve => Vec::new(),
        }
    }

    /// A worker, started by an arrival or by the worker before it.
    fn work(&mut self, frame: &Frame) -> Vec<usize> {
        let label = sentence_case(&format!("{} {}", frame.object, frame.action.agent));
        let at = self.draft.add(stated(
            &format!("worker-{}", label.to_lowercase()),
            &label,
            self.worker,
            frame.span,
        ));
        let origin = || Origin::inferred(frame.span, "work on a file starts when the file has arrived");
        let after = self.steps.last().map(|w| (w.at, w.makes.clone(), w.deed));
        match (after, self.source) {
            (Some((before, makes, deed)), _) if follows(&makes, deed, frame, &self.subject) => {
                self.draft.link(before, at, &done(&makes, deed), Mode::Async, origin());
            }
            (_, Some(source)) => {
                self.draft.link(source, at, &format!("{} uploaded", self.subject), Mode::Async, origin())
            }
            (Some((before, makes, _)), None) => self.draft.link(before, at, &makes, Mode::Async, origin()),
            (None, None) => {
                if let Some(entry) = self.draft.find("gateway").or_else(|| self.draft.find("client")) {
                    self.draft.link(entry, at, &format!("submit {}", self.subject), Mode::Sync, origin());
                }
            }
        }
        let makes = match frame.action.does {
            Deed::Process => format!("{} {}", self.subject, frame.action.done),
            Deed::Derive if is_file(&frame.object) && frame.object == self.subject => {
                format!("{} data", self.subject)
            }
            _ => frame.object.clone(),
        };
        self.steps.push(Worker { at, makes, deed: frame.action.does, kept: false, span: frame.span });
        self.last = Some(at);
        vec![at]
    }

    /// A store that the text asks for, written to by the worker whose results it keeps.
    fn store(&mut self, frame: &Frame) -> Vec<usize> {
        let (place, kind) = match &frame.place {
            Some((place, kind)) => (place.clone(), *kind),
            None if is_file(&frame.object) => ("storage".to_owned(), Kind::Storage),
            None => ("database".to_owned(), Kind::Database),
        };
        let same = kind == Kind::Storage && frame.object == self.subject;
        if let Some(source) = self.source.filter(|_| same && self.steps.is_empty()) {
            return vec![source];
        }
        let noun = place.rsplit(' ').next().unwrap_or("database").to_owned();
        let noun = if noun.chars().any(char::is_uppercase) || noun == "s3" {
            if kind == Kind::Storage { "storage".into() } else { "database".into() }
        } else {
            noun
        };
        let named = place.contains(' ')
            && !matches!(
                place.split(' ').next(),
                Some("nosql" | "sql" | "relational" | "object" | "document" | "search")
            );
        let label =
            if named { sentence_case(&place) } else { sentence_case(&format!("{} {noun}", frame.object)) };
        let at = self.draft.add(stated(&format!("store-{}", label.to_lowercase()), &label, kind, frame.span));
        let writer = self
            .steps
            .iter()
            .rposition(|w| shares(&w.makes, &frame.object))
            .or_else(|| self.steps.iter().position(|w| w.deed == Deed::Process))
            .or_else(|| self.steps.len().checked_sub(1));
        let origin = Origin::inferred(frame.span, "who makes the data writes it");
        let by = match writer {
            Some(w) => {
                self.steps[w].kept |= self.steps[w].deed != Deed::Process;
                Some(self.steps[w].at)
            }
            None => self.draft.find("upload-api").or_else(|| self.draft.find("gateway")),
        };
        if let Some(by) = by {
            self.draft.link(by, at, &format!("store {}", plural_free(&frame.object)), Mode::Sync, origin);
        }
        vec![at]
    }

    /// A way to tell somebody, and who is told.
    fn send(&mut self, frame: &Frame) -> Vec<usize> {
        let (key, label, kind) = channel(&frame.object);
        let at = self.draft.add(stated(key, &label, kind, frame.span));
        let origin = || Origin::inferred(frame.span, "who is told learns of it when the work is done");
        if let Some(worker) = self.last {
            let label = self
                .steps
                .iter()
                .rfind(|w| w.at == worker)
                .map_or_else(|| "result ready".to_owned(), |w| done(&w.makes, w.deed));
            self.draft.link(worker, at, &label, Mode::Async, origin());
        }
        let who = frame.recipient.as_deref().unwrap_or("users");
        let told = self.recipient(who, frame.span);
        self.draft.link(at, told, &sent(&frame.object), Mode::Async, origin());
        vec![at]
    }

    /// The person told: the one who uploads where it is just "users".
    fn recipient(&mut self, who: &str, span: Span) -> usize {
        let label = sentence_case(&singular(who));
        match self.draft.find("client") {
            Some(at) if matches!(label.as_str(), "User" | "Client" | "Owner" | "Uploader") => at,
            Some(at)
                if self.draft.parts[at].label == "User"
                    && self.draft.parts[at].origin.is_assumed()
                    && matches!(
                        label.as_str(),
                        "Customer" | "Member" | "Employee" | "Subscriber" | "Student" | "Patient" | "Creator"
                    ) =>
            {
                self.draft.parts[at] =
                    Part { key: "client".into(), ..stated("client", &label, Kind::User, span) };
                at
            }
            _ => {
                self.draft.add(stated(&format!("person-{}", label.to_lowercase()), &label, Kind::User, span))
            }
        }
    }

    /// Results that the text does not say where to keep still need a place.
    fn keep_results(&mut self) {
        let has_database = self.draft.parts.iter().any(|p| p.kind == Kind::Database);
        for i in 0..self.steps.len() {
            let worker = &self.steps[i];
            let next_takes = self.steps.get(i + 1).is_some_and(|n| self.draft.linked(worker.at, n.at));
            let file = worker.deed == Deed::Make || is_file(&worker.makes);
            if worker.kept
                || worker.deed == Deed::Process
                || (worker.deed == Deed::Derive && (has_database || next_takes))
            {
                if worker.deed == Deed::Derive && has_database && !worker.kept {
                    self.write_to_database(i);
                }
                continue;
            }
            let (noun, kind) = if file { ("storage", Kind::Storage) } else { ("database", Kind::Database) };
            let why = "capability: processing — what a worker makes is kept somewhere";
            let label = sentence_case(&format!("{} {noun}", worker.makes));
            let (at, span, makes) = (worker.at, worker.span, worker.makes.clone());
            let store = self.draft.add(assumed(
                &format!("results-{}", label.to_lowercase()),
                &label,
                kind,
                Rank::Core,
                span,
                why,
            ));
            self.draft.link(
                at,
                store,
                &format!("store {}", plural_free(&makes)),
                Mode::Sync,
                Origin::assumed(span, why),
            );
        }
    }

    fn write_to_database(&mut self, worker: usize) {
        let Some(database) = self.draft.parts.iter().position(|p| p.kind == Kind::Database) else { return };
        let Worker { at, makes, span, .. } = &self.steps[worker];
        let why = "what is learnt is kept in the database that the text names";
        self.draft.link(*at, database, &format!("store {makes}"), Mode::Sync, Origin::inferred(*span, why));
    }
}

/// Whether an action goes on with what the one before it made, rather than with the upload itself.
fn follows(makes: &str, deed: Deed, frame: &Frame, subject: &str) -> bool {
    deed == Deed::Process
        || shares(makes, &frame.object)
        || (deed == Deed::Derive && !shares(&frame.object, subject) && frame.action.does != Deed::Make)
}

/// What a worker announces when it is done.
fn done(makes: &str, deed: Deed) -> String {
    if deed == Deed::Process { makes.to_owned() } else { format!("{makes} ready") }
}

/// Whether two noun phrases are about the same thing.
fn shares(a: &str, b: &str) -> bool {
    let last = |t: &str| singular(t.rsplit(' ').next().unwrap_or_default());
    a == b || last(a) == last(b)
}

fn original(subject: &str) -> String {
    format!("original {subject}")
}

fn plural_free(object: &str) -> String {
    object.to_owned()
}

/// What carries a message: key, label and kind.
fn channel(object: &str) -> (&'static str, String, Kind) {
    let lower = object.to_lowercase();
    if lower.contains("mail") {
        ("email", "E-mail service".into(), Kind::Email)
    } else if lower.contains("sms") || lower.contains("text") {
        ("sms", "SMS service".into(), Kind::Notification)
    } else if lower.contains("alert") || lower.contains("alarm") {
        ("alerts", "Alerts".into(), Kind::Notification)
    } else {
        ("notifications", "Notifications".into(), Kind::Notification)
    }
}

/// What reaches the person.
fn sent(object: &str) -> String {
    let lower = object.to_lowercase();
    let noun = ["notification", "alert", "email", "sms", "reminder", "report", "receipt", "message"]
        .into_iter()
        .find(|w| lower.contains(w));
    match noun {
        Some("sms") => "SMS".into(),
        Some("email") => "e-mail".into(),
        Some(word) => word.into(),
        None => object.to_owned(),
    }
}
