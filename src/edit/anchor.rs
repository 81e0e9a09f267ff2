//! Which component something new belongs to, by the words of the request and the graph.
//!
//! Takes an architecture and words; gives the best anchor with the reason and the next best. Words of its name count most,
//! then a shared subject (`assets/words/features.yaml`), then whether requests come in there. It changes nothing.

use std::collections::BTreeSet;

use super::bond::subjects;
pub(super) use super::bond::{Bond, akin, of_subject, telling, uses};
use super::companions;
pub(super) use super::entry::entries;
use super::entry::{asked, asked_by_people, consumes, looked_at, reach, workers};
use super::extent;
use super::names::stems;
use super::newcomer::Newcomer;
use super::pattern::knowledge;
use super::phrase::{Word, dead_letters};
use super::present;
use crate::model::{Architecture, Component, Id, Kind};

/// What something new hangs on, why, and what would have been next.
pub(super) struct Anchor {
    pub(super) id: Id,
    pub(super) why: String,
    /// At most two, the better first.
    pub(super) next: Vec<Id>,
    /// Whether the words of the request point to it.
    pub(super) told: bool,
}

/// What a wish is about, where it is one that could take something new on and the words of the wish point to no other.
pub(super) fn prefer(a: &Architecture, new: &Newcomer, anchor: Anchor, about: &[Id]) -> Anchor {
    let fits = |id: &&Id| a.component(id.as_str()).is_some_and(|c| takes(a, c, new, false));
    match about.iter().find(fits) {
        Some(id) if !anchor.told => {
            let next =
                std::iter::once(anchor.id).chain(anchor.next).filter(|next| next != id).take(2).collect();
            let why = "it is what the sentence speaks of".to_owned();
            Anchor { id: id.clone(), why, next, told: true }
        }
        _ => anchor,
    }
}

/// Whether a component can take something new of that kind on.
fn takes(a: &Architecture, c: &Component, new: &Newcomer, dead: bool) -> bool {
    // An environment runs what others build: nothing hangs on it where anything else could take it on.
    let runs = |c: &Component| runs_code(a, c) && c.kind != Kind::Cluster;
    let code = a.components().any(runs);
    if !code && a.components().any(|c| c.kind == Kind::Cicd) {
        return c.kind == Kind::Cicd;
    }
    if code && c.kind == Kind::Cluster {
        return false;
    }
    if new.kind == Kind::Warehouse && passes_events(c.kind) {
        return true;
    }
    if dead && a.components().any(|c| c.kind.is_messaging()) {
        c.kind.is_messaging()
    } else if code
        && (new.kind.is_store() || new.kind.is_messaging() || matches!(new.kind, Kind::Cache | Kind::Secrets))
    {
        runs_code(a, c)
    } else if new.kind == Kind::Cdn {
        c.kind == Kind::Storage || c.kind.is_compute() || c.kind == Kind::Gateway
    } else if code && matches!(new.kind, Kind::Notification | Kind::Email | Kind::Monitoring | Kind::External)
    {
        c.kind.is_compute()
    } else if code && (new.kind.is_compute() || new.kind == Kind::Workflow) {
        // Models and dashboards are asked, they do not ask.
        runs_code(a, c) || matches!(c.kind, Kind::Gateway | Kind::LoadBalancer)
    } else {
        c.kind.is_compute()
            || matches!(c.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Ml | Kind::Analytics)
    }
}

/// Whether it is code of ours: what signs people in is, where it works with data or code of ours itself.
fn runs_code(a: &Architecture, c: &Component) -> bool {
    let works = |k: Kind| k.is_compute() || k.is_store();
    let own =
        || a.index_of(c.id.as_str()).is_some_and(|i| a.connections_from(i).any(|e| works(a.at(e.to).kind)));
    c.kind.is_compute() || c.kind == Kind::Identity && own()
}

/// Where events of all kinds pass by.
pub(super) fn passes_events(kind: Kind) -> bool {
    matches!(kind, Kind::Stream | Kind::EventBus | Kind::Topic)
}

/// How many of a component's neighbours keep data: a store or cache helps the one most that works most with data.
fn works_with_data(a: &Architecture, c: &Component) -> usize {
    let index = a.index_of(c.id.as_str());
    index.map_or(0, |i| a.connections_from(i).filter(|e| a.at(e.to).kind.is_store()).count())
}

/// What a request and a part of one subject come to at least.
const MIN_RELATED: usize = 9;

/// Whether a word says that people are told something.
fn tells_people(word: &str) -> bool {
    subjects().uses.iter().filter(|u| u.asynchronous).any(|u| u.words.iter().any(|w| akin(w, word)))
}

/// What is asked of the components of one request.
struct Question<'a> {
    a: &'a Architecture,
    new: &'a Newcomer,
    wanted: BTreeSet<String>,
    /// Those of them that name it; the others are said of it.
    core: BTreeSet<String>,
    entry: Vec<Id>,
    /// Where devices come in, when it stands there; where people look, when nobody else comes in.
    met: Vec<Id>,
    /// Where work is done on what comes in.
    workers: Vec<Id>,
    /// Whether it tells that something is wrong.
    alarms: bool,
    /// Whether people or devices come in, and wait for what answers them.
    people: bool,
    dead: bool,
}

