//! `watch`: the real program redrawing at saves, its live page over plain HTTP, and the page in headless Chromium where
//! there is one (with `chromedriver`; skipped otherwise).

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const FIRST: &str = "gateway api \"API\"\nservice orders \"Orders\"\napi -> orders\n";
const PATIENCE: Duration = Duration::from_secs(20);

/// Ends its process when it is dropped, also by a test that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program watching `shop.bp`, and the address of its page.
fn serve(dir: &Path) -> (Running, String) {
    fs::write(dir.join("shop.bp"), FIRST).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_blueprose"))
        .current_dir(dir)
        .args(["watch", "shop.bp", "--serve", "-o", "shop.svg"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("an address");
    let host = line.trim().strip_prefix("http://").and_then(|l| l.strip_suffix('/')).expect("an address");
    (Running(child), host.to_owned())
}

/// Status, head and body of an answer to a request with these lines.
fn ask(host: &str, lines: &str, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(stream, "{lines}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
    let mut answer = Vec::new();
    let mut part = [0; 16 * 1024];
    // Some servers keep the connection open: the length says where an answer ends.
    let (head, body) = loop {
        let n = stream.read(&mut part).expect("answered");
        answer.extend_from_slice(&part[..n]);
        let text = String::from_utf8_lossy(&answer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|l| {
                let (name, value) = l.split_once(':')?;
                value.trim().parse().ok().filter(|_| name.eq_ignore_ascii_case("content-length"))
            });
            if n == 0 || length.is_some_and(|l: usize| body.len() >= l) {
                break (head.to_owned(), body.to_owned());
            }
        }
        assert!(n > 0, "{text}");
    };
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    (status, head, body)
}

fn get(host: &str, path: &str) -> (u16, String, String) {
    ask(host, &format!("GET {path} HTTP/1.1\r\nHost: {host}"), "")
}

fn state(host: &str) -> Value {
    serde_json::from_str(&get(host, "/state").2).expect("JSON")
}

/// Waits until something holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn saves_are_drawn_and_errors_leave_the_last_good_picture() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_running, host) = serve(dir.path());
    let (file, picture) = (dir.path().join("shop.bp"), dir.path().join("shop.svg"));
    let (status, head, _) = get(&host, "/");
    assert_eq!(status, 200);
    for guard in ["Content-Security-Policy: default-src 'none'", "Cross-Origin-Resource-Policy: same-origin"]
    {
        assert!(head.contains(guard), "{head}");
    }
    assert!(!head.to_lowercase().contains("access-control-allow"), "{head}");
    assert!(get(&host, "/picture.svg").2.contains("data-id=\"orders\""));

    // As editors save that replace the file.
    fs::write(dir.path().join("new"), format!("{FIRST}email mail \"Mail\"\norders -> mail\n"))
        .expect("written");
    fs::rename(dir.path().join("new"), &file).expect("renamed");
    until("a third component", || get(&host, "/picture.svg").2.contains("data-id=\"mail\""));
    assert!(fs::read_to_string(&picture).expect("a picture").contains("data-id=\"mail\""));

    fs::write(&file, format!("{FIRST}orders -> \n")).expect("written");
    until("the error", || state(&host)["stale"] == true);
    let shown = state(&host);
    assert_eq!(shown["problems"][0]["place"][0], 4, "{shown}");
    assert_eq!(shown["problems"][0]["excerpt"], "orders ->", "{shown}");
    assert!(get(&host, "/picture.svg").2.contains("data-id=\"mail\""), "the last good picture");
    assert!(fs::read_to_string(&picture).expect("a picture").contains("data-id=\"mail\""));

    fs::remove_file(&file).expect("removed");
    until("the loss", || state(&host)["problems"][0]["code"] == "BP0901");
    fs::write(&file, FIRST).expect("written");
    until("a good picture", || state(&host)["stale"] == false);
    assert!(!get(&host, "/picture.svg").2.contains("data-id=\"mail\""));
}

#[test]
fn other_sites_read_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_running, host) = serve(dir.path());
    for path in ["/", "/state", "/picture.svg", "/events", "/page.js"] {
        let rebound =
            format!("GET {path} HTTP/1.1\r\nHost: evil.example:{}", host.rsplit_once(':').expect("a port").1);
        assert_eq!(ask(&host, &rebound, "").0, 403, "{path}");
        let foreign = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example");
        assert_eq!(ask(&host, &foreign, "").0, 403, "{path}");
    }
    assert_eq!(ask(&host, &format!("POST /state HTTP/1.1\r\nHost: {host}"), "").0, 405);
    assert_eq!(get(&host, "/../Cargo.toml").0, 404);
}

