//! What verbs say. The build script reads the lists of verbs with the same names.

/// What a verb says about who talks to whom; see `assets/words/verbs.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub(crate) enum Frame {
    Call,
    Send,
    Store,
    Read,
    Consume,
    Trigger,
    Use,
    Tell,
    Auth,
    Front,
    Back,
    Run,
    Hold,
    Watch,
    Serve,
    Provide,
    Make,
    Have,
    Link,
    Reply,
    Act,
    Allow,
    /// `is`: not in the list of frames.
    Be,
}
