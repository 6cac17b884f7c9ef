//! Feeds, letters and saved pages.
//!
//! In: feeds and messages made here. Out: nothing. Never: one of anybody else.

use super::*;

#[test]
fn entries_of_feeds_are_documents() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="c" xmlns:media="m"><channel><title>The Paper</title><language>en</language>
<item><title>Talks &amp; more</title><link>https://a.example/1</link><guid>g1</guid><pubDate>Tue, 28 Feb 2023 23:30:00 -0500</pubDate>
<media:title>a picture</media:title><description>Short.</description><content:encoded><![CDATA[<p>The <b>whole</b> text.</p>]]></content:encoded></item>
<item><title>Only this</title><guid>https://a.example/2</guid></item>
<item><title>Summed up</title><description>&lt;p&gt;Short &amp;amp; clear.&lt;/p&gt;</description></item></channel></rss>"#;
    let items = read_bytes("f.xml", rss.as_bytes(), &Options::default());
    let [Item::Read { source, document, .. }, Item::Read { document: second, notes, .. }, Item::Read { document: third, .. }] = &items[..]
    else {
        panic!("{items:?}")
    };
    assert_eq!((source.as_str(), document.text.trim()), ("f.xml:item 1", "The whole text."));
    assert_eq!((document.title.as_deref(), document.site.as_deref()), (Some("Talks & more"), Some("The Paper")));
    assert_eq!((day(document).as_deref(), document.url.as_deref()), (Some("2023-02-28"), Some("https://a.example/1")));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!((second.text.as_str(), second.url.as_deref()), ("Only this", Some("https://a.example/2")));
    assert!(notes[0].contains("title"), "{notes:?}");
    assert_eq!(third.text.trim(), "Short & clear.");

    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="cs"><title>Noviny</title><updated>2024-01-01T00:00:00Z</updated>
<entry><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="edit" href="https://a.example/e"/><link href="https://a.example/3"/>
<published>2023-02-28T08:00:00+01:00</published><updated>2023-03-01T08:00:00+01:00</updated><author><name>N. N.</name></author>
<content type="xhtml"><div xmlns="x"><p>Uvnitř <i>textu</i>.</p></div></content></entry></feed>"#;
    let read = super::document("f.atom", atom.as_bytes());
    assert_eq!((read.text.trim(), read.url.as_deref()), ("Uvnitř textu.", Some("https://a.example/3")));
    assert_eq!((day(&read).as_deref(), read.language.as_deref()), (Some("2023-02-28"), Some("cs")));
    assert_eq!(read.authors, ["N. N."]);
}

#[test]
fn feeds_are_known_by_their_content_and_old_charsets_by_their_declaration() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"The Paper","items":[{"id":"1","url":"https://a.example/1","content_html":"<p>T</p>","date_published":"2023-02-28T08:00:00-05:00"},{"id":"2","content_text":"U"}]}"#;
    assert_eq!(texts("f.json", json.as_bytes()).iter().map(|text| text.trim().to_owned()).collect::<Vec<_>>(), ["T", "U"]);
    let rdf = "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><rdf:RDF xmlns:rdf=\"r\"><item><title>T</title><description>Jednání v Bruselu: ministři</description></item></rdf:RDF>";
    let (old, _, _) = encoding_rs::ISO_8859_2.encode(rdf);
    assert_eq!(texts("f", &old), ["Jednání v Bruselu: ministři"]);
    assert_eq!(texts("f.rss", b"<rss><channel></channel></rss>"), ["f.rss: empty"]);
}

#[test]
fn a_feed_opens_nothing_and_does_not_grow() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&x;</title></item></channel></rss>"#;
    let found = texts("f.rss", laughs.as_bytes());
    assert!(found.iter().all(|text| !text.contains("haha") && !text.contains("root:")), "{found:?}");
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    assert!(texts("f.rss", deep.as_bytes())[0].contains("--cap depth=N"));
    assert!(texts("f.rss", b"<rss><channel><item><title>T</title>")[0].contains("ends inside"));
}

