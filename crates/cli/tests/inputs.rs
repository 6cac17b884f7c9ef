//! Everything that news arrives in, as a user reads it: real processes, their output and exit status.
//!
//! In: small files of every format, good and malformed, made here. Out: what the command prints. Never: a file of anybody else.

mod common;

use common::{lines, run, told};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const NEWS: &str = "The foreign ministers of both states met in Vienna on Monday.";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

fn parquet(rows: usize) -> Vec<u8> {
    let schema = Arc::new(parse_message_type("message m { required binary text (UTF8); }").expect("a schema"));
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::builder().build())).expect("a writer");
    let mut columns = writer.next_row_group().expect("a group");
    let values: Vec<ByteArray> = (0..rows).map(|_| NEWS.as_bytes().to_vec().into()).collect();
    let mut out = columns.next_column().expect("a column").expect("a column");
    out.typed::<ByteArrayType>().write_batch(&values, None, None).expect("values");
    out.close().expect("a column");
    columns.close().expect("a group");
    writer.into_inner().expect("a file")
}

fn warc() -> Vec<u8> {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>{NEWS}</p></article></body></html>");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    )
    .into_bytes()
}

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

/// A good file of every format, each with one news item, under names that say nothing.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("text", NEWS.into()),
        ("markdown", format!("---\ntitle: T\n---\n{NEWS}").into()),
        ("html", format!("<!doctype html><html><body><article><p>{NEWS}</p></article></body></html>").into()),
        ("jsonl", format!("{{\"text\":\"{NEWS}\"}}\n").into()),
        ("csv", format!("title,text\nT,\"{NEWS}\"\n").into()),
        ("feed", format!("<rss><channel><item><title>T</title><description>{NEWS}</description></item></channel></rss>").into()),
        ("mail", format!("Received: x\r\nFrom: a@a.example\r\nSubject: T\r\nMIME-Version: 1.0\r\n\r\n{NEWS}\r\n").into()),
        ("warc", warc()),
        ("parquet", parquet(1)),
        ("gzip", gzip(NEWS.as_bytes())),
    ]
}

#[test]
fn every_format_is_known_by_its_content_from_files_and_from_pipes() {
    for (format, bytes) in good() {
        // the ending is that of something else
        let here = folder(&[("news.txt", bytes.clone())]);
        for (arguments, input) in
            [(&["text", "news.txt"][..], &b""[..]), (&["text", "-"], &bytes), (&["text", "--as", format, "-"], &bytes)]
        {
            let (status, out, err) = told(&run(arguments, here.path(), input));
            assert_eq!((status, out.trim()), (0, NEWS), "{format} {arguments:?}: {err}");
        }
    }
}

#[test]
fn an_item_is_named_so_that_a_person_finds_it_and_refusals_end_in_three() {
    let here = folder(&[
        ("crawl.warc.gz", [gzip(&warc()), gzip(&warc())].concat()),
        ("dump.parquet", parquet(2)),
        ("bad.parquet", b"PAR1 and no more".to_vec()),
        ("cut.txt.gz", gzip(NEWS.as_bytes())[..20].to_vec()),
        ("empty.gz", gzip(b"")),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0".to_vec()),
    ]);
    let (status, out, err) = told(&run(&["read", "--dry-run", "--json", "crawl.warc.gz", "dump.parquet"], here.path(), b""));
    let sources: Vec<String> = lines(&out).iter().map(|line| line["source"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(sources, ["crawl.warc.gz:record 1", "crawl.warc.gz:record 2", "dump.parquet:row 1", "dump.parquet:row 2"]);
    assert_eq!(status, 0, "{err}");
    for (file, status, words) in [
        ("bad.parquet", 3, "damaged"),
        ("cut.txt.gz", 3, "damaged"),
        ("empty.gz", 0, "empty.gz: empty"),
        ("picture.txt", 3, "a PNG image"),
        ("missing.txt", 3, "no such file"),
    ] {
        let (code, _, err) = told(&run(&["read", "--json", file], here.path(), b""));
        assert_eq!(code, status, "{file}: {err}");
        assert!(err.contains(words), "{file}: {err}");
    }
    // in a folder the picture is passed over
    let (_, _, err) = told(&run(&["read", "--dry-run", "."], here.path(), b""));
    assert!(err.contains("1 items were passed over") && err.contains("a PNG image"), "{err}");
    for (arguments, words) in
        [(&["--cap", "size=3"][..], "unknown cap"), (&["--map", "a"], "ready map"), (&["--as", "pdf"], "expected one of")]
    {
        let all: Vec<&str> = ["read", "dump.parquet"].into_iter().chain(arguments.iter().copied()).collect();
        let (code, _, err) = told(&run(&all, here.path(), b""));
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(words), "{arguments:?}: {err}");
    }
}

#[test]
fn columns_of_any_name_are_read_where_one_option_says_what_they_are() {
    let here = folder(&[("own.csv", format!("adr;leib;tag\nhttps://a.example/6;\"{NEWS}\";07.05.2024\n").into())]);
    for maps in [&["--map", "text=leib,url=adr,published=tag"][..], &["--map", "text=leib", "--map", "url=adr", "--map", "published=tag"]] {
        let all: Vec<&str> = ["read", "--json", "own.csv"].into_iter().chain(maps.iter().copied()).collect();
        let (code, out, err) = told(&run(&all, here.path(), b""));
        assert_eq!(code, 0, "{maps:?}: {err}");
        let document = &lines(&out)[0]["document"];
        assert_eq!(
            (document["url"].as_str(), document["published"].as_str()),
            (Some("https://a.example/6"), Some("2024-05-07")),
            "{maps:?}"
        );
    }
    let (code, _, err) = told(&run(&["read", "own.csv"], here.path(), b""));
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("--map text=FIELD"), "{err}");
}

