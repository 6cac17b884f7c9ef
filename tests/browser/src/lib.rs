//! Chancery and a browser, for the tests of this package.
//!
//! In: news items, the `chancery` command in `$CHANCERY`. Out: pages that are served, a browser that looks at them. Never: part of what
//! is shipped.
#![cfg(feature = "browser")]
#![allow(clippy::missing_panics_doc, missing_docs)]

use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long a page or a part of it may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// Starts a command and returns what follows `mark` on the first line that has it.
fn start(command: &mut Command, mark: &str) -> (Running, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    command.stdin(Stdio::null()).stdout(writer.try_clone().expect("a pipe")).stderr(writer);
    let running = Running(command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}")));
    // the command holds the end into which it writes
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut lines = BufReader::new(reader).lines();
    let found = lines.by_ref().map_while(Result::ok).find_map(|line| Some(line.split_once(mark)?.1.to_owned()));
    // what is written later must not fill the pipe
    std::thread::spawn(move || lines.for_each(drop));
    (running, found.unwrap_or_else(|| panic!("{command:?} said no {mark:?}")))
}

fn chancery() -> Command {
    Command::new(std::env::var_os("CHANCERY").expect("$CHANCERY names the command; `cargo xtask test` sets it"))
}

/// Pages over a fresh record.
pub struct Pages {
    folder: tempfile::TempDir,
    address: String,
    _server: Running,
}

impl Pages {
    /// Of files.
    pub fn of(files: &[PathBuf]) -> Pages {
        Pages::made(|record| {
            let ingest = chancery().arg("ingest").arg("--record").arg(record).args(files).stderr(Stdio::null()).status();
            // 3: some items were refused, which is the record's business
            assert!(matches!(ingest.expect("chancery").code(), Some(0 | 3)));
        })
    }

    /// Of the examples that the command brings along.
    pub fn of_examples() -> Pages {
        Pages::made(|record| {
            let demo = chancery().arg("demo").arg("--record").arg(record).stdout(Stdio::null()).status();
            assert!(demo.expect("chancery").success());
        })
    }

    fn made(make: impl FnOnce(&Path)) -> Pages {
        let folder = tempfile::tempdir().expect("a folder");
        let record = folder.path().join("record.db");
        make(&record);
        let (server, rest) = start(chancery().arg("serve").args(["--listen", "127.0.0.1:0", "--record"]).arg(&record), " is at ");
        let address = rest.split("/ ").next().unwrap_or_default().to_owned();
        Pages { folder, address, _server: server }
    }

