//! Fifty who look and eight who judge at the same time, asking the running command over its socket.
//!
//! In: requests from many threads; `$CHANCERY_LOAD` times as many where it is set, over the record in `$CHANCERY_LOAD_RECORD` where that
//! is set. Out: how long they took. Never: an answer that is an error, a judgement that is lost.

use chancery::record::Store;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const READERS: usize = 50;
const WRITERS: usize = 8;
/// Pages that each reader asks for, and judgements of each writer, at the least.
const LOOKED: usize = 6;
const JUDGED: usize = 3;

const PAGES: [&str; 16] = [
    "/",
    "/contacts",
    "/contacts?state=KZ",
    "/contacts.csv?state=CZ",
    "/calendar",
    "/map?status=held",
    "/network",
    "/pair/CZ/KZ",
    "/state/RO",
    "/commitments",
    "/documents",
    "/search?q=Pavel",
    "/review",
    "/review/log",
    "/api/v1/entries?limit=5",
    "/api/v1/changes?since=0&limit=5",
];

/// The command, which ends with the test.
struct Served(Child, String);

impl Drop for Served {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

impl Served {
    fn of(record: &std::path::Path) -> Served {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--record"]).arg(record).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command");
        let mut told = BufReader::new(child.stderr.take().expect("messages")).lines().map_while(Result::ok);
        let address = told.find_map(|line| line.split("http://").nth(1)?.split('/').next().map(str::to_owned)).expect("an address");
        Served(child, address)
    }

    /// Status and body of an answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.1).expect("a connection");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{kind}\r\nContent-Length: {}\r\n\r\n",
            self.1,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{path}: {answer:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, body.to_owned())
    }

    fn get(&self, path: &str) -> String {
        let (status, body) = self.ask("GET", path, "");
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

/// The value of a hidden field of a form.
fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap_or("")
}

/// Milliseconds within which that part of the requests was answered.
fn within(times: &mut [Duration], part: f64) -> u128 {
    times.sort_unstable();
    let at = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(0, Duration::as_millis)
}

fn timed(asked: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    asked();
    start.elapsed()
}

#[test]
fn nobody_is_turned_away_and_no_judgement_is_lost() {
    let times = std::env::var("CHANCERY_LOAD").map_or(1, |times| times.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let given = std::env::var_os("CHANCERY_LOAD_RECORD").map(PathBuf::from);
    let record = given.clone().unwrap_or_else(|| folder.path().join("demo.db"));
    if given.is_none() {
        let demo = Command::new(env!("CARGO_BIN_EXE_chancery")).arg("demo").arg("--record").arg(&record).stdout(Stdio::null()).status();
        assert!(demo.expect("the command").success());
    }
    let judged_before = Store::open(&record).and_then(|store| store.log()).expect("the record").len();
    let served = Served::of(&record);
    let found: serde_json::Value = serde_json::from_str(&served.get("/api/v1/entries?limit=100")).expect("JSON");
    let ids: Vec<&str> = found["entries"].as_array().expect("entries").iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert!(ids.len() >= WRITERS * JUDGED, "{} entries", ids.len());
    let (mut looking, mut judging): (Vec<Duration>, Vec<Duration>) = std::thread::scope(|scope| {
        let reader = |reader: usize| {
            let served = &served;
            scope.spawn(move || {
                let look = |step: usize| timed(&mut || drop(served.get(PAGES[(reader + step) % PAGES.len()])));
                (0..LOOKED * times).map(look).collect::<Vec<_>>()
            })
        };
        let writer = |writer: usize| {
            let (served, ids) = (&served, &ids);
            scope.spawn(move || {
                let judge = |step: usize| {
                    // entries of its own, so that nobody is asked to look again because of another
                    let id = ids[(writer + step * WRITERS) % (ids.len() / WRITERS * WRITERS)];
                    timed(&mut || {
                        let page = served.get(&format!("/entry/{id}"));
                        let form = format!("token={}&id={id}&decision=unsure&author=Writer+{writer}&reason={step}", hidden(&page, "token"));
                        let (status, body) = served.ask("POST", "/judge", &form);
                        assert_eq!(status, 303, "{body}");
                    })
                };
                (0..JUDGED * times).map(judge).collect::<Vec<_>>()
            })
        };
        let (readers, writers): (Vec<_>, Vec<_>) = ((0..READERS).map(reader).collect(), (0..WRITERS).map(writer).collect());
        let all = |threads: Vec<std::thread::ScopedJoinHandle<'_, Vec<Duration>>>| {
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))).collect()
        };
        (all(readers), all(writers))
    });
    assert_eq!((looking.len(), judging.len()), (READERS * LOOKED * times, WRITERS * JUDGED * times));
    println!(
        "{} pages: half within {} ms, 95 of 100 within {} ms; {} judgements: half within {} ms, 95 of 100 within {} ms",
        looking.len(),
        within(&mut looking, 0.5),
        within(&mut looking, 0.95),
        judging.len(),
        within(&mut judging, 0.5),
        within(&mut judging, 0.95)
    );
    drop(served);
    // reading the log verifies its chain
    let mut store = Store::open(&record).expect("the record");
    assert_eq!(store.log().expect("a whole chain").len(), judged_before + WRITERS * JUDGED * times);
    store.check().expect("whole");
    if given.is_none() {
        let library = chancery::Library::built_in().expect("what is built in");
        store.derive(&|code| library.name_of(code), &library).expect("derived");
        assert_eq!(store.count(&chancery::record::Filter::default()).expect("counted"), found["total"].as_u64().unwrap_or(0) as usize);
    }
}
