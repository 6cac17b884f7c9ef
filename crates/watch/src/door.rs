//! The one door to the network.
//!
//! In: an address, what is wanted, how long to wait. Out: the answer as it was sent, one hop at a time. Never: connects to anything but
//! the very address that was checked, follows a redirect, or takes more than was allowed.

use crate::address::Reach;
use crate::settings::Settings;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::io::{self, Read};
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Uri;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// Bytes of the head of an answer at the most.
const MOST_HEAD: usize = 64 << 10;

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// Where.
    pub url: Url,
    /// Media types of which one is wanted, or parts of their names.
    pub media: &'static [&'static str],
    /// Said back: only what is other than that is wanted.
    pub etag: Option<String>,
    /// The same.
    pub modified: Option<String>,
}

/// What was answered.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Where it was asked.
    pub url: String,
    /// When.
    pub at: Timestamp,
    /// The status.
    pub status: u16,
    /// The fields, their names in lower case.
    pub fields: Vec<(String, String)>,
    /// The body as it was sent, maybe packed; empty where the status is not that of a success.
    pub body: Vec<u8>,
}

impl Answer {
    /// A field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It may not be asked.
    #[error("{0}")]
    Forbidden(String),
    /// It is of another kind than was wanted.
    #[error("its type is {0}, which is not what was asked for")]
    Media(String),
    /// It is larger than is read.
    #[error("its answer is larger than {0} bytes; max_bytes in FEEDS.toml raises that")]
    TooLarge(u64),
    /// It took too long.
    #[error("no answer in time ({0})")]
    Slow(String),
    /// The name is nobody's.
    #[error("its name is not known")]
    Unknown,
    /// It does not prove who it is.
    #[error("its certificate or encryption is wrong: {0}")]
    Tls(String),
    /// Anything else.
    #[error("{0}")]
    Broken(String),
}

impl Failure {
    /// Whether it would be the same if it were asked again.
    pub fn is_final(&self) -> bool {
        matches!(self, Failure::Forbidden(_) | Failure::Media(_) | Failure::TooLarge(_))
    }
}

/// What names stand for.
pub trait Names: fmt::Debug + Send + Sync + 'static {
    /// The addresses of a host.
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// As the system knows them.
#[derive(Debug)]
pub struct SystemNames;

impl Names for SystemNames {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host.trim_matches(['[', ']']), port).to_socket_addrs()?.collect())
    }
}

/// The door.
#[derive(Debug)]
pub struct Door {
    agent: ureq::Agent,
    max_bytes: u64,
}

impl Door {
    /// As the settings have it.
    pub fn new(settings: &Settings, names: Arc<dyn Names>) -> Result<Door, String> {
        let time = |duration: SignedDuration| Duration::try_from(duration).ok();
        let timeouts = settings.timeouts;
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .max_idle_connections(0)
            .user_agent(settings.agent())
            .accept_encoding("gzip")
            .max_response_header_size(MOST_HEAD)
            .timeout_resolve(time(timeouts.connect))
            .timeout_connect(time(timeouts.connect))
            .timeout_recv_response(time(timeouts.answer))
            .timeout_global(time(timeouts.whole))
            .tls_config(TlsConfig::builder().root_certs(roots(settings)?).build())
            .build();
        let reach = Reach { allow: settings.network.allow.clone() };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Checked { names, reach });
        Ok(Door { agent, max_bytes: settings.max_bytes })
    }

    /// Asks once.
    pub fn ask(&self, question: &Question, at: Timestamp) -> Result<Answer, Failure> {
        let mut request = self.agent.get(question.url.as_str()).header("accept", accept(question.media));
        for (name, value) in [("if-none-match", &question.etag), ("if-modified-since", &question.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = request.call().map_err(failure)?;
        let fields: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let status = response.status().as_u16();
        let mut answer = Answer { url: question.url.to_string(), at, status, fields, body: Vec::new() };
        if status != 200 {
            return Ok(answer);
        }
        let media = answer.field("content-type").unwrap_or("").split(';').next().unwrap_or("").trim().to_lowercase();
        if !media.is_empty() && !question.media.iter().any(|wanted| media.contains(wanted)) {
            return Err(Failure::Media(media.chars().take(80).collect()));
        }
        if answer.field("content-length").and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > self.max_bytes) {
            return Err(Failure::TooLarge(self.max_bytes));
        }
        let mut body = response.body_mut().as_reader().take(self.max_bytes.saturating_add(1));
        body.read_to_end(&mut answer.body).map_err(|error| failure(error.into()))?;
        if answer.body.len() as u64 > self.max_bytes {
            return Err(Failure::TooLarge(self.max_bytes));
        }
        Ok(answer)
    }
}

fn accept(media: &[&str]) -> &'static str {
    if media.contains(&"rss") {
        "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
    } else {
        "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
    }
}

fn roots(settings: &Settings) -> Result<RootCerts, String> {
    let Some(path) = &settings.network.certificates else { return Ok(RootCerts::WebPki) };
    let shown = path.display();
    let pem = std::fs::read(path).map_err(|error| format!("{shown}: {error}"))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| format!("{shown}: {error}"))? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(format!("{shown}: no certificate in it; expected PEM"));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// Names that are looked up once, and lead nowhere that may not be asked: the connection goes to what this returns.
#[derive(Debug)]
struct Checked {
    names: Arc<dyn Names>,
    reach: Reach,
}

/// What a resolver says of an address that may not be asked.
#[derive(Debug)]
struct Closed(String);

impl fmt::Display for Closed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Closed {}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, _: &ureq::config::Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?.to_owned();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        // the system's own look-up cannot be ended; it is left to itself where it takes too long
        let (give, take) = std::sync::mpsc::channel();
        let names = self.names.clone();
        std::thread::spawn(move || give.send(names.resolve(&host, port)));
        let found = take.recv_timeout(*timeout.after).map_err(|_| ureq::Error::Timeout(ureq::Timeout::Resolve))?;
        let found = found.map_err(|_| ureq::Error::HostNotFound)?;
        let mut addresses = self.empty();
        for address in found.into_iter().take(16) {
            if let Some(refusal) = self.reach.refusal(address.ip()) {
                return Err(ureq::Error::Other(Box::new(Closed(refusal))));
            }
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(other) if other.is::<Closed>() => Failure::Forbidden(other.to_string()),
        ureq::Error::Timeout(which) => Failure::Slow(which.to_string()),
        ureq::Error::HostNotFound => Failure::Unknown,
        ureq::Error::Tls(what) => Failure::Tls(what.to_owned()),
        ureq::Error::Rustls(error) => Failure::Tls(error.to_string()),
        ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
            Some(ureq::Error::Timeout(which)) => Failure::Slow(which.to_string()),
            _ if error.kind() == io::ErrorKind::TimedOut => Failure::Slow(error.to_string()),
            // a certificate that is wrong comes as bytes that cannot be understood
            _ if error.kind() == io::ErrorKind::InvalidData => Failure::Tls(error.to_string()),
            _ => Failure::Broken(error.to_string()),
        },
        other => Failure::Broken(other.to_string()),
    }
}