impl<'a> Question<'a> {
    fn new(a: &'a Architecture, new: &'a Newcomer, words: &[Word]) -> Self {
        let mut entry = entries(a);
        let alarms = new.kind == Kind::Notification
            && knowledge().watchers.iter().any(|w| stems(&new.label).contains(w));
        let mut met = met_by_devices(a, new);
        let by_itself = works_by_itself(&new.label);
        if entry.is_empty() && new.kind.is_compute() && !by_itself {
            met = looked_at(a);
        }
        if !met.is_empty() {
            entry.clone_from(&met);
        }
        let works = new.kind.is_compute() || matches!(new.kind, Kind::Ml | Kind::Cicd) || alarms;
        let asked_for = companions::known(new).is_some_and(|known| known.asked_for());
        let workers = if works && met.is_empty() && !asked_for { workers(a, &entry) } else { Vec::new() };
        // A dashboard on a warehouse is nobody who waits for code.
        let code = |id: &Id| {
            let kind = a.component(id.as_str()).map(|c| c.kind);
            kind.is_some_and(|k| {
                k.is_compute() || matches!(k, Kind::Gateway | Kind::LoadBalancer | Kind::Waf)
            })
        };
        let people = entries(a).iter().any(code) && workers.is_empty();
        let dead = dead_letters(words);
        let wanted = wanted(a, new, words);
        let named = telling(extent::core(words));
        let core = wanted.iter().filter(|w| named.contains(*w)).cloned().collect();
        Self { a, new, wanted, core, entry, met, workers, alarms, people, dead }
    }

    fn takes(&self, c: &Component) -> bool {
        takes(self.a, c, self.new, self.dead) || self.met.contains(&c.id)
    }

    /// Whether it stands before others.
    fn front(&self) -> bool {
        matches!(self.new.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns)
    }

    fn keeps(&self) -> bool {
        self.new.kind.is_store() || self.new.kind == Kind::Cache
    }

    /// Whether requests come in there, or would, for what it is.
    fn first(&self, c: &Component) -> bool {
        // What people load straight from a store comes from nearer by through a CDN.
        let loaded = self.new.kind == Kind::Cdn && c.kind == Kind::Storage && asked_by_people(self.a, c);
        let open = |id: &Id| self.a.component(id.as_str()).is_some_and(|e| self.takes(e));
        if !self.workers.is_empty() {
            return self.workers.contains(&c.id);
        }
        // What happens is told by what works on it, not by what takes it in.
        if self.alarms && self.a.components().any(|c| c.kind.is_compute() && consumes(self.a, c)) {
            return c.kind.is_compute() && consumes(self.a, c);
        }
        self.entry.contains(&c.id) || loaded && !self.entry.iter().any(open)
    }

    /// How well it fits, and which of two alike is the better.
    fn score(&self, c: &Component, bond: &Bond) -> (usize, usize) {
        let door = matches!(c.kind, Kind::Gateway | Kind::LoadBalancer);
        let first = usize::from(self.first(c));
        let bonus = if self.front() || self.new.kind.is_actor() || self.new.kind == Kind::Identity {
            40 * first
        } else if self.new.kind == Kind::Warehouse && passes_events(c.kind) {
            3
        } else if door && bond.strength() > 0 {
            // What the words point to lies behind the door that is called so too.
            0
        } else {
            2 * first
        };
        // Who signs people in does nothing else, as long as the words do not say so.
        let signs_in = bond.strength() == 0 && present::does_as(c, Kind::Identity);
        let second = if signs_in {
            0
        } else if self.keeps() {
            works_with_data(self.a, c)
        } else {
            // Where nobody comes in, work is done where a stream hands it over.
            let works = usize::from(!self.people && c.kind.is_compute() && consumes(self.a, c));
            usize::from(!door) * (1 + reach(self.a, c, &self.entry)) + works
        };
        // What nothing calls has no work of people's in hand: a crawler suggests nothing, though it fills the index.
        let idle = second < 2 || self.people && !asked(self.a, c);
        let keeps = self.keeps() && self.new.kind != Kind::Search;
        let behind = bond.distant() && idle && !self.entry.contains(&c.id) && !keeps;
        let own = Bond::between(self.a, c, &self.core).strength();
        // A dashboard is where people look, not what a feature of its subject belongs to.
        let looked_at = c.kind == Kind::Analytics && self.met.contains(&c.id);
        let aside = looked_at && bond.shared.is_empty() && !bond.distant();
        let inner = door && self.people && !self.entry.contains(&c.id);
        let strength = if behind || aside {
            0
        } else if inner {
            // A door for devices is called after what comes through it, whatever a feature has to do with that.
            bond.unnamed()
        } else {
            bond.strength() + own
        };
        (strength + bonus, second)
    }

