//! From what is asked for to a connected draft.
//!
//! Takes the design, the features and the technologies of a prompt and lays them on one scaffold. It decides nothing
//! about wording beyond the labels of features.

use crate::model::{Kind, Mode, Origin};
use crate::text::Span;

use super::draft::{Draft, Rank, assumed, class, core_words, stated};
use super::features::{Ask, Feature};
use super::frame::{Frame, is_file};
use super::knowledge::{Capability, Deed, Design, Feed, vocabulary};
use super::labels::{core_words_of, fill, is_device, is_pronoun};
use super::words::{Token, sentence_case, singular, stem};

/// The draft with what is needed to finish it.
pub(crate) struct Assembly<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) draft: Draft,
    pub(crate) design: Option<&'static Design>,
    pub(crate) head: Span,
    /// The component around which the others stand.
    pub(crate) core: Option<usize>,
    /// The flows of capabilities, drawn when everything is there.
    pub(crate) flows: Vec<Pending>,
    /// What each feature made.
    pub(crate) made: Vec<(Feature, Vec<usize>)>,
    /// Databases of capabilities that are there under another key: where it was asked, the capability's key, and the place.
    pub(crate) stores: Vec<(Span, &'static str, usize)>,
    /// Clients of people who act, with what they use.
    pub(crate) seated: Vec<(usize, Option<usize>)>,
    /// All features, made or not.
    pub(crate) asked: Vec<Feature>,
    /// For whom the system is: "Delivery driver".
    pub(crate) meant: Option<String>,
}

/// A capability's flows with the component that stands for its main part.
pub(crate) struct Pending {
    pub(crate) capability: &'static Capability,
    pub(crate) main: usize,
    pub(crate) words: String,
    pub(crate) span: Span,
}

/// At most this many features leave room for a design's extras.
const FEW: usize = 2;

/// From this many features on, they say what the system consists of.
pub(crate) const MANY: usize = 3;

/// Words for what takes jobs from a queue.
const WORKERS: &[&str] = &["worker", "runner", "executor", "consumer"];

impl<'a> Assembly<'a> {
    /// An empty draft.
    pub(crate) fn new(tokens: &'a [Token], design: Option<&'static Design>, head: Span) -> Self {
        Self {
            tokens,
            draft: Draft::default(),
            design,
            head,
            core: None,
            flows: Vec::new(),
            made: Vec::new(),
            asked: Vec::new(),
            meant: None,
            seated: Vec::new(),
            stores: Vec::new(),
        }
    }

    /// How the design is fed.
    pub(crate) fn family(&self) -> Feed {
        self.design.map_or(Feed::App, |d| d.family)
    }

    /// The design's own components and flows; its extras only where few features are stated.
    /// `name` is what the text calls the system, where the design leaves room for that.
    pub(crate) fn lay_design(&mut self, features: usize, name: Option<&str>) {
        let Some(design) = self.design else { return };
        let why = format!("design: {}", design.title);
        for (key, part) in design.components.iter() {
            let extra = design.extras.contains(&key);
            if extra && features > FEW {
                continue;
            }
            let rank = if extra { Rank::Extra } else { Rank::Core };
            let label = name.map_or_else(|| part.usual(), |name| fill(part.label, name));
            // Two parts of a design are two, however alike they are called.
            self.draft.parts.push(assumed(key, &label, part.kind, rank, self.head, &why));
        }
        self.core = self.draft.find(design.core);
        for flow in design.flows {
            if let (Some(from), Some(to)) = (self.draft.find(flow.from), self.draft.find(flow.to)) {
                self.draft.link(from, to, flow.label, flow.mode, Origin::assumed(self.head, &why));
            }
        }
    }

    /// Adds what one feature asks for.
    pub(crate) fn add(&mut self, feature: &Feature) {
        let first_stated = self.draft.parts.len();
        let made = match &feature.ask {
            Ask::Capability(capability, words) => self.capability(capability, words, feature),
            Ask::Frame(frame) => self.frame(frame, feature),
            Ask::Unknown(name) => self.unknown(name, feature),
        };
        if self.core.is_none() {
            self.core =
                made.iter().copied().find(|&i| i >= first_stated && is_core(self.draft.parts[i].kind));
        }
        if let Some(&main) = made.first() {
            self.outside(feature, main);
            self.keep_media(feature, main);
        }
        self.made.push((feature.clone(), made));
    }

