//! Feeds on a web that misbehaves in every way that the wild does.
//!
//! In: a server on this machine. Out: what was asked, kept and told. Never: an address beyond this machine.

mod web;

use chancery_watch::door::Names;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use web::{Everything, Heard, Question, Reply, Web, feed, page, round, status, whole};

const RSS: &str = "application/rss+xml";
const FEED: &str = "[[feed]]\nurl = \"http://news.test/rss\"\n";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Answers of a site whose feed is this.
fn site(question: &Question, feed: &str) -> Reply {
    match question.path.as_str() {
        "/rss" => whole(RSS, feed),
        "/robots.txt" => status("404 Not Found", ""),
        path => page(path),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

#[test]
fn new_entries_are_fetched_once_with_their_day_and_what_changed_again() {
    let changed = Arc::new(AtomicBool::new(false));
    let flag = changed.clone();
    let web = Web::new(move |question| match question.path.as_str() {
        "/rss" if !flag.load(Ordering::Relaxed) && question.fields.contains("if-none-match: \"1\"") => status("304 Not Modified", ""),
        "/rss" if flag.load(Ordering::Relaxed) => whole(RSS, feed(3).replace("News 1<", "News 1, corrected<")),
        "/rss" => {
            let fields = format!("Content-Type: {RSS}\r\nETag: \"1\"\r\nContent-Encoding: gzip\r\n");
            Reply::Whole("200 OK", fields, gzip(feed(2).as_bytes()))
        }
        _ => site(question, ""),
    });
    let (here, mut heard) = (folder(), Heard::default());
    let names = || Arc::new(Everything(web.address));
    let more = format!("again = \"0s\"\n{FEED}");
    let sum = round(here.path(), &more, names(), None, &mut heard).expect("a round");
    assert_eq!((sum.feeds, sum.pages, sum.failed), (1, 2, 0), "{:?}", heard.messages);
    assert_eq!(web.asked(), ["/rss", "/0", "/1"]);
    assert_eq!(heard.documents, ["http://news.test/0 2024-05-20", "http://news.test/1 2024-05-20"]);
    assert!(heard.says("http://news.test/rss: 2 new, 2 fetched"), "{:?}", heard.messages);
    // another process: nothing is fetched again
    round(here.path(), &more, names(), None, &mut heard).expect("a round");
    let fields = web.fields();
    assert!(fields.len() == 1 && fields[0].contains("if-none-match: \"1\""), "{fields:?}");
    assert!(fields[0].contains("user-agent: chancery/") && fields[0].contains("(+desk@paper.test)"), "{fields:?}");
    assert!(heard.says("unchanged"), "{:?}", heard.messages);
    changed.store(true, Ordering::Relaxed);
    let sum = round(here.path(), &more, names(), None, &mut heard).expect("a round");
    assert_eq!((web.asked(), sum.pages), (vec!["/rss".to_owned(), "/1".to_owned(), "/2".to_owned()], 2), "{:?}", heard.messages);
    assert!(heard.says("1 new, 1 changed, 2 fetched"), "{:?}", heard.messages);
}

#[test]
fn entries_themselves_are_read_where_that_is_asked_for() {
    let web = Web::new(|question| site(question, &feed(2).replace("<guid>", "<description>The ministers met.</description><guid>")));
    let (here, mut heard) = (folder(), Heard::default());
    let more = format!("{FEED}take = \"entries\"\n");
    round(here.path(), &more, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert_eq!(heard.documents, ["http://news.test/0 2024-05-20", "http://news.test/1 2024-05-20"]);
    assert_eq!(web.asked(), ["/rss"]);
}

#[test]
fn robots_are_heeded() {
    for (robots, rss, pages, words) in [
        (whole("text/plain", "User-agent: *\nDisallow: /1\n"), true, vec!["/0", "/2"], "/1: its robots.txt forbids it"),
        (whole("text/plain", "User-agent: chancery\nDisallow: /\n"), false, vec![], "/rss: its robots.txt forbids it"),
        (status("500 Oh", ""), false, vec![], "its robots.txt cannot be had"),
        (status("403 No", ""), true, vec!["/0", "/1", "/2"], "3 new, 3 fetched"),
        (status("302 Found", "Location: /robots.txt\r\n"), true, vec!["/0", "/1", "/2"], "3 new, 3 fetched"),
    ] {
        let robots = std::sync::Mutex::new(robots);
        let web = Web::new(move |question| match (question.path.as_str(), &*robots.lock().expect("one")) {
            ("/robots.txt", Reply::Whole(status, fields, body)) => Reply::Whole(status, fields.clone(), body.clone()),
            _ => site(question, &feed(3)),
        });
        let (here, mut heard) = (folder(), Heard::default());
        round(here.path(), FEED, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
        let expected: Vec<&str> = rss.then_some("/rss").into_iter().chain(pages).collect();
        assert_eq!(web.asked(), expected, "{words}");
        assert!(heard.says(words), "{words}: {:?}", heard.messages);
    }
}

/// What a feed answers, and what is told of it.
fn misbehaviour(path: &str) -> (Reply, &'static str) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {RSS}\r\n");
    let long = Duration::from_secs(5);
    match path {
        "/slow-head" => (Reply::Slow(b"HTTP/1.1 200 OK\r\nContent-".to_vec(), long), "no answer in time"),
        "/silent" => (Reply::Slow(Vec::new(), long), "no answer in time"),
        "/slow-body" => (Reply::Slow(format!("{head}Content-Length: 500\r\n\r\n<rss>").into_bytes(), long), "no answer in time"),
        "/endless" => (Reply::Endless(format!("{head}\r\n<rss>").into_bytes()), "larger than 200000 bytes"),
        "/endless-head" => (Reply::Endless(b"HTTP/1.1 200 OK\r\nA: ".to_vec()), ""),
        "/huge" => (Reply::Raw(format!("{head}Content-Length: 99999999999\r\n\r\n").into_bytes()), "larger than 200000 bytes"),
        "/bomb" => {
            let fields = format!("Content-Type: {RSS}\r\nContent-Encoding: gzip\r\n");
            static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![b' '; 40 << 20]));
            (Reply::Whole("200 OK", fields, BOMB.clone()), "larger than")
        }
        "/loop" => (status("302 Found", "Location: /loop\r\n"), "more than 5 redirects"),
        "/private" => (status("301 Moved", "Location: http://10.0.0.1/\r\n"), "10.0.0.1 (a private network)"),
        "/metadata" => (status("307 Moved", "Location: http://169.254.169.254/latest\r\n"), "169.254.169.254"),
        "/mapped" => (status("302 Found", "Location: http://[::ffff:192.168.0.1]/\r\n"), "private network"),
        "/file" => (status("302 Found", "Location: file:///etc/passwd\r\n"), "file: addresses are not asked"),
        "/type" => (whole("image/png", "PNG"), "its type is image/png"),
        "/length" => (Reply::Raw(format!("{head}Content-Length: 5000\r\n\r\n<rss></rss>").into_bytes()), ""),
        "/cut" => (Reply::Raw(format!("{head}Transfer-Encoding: chunked\r\n\r\nff\r\n<rss>").into_bytes()), ""),
        "/nothing" => (Reply::Raw(Vec::new()), ""),
        "/rubbish" => (Reply::Raw(b"\x16\x03\x01 what\r\n\r\n".to_vec()), ""),
        "/damaged" => (whole(RSS, "<rss><channel><item><title>T"), "damaged"),
        "/page" => {
            let head = "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href=/real.rss></head>";
            (whole("text/html", head), "the feed that it names is http://news.test/real.rss: write that into FEEDS.toml")
        }
        "/gone" => (status("410 Gone", ""), "gone for good (410)"),
        "/missing" => (status("404 Not Found", ""), "answered with status 404; asked again at"),
        "/broken" => (status("500 Oh", ""), "answered with status 500; asked again at"),
        _ => (status("404 Not Found", ""), ""),
    }
}

#[test]
fn whatever_a_server_does_is_told_and_costs_nobody_else() {
    let paths = [
        "/slow-head",
        "/silent",
        "/slow-body",
        "/endless",
        "/endless-head",
        "/huge",
        "/bomb",
        "/loop",
        "/private",
        "/metadata",
        "/mapped",
        "/file",
        "/type",
        "/length",
        "/cut",
        "/nothing",
        "/rubbish",
        "/damaged",
        "/page",
        "/gone",
        "/missing",
        "/broken",
    ];
    let web = Web::new(|question| match question.host.as_str() {
        "good.test" => site(question, &feed(1).replace("news.test", "good.test")),
        _ => misbehaviour(&question.path).0,
    });
    misbehaviour("/bomb");
    let bad: String = paths.iter().map(|path| format!("[[feed]]\nurl = \"http://news.test{path}\"\n")).collect();
    let more = format!("{bad}[[feed]]\nurl = \"http://good.test/rss\"\n");
    let (here, mut heard) = (folder(), Heard::default());
    let sum = round(here.path(), &more, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    for path in paths {
        let words = misbehaviour(path).1;
        let told = heard.messages.iter().any(|message| message.contains(&format!("news.test{path}")) && message.contains(words));
        assert!(told, "{path}: {words}: {:?}", heard.messages);
    }
    assert_eq!(sum.failed, paths.len(), "{:?}", heard.messages);
    assert!(heard.says("http://good.test/rss: 1 new, 1 fetched"), "{:?}", heard.messages);
    // those that failed wait, the one that is gone is not asked again
    web.asked();
    round(here.path(), &more, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert_eq!(web.asked().iter().filter(|path| *path != "/rss" && *path != "/0").count(), 0);
}

#[test]
fn pages_that_misbehave_are_tried_again_or_given_up() {
    let web = Web::new(|question| match question.path.as_str() {
        "/0" => status("404 Not Found", ""),
        "/1" => status("503 Busy", ""),
        "/2" => whole("application/pdf", "%PDF-1.7"),
        "/3" => status("302 Found", "Location: http://elsewhere.test/three\r\n"),
        _ => site(question, &feed(4)),
    });
    let (here, mut heard) = (folder(), Heard::default());
    let sum = round(here.path(), FEED, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert_eq!((sum.pages, sum.failed, sum.waiting), (1, 3, 1), "{:?}", heard.messages);
    assert_eq!(heard.documents, ["http://elsewhere.test/three 2024-05-20"]);
    assert!(heard.says("/1: answered with status 503; tried again later"), "{:?}", heard.messages);
    web.asked();
    round(here.path(), FEED, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert_eq!(web.asked(), ["/rss"], "none is due again");
}

#[test]
fn a_host_that_asks_to_be_left_alone_is_left_alone() {
    let web = Web::new(|question| match question.path.as_str() {
        "/1" => status("429 Too Many Requests", "Retry-After: 3600\r\n"),
        _ => site(question, &feed(5)),
    });
    let (here, mut heard) = (folder(), Heard::default());
    let names = || Arc::new(Everything(web.address));
    let sum = round(here.path(), FEED, names(), None, &mut heard).expect("a round");
    assert_eq!((web.asked().len(), sum.pages, sum.waiting), (3, 1, 4), "{:?}", heard.messages);
    let sum = round(here.path(), FEED, names(), None, &mut heard).expect("a round");
    assert_eq!((web.asked().len(), sum.waiting), (0, 4), "{:?}", heard.messages);
}

#[test]
fn a_feed_that_moves_for_good_is_asked_at_its_new_address() {
    let web = Web::new(|question| match (question.host.as_str(), question.path.as_str()) {
        ("news.test", "/rss") => status("301 Moved Permanently", "Location: http://new.test/rss\r\n"),
        _ => site(question, &feed(1)),
    });
    let (here, mut heard) = (folder(), Heard::default());
    round(here.path(), FEED, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert!(heard.says("it has moved for good to http://new.test/rss"), "{:?}", heard.messages);
    web.asked();
    round(here.path(), FEED, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert!(!web.fields().iter().any(|fields| fields.contains("host: news.test")));
}

/// Names that lead elsewhere the second time.
#[derive(Debug)]
struct Rebound(SocketAddr, AtomicUsize);

impl Names for Rebound {
    fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let asked = self.1.fetch_add(1, Ordering::Relaxed);
        Ok(vec![if asked == 0 { self.0 } else { "10.0.0.1:80".parse().map_err(io::Error::other)? }])
    }
}

#[test]
fn a_name_is_looked_up_once_a_question_and_its_address_is_the_one_that_is_asked() {
    let web = Web::new(|question| site(question, &feed(1)));
    let names = Arc::new(Rebound(web.address, AtomicUsize::new(0)));
    let (here, mut heard) = (folder(), Heard::default());
    round(here.path(), FEED, names.clone(), None, &mut heard).expect("a round");
    // robots.txt was asked where the name led first; the feed is not asked where it leads then
    assert_eq!(names.1.load(Ordering::Relaxed), 2);
    assert_eq!(web.fields().len(), 1);
    assert!(heard.says("10.0.0.1 (a private network)"), "{:?}", heard.messages);
}

#[test]
fn nothing_on_this_machine_is_asked_unless_it_is_allowed() {
    let web = Web::new(|question| site(question, &feed(1)));
    let (here, mut heard) = (folder(), Heard::default());
    let more = format!("{FEED}[network]\n");
    round(here.path(), &more, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
    assert!(web.fields().is_empty(), "{:?}", heard.messages);
    assert!(heard.says("127.0.0.1 (this machine)"), "{:?}", heard.messages);
}

#[test]
fn servers_have_to_prove_who_they_are() {
    let ca_key = KeyPair::generate().expect("a key");
    let mut ca = CertificateParams::new(Vec::<String>::new()).expect("a certificate");
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_pem = ca.self_signed(&ca_key).expect("a certificate").pem();
    let issuer = Issuer::new(ca, ca_key);
    for (name, years, signed, words) in [
        ("news.test", (2020, 2090), true, ""),
        ("news.test", (2020, 2090), false, "certificate or encryption is wrong"),
        ("news.test", (2001, 2002), true, "certificate or encryption is wrong"),
        ("other.test", (2020, 2090), true, "certificate or encryption is wrong"),
    ] {
        let key = KeyPair::generate().expect("a key");
        let mut own = CertificateParams::new(vec![name.to_owned()]).expect("a certificate");
        (own.not_before, own.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
        let certificate = if signed { own.signed_by(&key, &issuer) } else { own.self_signed(&key) }.expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let robots = |question: &Question| site(question, &feed(0));
        let web = Web::encrypted(certificate.der().clone(), key, robots);
        let (here, mut heard) = (folder(), Heard::default());
        std::fs::write(here.path().join("ca.pem"), &ca_pem).expect("a file");
        let more = "[[feed]]\nurl = \"https://news.test/rss\"\n[network]\nallow = [\"127.0.0.0/8\"]\ncertificates = \"ca.pem\"\n";
        let sum = round(here.path(), more, Arc::new(Everything(web.address)), None, &mut heard).expect("a round");
        let good = words.is_empty();
        assert_eq!((sum.failed == 0, web.fields().is_empty()), (good, !good), "{name} {years:?} {signed}: {:?}", heard.messages);
        assert!(good || heard.says(words), "{:?}", heard.messages);
    }
}

#[test]
fn ten_thousand_entries_are_fetched_bit_by_bit_and_addresses_of_other_kinds_never() {
    let web = Web::new(|question| {
        let bad =
            "<item><title>A</title><link>javascript:alert(1)</link></item><item><title>B</title><link>file:///etc/passwd</link></item>";
        site(question, &feed(10_000).replace("</channel>", &format!("{bad}</channel>")))
    });
    let (here, mut heard) = (folder(), Heard::default());
    let sum = round_large(here.path(), &web, Some(3), &mut heard);
    assert_eq!((sum.0, sum.1), (3, 9_997), "{:?}", heard.messages);
    assert!(heard.says("2 without an address that is asked"), "{:?}", heard.messages);
    let sum = round_large(here.path(), &web, Some(2), &mut heard);
    assert_eq!(sum, (2, 9_995));
    let mut asked: Vec<String> = web.asked().into_iter().filter(|path| path != "/rss").collect();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), 5);
}

/// The same where answers may be larger.
fn round_large(folder: &Path, web: &Web, limit: Option<usize>, heard: &mut Heard) -> (usize, usize) {
    let mut settings = web::settings(folder, FEED);
    settings.max_bytes = 4_000_000;
    let mut watch = chancery_watch::Watch::open(&folder.join("feeds.toml"), settings, Arc::new(Everything(web.address))).expect("feeds");
    let asked = chancery_watch::Asked { limit, all: true };
    let sum = watch.round(&asked, &AtomicBool::new(false), heard).expect("a round");
    (sum.pages, sum.waiting)
}

#[test]
fn what_was_fetched_is_taken_in_after_a_fall_and_not_fetched_again() {
    let web = Web::new(|question| site(question, &feed(3)));
    let names = || Arc::new(Everything(web.address));
    let (here, mut heard) = (folder(), Heard { deaf: true, ..Heard::default() });
    // the process ends between the fetch and the state
    let error = round(here.path(), FEED, names(), None, &mut heard).expect_err("it falls");
    assert_eq!(error, "no room");
    assert_eq!(web.asked(), ["/rss", "/0", "/1", "/2"]);
    // the last record was not written whole
    let lot = std::fs::read_dir(here.path().join("feeds.kept/pages")).expect("a folder").next().expect("a lot").expect("a lot").path();
    let bytes = std::fs::read(&lot).expect("a file");
    std::fs::write(&lot, &bytes[..bytes.len() - 9]).expect("a file");
    heard.deaf = false;
    round(here.path(), FEED, names(), None, &mut heard).expect("a round");
    assert_eq!(web.asked(), ["/rss", "/2"], "{:?}", heard.messages);
    heard.documents.sort();
    assert_eq!(heard.documents, ["http://news.test/0 2024-05-20", "http://news.test/1 2024-05-20", "http://news.test/2 2024-05-20"]);
    let before = heard.documents.len();
    round(here.path(), FEED, names(), None, &mut heard).expect("a round");
    assert_eq!((web.asked(), heard.documents.len()), (vec!["/rss".to_owned()], before));
}

#[test]
fn a_stop_ends_the_round_after_what_is_in_hand_and_two_do_not_watch_at_once() {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    let web = Web::new(move |question| {
        flag.fetch_or(question.path == "/1", Ordering::Relaxed);
        site(question, &feed(5))
    });
    let (here, mut heard) = (folder(), Heard::default());
    let path = here.path().join("feeds.toml");
    let names = || Arc::new(Everything(web.address));
    let mut watch = chancery_watch::Watch::open(&path, web::settings(here.path(), FEED), names()).expect("feeds");
    let Err(other) = chancery_watch::Watch::open(&path, web::settings(here.path(), FEED), names()) else { panic!("two watch") };
    assert!(other.contains("another process watches these feeds"), "{other}");
    let sum = watch.round(&chancery_watch::Asked::default(), &stop, &mut heard).expect("a round");
    assert!(sum.stopped && sum.pages == 2, "{sum:?}");
    assert_eq!(heard.documents.len(), 2);
    drop(watch);
    web.asked();
    round(here.path(), FEED, names(), None, &mut heard).expect("a round");
    assert_eq!(web.asked().iter().filter(|path| *path == "/0" || *path == "/1").count(), 0);
    assert_eq!(heard.documents.len(), 5, "{:?}", heard.messages);
}