    /// Those that tell people for others: they are told by a feature, it does not ask them. Where nothing else is spoken of
    /// ("suppress alerts during maintenance"), none.
    fn telling(&self, words: &[Word]) -> Vec<Id> {
        let asks = self.new.kind.is_compute() || self.new.kind == Kind::Ml;
        let all = uses(words).filter(|u| u.asynchronous && asks);
        let told: Vec<Id> = all.flat_map(|u| u.doers(self.a)).map(|c| c.id.clone()).collect();
        let besides: BTreeSet<String> = self.wanted.iter().filter(|w| !tells_people(w)).cloned().collect();
        let other = |c: &&Component| takes(self.a, c, self.new, self.dead) && !told.contains(&c.id);
        let strong = |c: &Component| Bond::between(self.a, c, &besides).strength() >= MIN_RELATED;
        if self.a.components().filter(other).any(strong) { told } else { Vec::new() }
    }

    fn why(&self, best: &Component, second: usize, bond: &Bond) -> String {
        let nothing = "nothing in the request names a part, and";
        if bond.strength() > 0 {
            bond.why()
        } else if self.new.kind == Kind::Warehouse && passes_events(best.kind) {
            format!("{nothing} events pass here")
        } else if self.workers.contains(&best.id) {
            format!("{nothing} this works on what comes in")
        } else if self.entry.contains(&best.id) {
            format!("{nothing} this is where requests come in")
        } else if self.keeps() && second > 0 {
            format!("{nothing} this works most with data")
        } else {
            format!("{nothing} this is the first that could take it on")
        }
    }
}

/// The words that say where it belongs.
fn wanted(a: &Architecture, new: &Newcomer, words: &[Word]) -> BTreeSet<String> {
    let mut wanted = telling(words);
    if new.kind_told {
        // "a data warehouse" says what it is, not what it has to do with goods.
        let heads = knowledge().heads.get(new.kind.word());
        let label = stems(&new.label);
        // Of "message queue" all, of "orders queue" the last word says what it is.
        let ends = |h: &&String| label.ends_with(&stems(h));
        let said = heads.into_iter().flatten().filter(ends).flat_map(|h| stems(h));
        let last = heads.into_iter().flatten().filter_map(|h| stems(h).pop());
        let own: BTreeSet<String> = said.chain(last).collect();
        let keeps = |k: Kind| k.is_store() || k.is_messaging() || matches!(k, Kind::Cache | Kind::Secrets);
        wanted.retain(|w| !(keeps(new.kind) && own.contains(w)));
    }
    // What a thing of the kind has to do with counts where the words say nothing themselves.
    if !a.components().any(|c| takes(a, c, new, false) && Bond::between(a, c, &wanted).strength() > 0) {
        wanted.extend(subjects().of_kind.get(new.kind.word()).into_iter().flatten().cloned());
    }
    wanted
}

/// "outlier detection", "alert correlation": what works on what comes in, and not on what people ask.
fn works_by_itself(label: &str) -> bool {
    let ends =
        |w: &String| ["tion", "ing"].iter().any(|end| w.ends_with(end)) || knowledge().watchers.contains(w);
    stems(label).last().is_some_and(ends)
}

/// "an edge gateway in every plant", "soil sensors": where devices come in.
fn met_by_devices(a: &Architecture, new: &Newcomer) -> Vec<Id> {
    let front = matches!(new.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Waf);
    let said = |w: &String| knowledge().device_side.contains(w);
    let there = front && stems(&new.label).iter().any(said) || new.kind == Kind::Device;
    let from_devices = a.connections().filter(|c| there && a.at(c.from).kind == Kind::Device);
    from_devices.map(|c| a.at(c.to).id.clone()).collect()
}

/// The component to hang something new on; `None` when there is none.
pub(super) fn anchor(a: &Architecture, new: &Newcomer, words: &[Word]) -> Option<Anchor> {
    let question = Question::new(a, new, words);
    let told = question.telling(words);
    let mut scored: Vec<((usize, usize), Bond, &Component)> = Vec::new();
    for c in a.components().filter(|c| question.takes(c) && !told.contains(&c.id)) {
        let bond = Bond::between(a, c, &question.wanted);
        scored.push((question.score(c, &bond), bond, c));
    }
    if scored.is_empty() {
        let any = a.components().find(|c| c.kind != Kind::User).or_else(|| a.components().next())?;
        let why = "nothing else could take it on".to_owned();
        return Some(Anchor { id: any.id.clone(), why, next: Vec::new(), told: false });
    }
    // Stable, so that among equals the one mentioned first wins.
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let ((_, second), bond, best) = scored.first()?;
    Some(Anchor {
        id: best.id.clone(),
        why: question.why(best, *second, bond),
        next: scored.iter().skip(1).take(2).map(|(.., c)| c.id.clone()).collect(),
        told: bond.strength() > 0,
    })
}
