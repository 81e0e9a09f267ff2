//! What the words of prompts mean: the catalog's capabilities and reference designs, actions, and the platforms that
//! run them.
//!
//! Gives the data of `assets/capabilities/vocabulary` beside the catalog's. It decides nothing.

pub(crate) use crate::catalog::{Capability, Design, Feed, Flow, Pattern};
use crate::catalog::{Word, capabilities, designs};
use crate::model::{Kind, Mode};

/// A verb, or the noun made of it, that says what is done to something.
#[derive(Debug)]
pub(crate) struct Action {
    /// Its verbs.
    pub(crate) verbs: &'static [&'static str],
    /// The nouns made of them.
    pub(crate) nouns: &'static [&'static str],
    /// What it comes to.
    pub(crate) does: Deed,
    /// What does it: "transcoder".
    pub(crate) agent: &'static str,
    /// What is done then: "transcoded".
    pub(crate) done: &'static str,
}

/// The classes of actions.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Works on data in general.
    #[default]
    Process,
    /// Makes a new thing of it.
    Make,
    /// Learns something from it.
    Derive,
    /// Keeps it.
    Store,
    /// Tells somebody.
    Send,
    /// Takes it in from people.
    Upload,
    /// Takes it in from systems.
    Ingest,
    /// Offers it to people.
    Serve,
    /// Anything else a service does.
    Do,
}

/// A platform: what plays each kind's part on it.
#[derive(Debug)]
pub(crate) struct Platform {
    /// Its vendor, in small letters.
    pub(crate) name: &'static str,
    /// The name of the group drawn around.
    pub(crate) label: &'static str,
    /// The patterns that name it.
    pub(crate) phrases: &'static [Pattern],
    /// Kind → catalog id, for servers and managed services.
    pub(crate) managed: &'static [(Kind, &'static str)],
    /// Kind → catalog id, where the text asks for no servers; kinds not given are taken from `managed`.
    pub(crate) serverless: &'static [(Kind, &'static str)],
}

/// Lists of words: those of `words.yaml` under their own names, as the build script writes them down.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Verbs that open a prompt.
    pub(crate) leads: &'static [&'static str],
    /// Qualities: never a component.
    pub(crate) qualities: &'static [Pattern],
    /// What a large load is called.
    pub(crate) scale: &'static [Pattern],
    /// What asks for a platform without servers.
    pub(crate) serverless: &'static [Pattern],
    /// People in a role.
    pub(crate) people: &'static [&'static str],
    /// Those that act like people: "restaurants list meals".
    pub(crate) organisations: &'static [&'static str],
    /// Pictures and sound.
    pub(crate) media: &'static [&'static str],
    /// Files and media, which are kept in storage.
    pub(crate) files: &'static [&'static str],
    /// Data that a feature keeps: its service gets a database.
    pub(crate) records: &'static [&'static str],
    /// Words for what a service is, no help in telling two apart.
    pub(crate) roles: &'static [&'static str],
    /// The kind that a feature's last word stands for.
    pub(crate) heads: &'static [(&'static str, &'static str)],
    /// Heads that name the system itself.
    pub(crate) systems: &'static [&'static str],
    /// Nouns that name an explicit component.
    pub(crate) component_nouns: &'static [&'static str],
    /// Verbs by which one component deals with another.
    pub(crate) flow_verbs: &'static [&'static str],
    /// Words that begin another feature.
    pub(crate) feature_openers: &'static [&'static str],
    /// Words that begin what the system is built with.
    pub(crate) means_openers: &'static [&'static str],
    /// Words that rule something out.
    pub(crate) exclusions: &'static [&'static str],
    /// Words that say nothing of their own at the ends of a phrase.
    pub(crate) empty: &'static [&'static str],
    /// Keywords that call for their design only where the system's name says nothing else.
    pub(crate) broad: &'static [&'static str],
    /// Nouns before which "feature" is no empty word.
    pub(crate) featured: &'static [&'static str],
    /// Nouns before which "key" is no empty word.
    pub(crate) keyed: &'static [&'static str],
    /// Words around a request.
    pub(crate) polite: &'static [&'static str],
    /// Nouns around the system's own name.
    pub(crate) wrappers: &'static [&'static str],
    /// How texts begin that ask for a design in so many words.
    pub(crate) asking: &'static [&'static str],
    /// Names in the catalog that are plain English, too.
    pub(crate) plain_names: &'static [&'static str],
    /// What a stack of products is called, with the catalog ids of those that run and keep something.
    pub(crate) stacks: &'static [(&'static str, &'static str)],
    /// Verbs of clauses that ask for a quality, and for no part.
    pub(crate) vague: &'static [&'static str],
    /// Verbs that tell nothing that their object does not.
    pub(crate) light: &'static [&'static str],
    /// Words of features that bring the core its data, rather than hearing of it.
    pub(crate) bringing: &'static [&'static str],
    /// Catalog ids of what takes data in, works on it, and shows it.
    pub(crate) collectors: &'static [&'static str],
    /// Catalog ids of what works on data as it comes or in batches.
    pub(crate) processors: &'static [&'static str],
    /// Catalog ids with the keys of the parts that these products are known to be.
    pub(crate) stations: &'static [(&'static str, &'static str)],
    /// Catalog ids of what only holds what runs.
    pub(crate) grounds: &'static [&'static str],
    /// Catalog ids of what shows figures to people.
    pub(crate) reporters: &'static [&'static str],
    /// Words of features that only pass on to people what happened.
    pub(crate) messengers: &'static [&'static str],
    /// Words of features that do what is queued.
    pub(crate) queued: &'static [&'static str],
    /// Words of features that only bring data, and act on nothing that others do.
    pub(crate) sources: &'static [&'static str],
    /// Words of features that act on what others tell.
    pub(crate) hearing: &'static [&'static str],
    /// What doing something is called, by its verb.
    pub(crate) deeds: &'static [(&'static str, &'static str)],
    /// Last words of what is outside of the system.
    pub(crate) outsiders: &'static [&'static str],
    /// Such words that need another before them.
    pub(crate) outside_systems: &'static [&'static str],
    /// Verbs that make a clause, and people who speak.
    pub(crate) finite: &'static [&'static str],
}

/// The lists.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: Vocabulary = include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));
    &VOCABULARY
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Knowledge {
    pub(crate) capabilities: &'static [Capability],
    pub(crate) designs: &'static [Design],
    pub(crate) actions: &'static [Action],
    /// Connections between parts of different capabilities or designs.
    pub(crate) links: &'static [Flow],
    pub(crate) platforms: &'static [Platform],
}

/// The knowledge.
pub(crate) fn knowledge() -> Knowledge {
    static ACTIONS: &[Action] = include!(concat!(env!("OUT_DIR"), "/actions.rs"));
    static LINKS: &[Flow] = include!(concat!(env!("OUT_DIR"), "/links.rs"));
    static PLATFORMS: &[Platform] = include!(concat!(env!("OUT_DIR"), "/platforms.rs"));
    Knowledge {
        capabilities: capabilities(),
        designs: designs(),
        actions: ACTIONS,
        links: LINKS,
        platforms: PLATFORMS,
    }
}