/// A Chromium driven over the WebDriver protocol.
struct Browser {
    host: String,
    session: String,
    _driver: Running,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// `None` where no Chromium or no driver is installed.
    fn start() -> Option<Self> {
        let found = |name: &str| {
            let folders = std::env::var_os("PATH")?;
            std::env::split_paths(&folders).map(|f| f.join(name)).find(|p| p.is_file())
        };
        let (chromium, driver) = (found("chromium")?, found("chromedriver")?);
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
        let driver = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let driver = Running(driver);
        let host = format!("127.0.0.1:{port}");
        until("the driver", || TcpStream::connect(&host).is_ok());
        let profile = tempfile::tempdir().expect("a folder");
        let arguments = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1000,700",
            format!("--user-data-dir={}", profile.path().display())
        ]);
        let wanted = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": arguments}}}});
        let mut browser = Self { host, session: String::new(), _driver: driver, _profile: profile };
        let made = browser.post("/session", &wanted);
        browser.session = format!("/session/{}", made["sessionId"].as_str().expect("a session"));
        Some(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", path, &body.to_string())
    }

    fn send(&self, verb: &str, path: &str, body: &str) -> Value {
        let head = format!(
            "{verb} {}{path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nConnection: close",
            self.session, self.host
        );
        let (status, _, answer) = ask(&self.host, &head, body);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(status, 200, "{path}: {answer}");
        answer["value"].clone()
    }

    fn open(&self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.send("DELETE", "", "");
        }
    }
}

#[test]
fn the_page_reloads_by_itself_and_keeps_zoom_and_place() {
    let dir = tempfile::tempdir().expect("a folder");
    let (running, host) = serve(dir.path());
    let Some(browser) = Browser::start() else {
        println!("skipped: chromium or chromedriver is not installed");
        return;
    };
    browser.open(&format!("http://{host}/"));
    let there =
        |id: &str| browser.run(&format!("return !!document.querySelector('#picture [data-id={id}]')"));
    until("the picture", || there("orders") == true);

    // Zoomed in by the button and moved by a key: the reader's own view.
    browser.run("document.getElementById('in').click(); document.getElementById('in').click()");
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft'}))");
    // The zoom, and how far each component is from the corner of the window.
    let view = "const place = id => document.querySelector(`#picture [data-id=${id}]`).getBoundingClientRect(); \
        const [a, o] = [place('api'), place('orders')]; \
        return [document.getElementById('scale').textContent, a.x, a.y, o.x, o.y]";
    let before = browser.run(view);
    assert_ne!(before[0], "100%");
    browser.run("window.sameDocument = true");

    let longer = format!("client web \"Web\"\n{FIRST}email mail \"Mail\"\nweb -> api\norders -> mail\n");
    fs::write(dir.path().join("shop.bp"), longer).expect("written");
    until("the new picture", || there("mail") == true);
    assert_eq!(browser.run("return window.sameDocument"), true, "the page was not loaded anew");
    let after = browser.run(view);
    assert_eq!(after[0], before[0], "the zoom stays");
    let moved = |n: usize| (after[n].as_f64().expect("a place") - before[n].as_f64().expect("a place")).abs();
    let stays = |n: usize| moved(n) < 40.0 && moved(n + 1) < 40.0;
    assert!(stays(1) || stays(3), "what was in the middle stays there: {before} {after}");

    fs::write(dir.path().join("shop.bp"), format!("{FIRST}orders -> <img src=x onerror=alert(1)>\n"))
        .expect("written");
    let problems = "return document.getElementById('problems').hidden ? '' : document.getElementById('problems').innerText";
    until("the error", || browser.run(problems).as_str().is_some_and(|t| t.contains("line 4")));
    assert_eq!(there("mail"), true, "the last good picture");
    assert_eq!(browser.run("return document.getElementById('state').className"), "stale");
    assert_eq!(browser.run("return document.querySelectorAll('#problems img').length"), 0);

    fs::write(dir.path().join("shop.bp"), FIRST).expect("written");
    until("the mended picture", || there("mail") == false);
    let kept = browser.run("return document.getElementById('picture').style.transform");
    browser.post("/refresh", &json!({}));
    until("the picture", || there("orders") == true);
    assert_eq!(
        browser.run("return document.getElementById('picture').style.transform"),
        kept,
        "over a reload"
    );

    // A page from elsewhere, here the driver's own, gets at nothing.
    browser.open(&format!("http://{}/status", browser.host));
    let attempt = format!(
        "const done = arguments[0]; const image = new Image(); image.src = 'http://{host}/picture.svg'; \
         const drawn = new Promise(r => {{ image.onload = () => r('drawn'); image.onerror = () => r('no picture'); }}); \
         const read = fetch('http://{host}/state').then(r => r.text()).then(t => 'read ' + t, () => 'no state'); \
         Promise.all([drawn, read]).then(all => done(all.join(', ')))"
    );
    let stolen = browser.post("/execute/async", &json!({"script": attempt, "args": []}));
    assert_eq!(stolen, "no picture, no state");
    drop(running);
}
