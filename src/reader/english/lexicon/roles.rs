//! Lists of words that decide what is a thing of its own.

use super::table::Table;

/// A list of words, in the order of its file.
#[derive(Debug)]
pub(crate) struct Words(Table<()>);

impl Words {
    /// What the build script wrote down.
    pub(crate) const fn new(slots: &'static [u16], words: &'static [(&'static str, ())]) -> Self {
        Self(Table::new(slots, words))
    }

    /// Whether the word is listed.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.get(word).is_some()
    }

    /// The words one by one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.entries().iter().map(|(word, ())| *word)
    }
}

/// Words that decide what is a thing of its own; see `assets/words/roles.yaml`. A list there is a field here.
#[derive(Debug)]
#[allow(missing_docs)]
pub(crate) struct Roles {
    pub(crate) weak_modifiers: Words,
    pub(crate) unsaid_modifiers: Words,
    pub(crate) generic_heads: Words,
    pub(crate) self_heads: Words,
    pub(crate) attribute_heads: Words,
    pub(crate) singular_s: Words,
    pub(crate) other_sections: Words,
    pub(crate) aside_openings: Words,
    /// First words of plans, where a modal follows.
    pub(crate) plan_openings: Words,
    /// Phrases that mark a stretch about something else, by their first words.
    pub(crate) aside_marks: Table<&'static [&'static str]>,
    /// Heads of what vendors call their products.
    pub(crate) product_sorts: Words,
    /// Words that vendors describe products with.
    pub(crate) vendor_words: Words,
    /// Those of whom general sentences speak: companies, vendors.
    pub(crate) public_heads: Words,
    pub(crate) naming_verbs: Words,
    /// Technologies that programs work with inside: "with FFmpeg".
    pub(crate) libraries: Words,
    /// What comes by itself from who sends it: "gets notifications from Firebase".
    pub(crate) pushed_heads: Words,
    /// Verbs behind which `in` names a programming language.
    pub(crate) writing_verbs: Words,
    pub(crate) denying_verbs: Words,
    pub(crate) studying_verbs: Words,
    /// Verbs that say what somebody thinks: "the team knows it".
    pub(crate) stative_verbs: Words,
    /// Verbs of keeping laws: "comply with".
    pub(crate) obeying_verbs: Words,
    pub(crate) sifting_verbs: Words,
    pub(crate) asking_verbs: Words,
    pub(crate) no_doers: Words,
    pub(crate) server_modifiers: Words,
    pub(crate) no_sites: Words,
    pub(crate) program_people: Words,
    pub(crate) people_modifiers: Words,
    pub(crate) message_heads: Words,
    pub(crate) carried_heads: Words,
    pub(crate) protocol_technologies: Words,
    pub(crate) tools: Words,
    pub(crate) view_heads: Words,
    pub(crate) role_heads: Words,
    pub(crate) shown_heads: Words,
    pub(crate) deed_heads: Words,
    pub(crate) facet_heads: Words,
    pub(crate) facets: Words,
    pub(crate) partner_heads: Words,
    /// Products that run what another one is asked to run: "a Fargate service" is "the ECS service".
    pub(crate) runs_under: Table<&'static str>,
    pub(crate) parts_of: Table<&'static str>,
    pub(crate) shows: Table<&'static [&'static str]>,
    /// What buses, balancers and workflows work by: "A rule targets the queue".
    pub(crate) workings: Table<&'static [&'static str]>,
    /// What people say who name no program: words of wishes, things of everyday life, what says nothing.
    pub(crate) lay_wishes: Words,
    pub(crate) lay_things: Words,
    pub(crate) lay_vague: Words,
    pub(crate) lay_parts: Table<&'static [&'static str]>,
    pub(crate) worker_frameworks: Words,
    pub(crate) site_heads: Words,
    pub(crate) human_plurals: Words,
    pub(crate) product_heads: Words,
    pub(crate) table_columns: Table<&'static [&'static str]>,
    pub(crate) api_doors: Words,
    /// Doors for devices that hand messages on to whoever subscribes.
    pub(crate) brokers: Words,
    pub(crate) clock_modifiers: Words,
    pub(crate) counted_heads: Words,
    /// Verbs of what is had done by services of others.
    pub(crate) outside_verbs: Words,
    /// Technologies by which parts prove who they are, and which are none.
    pub(crate) inner_technologies: Words,
    /// Technologies that databases are extended with.
    pub(crate) database_extensions: Words,
    /// Technologies that are forms of tables in a lake.
    pub(crate) table_formats: Words,
    /// Heads of what a service offers: "the `publish` mutation of the API".
    pub(crate) operation_heads: Words,
    pub(crate) copy_heads: Words,
    pub(crate) original_heads: Words,
    /// The families of words for one thing that a word belongs to, by their numbers.
    /// Products by what is made or run in them, which stands for them.
    pub(crate) product_forms: Table<&'static [&'static str]>,
    pub(crate) kin: Table<&'static [usize]>,
    pub(crate) same_heads: Table<&'static str>,
}