    fn capability(&mut self, capability: &'static Capability, words: &str, feature: &Feature) -> Vec<usize> {
        if let Some(at) = self
            .in_design(feature.span)
            .filter(|&at| self.answers(at, capability, feature.span) && self.is_free(at, feature))
        {
            let label = capability.components.first().map_or("", |(_, part)| part.label);
            if label.contains("{}") {
                self.call(at, &fill(label, words));
            }
            self.state(at, feature.span, feature.count);
            return vec![at];
        }
        let mut made = Vec::new();
        let why = format!("capability: {}", capability.id);
        let before = self.draft.parts.len();
        for (n, (key, part)) in capability.components.iter().enumerate() {
            let kind = part.kind;
            let label = fill(part.label, words);
            if n == 0 && self.is_beside(key, part.label, kind, words) {
                let label = fill("{} service", words);
                let at = self.draft.add(stated(&label.to_lowercase(), &label, kind, feature.span));
                if let Some(there) = self.draft.find(key) {
                    let why = format!("capability: {}", capability.id);
                    self.draft.link(at, there, "use", Mode::Sync, Origin::assumed(feature.span, &why));
                }
                return vec![at];
            }
            if n == 0 {
                let label = self.name_in_design(key, kind, feature.span).map_or(label, str::to_owned);
                let main = self.main(key, &label, kind, feature);
                made.push(main);
                self.flows.push(Pending { capability, main, words: words.to_owned(), span: feature.span });
            } else {
                // What was there keeps its data where it did.
                let kept = made.first().filter(|&&main| main < before).and_then(|&main| self.store_of(main));
                if let Some(store) = kept.filter(|_| kind == Kind::Database && key.ends_with("-db")) {
                    made.push(store);
                    self.stores.push((feature.span, key, store));
                    continue;
                }
                let fed = made.first().is_some_and(|&main| main < before) && class(kind) == 2;
                if fed && self.family() == Feed::Data {
                    continue;
                }
                let device = kind == Kind::Device && is_device(words);
                let label = if device { sentence_case(words) } else { label };
                let templated = part.label.contains("{}") || device;
                let key = if templated { format!("{key}:{}", words.to_lowercase()) } else { key.to_owned() };
                made.push(self.draft.add(assumed(&key, &label, kind, Rank::Partner, feature.span, &why)));
            }
        }
        made
    }

    /// Whether a capability's part is there already, and is called otherwise than the feature: of "screen sharing" the signalling
    /// service is not all.
    fn is_beside(&self, key: &str, label: &str, kind: Kind, words: &str) -> bool {
        let (own, name) = (core_words(words), core_words(label));
        kind == Kind::Service
            && !label.contains("{}")
            && self.draft.find(key).is_some()
            && !own.is_empty()
            && !own.iter().any(|w| name.contains(w))
    }

    /// The database that a component keeps its data in.
    pub(super) fn store_of(&self, at: usize) -> Option<usize> {
        let kept = self.draft.links.iter().filter(|l| l.from == at).map(|l| l.to);
        kept.into_iter().find(|&to| self.draft.parts[to].kind == Kind::Database)
    }

