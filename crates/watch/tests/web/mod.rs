//! A web on this machine that behaves as it is told, and a listener that writes down what it hears.
//!
//! In: what is answered. Out: what was asked. Never: an address beyond this machine.

use chancery_read::{Input, Item, Options, read};
use chancery_watch::door::Names;
use chancery_watch::settings::Settings;
use chancery_watch::{Asked, Listener, Sum, Watch};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a server was asked.
#[derive(Clone, Debug)]
pub struct Question {
    pub host: String,
    pub path: String,
    pub fields: String,
}

/// What it answers.
pub enum Reply {
    /// Status and fields, and a body with its right length.
    Whole(&'static str, String, Vec<u8>),
    /// These bytes, as they are.
    Raw(Vec<u8>),
    /// The first bytes, and then nothing more for so long.
    Slow(Vec<u8>, Duration),
    /// The first bytes, and then others without end.
    Endless(Vec<u8>),
}

pub fn whole(media: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Whole("200 OK", format!("Content-Type: {media}\r\n"), body.into())
}

pub fn status(status: &'static str, fields: &str) -> Reply {
    Reply::Whole(status, fields.to_owned(), Vec::new())
}

/// A server.
#[derive(Clone)]
pub struct Web {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Question>>>,
}

type Answers = Arc<dyn Fn(&Question) -> Reply + Send + Sync>;

impl Web {
    pub fn new(answers: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> Web {
        Web::start(Arc::new(answers), None)
    }

    /// The same behind TLS.
    pub fn encrypted(
        certificate: CertificateDer<'static>,
        key: PrivateKeyDer<'static>,
        answers: impl Fn(&Question) -> Reply + Send + Sync + 'static,
    ) -> Web {
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("a certificate");
        Web::start(Arc::new(answers), Some(Arc::new(config)))
    }

    fn start(answers: Answers, tls: Option<Arc<rustls::ServerConfig>>) -> Web {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let web = Web { address: listener.local_addr().expect("an address"), asked: Arc::default() };
        let asked = web.asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, asked, tls) = (answers.clone(), asked.clone(), tls.clone());
                std::thread::spawn(move || match tls {
                    None => serve(stream, &answers, &asked),
                    Some(tls) => {
                        let connection = rustls::ServerConnection::new(tls).map_err(io::Error::other)?;
                        serve(rustls::StreamOwned::new(connection, stream), &answers, &asked)
                    }
                });
            }
        });
        web
    }

    /// What it was asked since the last time, but for what robots may.
    pub fn asked(&self) -> Vec<String> {
        let asked: Vec<Question> = std::mem::take(&mut *self.asked.lock().expect("a list"));
        asked.into_iter().map(|question| question.path).filter(|path| path != "/robots.txt").collect()
    }

    /// The fields of what it was asked since the last time.
    pub fn fields(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("a list")).into_iter().map(|question| question.fields).collect()
    }
}

fn serve(mut stream: impl Read + Write, answers: &Answers, asked: &Mutex<Vec<Question>>) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte)? == 0 {
            return Ok(());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let path = head.split(' ').nth(1).unwrap_or("").to_owned();
    let host = head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("").to_owned();
    let question = Question { host, path, fields: head };
    asked.lock().expect("a list").push(question.clone());
    match answers(&question) {
        Reply::Whole(status, fields, body) => {
            write!(stream, "HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
            stream.write_all(&body)?;
        }
        Reply::Raw(bytes) => stream.write_all(&bytes)?,
        Reply::Slow(bytes, pause) => {
            stream.write_all(&bytes)?;
            stream.flush()?;
            std::thread::sleep(pause);
        }
        Reply::Endless(bytes) => {
            stream.write_all(&bytes)?;
            while stream.write_all(&[b' '; 8192]).is_ok() {}
        }
    }
    stream.flush()
}

/// Names that all lead to one server, however they are called.
#[derive(Debug)]
pub struct Everything(pub SocketAddr);

impl Names for Everything {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(vec![host.trim_matches(['[', ']']).parse().map_or(self.0, |ip| SocketAddr::new(ip, port))])
    }
}

/// A page with a sentence.
pub fn page(sentence: &str) -> Reply {
    whole(
        "text/html; charset=utf-8",
        format!("<html><body><article><p>The presidents met in Oslo on Monday. {sentence}</p></article></body></html>"),
    )
}

/// A feed with so many entries, whose pages are `/0`, `/1`, ...
pub fn feed(entries: usize) -> String {
    let entries: String = (0..entries)
        .map(|number| {
            format!("<item><title>News {number}</title><link>http://news.test/{number}</link><guid>{number}</guid><pubDate>Mon, 20 May 2024 10:00:00 GMT</pubDate></item>")
        })
        .collect();
    format!("<rss><channel><title>P</title>{entries}</channel></rss>")
}

/// What was heard and taken in.
#[derive(Default)]
pub struct Heard {
    pub messages: Vec<String>,
    /// Addresses and days of the documents.
    pub documents: Vec<String>,
    /// Whether nothing can be taken in.
    pub deaf: bool,
}

impl Heard {
    pub fn says(&self, words: &str) -> bool {
        self.messages.iter().any(|message| message.contains(words))
    }
}

impl Listener for Heard {
    fn take_in(&mut self, file: &Path) -> Result<(), String> {
        if self.deaf {
            return Err("no room".to_owned());
        }
        for item in read(vec![Input::Path(file.to_owned())], Options::default()) {
            match item {
                Item::Read { document, .. } => {
                    let day = document.published.map(|date| date.to_string()).unwrap_or_default();
                    self.documents.push(format!("{} {day}", document.id));
                }
                Item::Refused { source, reason } => self.messages.push(format!("{source}: {reason}")),
                Item::Empty { .. } | Item::PassedOver { .. } => {}
            }
        }
        Ok(())
    }

    fn hear(&mut self, message: &str) {
        self.messages.push(message.to_owned());
    }
}

/// Settings that do not wait; `more` is what else they say.
pub fn settings(folder: &Path, more: &str) -> Settings {
    let path = folder.join("feeds.toml");
    let start = "contact = \"desk@paper.test\"\npace = \"0s\"\nmax_bytes = 200000\n";
    let end = "[timeouts]\nconnect = \"2s\"\nanswer = \"1s\"\nwhole = \"2s\"\n";
    let network = if more.contains("[network]") { "" } else { "[network]\nallow = [\"127.0.0.0/8\"]\n" };
    std::fs::write(&path, format!("{start}{more}\n{end}{network}")).expect("a file");
    Settings::load(&path).expect("settings")
}

/// A round over all feeds.
pub fn round(folder: &Path, more: &str, names: Arc<dyn Names>, limit: Option<usize>, heard: &mut Heard) -> Result<Sum, String> {
    let mut watch = Watch::open(&folder.join("feeds.toml"), settings(folder, more), names)?;
    watch.round(&Asked { limit, all: true }, &AtomicBool::new(false), heard)
}
