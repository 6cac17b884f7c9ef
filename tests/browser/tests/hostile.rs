//! Strings that were made to break pages: as titles, ids, texts, quotations, addresses, search words, reasons of judgements.
//!
//! In: strings made here, and those of a public list in `$NAUGHTY`. Out: nothing. Never: a string that runs, or that breaks a page or a
//! file for another program.

use chancery_browser::{Browser, Pages, Script};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Makes a browser remember whatever ran and whatever the policy had to stop.
const WATCH: &str = r#"
    window.__ran = [];
    for (const name of ["alert", "confirm", "prompt", "print", "open", "eval"]) { window[name] = (...what) => { window.__ran.push(name + what) } }
    document.addEventListener("securitypolicyviolation", (event) => window.__ran.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"#;

/// What of a page is foreign: elements and attributes that the pages never have.
const FOREIGN: &str = r#"
    const foreign = (page) => {
        const wrong = [];
        if (page.querySelectorAll("script").length !== 1 || page.querySelectorAll("link[rel=stylesheet]").length !== 1) wrong.push("scripts or styles");
        for (const element of page.querySelectorAll("iframe, object, embed, applet, base, img, video, audio, marquee, math, style, meta[http-equiv], template, noscript, isindex, frameset, xss")) wrong.push(element.outerHTML.slice(0, 200));
        for (const element of page.querySelectorAll("*")) for (const {name, value} of element.attributes) {
            const leads = ["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data"].includes(name);
            if (name.startsWith("on") || name === "style" || leads && /^[\s\0-\x20]*(javascript|data|vbscript):/i.test(value)) wrong.push(`${element.tagName} ${name}=${value.slice(0, 100)}`);
        }
        return wrong;
    };
"#;

/// Ways of being let out of a text, an attribute, an element or a script.
const OUTS: [&str; 10] = ["", "\">", "'>", "</title>", "</textarea>", "--></style>", "]]>", "</script>", "`\"'><", "</bdi></p>"];
const EVENTS: [&str; 7] =
    ["onerror", "onload", "onfocus autofocus tabindex=1 onfocusin", "onmouseover", "onanimationstart", "ontoggle", "onbegin"];
const ELEMENTS: [&str; 12] = [
    "img src=x",
    "svg",
    "body",
    "input",
    "video src=x",
    "details open",
    "iframe",
    "object data=x",
    "marquee",
    "math",
    "audio src=x",
    "a href=x",
];
/// Ways of writing the address of a script.
const SCHEMES: [&str; 8] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
];
const LEADING: [&str; 5] = [
    "<a href=\"{}\">x</a>",
    "<form action=\"{}\"><button>x</button></form>",
    "<iframe src=\"{}\">",
    "<object data=\"{}\">",
    "<svg><a xlink:href=\"{}\"><text>x</text></a>",
];
const SCRIPTS: [&str; 23] = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<iframe srcdoc=\"<script>parent.alert(1)</script>\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"//evil.example/\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u{fe64}script\u{fe65}alert(1)\u{fe64}/script\u{fe65}",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<script\u{2028}>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<%= alert(1) %>",
];
/// Strings that break something else: tables, calendars, feeds, questions, paths, the direction of writing.
const OTHER: [&str; 20] = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=HYPERLINK(\"http://evil.example\")",
    "x\r\nSet-Cookie: a=b",
    "x\nBEGIN:VEVENT\nSUMMARY:forged\nEND:VEVENT",
    "]]><forged/>",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
    "'; DROP TABLE entries; --",
    "\" OR 1=1 --",
    "NEAR(\"a\" \"b\", 1)",
    "../../../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00",
    "\u{202e}txet desrever",
    "\u{200f}\u{2066}isolated",
    "Z\u{0351}\u{0321}a\u{0300}\u{0315}l\u{031b}g\u{0321}o",
    "\u{feff}\u{200b}\u{2060}",
    "\u{fffe}\u{ffff}\u{b}\u{c}",
];

/// A tag with a handler, in one of the ways of writing it.
fn tag(element: &str, event: &str, way: usize) -> String {
    match way % 6 {
        0 => format!("<{element} {event}=alert(1)>"),
        1 => format!("<{}/{}=alert(1)//", element.replace(' ', "/"), event.replace(' ', "/")),
        2 => format!("<{} {}=\"&#97;lert(1)\">", element.to_uppercase(), event.to_uppercase()),
        3 => format!("<{element}\n{event}\n=\n'alert(1)'\n>"),
        4 => format!("<{element} {event}=alert`1`"),
        _ => format!("<x><{element} {event}=top['al\\x65rt'](1)>"),
    }
}