#[test]
fn a_bad_entry_is_refused_alone_and_small_faults_are_read_over() {
    let rss = "<rss><channel><title>P</title><item><title>A & b</title></item><item><title>C</title><x:a><![CDATA[</x:a></item>\
        <item><b><title>D</title></item><item><title>E</channel></title></item></channel></rss>";
    let found = texts("f.rss", rss.as_bytes());
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].trim(), "A & b");
    assert!(found[1].contains("damaged"), "{found:?}");
    let found = texts("f.rss", rss.replace("<![CDATA[", "]]>").as_bytes());
    assert_eq!(found.iter().map(|text| text.trim()).collect::<Vec<_>>(), ["A & b", "C", "D", "E"]);
    let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"A"},7,{"id":"2","content_text":"B"}]}"#;
    let found = texts("f.json", json.as_bytes());
    assert_eq!((found[0].trim(), found[2].trim(), found.len()), ("A", "B", 3), "{found:?}");
}

#[test]
fn letters_and_saved_pages_are_read() {
    let letter = "Received: from a\r\nFrom: =?utf-8?q?Minist=C3=A8re?= <press@a.example>\r\nTo: b@b.example\r\nSubject: =?utf-8?b?UsOpdW5pb24=?=\r\nDate: Tue, 28 Feb 2023 23:30:00 -0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>As a page.</p>\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nR=E9union =E0 Paris.\r\n--x--\r\n";
    let read = document("a", letter.as_bytes());
    assert_eq!((read.text.trim(), read.title.as_deref()), ("Réunion à Paris.", Some("Réunion")));
    assert_eq!((day(&read).as_deref(), &read.authors[..]), (Some("2023-02-28"), &["Ministère".to_owned()][..]));
    let saved = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: Talks\r\nDate: Mon, 20 May 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"y\"\r\n\r\n--y\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/1\r\n\r\n<html><body><article><p>They met =C3=A0 Paris.</p></article></body></html>\r\n--y--\r\n";
    let read = document("a.mhtml", saved.as_bytes());
    assert_eq!((read.text.trim(), read.url.as_deref()), ("They met à Paris.", Some("https://a.example/1")));
    assert_eq!(read.published, None);
    // a read-out that names its sender is no letter
    assert_eq!(
        document("a.txt", b"From: the ministry\nSubject: talks\n\nThey met.").text,
        "From: the ministry\nSubject: talks\n\nThey met."
    );
}

#[test]
fn feeds_and_letters_have_an_end() {
    let feed = format!("<rss><channel>{}</channel></rss>", "<item><title>T</title></item>".repeat(5));
    let options = Options { caps: Caps::default().with(Cap::Entries, 3), ..Options::default() };
    let items = read_bytes("f.rss", feed.as_bytes(), &options);
    assert!(items.len() == 4 && matches!(&items[3], Item::Refused { reason, .. } if reason.contains("--cap entries=N")), "{items:?}");
    let letter = |parts: usize| {
        let head =
            "Received: x\r\nFrom: a@a.example\r\nSubject: T\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
        format!("{head}{}", "--b\r\nContent-Type: text/plain\r\n\r\nThey met.\r\n".repeat(parts))
    };
    assert_eq!(texts("l.eml", letter(10_000).as_bytes())[0].trim(), "They met.");
    assert_eq!(texts("l.eml", letter(10_001).as_bytes()), ["l.eml: a letter of more than 10000 parts"]);
    let listed = |count: usize| {
        let list: String = (0..count).map(|number| format!(" a*{number}=b;\r\n")).collect();
        format!("From: a@a.example\r\nMIME-Version: 1.0\r\nSubject: T\r\nContent-Type: text/plain;\r\n{list}\r\nThey met.\r\n")
    };
    assert_eq!(texts("l.eml", listed(10_000).as_bytes()), ["l.eml: a letter with a field of more than 65536 bytes"]);
    assert!(texts("l.eml", listed(1_000).as_bytes())[0].starts_with("They met."));
    let headed = |count: usize| format!("From: a@a.example\r\nMIME-Version: 1.0\r\n{}\r\nThey met.\r\n", "X-Hop: again\r\n".repeat(count));
    assert_eq!(texts("l.eml", headed(400_000).as_bytes()), ["l.eml: a letter with a head of more than 4194304 bytes"]);
    // lines of a text are no head, however many have a colon
    assert!(
        texts("l.eml", format!("{}{}", headed(1), "Note: they met again.\r\n\r\n".repeat(200_000)).as_bytes())[0].starts_with("They met.")
    );
}
