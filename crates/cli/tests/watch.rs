//! `chancery watch` as a process.
//!
//! In: a site on this machine. Out: what the command prints and the record holds. Never: an address beyond this machine.

mod common;

use common::{lines, run, told};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PAGES: usize = 40;

/// How often each path was asked.
type Counts = Arc<Mutex<BTreeMap<String, usize>>>;

/// A site with a feed and its pages.
fn site() -> (SocketAddr, Counts) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let counts = Counts::default();
    let own = counts.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = BufReader::new(stream.try_clone().expect("a stream"));
            let mut line = String::new();
            head.read_line(&mut line).expect("a line");
            let path = line.split(' ').nth(1).unwrap_or("").to_owned();
            let rest: Vec<String> = head.lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let unchanged = rest.iter().any(|line| line.to_lowercase().starts_with("if-none-match"));
            *own.lock().expect("counts").entry(path.clone()).or_default() += 1;
            let entries: String = (0..PAGES)
                .map(|page| format!("<item><title>Talks {page}</title><link>/{page}</link><guid>g{page}</guid></item>"))
                .collect();
            let (status, media, body) = match path.as_str() {
                "/rss" if unchanged => ("304 Not Modified", "text/html", String::new()),
                "/rss" => ("200 OK", "application/rss+xml\r\nETag: \"1\"", format!("<rss><channel>{entries}</channel></rss>")),
                "/robots.txt" => ("404 Not Found", "text/plain", String::new()),
                path => {
                    let day = path[1..].parse::<usize>().unwrap_or(0) % 28 + 1;
                    let sentence =
                        format!("French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on {day} May 2024.");
                    ("200 OK", "text/html", format!("<html><body><article><p>{sentence}</p></article></body></html>"))
                }
            };
            _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    (address, counts)
}

fn feeds(folder: &Path, address: SocketAddr, pace: &str) {
    let text = format!(
        "contact = \"desk@paper.test\"\npace = \"{pace}\"\n[network]\nallow = [\"127.0.0.0/8\"]\n[[feed]]\nurl = \"http://{address}/rss\"\nname = \"The Paper\"\n"
    );
    std::fs::write(folder.join("feeds.toml"), text).expect("a file");
}

fn documents(folder: &Path) -> usize {
    let (_, out, err) = told(&run(&["ledger", "--all", "--json"], folder, b""));
    assert!(!out.is_empty(), "{err}");
    lines(&out).iter().filter(|row| row["outcome"] == "read").count()
}

#[test]
fn a_round_reads_what_is_new_into_the_record() {
    let here = tempfile::tempdir().expect("a folder");
    let (address, counts) = site();
    feeds(here.path(), address, "0s");
    let (status, out, err) = told(&run(&["watch", "--dry-run", "feeds.toml"], here.path(), b""));
    assert_eq!((status, out.as_str()), (0, "The Paper: was never asked\n"), "{err}");
    assert!(counts.lock().expect("counts").is_empty());
    let (status, _, err) = told(&run(&["watch", "--once", "--limit", "3", "feeds.toml"], here.path(), b""));
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("The Paper: 40 new, 3 fetched, 37 waiting"), "{err}");
    assert!(err.contains("3 items: 3 new"), "{err}");
    let (status, out, err) = told(&run(&["contacts", "--json"], here.path(), b""));
    assert_eq!((status, out.lines().count()), (0, 3), "{err}");
    let (status, _, err) = told(&run(&["watch", "--once", "feeds.toml"], here.path(), b""));
    assert_eq!((status, documents(here.path())), (0, PAGES), "{err}");
    let (_, _, err) = told(&run(&["watch", "--once", "feeds.toml"], here.path(), b""));
    assert!(err.contains("The Paper: unchanged"), "{err}");
    let counts = counts.lock().expect("counts").clone();
    assert!(counts.iter().all(|(path, count)| *count == if path == "/rss" { 3 } else { 1 }), "{counts:?}");
    // what was kept is a crawl like any other
    let (status, _, err) = told(&run(&["ingest", "feeds.kept/pages"], here.path(), b""));
    assert!(status == 0 && err.contains("40 unchanged"), "{err}");
}

#[test]
fn feeds_of_another_reader_are_taken_over_and_faults_are_told() {
    let here = tempfile::tempdir().expect("a folder");
    let opml =
        "<opml><body><outline text=\"A\" xmlUrl=\"https://a.example/rss\"/><outline xmlUrl=\"https://b.example/rss\"/></body></opml>";
    std::fs::write(here.path().join("s.opml"), opml).expect("a file");
    let (status, _, err) = told(&run(&["watch", "--import", "s.opml", "feeds.toml"], here.path(), b""));
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("2 of 2 feeds are new in feeds.toml"), "{err}");
    let (_, _, err) = told(&run(&["watch", "--import", "s.opml", "feeds.toml"], here.path(), b""));
    assert!(err.contains("0 of 2 feeds are new"), "{err}");
    let (status, _, err) = told(&run(&["watch", "--once", "feeds.toml"], here.path(), b""));
    assert!(status == 1 && err.contains("`contact` is to be an address"), "{err}");
    let (status, _, err) = told(&run(&["watch", "--once", "none.toml"], here.path(), b""));
    assert!(status == 1 && err.contains("none.toml"), "{err}");
}

#[test]
fn a_watch_that_is_killed_loses_nothing_and_fetches_nothing_twice() {
    let here = tempfile::tempdir().expect("a folder");
    let (address, counts) = site();
    feeds(here.path(), address, "20ms");
    let kills = 5;
    for kill in 0..kills {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(["watch", "feeds.toml"])
            .current_dir(here.path())
            .env("CHANCERY_REFERENCE", here.path().join("facts"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        std::thread::sleep(Duration::from_millis(250 + 60 * kill));
        child.kill().expect("a kill");
        child.wait().expect("an end");
    }
    let (status, _, err) = told(&run(&["watch", "--once", "feeds.toml"], here.path(), b""));
    assert_eq!((status, documents(here.path())), (0, PAGES), "{err}");
    let counts = counts.lock().expect("counts").clone();
    // one question may be under way when the process is killed
    let twice =
        counts.iter().filter(|(path, _)| !matches!(path.as_str(), "/rss" | "/robots.txt")).map(|(_, count)| count - 1).sum::<usize>();
    assert!(twice <= kills as usize, "{counts:?}");
}
