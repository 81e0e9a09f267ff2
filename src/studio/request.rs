//! What a request asks for, and whether it may be answered at all.
//!
//! Takes the bytes of a connection and gives the path asked for, or a refusal. Bodies are not read: nothing here takes
//! one.

use std::io::{self, Read};

/// The largest head of a request in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// The most header lines.
const MAX_HEADERS: usize = 64;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The path, without a query.
    pub(super) path: String,
    /// Whether only the head of the answer is wanted.
    pub(super) head_only: bool,
}

/// Why there is no answer: status and what to say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

/// Reads the head of a request that comes to `port`.
///
/// # Errors
/// When the connection breaks or is too slow. What is readable but not allowed is a [`Refusal`] inside.
pub(super) fn read(from: &mut impl Read, port: u16) -> io::Result<Result<Request, Refusal>> {
    let mut head = Vec::new();
    let mut part = [0; 2048];
    loop {
        let n = from.read(&mut part)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&part[..n]);
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) => return Ok(judge(&request, port)),
            Ok(httparse::Status::Partial) if head.len() < MAX_HEAD => {}
            Ok(httparse::Status::Partial) => {
                return Ok(Err(Refusal(431, "the head of the request is too large")));
            }
            Err(_) => return Ok(Err(Refusal(400, "this is no HTTP request"))),
        }
    }
}

fn judge(request: &httparse::Request<'_, '_>, port: u16) -> Result<Request, Refusal> {
    let every = |name: &str| {
        let wanted = name.to_owned();
        let all = request.headers.iter().filter(move |h| h.name.eq_ignore_ascii_case(&wanted));
        all.map(|h| std::str::from_utf8(h.value).unwrap_or_default().trim()).collect::<Vec<_>>()
    };
    // A foreign name that was made to lead here (DNS rebinding) is not ours, whoever asks.
    match every("host").as_slice() {
        [host] if is_ours(host, port) => {}
        _ => return Err(Refusal(403, "this server answers to its own address only")),
    }
    // A page of another site may not even load a part; following a link to the page itself is no reading.
    let path = request.path.unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let foreign = every("sec-fetch-site").iter().any(|s| !matches!(*s, "same-origin" | "none"));
    let visit =
        path == "/" && every("sec-fetch-mode") == ["navigate"] && every("sec-fetch-dest") == ["document"];
    if foreign && !visit {
        return Err(Refusal(403, "other sites may not read this"));
    }
    if every("origin").iter().any(|o| o.strip_prefix("http://").is_none_or(|host| !is_ours(host, port))) {
        return Err(Refusal(403, "other sites may not read this"));
    }
    let head_only = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal(405, "only GET and HEAD are answered")),
    };
    Ok(Request { path: path.to_owned(), head_only })
}

fn is_ours(host: &str, port: u16) -> bool {
    let Some((name, at)) = host.rsplit_once(':') else { return port == 80 && is_loopback(host) };
    is_loopback(name) && at.parse() == Ok(port)
}

fn is_loopback(name: &str) -> bool {
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Result<Request, Refusal> {
        read(&mut text.as_bytes(), 4000).unwrap_or_else(|e| panic!("{e}"))
    }

    fn status(text: &str) -> u16 {
        ask(text).map_or_else(|r| r.0, |_| 200)
    }

    #[test]
    fn only_its_own_address_is_answered() {
        let get = |host: &str, more: &str| format!("GET /state?x=1 HTTP/1.1\r\nHost: {host}\r\n{more}\r\n");
        let request = Request { path: "/state".into(), head_only: false };
        assert_eq!(ask(&get("127.0.0.1:4000", "")), Ok(request));
        assert_eq!(status(&get("localhost:4000", "")), 200);
        for host in ["evil.example:4000", "127.0.0.1:4001", "127.0.0.1", "localhost.evil.example:4000", ""] {
            assert_eq!(status(&get(host, "")), 403, "{host}");
        }
        assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), 403);
        assert_eq!(status(&get("127.0.0.1:4000", "Host: 127.0.0.1:4000\r\n")), 403);
        assert_eq!(status(&get("127.0.0.1:4000", "Origin: http://evil.example\r\n")), 403);
        assert_eq!(status(&get("127.0.0.1:4000", "Origin: null\r\n")), 403);
        assert_eq!(status(&get("127.0.0.1:4000", "Origin: http://127.0.0.1:4000\r\n")), 200);
        assert_eq!(status(&get("127.0.0.1:4000", "Sec-Fetch-Site: cross-site\r\n")), 403);
        assert_eq!(status(&get("127.0.0.1:4000", "Sec-Fetch-Site: same-origin\r\n")), 200);
    }

    #[test]
    fn a_link_may_lead_to_the_page_and_nothing_is_changed_here() {
        let visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: localhost:4000\r\n{visit}\r\n")), 200);
        assert_eq!(status(&format!("GET /state HTTP/1.1\r\nHost: localhost:4000\r\n{visit}\r\n")), 403);
        assert_eq!(status("POST / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n"), 405);
        assert_eq!(status("nonsense\r\n\r\n"), 400);
        let long = format!("GET / HTTP/1.1\r\nX: {}\r\n", "a".repeat(MAX_HEAD));
        assert_eq!(status(&long), 431);
    }
}
