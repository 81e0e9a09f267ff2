//! The page over HTTP on loopback: a handful of addresses, one thread a connection.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::live::Live;
use super::request::{self, Refusal, Request};

/// The most connections at a time; pages hold one each.
const MAX_CONNECTIONS: usize = 64;
/// How long a client may take to send its request, or to take its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a page that hears nothing is told that we are still here; a page that has gone is noticed so.
const HEARTBEAT: Duration = Duration::from_secs(15);

const PAGE: &str = include_str!("../../assets/studio/page.html");
const SCRIPT: &str = include_str!("../../assets/studio/page.js");
const SHEET: &str = include_str!("../../assets/studio/page.css");

/// Nothing from elsewhere is loaded, nobody may frame the page or read what it is made of. The picture brings its own
/// style sheet and font.
const GUARDS: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    font-src data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    X-Content-Type-Options: nosniff\r\n\
    X-Frame-Options: DENY\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cache-Control: no-store\r\n";

/// A listener on loopback.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Listens on 127.0.0.1; port 0 takes any free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// Where the page is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers from now on, in threads of its own, until the process ends.
    pub fn start(self, live: Live) {
        std::thread::spawn(move || {
            let busy = Arc::new(AtomicUsize::new(0));
            for stream in self.listener.incoming() {
                let Ok(stream) = stream else {
                    // Out of descriptors, say: others will be given back.
                    std::thread::sleep(Duration::from_millis(50));
                    continue;
                };
                if busy.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                    busy.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                let (live, busy) = (live.clone(), Arc::clone(&busy));
                std::thread::spawn(move || {
                    // A client that went away is nobody's concern.
                    let _ = answer(stream, self.port, &live);
                    busy.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
    }
}

fn answer(mut stream: TcpStream, port: u16, live: &Live) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let request = match request::read(&mut stream, port)? {
        Ok(request) => request,
        Err(Refusal(status, why)) => return send(&mut stream, status, "text/plain", why.as_bytes(), false),
    };
    let shown = || live.now();
    let (kind, body) = match request.path.as_str() {
        "/" => ("text/html", PAGE.into()),
        "/page.js" => ("text/javascript", SCRIPT.into()),
        "/page.css" => ("text/css", SHEET.into()),
        "/state" => ("application/json", serde_json::to_string(&shown()).unwrap_or_default().into()),
        "/picture.svg" => ("image/svg+xml", shown().svg),
        "/events" => return events(&mut stream, &request, live),
        _ => return send(&mut stream, 404, "text/plain", b"there is nothing here", request.head_only),
    };
    let body: Arc<str> = body;
    send(&mut stream, 200, kind, body.as_bytes(), request.head_only)
}

fn send(to: &mut impl Write, status: u16, kind: &str, body: &[u8], head_only: bool) -> io::Result<()> {
    let word = match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Request Header Fields Too Large",
    };
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let mut answer = format!(
        "HTTP/1.1 {status} {word}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nConnection: \
         close\r\n{allow}{GUARDS}\r\n",
        body.len()
    )
    .into_bytes();
    if !head_only {
        answer.extend_from_slice(body);
    }
    to.write_all(&answer)?;
    to.flush()
}

/// Server-sent events: the version of what is shown, at once and at every change.
fn events(to: &mut impl Write, request: &Request, live: &Live) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n{GUARDS}\r\n"
    );
    to.write_all(head.as_bytes())?;
    if request.head_only {
        return to.flush();
    }
    let mut version = live.now().version;
    // A page whose connection broke comes back after half a second.
    to.write_all(format!("retry: 500\ndata: {version}\n\n").as_bytes())?;
    loop {
        to.flush()?;
        match live.newer(version, HEARTBEAT) {
            Some(newer) => {
                version = newer;
                to.write_all(format!("data: {version}\n\n").as_bytes())?;
            }
            None => to.write_all(b": still here\n\n")?,
        }
    }
}