    /// The main component of a capability. One that the design only assumes takes the feature's name; a second one
    /// that is stated with other words is another component.
    fn main(&mut self, key: &str, label: &str, kind: Kind, feature: &Feature) -> usize {
        let mut new = stated(key, label, kind, feature.span);
        new.replicas = feature.count;
        if let Some(at) = self.draft.find(key) {
            if self.draft.parts[at].rank != Rank::Stated && !self.is_free(at, feature) {
                new.key = label.to_lowercase();
                return self.draft.add(new);
            }
            let old = &mut self.draft.parts[at];
            let (a, b) = (core_words(&old.label), core_words(label));
            let subset = a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w));
            // Several words of its own, and none of the part's, name something else: "bid sniping protection" is no auction.
            if b.len() > a.len() && !a.is_empty() && !a.iter().any(|w| b.contains(w)) {
                new.key = label.to_lowercase();
                return self.draft.add(new);
            }
            if old.rank != Rank::Stated || subset {
                if old.rank != Rank::Stated && b.len() > a.len() || (subset && b.len() > a.len()) {
                    old.label = label.to_owned();
                }
                return self.draft.add(new);
            }
            new.key = label.to_lowercase();
        }
        self.draft.add(new)
    }

    /// Calls a service of the design what the text calls it, where the two names have no word in common.
    fn call(&mut self, at: usize, label: &str) {
        let part = &mut self.draft.parts[at];
        let (old, new) = (core_words(&part.label), core_words(label));
        if part.rank != Rank::Stated
            && class(part.kind) == 4
            && !new.is_empty()
            && !new.iter().any(|w| old.contains(w))
        {
            part.label = label.to_owned();
        }
    }

    fn state(&mut self, at: usize, span: Span, count: Option<u32>) {
        let old = &mut self.draft.parts[at];
        old.rank = Rank::Stated;
        old.replicas = old.replicas.or(count);
        if old.origin.is_assumed() {
            old.origin = Origin::stated(span);
        }
    }

    /// An action outside a pipeline: a service named for it, and the store or partners it needs.
    fn frame(&mut self, frame: &Frame, feature: &Feature) -> Vec<usize> {
        let there = self.in_design(feature.span);
        let takes_in = frame.action.does == Deed::Upload;
        let does = |at: &usize| !takes_in || class(self.draft.parts[*at].kind) != 1;
        if let Some(at) = there.filter(does) {
            self.state(at, feature.span, None);
            return vec![at];
        }
        if takes_in {
            return self.upload(frame, there, feature);
        }
        // What people keep they keep with a service.
        let kept_by_people = feature.who.is_some() && frame.place.is_none();
        if frame.action.does == Deed::Store && kept_by_people {
            let label = sentence_case(&format!("{} service", frame.object));
            let mut made =
                vec![self.draft.add(stated(&label.to_lowercase(), &label, Kind::Service, feature.span))];
            made.extend(self.store_for(&frame.object, feature));
            self.join(&made, feature);
            return made;
        }
        if frame.action.does == Deed::Store {
            let kind = frame
                .place
                .as_ref()
                .map_or(if is_file(&frame.object) { Kind::Storage } else { Kind::Database }, |p| p.1);
            let noun = match kind {
                Kind::Storage => "storage",
                Kind::Warehouse => "warehouse",
                Kind::Cache => "cache",
                Kind::Search => "index",
                _ => "database",
            };
            let label = sentence_case(&format!("{} {noun}", frame.object));
            return vec![self.draft.add(stated(&label.to_lowercase(), &label, kind, feature.span))];
        }
        let object = if is_pronoun(&frame.object) { self.spoken_of() } else { frame.object.clone() };
        let doing = frame.doing.trim_end_matches(" service");
        let label = sentence_case(format!("{object} {doing} service").trim());
        let mut made =
            vec![self.draft.add(stated(&label.to_lowercase(), &label, Kind::Service, feature.span))];
        made.extend(self.store_for(&frame.object, feature));
        self.join(&made, feature);
        made
    }

    /// Pictures and sound that a feature is about are kept as files, wherever its data are: "photo reviews".
    fn keep_media(&mut self, feature: &Feature, main: usize) {
        let Ask::Capability(_, words) = &feature.ask else { return };
        let media = words.split([' ', '-']).any(|w| vocabulary().media.iter().any(|m| stem(m) == stem(w)));
        let pending = |p: &super::draft::Part| p.kind == Kind::Storage;
        if !media || class(self.draft.parts[main].kind) != 4 || self.draft.parts.iter().any(pending) {
            return;
        }
        let why = "capability: uploads — pictures and sound are kept as files";
        let part = assumed("media-storage", "Media storage", Kind::Storage, Rank::Partner, feature.span, why);
        let store = self.draft.add(part);
        self.draft.link(main, store, "keep files", Mode::Sync, Origin::assumed(feature.span, why));
    }

    /// What the feature before was about, which "it" and "them" mean.
    fn spoken_of(&self) -> String {
        let runs = |at: &usize| class(self.draft.parts[*at].kind) == 4;
        let before = self.made.iter().rev().find_map(|(_, made)| made.first().copied().filter(runs));
        let words = before.map_or_else(Vec::new, |at| core_words_of(&self.draft.parts[at].label));
        words.first().cloned().unwrap_or_default()
    }

    /// Files that people hand in: a service that takes them, and where they are kept, which the design may know.
    fn upload(&mut self, frame: &Frame, kept: Option<usize>, feature: &Feature) -> Vec<usize> {
        let label = sentence_case(&format!("{} upload service", frame.object));
        let service = self.draft.add(stated("files", &label, Kind::Service, feature.span));
        let why = "capability: uploads — a file comes from somebody, through a service, into storage";
        let store = kept.or_else(|| self.draft.find("media-storage")).unwrap_or_else(|| {
            let label = sentence_case(&format!("{} storage", frame.object));
            self.draft.add(assumed("media-storage", &label, Kind::Storage, Rank::Partner, feature.span, why))
        });
        let label = format!("keep {}", frame.object);
        self.draft.link(service, store, &label, Mode::Sync, Origin::assumed(feature.span, why));
        vec![service, store]
    }

    /// Something with a name that no capability knows.
    fn unknown(&mut self, name: &str, feature: &Feature) -> Vec<usize> {
        if let Some(at) = self.in_design(feature.span).filter(|&at| self.is_free(at, feature)) {
            self.call(at, &fill("{} service", name));
            self.state(at, feature.span, feature.count);
            return vec![at];
        }
        if let Some(party) = self.bracketed(name, feature) {
            return vec![party];
        }
        let last = name.rsplit([' ', '-']).next().unwrap_or_default();
        let words = vocabulary();
        let kind =
            words.heads.iter().find(|(w, _)| stem(w) == stem(last)).and_then(|(_, k)| Kind::from_word(k));
        // Of "permit applications" none is a program.
        let record = last.trim_end_matches('s') == "application";
        let named = kind.is_some() || !record && words.roles.iter().any(|r| stem(r) == stem(last));
        let singular = name
            .rsplit_once(' ')
            .map_or_else(|| singular(name), |(rest, last)| format!("{rest} {}", singular(last)));
        let label = sentence_case(&if named { singular.clone() } else { format!("{singular} service") });
        let works = WORKERS.contains(&last.trim_end_matches('s'));
        let free = self.draft.find("workers").is_none_or(|at| self.draft.parts[at].rank != Rank::Stated);
        if works && free {
            let at = self.draft.add(stated("workers", &label, Kind::Service, feature.span));
            self.draft.parts[at].label.clone_from(&label);
            return vec![at];
        }
        let mut new = stated(&label.to_lowercase(), &label, kind.unwrap_or(Kind::Service), feature.span);
        new.replicas = feature.count;
        let mut made = vec![self.draft.add(new)];
        if kind.is_none_or(|k| k == Kind::Service) {
            made.extend(self.store_for(&singular, feature));
            self.join(&made, feature);
        }
        made
    }

    /// A store for a feature whose words suggest that it keeps data.
    fn store_for(&mut self, name: &str, feature: &Feature) -> Option<usize> {
        let records = vocabulary().records;
        let keeps = name.split([' ', '-']).any(|w| records.iter().any(|r| stem(r) == stem(w)));
        let file = is_file(name);
        if !keeps && !file {
            return None;
        }
        let roles = vocabulary().roles;
        let object: Vec<&str> =
            name.split(' ').filter(|w| !roles.iter().any(|r| stem(r) == stem(w))).collect();
        let (noun, kind) = if file { ("storage", Kind::Storage) } else { ("database", Kind::Database) };
        let label = sentence_case(&format!("{} {noun}", object.join(" ")));
        let why = "default: a feature that keeps data has a store of its own";
        Some(self.draft.add(assumed(&label.to_lowercase(), &label, kind, Rank::Partner, feature.span, why)))
    }

    /// Connects a service with the store made for it.
    fn join(&mut self, made: &[usize], feature: &Feature) {
        if let [service, store] = made {
            let label =
                if self.draft.parts[*store].kind == Kind::Storage { "keep files" } else { "read and write" };
            let why = "default: a feature that keeps data has a store of its own";
            self.draft.link(*service, *store, label, Mode::Sync, Origin::assumed(feature.span, why));
        }
    }

    /// Lets one component become another, and gives the place of the one that stays.
    pub(crate) fn forget(&mut self, gone: usize, kept: usize) -> usize {
        self.draft.merge(gone, kept);
        let moved = |i: usize| {
            let i = if i == gone { kept } else { i };
            i - usize::from(i > gone)
        };
        self.core = self.core.map(moved);
        for pending in &mut self.flows {
            pending.main = moved(pending.main);
        }
        for made in self.made.iter_mut().flat_map(|m| m.1.iter_mut()) {
            *made = moved(*made);
        }
        for store in &mut self.stores {
            store.2 = moved(store.2);
        }
        moved(kept)
    }

    /// Gives up what does not fit on a readable picture, and gives its labels.
    pub(crate) fn trim(&mut self) -> Vec<String> {
        let mut left_out = Vec::new();
        while let Some(at) = self.draft.spare() {
            left_out.push(self.draft.parts[at].label.clone());
            self.drop_part(at);
        }
        left_out
    }

    /// Takes a component out.
    pub(crate) fn drop_part(&mut self, at: usize) {
        self.draft.remove(at);
        let moved = |i: usize| i - usize::from(i > at);
        self.core = self.core.filter(|&c| c != at).map(moved);
        self.flows.retain(|p| p.main != at);
        for pending in &mut self.flows {
            pending.main = moved(pending.main);
        }
        for (_, made) in &mut self.made {
            made.retain(|&i| i != at);
            made.iter_mut().for_each(|i| *i = moved(*i));
        }
        self.stores.retain(|s| s.2 != at);
        for store in &mut self.stores {
            store.2 = moved(store.2);
        }
    }
}

/// Whether what is of a kind can be what a system is about.
fn is_core(kind: Kind) -> bool {
    use Kind::{Cdn, Dns, Email, Gateway, Identity, LoadBalancer, Monitoring, Notification, Secrets, Waf};
    let beside = [Cdn, Dns, Email, Gateway, Identity, LoadBalancer, Monitoring, Notification, Secrets, Waf];
    class(kind) == 4 && !beside.contains(&kind)
}