#[test]
fn texts_can_be_read_again_and_a_run_in_parts() {
    let here = folder(&[("dump.parquet", parquet(5)), ("crawl.warc", warc())]);
    let (_, out, _) = told(&run(&["text", "--json", "crawl.warc"], here.path(), b""));
    let record = &lines(&out)[0];
    assert_eq!((record["url"].as_str(), record["text"].as_str().map(str::trim)), (Some("https://a.example/1"), Some(NEWS)));
    assert_eq!(told(&run(&["text", "-"], here.path(), out.as_bytes())).1.trim(), NEWS);
    let (status, out, _) = told(&run(&["read", "--dry-run", "--json", "--skip", "1", "--limit", "2", "dump.parquet"], here.path(), b""));
    let sources: Vec<String> = lines(&out).iter().map(|line| line["source"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!((status, sources), (0, vec!["dump.parquet:row 2".to_owned(), "dump.parquet:row 3".to_owned()]));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_ends_after_the_item_in_hand_and_says_how_to_go_on() {
    let here = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["read", "--dry-run", "--json", "-"])
        .current_dir(here.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let records = format!("{{\"text\":\"{NEWS}\"}}\n").repeat(2000);
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(records.as_bytes()).expect("records are taken");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("it reads");
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal");
    assert!(stopped.success());
    std::thread::sleep(Duration::from_millis(300));
    let rest = std::thread::spawn(move || {
        // nobody may want it any more
        let _ = input.write_all(records.as_bytes());
    });
    let told = out.lines().map_while(Result::ok).count() + 1;
    rest.join().expect("an end");
    let output = child.wait_with_output().expect("an end");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains(&format!("--skip {told} goes on")), "{told}: {err}");
    assert!(told < 4000);
}

/// Numbers that are random enough and always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// A file cut, flipped, spliced, packed or repeated.
fn spoiled(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = seed.to_vec();
    for _ in 0..=dice.below(3) {
        let (at, to) = (dice.below(file.len()), dice.below(file.len()));
        match dice.below(6) {
            0 => file.truncate(at),
            1 if !file.is_empty() => file[at] = dice.below(256) as u8,
            2 => drop(file.splice(at.min(to)..at.max(to), other[dice.below(other.len())..].iter().copied())),
            3 => drop(file.splice(at..at, file[at.min(to)..at.max(to)].repeat(1 + dice.below(50)))),
            4 => drop(file.splice(at..at, [0xFF; 8])),
            _ if dice.below(4) == 0 => file = gzip(&file),
            _ => {}
        }
    }
    file
}

#[test]
fn malformed_files_of_every_format_are_read_or_refused_and_none_ends_the_run() {
    let times: usize = std::env::var("CHANCERY_MALFORMED").ok().and_then(|times| times.parse().ok()).unwrap_or(30);
    let (seeds, mut dice) = (good(), Dice(20_261_122));
    for (number, (format, seed)) in seeds.iter().enumerate() {
        let here = tempfile::tempdir().expect("a folder");
        for file in 0..times {
            let other = &seeds[dice.below(seeds.len())].1;
            let bytes = spoiled(seed, other, &mut dice);
            std::fs::write(here.path().join(format!("{file:04}.{format}")), bytes).expect("a file");
        }
        let began = Instant::now();
        let files: Vec<String> = (0..times).map(|file| format!("{file:04}.{format}")).collect();
        let arguments: Vec<&str> = ["read", "--dry-run", "--json"].into_iter().chain(files.iter().map(String::as_str)).collect();
        let (status, out, err) = told(&run(&arguments, here.path(), b""));
        assert!(matches!(status, 0 | 3), "{format}: {status}: {err}");
        assert!(began.elapsed() < Duration::from_secs(5 * times as u64), "{format}: {:?}", began.elapsed());
        assert!(!err.contains("a fault of the program"), "{format}: {err}");
        let told: Vec<String> = lines(&out).iter().map(|line| line["source"].as_str().unwrap_or("").to_owned()).collect();
        for file in &files {
            assert!(told.iter().any(|source| source.starts_with(file.as_str())), "{format} {number}: nothing is told of {file}");
        }
    }
}

#[test]
fn parquet_that_asks_for_absurd_amounts_is_refused_and_the_next_file_is_read() {
    let whole = parquet(100);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    // every length in the head of a page and in the footer, made huge
    for at in (4..whole.len() - 8).step_by(3) {
        let mut file = whole.clone();
        file[at..at + 5].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
        files.push((format!("{at:05}.parquet"), file));
    }
    files.push(("z.parquet".to_owned(), whole));
    let named: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let here = folder(&named);
    let (status, out, err) = told(&run(&["read", "--dry-run", "--json", "."], here.path(), b""));
    assert_eq!(status, 3, "{err}");
    let read = lines(&out).iter().filter(|line| line["source"].as_str().is_some_and(|source| source.starts_with("./z.parquet"))).count();
    assert_eq!(read, 100, "{err}");
}
