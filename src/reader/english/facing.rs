//! What a phrase can't mean, by the words that it stands beside.
//!
//! Takes a parsed sentence with the meanings so far and gives entities. It decides no meaning.

use super::clauses::{Clause, NpId, Parsed};
use super::entities::EntityId;
use super::lexicon::Frame;
use super::reading::Meaning;
use super::wording::phrase_words;

/// What a phrase can't mean, since it deals with it: what an arrow joins to it, who does something to it ("portal -> portal
/// API", "Twilio, which is called by the notification service").
pub(super) fn across(parsed: &Parsed, meanings: &[Meaning], id: NpId) -> Vec<EntityId> {
    let words = |np: NpId| parsed.phrases.get(np).map(phrase_words);
    let facing = parsed.links.iter().filter_map(|(from, to)| match (from.contains(&id), to.contains(&id)) {
        (true, false) => Some(to),
        (false, true) => Some(from),
        _ => None,
    });
    let deals = |c: &&Clause| {
        let done = matches!(
            c.frame(),
            Frame::Call
                | Frame::Send
                | Frame::Store
                | Frame::Read
                | Frame::Consume
                | Frame::Trigger
                | Frame::Tell
        );
        let stated = c.verb.as_ref().is_some_and(|v| v.finite) && !c.purpose;
        let partner = c.object.contains(&id) || c.behind(&["by", "to", "into", "from"]).any(|np| np == id);
        done && stated && partner && !c.subject.contains(&id)
    };
    let doers = parsed.clauses.iter().filter(deals).map(|c| &c.subject);
    let other = facing.chain(doers).flatten().filter(|&&np| words(np) != words(id));
    other.filter_map(|&np| meanings.get(np)).flat_map(|m| m.ids.iter().copied()).collect()
}
