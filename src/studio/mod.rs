//! A description that is watched, and a page on this machine that shows it live.
//!
//! Takes a file's path ([`Watch`] tells when its text changed) and what it came to each time ([`Live`]); gives a page
//! over loopback ([`Server`]) that redraws by itself. It compiles nothing and prints nothing, that is its caller's; it
//! writes no file, and changes nothing on request: every address only reads.
//!
//! The page is for the person at this machine. The listener takes connections from loopback only; a request must name
//! this server as its host, so that no foreign name can be pointed here, and one that another site's page makes is
//! refused.

mod live;
mod request;
mod serve;
mod watch;

pub use live::{Live, Problem, Shown};
pub use serve::Server;
pub use watch::Watch;