/// Strings that run where a page takes them for its own.
fn scripts() -> BTreeSet<String> {
    let pairs = ELEMENTS.iter().flat_map(|element| EVENTS.iter().map(move |event| (element, event))).enumerate();
    let tags = pairs.flat_map(|(number, (element, event))| {
        let written = move |(way, out): (usize, &&str)| format!("{out}{}", tag(element, event, number + way));
        OUTS.iter().enumerate().map(written).collect::<Vec<_>>()
    });
    let attributes =
        EVENTS.iter().flat_map(|event| ["\"", "'", "` ", ""].map(|quote| format!("x{quote} {event}={quote}alert(1){quote} x={quote}")));
    let leading = LEADING.iter().flat_map(|tag| SCHEMES.iter().map(move |scheme| tag.replace("{}", scheme)));
    let whole = OUTS.iter().flat_map(|out| SCRIPTS.iter().map(move |text| format!("{out}{text}")));
    tags.chain(attributes).chain(leading).chain(whole).collect()
}

fn listed() -> Vec<String> {
    let Some(path) = std::env::var_os("NAUGHTY") else { return Vec::new() };
    serde_json::from_str(&std::fs::read_to_string(path).expect("a list")).expect("a list of strings")
}

/// A news item a string: it is the title, part of the id and address, and said by somebody.
fn news(strings: &[String]) -> String {
    let mut lines = String::new();
    for (number, text) in strings.iter().enumerate() {
        let line = json!({
            "id": format!("{number}-{text}"), "title": text, "url": format!("https://{number}.example/{text}"), "published": "2024-03-06", "language": "en",
            "text": format!("French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Tuesday.\n\n\"{text}\", Macron said.\n\n{text}"),
        });
        writeln!(lines, "{line}").expect("a line");
    }
    lines
}

async fn clean(browser: &Browser, at: &str) {
    let found = browser.client.execute(&format!("{FOREIGN} return [window.__ran, foreign(document)]"), vec![]).await;
    assert_eq!(found.unwrap_or_else(|error| panic!("{at}: {error}")), json!([[], []]), "{at}");
}

/// Fetches pages within the browser and reads them as HTML, without running them. Returns what is wrong with each.
async fn read(browser: &Browser, addresses: &[String]) -> Vec<String> {
    let script = format!(
        "{FOREIGN} const [addresses, done] = arguments;
        (async () => {{
            const wrong = [];
            for (const address of addresses) {{
                const answer = await fetch(address);
                if (answer.status >= 500 || !(answer.headers.get('content-type') ?? '').startsWith('text/html')) wrong.push(`${{address}}: ${{answer.status}}`);
                const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
                wrong.push(...foreign(page).map((what) => `${{address}}: ${{what}}`));
            }}
            return wrong;
        }})().then(done, (error) => done([`${{error}}`]));"
    );
    let mut wrong = Vec::new();
    for some in addresses.chunks(50) {
        let found = browser.client.execute_async(&script, vec![json!(some)]).await.expect("pages");
        wrong.extend(found.as_array().into_iter().flatten().map(|what| what.as_str().unwrap_or_default().to_owned()));
    }
    wrong
}

/// Cells of a table (RFC 4180).
fn cells(table: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' | '\n' | '\r' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    assert!(!quoted, "a cell has no end");
    cells
}

