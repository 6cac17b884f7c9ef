//! Records: fields by any name, tables as text, Parquet.
//!
//! In: records made here. Out: nothing. Never: a dump of anybody else.

use super::archives::gzip;
use super::*;
use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;

#[test]
fn usual_dumps_are_understood_and_a_fetch_is_no_publication() {
    for (record, date, title) in [
        (r#"{"text":"T","dump":"CC-1","url":"https://a.example/1","date":"2024-05-20T00:00:00Z","language":"en"}"#, None, None),
        (r#"{"text":"T","timestamp":"2024-05-20T00:00:00Z","url":"https://a.example/1"}"#, None, None),
        (
            r#"{"maintext":"T","date_publish":"2023-02-28 10:00:00","date_download":"2024-05-20 00:00:00","title":"H","url":"https://a.example/1"}"#,
            Some("2023-02-28"),
            Some("H"),
        ),
        (
            r#"{"raw_text":"T","text":"<T>","fingerprint":"f","hostname":"a.example","date":"2023-02-28","filedate":"2024-05-20","source":"https://a.example/1","title":"H"}"#,
            Some("2023-02-28"),
            Some("H"),
        ),
        (
            r#"{"uri":"https://a.example/1","versioncreated":"2023-03-01T08:00:00+01:00","firstcreated":"2023-02-28T23:00:00+01:00","headline":"H","body_text":"T"}"#,
            Some("2023-02-28"),
            Some("H"),
        ),
        (
            r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"A"},{"headline":"H","articleBody":"T","datePublished":"2023-02-28","url":"https://a.example/1"}]}"#,
            Some("2023-02-28"),
            Some("H"),
        ),
        (
            r#"{"body":["T"],"headline":"H","pubDate":"Tue, 28 Feb 2023 23:00:00 -0800","link":"https://a.example/1"}"#,
            Some("2023-02-28"),
            Some("H"),
        ),
        (r#"{"content_html":"<p>T</p>","date_published":1677542400,"url":"https://a.example/1"}"#, Some("2023-02-28"), None),
    ] {
        let document = document("a.jsonl", record.as_bytes());
        assert_eq!(document.text.trim(), "T", "{record}");
        assert_eq!((day(&document).as_deref(), document.title.as_deref()), (date, title), "{record}");
        assert_eq!(document.url.as_deref(), Some("https://a.example/1"), "{record}");
    }
}

#[test]
fn the_user_may_say_which_field_is_what() {
    let map = |words: &[&str]| words.iter().map(|word| word.parse().expect("a map")).fold(FieldMap::default(), FieldMap::and);
    let record = br#"{"a":{"b":[{"c":"T"}]},"when":"2024-05-20","text":"other"}"#;
    let options = Options { map: map(&["text=a.b.c", "published=when"]), ..Options::default() };
    let items = read_bytes("a.jsonl", record, &options);
    assert!(matches!(&items[..], [Item::Read { document, .. }] if document.text == "T" && day(document).is_some()), "{items:?}");
    assert!("nothing".parse::<FieldMap>().is_err_and(|error| error.contains("fineweb")));
    assert!("colour=a".parse::<FieldMap>().is_err_and(|error| error.contains("published")));
    assert!(ReadyMap::all().len() > 5);
}

#[test]
fn tables_are_told_by_their_first_row() {
    let rows = "Title;Text;Date\n\"A; b\";\"First line\nsecond \"\"line\"\"\";28.02.2023\n;Short.;\n";
    for (name, table) in
        [("a.csv", rows.to_owned()), ("a", format!("\u{feff}{rows}")), ("a.txt", rows.replace("A; b", "A, b").replace(';', "\t"))]
    {
        let items = read_bytes(name, table.as_bytes(), &Options::default());
        let [Item::Read { source, document, .. }, Item::Read { document: short, .. }] = &items[..] else { panic!("{items:?}") };
        assert_eq!((source.as_str(), document.text.as_str()), (format!("{name}:row 2").as_str(), "First line\nsecond \"line\""));
        assert_eq!((day(document).as_deref(), short.text.as_str()), (Some("2023-02-28"), "Short."));
    }
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(rows.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(texts("a.csv", &utf16)[1], "Short.");
    assert_eq!(texts("a.csv.gz", &gzip(rows.as_bytes()))[1], "Short.");
    // news that begins with a list is no table
    assert_eq!(texts("a.txt", b"In this text, more, and more.\nNext.").len(), 1);
    assert!(texts("a.csv", b"one,two\n1,2\n")[0].contains("--map text=FIELD"));
    assert_eq!(texts("a.csv", b"title,text\n"), ["a.csv: empty"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_takes_no_more_than_the_cap() {
    let options = Options { caps: Caps::default().with(Cap::Bytes, 100 << 10), ..Options::default() };
    let table = format!("title,text\nA,B\nC,\"{}", "x".repeat(1 << 20));
    let items = read_bytes("a.csv", table.as_bytes(), &options);
    assert!(matches!(&items[..], [Item::Read { .. }, Item::Refused { reason, .. }] if reason.contains("--max-bytes")), "{items:?}");
}

pub fn parquet(rows: usize) -> Vec<u8> {
    let schema = parse_message_type("message m { required binary text (UTF8); required binary url (UTF8); required binary noise; }");
    let mut writer =
        SerializedFileWriter::new(Vec::new(), Arc::new(schema.expect("a schema")), Arc::new(WriterProperties::builder().build()))
            .expect("a writer");
    for group in 0..2 {
        let mut columns = writer.next_row_group().expect("a group");
        for column in ["text", "https://a.example/", "noise"] {
            let values: Vec<ByteArray> = (0..rows).map(|row| format!("{column}{group}{row}").into_bytes().into()).collect();
            let mut out = columns.next_column().expect("a column").expect("a column");
            out.typed::<ByteArrayType>().write_batch(&values, None, None).expect("values");
            out.close().expect("a column");
        }
        columns.close().expect("a group");
    }
    writer.into_inner().expect("a file")
}

#[test]
fn rows_of_parquet_are_documents() {
    let items = read_bytes("dump.parquet", &parquet(3), &Options::default());
    assert_eq!(items.len(), 6, "{items:?}");
    let Item::Read { source, document, .. } = &items[4] else { panic!("{items:?}") };
    assert_eq!((source.as_str(), document.text.as_str()), ("dump.parquet:row 5", "text11"));
    assert_eq!(document.url.as_deref(), Some("https://a.example/11"));
    let whole = parquet(3);
    assert!(texts("dump.parquet", &whole[..whole.len() - 3])[0].contains("damaged"));
    assert!(texts("dump.parquet", b"no such thing")[0].contains("damaged"));
}

#[test]
fn a_table_without_a_text_is_one_refusal() {
    let table = b"name,runs\nA,1\nB,2\n";
    let csv = Options { format: "csv".parse().ok(), ..Options::default() };
    let items = read_bytes("t.csv", table, &csv);
    assert!(matches!(&items[..], [Item::Refused { reason, .. }] if reason.contains("--map text=FIELD")), "{items:?}");
    let mapped = Options { map: "text=name".parse().expect("a map"), ..csv };
    assert_eq!(read_bytes("t.csv", table, &mapped).len(), 2);
}

#[test]
fn a_table_has_no_columns_without_end() {
    let wide = |columns: usize| format!("title,text{}\nT,They met.\n", ",a".repeat(columns - 2));
    assert_eq!(texts("t.csv", wide(10_000).as_bytes()), ["They met."]);
    assert_eq!(texts("t.csv", wide(10_001).as_bytes()), ["t.csv: a table of more than 10000 columns"]);
}