    /// Of the news items of this package.
    pub fn of_news() -> Pages {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("news");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("news").flatten().map(|entry| entry.path()).collect();
        files.sort();
        Pages::of(&files)
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Shows the record with a command of `chancery`.
    pub fn told(&self, command: &[&str]) -> String {
        let output = chancery().args(command).arg("--record").arg(self.folder.path().join("record.db")).output().expect("chancery");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// How a browser is set.
#[derive(Clone, Copy)]
pub enum Script {
    On,
    Off,
}

/// A browser with nothing in its memory.
pub struct Browser {
    pub client: Client,
    _driver: Running,
    _folder: tempfile::TempDir,
}

/// A command of the browser's own protocol.
#[derive(Debug)]
struct Own(Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

const ARGUMENTS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--lang=en",
    "--window-size=1280,900",
];

impl Browser {
    pub async fn new(script: Script) -> Browser {
        let folder = tempfile::tempdir().expect("a folder");
        let (driver, port) = start(Command::new("chromedriver").arg("--port=0"), "started successfully on port ");
        let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", folder.path().join("profile").display()));
        let scripts = match script {
            Script::On => 1,
            Script::Off => 2,
        };
        let saved = json!({"download.default_directory": folder.path(), "profile.managed_default_content_settings.javascript": scripts});
        let binary = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let options = json!({"args": arguments, "binary": binary, "prefs": saved});
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        // a dialog that a page opens is to be seen, not to be clicked away
        capabilities.insert("unhandledPromptBehavior".to_owned(), json!("ignore"));
        let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await.expect("a session");
        Browser { client, _driver: driver, _folder: folder }
    }

    /// The whole of what a test does with a browser.
    pub fn walk<F: Future<Output = ()>>(script: Script, steps: impl FnOnce(Browser) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async { steps(Browser::new(script).await).await });
    }

    pub async fn own(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(Own(json!({"cmd": command, "params": parameters}))).await.expect("a command of the browser")
    }

    /// Light or dark, as the machine would be set.
    pub async fn scheme(&self, scheme: &str) {
        self.own("Emulation.setEmulatedMedia", json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]})).await;
    }

    /// A window of a width and height.
    pub async fn window(&self, (width, height): (u32, u32)) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.own("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// By how much the page is wider than its window.
    pub async fn wider(&self) -> i64 {
        let wider = "return document.documentElement.scrollWidth - window.innerWidth";
        self.client.execute(wider, vec![]).await.ok().and_then(|wider| wider.as_i64()).expect("a width")
    }

    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    /// The text of the page as a reader sees it.
    pub async fn text(&self) -> String {
        self.one("body").await.text().await.expect("a text")
    }

    /// Waits for what fits a selector.
    pub async fn one(&self, selector: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {selector} at {}: {error}\n{}", self.path().await, self.client.source().await.unwrap_or_default()),
        }
    }

    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.expect("elements").len()
    }

    /// Clicks what leads to another page, and waits for it.
    pub async fn follow(&self, selector: &str) {
        let before = self.one("html").await;
        self.one(selector).await.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.left(&before).await;
    }

    /// Clicks the link with a text, and waits for its page.
    pub async fn follow_link(&self, text: &str) {
        let link = self.client.wait().at_most(PATIENCE).for_element(Locator::LinkText(text)).await;
        let before = self.one("html").await;
        link.unwrap_or_else(|error| panic!("no link {text:?}: {error}")).click().await.expect("a click");
        self.left(&before).await;
    }

    /// Waits until a page is no longer there, and the next one is whole.
    pub async fn left(&self, before: &fantoccini::elements::Element) {
        for _ in 0..PATIENCE.as_millis() / 50 {
            let gone = before.tag_name().await.is_err();
            let whole = || async { self.client.execute("return document.readyState", vec![]).await.is_ok_and(|state| state == "complete") };
            if gone && whole().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no other page came at {}", self.path().await);
    }

    pub async fn write(&self, selector: &str, text: &str) {
        let field = self.one(selector).await;
        field.clear().await.expect("a field");
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    pub async fn choose(&self, selector: &str, value: &str) {
        self.one(selector).await.select_by_value(value).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, keys: &str) {
        self.client.active_element().await.expect("a focus").send_keys(keys).await.expect("keys");
    }

    /// Goes from field to field by the tab key until what fits the selector has the focus.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..200 {
            self.keys(&String::from(char::from(Key::Tab))).await;
            let fits = "return document.activeElement.matches(arguments[0])";
            if self.client.execute(fits, vec![json!(selector)]).await.is_ok_and(|fits| fits == true) {
                return;
            }
        }
        panic!("the tab key does not lead to {selector} at {}", self.path().await);
    }

    /// Presses return where the focus is, and waits for the next page.
    pub async fn enter(&self) {
        let before = self.one("html").await;
        self.keys(&String::from(char::from(Key::Enter))).await;
        self.left(&before).await;
    }

    /// Fetches an address of ours within the browser, with its cookies.
    pub async fn fetched(&self, path: &str) -> String {
        let script =
            "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.text()).then(done, (error) => done(`${error}`))";
        let answer = self.client.execute_async(script, vec![json!(path)]).await.expect("an answer");
        answer.as_str().unwrap_or_default().to_owned()
    }

    pub async fn end(self) {
        self.client.clone().close().await.expect("an end");
    }
}
