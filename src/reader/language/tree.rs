//! The syntax tree: every item of a text in its order, with spans and comments.
//!
//! It is flat: blocks are an [`ItemKind::Open`] and an [`ItemKind::Close`], so that nothing here recurses however deep a
//! text nests. Names and texts are as written; what they mean is for `resolve`.

use super::words::Arrow;
use crate::text::Span;

/// One item of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: ItemKind,
    /// Where it stands, without the comment behind it.
    pub(crate) span: Span,
    /// The comment behind it on the same line, with its `#` or `//`.
    pub(crate) trailing: Option<String>,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ItemKind {
    /// One or more empty lines.
    Blank,
    /// A comment on a line of its own, with its `#` or `//`.
    Comment(String),
    /// A statement.
    Statement(Statement),
    /// The line that opens a block.
    Open(Statement),
    /// The brace that closes a block.
    Close,
    /// What was not understood, or holds comments where none can be kept in order; `fmt` leaves it as it is. A
    /// statement that was understood all the same is kept for its meaning.
    AsIs(Option<Statement>),
    /// The opening line of a block that was not understood; its content is read nevertheless.
    OpenAsIs,
}

/// A text or a word with its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text {
    /// The text without quotes and escapes.
    pub(crate) value: String,
    /// Whether it stands in quotes.
    pub(crate) quoted: bool,
    /// Where it stands, quotes included.
    pub(crate) span: Span,
}

/// Why something stands here that nobody stated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// Whether it is `assumed`; else it is `inferred`.
    pub(crate) assumed: bool,
    /// The reason.
    pub(crate) why: Text,
}

/// The braces of attributes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Attributes {
    /// The attributes in their order.
    pub(crate) items: Vec<Attribute>,
}

impl Attributes {
    /// The attributes in their order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter()
    }
}

/// An attribute.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) key: Text,
    /// Its value; `None` for a flag that is set.
    pub(crate) value: Option<AttributeValue>,
    /// Why it stands here.
    pub(crate) mark: Option<Mark>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AttributeValue {
    /// A text, number or amount.
    Text(Text),
    /// Several.
    List(Vec<AttributeValue>),
    /// Attributes again, as in `expect: { … }`.
    Attributes(Attributes),
}

/// What a component or a group's opening line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Declaration {
    /// The word for its kind.
    pub(crate) kind: Text,
    /// Its name.
    pub(crate) name: Text,
    /// The text people read.
    pub(crate) label: Option<Text>,
    /// The second text.
    pub(crate) description: Option<Text>,
    /// How many.
    pub(crate) replicas: Option<Text>,
    /// What it is made with.
    pub(crate) using: Option<Text>,
    /// The group it lies in.
    pub(crate) inside: Option<Text>,
    /// Attributes in braces.
    pub(crate) attributes: Option<Attributes>,
    /// Why it stands here.
    pub(crate) mark: Option<Mark>,
    /// Parts that stand here a second time.
    pub(crate) repeated: Vec<Span>,
}

/// An arrow of a chain and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hop {
    /// What the arrow says.
    pub(crate) arrow: Arrow,
    /// The arrow as written.
    pub(crate) sign: Text,
    /// Where it leads.
    pub(crate) to: Vec<Text>,
    /// Which of several connections.
    pub(crate) which: Option<Text>,
    /// What travels.
    pub(crate) label: Option<Text>,
    /// The protocol.
    pub(crate) over: Option<Text>,
    /// Attributes in braces.
    pub(crate) attributes: Option<Attributes>,
    /// Why it stands here.
    pub(crate) mark: Option<Mark>,
    /// Parts that stand here a second time.
    pub(crate) repeated: Vec<Span>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, clippy::large_enum_variant)] // most statements are components or connections
pub(crate) enum Statement {
    Title(Text),
    Description(Text),
    Direction { word: Text, inside: Option<Text>, mark: Option<Mark> },
    Component(Declaration),
    Group(Declaration),
    Property(Attribute),
    Connection { from: Vec<Text>, hops: Vec<Hop> },
    Flow { title: Text, mark: Option<Mark> },
    Expect { on: Vec<Text>, attributes: Attributes, mark: Option<Mark> },
    Note { on: Vec<Text>, text: Text, mark: Option<Mark> },
    Ignore { rules: Vec<Text>, on: Vec<Text>, reason: Text, mark: Option<Mark> },
    Assume { on: Vec<Text>, text: Text, mark: Option<Mark> },
    Question { on: Vec<Text>, text: Text, default: Option<Text>, settle: Option<Text>, mark: Option<Mark> },
    Wish { word: Text, names: Vec<Text>, mark: Option<Mark> },
}
