//! Second copies of a store that stand elsewhere: "with one standby in another zone", "a second server room holds a
//! synchronous replica of the database".
//!
//! Takes the tokens of a sentence and gives the stretches that tell of such a copy. They draw nothing, as the place is the
//! copy's and not the store's; the store gets a setting.

use std::ops::Range;

use super::tokens::Token;

/// A stretch that tells of a second copy.
pub(super) struct Standby {
    /// Its tokens.
    pub(super) range: Range<usize>,
    /// Whether the copy stands in another zone, building or room of the same region.
    pub(super) zone: bool,
    /// Whether the place leads, and the store is named behind it.
    pub(super) leads: bool,
    /// Whether all that is kept has its copy there: "two data centres, of which the second is a warm standby".
    pub(super) whole: bool,
}

const COPIES: [&str; 9] =
    ["standby", "standbys", "replica", "replicas", "copy", "mirror", "secondary", "failover", "follower"];
const OTHERS: [&str; 5] = ["another", "second", "different", "other", "separate"];
const ZONES: [&str; 9] = ["zone", "zones", "az", "azs", "building", "room", "rack", "hall", "datacentre"];
const REGIONS: [&str; 5] = ["region", "site", "centre", "center", "datacenter"];
const HOLDS: [&str; 7] = ["holds", "keeps", "has", "contains", "stores", "runs", "carries"];
/// The most words between a copy and its place, and between a place and what it holds.
const GAP: usize = 4;

/// The stretches of a sentence that tell of a copy elsewhere.
pub(super) fn standbys(tokens: &[Token<'_>]) -> Vec<Standby> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = (from..tokens.len()).find(|&at| is(tokens, at, &COPIES)) {
        let one = behind(tokens, at).or_else(|| before(tokens, at, from)).or_else(|| of_which(tokens, at));
        from = one.as_ref().map_or(at + 1, |s| s.range.end);
        found.extend(one);
    }
    found
}

fn is(tokens: &[Token<'_>], at: usize, list: &[&str]) -> bool {
    tokens.get(at).is_some_and(|t| list.contains(&t.lower.as_str()))
}

/// What sort of place ends a phrase of another place that begins at `at`: "another availability zone".
fn elsewhere(tokens: &[Token<'_>], at: usize) -> Option<(usize, bool)> {
    let other = (at..at + 2).find(|&n| is(tokens, n, &OTHERS))?;
    let last = (other + 1..other + GAP).find(|&n| is(tokens, n, &ZONES) || is(tokens, n, &REGIONS))?;
    Some((last + 1, is(tokens, last, &ZONES)))
}

/// "(with one) standby in another zone"
fn behind(tokens: &[Token<'_>], at: usize) -> Option<Standby> {
    let preposition = (at + 1..at + 3).find(|&n| is(tokens, n, &["in", "at"]))?;
    let (end, zone) = elsewhere(tokens, preposition + 1)?;
    let with = (at.saturating_sub(GAP)..at).rev().find(|&n| is(tokens, n, &["with", "plus"]))?;
    Some(Standby { range: with..end, zone, leads: false, whole: false })
}

/// "a second server room in another building holds a synchronous replica (of the database)"
fn before(tokens: &[Token<'_>], at: usize, from: usize) -> Option<Standby> {
    let verb = (at.saturating_sub(GAP)..at).rev().find(|&n| is(tokens, n, &HOLDS))?;
    let start = (from..verb).rev().find(|&n| is(tokens, n, &[";", ",", ":", "and"])).map_or(from, |n| n + 1);
    let mut places = (start..verb).filter_map(|n| elsewhere(tokens, n));
    let (_, zone) = places.next()?;
    let end = (at..tokens.len()).find(|&n| is(tokens, n, &[";", ","])).unwrap_or(tokens.len());
    Some(Standby { range: start..end, zone, leads: true, whole: false })
}

/// "in two data centres, of which the second is a warm standby"
fn of_which(tokens: &[Token<'_>], at: usize) -> Option<Standby> {
    let start = at.saturating_sub(7);
    let of = (start..at).find(|&n| {
        tokens.get(n).is_some_and(|t| t.is("of")) && tokens.get(n + 1).is_some_and(|t| t.is("which"))
    })?;
    let other = (of + 2..at).any(|n| is(tokens, n, &["second", "one", "other", "latter"]));
    let be = (of + 2..at).any(|n| is(tokens, n, &["is", "serves", "acts"]));
    (other && be).then(|| Standby { range: of..at + 1, zone: false, leads: false, whole: true })
}