async fn exports(browser: &Browser) {
    for list in ["contacts", "statements"] {
        let table = browser.fetched(&format!("/{list}.csv")).await;
        let formula =
            cells(&table).into_iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err());
        assert!(table.lines().count() > 1 && formula.is_none(), "{list}: {formula:?}");
        for (address, check) in [
            (
                format!("/{list}.atom"),
                "const page = new DOMParser().parseFromString(text, 'application/xml'); return page.querySelector('parsererror') === null && page.documentElement.localName === 'feed' && page.getElementsByTagName('forged').length === 0",
            ),
            (format!("/{list}.json"), "return Array.isArray(JSON.parse(text))"),
        ] {
            let script = format!(
                "const done = arguments[1]; const well = (text) => {{ {check} }}; fetch(arguments[0]).then((answer) => answer.text()).then((text) => done(well(text)), (error) => done(`${{error}}`))"
            );
            assert_eq!(browser.client.execute_async(&script, vec![json!(address)]).await.expect("an answer"), json!(true), "{address}");
        }
    }
    let calendar = browser.fetched("/contacts.ics").await;
    for line in calendar.split("\r\n") {
        let known =
            ["BEGIN:", "END:", "VERSION:", "PRODID:", "UID:", "DTSTAMP:", "DTSTART", "DTEND", "SUMMARY:", "STATUS:", "LOCATION:", " "];
        assert!(
            line.is_empty() || known.iter().any(|beginning| line.starts_with(beginning)) && line.len() <= 75 && !line.contains('\n'),
            "{line:?}"
        );
    }
}

#[test]
fn nothing_runs_and_nothing_breaks() {
    let mut strings: Vec<String> = scripts().into_iter().collect();
    assert!(strings.len() >= 850, "{}", strings.len());
    strings.extend(OTHER.map(str::to_owned).into_iter().chain(listed()));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.jsonl");
    std::fs::write(&file, news(&strings)).expect("a file");
    let pages = Pages::of(&[file]);
    Browser::walk(Script::On, async |browser| {
        browser.own("Page.addScriptToEvaluateOnNewDocument", json!({"source": WATCH})).await;
        browser
            .client
            .update_timeouts(fantoccini::wd::TimeoutConfiguration::new(Some(std::time::Duration::from_secs(300)), None, None))
            .await
            .expect("patience");
        for page in [
            "/",
            "/documents?limit=1000",
            "/documents?limit=1000&offset=1000",
            "/statements?limit=1000",
            "/statements?limit=1000&offset=1000",
            "/contacts",
            "/ledger",
            "/review",
            "/network",
            "/person/Emmanuel%20Macron",
        ] {
            browser.goto(&pages.at(page)).await;
            clean(&browser, page).await;
        }
        // each string stands in the lists above; of the rest some, or all where there is time, as a document, as words of a search, as a
        // name, in the window
        let whole = std::env::var_os("CHANCERY_HOSTILE_ALL").is_some();
        let every = |step: usize| if whole { 1 } else { step };
        let escaped = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let searches: Vec<String> = strings.iter().step_by(every(9)).map(|text| format!("/search?q={}", escaped(text))).collect();
        let filters: Vec<String> = strings.iter().map(|text| format!("/contacts?person={0}&state={0}", escaped(text))).collect();
        let listed = "return [...document.querySelectorAll('ol.entries a[href*=\"/document/\"]')].map((link) => link.getAttribute('href'))";
        let mut documents: Vec<String> = Vec::new();
        for offset in [0, 1000] {
            browser.goto(&pages.at(&format!("/documents?limit=1000&offset={offset}"))).await;
            let links = browser.client.execute(listed, vec![]).await.expect("links");
            documents.extend(links.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        }
        assert!(documents.len() * 10 >= strings.len() * 9, "{} of {}", documents.len(), strings.len());
        let all: Vec<String> = searches.into_iter().chain(filters).chain(documents.into_iter().step_by(every(5))).collect();
        let wrong = read(&browser, &all).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for page in all.iter().step_by(every(31)) {
            browser.goto(&pages.at(page)).await;
            clean(&browser, page).await;
        }
        exports(&browser).await;
        // as author and reason of judgements
        for text in strings.iter().step_by(strings.len() / 8).filter(|text| !text.contains(['\n', '\t', '\0'])) {
            browser.goto(&pages.at("/review/next?look=unjudged")).await;
            let set = "const [author, reason] = arguments; const form = document.querySelector('.review form'); form.elements.author.value = author || 'x'; form.elements.reason.value = reason; form.querySelector('[value=unsure]').click()";
            let before = browser.one("html").await;
            browser.client.execute(set, vec![json!(text), json!(text)]).await.expect("a form");
            browser.left(&before).await;
            clean(&browser, text).await;
        }
        browser.goto(&pages.at("/review/log")).await;
        clean(&browser, "/review/log").await;
        assert!(browser.count("tr.counts").await >= 6);
        browser.end().await;
    });
}
