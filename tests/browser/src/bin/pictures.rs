//! Takes pictures of the pages of the examples: at two widths, light and dark.
//!
//! In: a folder to put them in. Out: a PNG a page, width and theme; fails where a page is wider than its window. Never: a record other
//! than that of the examples.
#![allow(missing_docs)]

use chancery_browser::{Browser, Pages, Script};
use std::path::PathBuf;

/// Pages by the name of their picture; where a second address stands, the first link on the page that begins with it is followed.
const PAGES: [(&str, &str, Option<&str>); 15] = [
    ("front", "/", None),
    ("contacts", "/contacts", None),
    ("calendar", "/calendar?month=2024-05", None),
    ("year", "/calendar?year=2024", None),
    ("map", "/map?status=held&area=europe", None),
    ("network", "/network?status=held", None),
    ("commitments", "/commitments", None),
    ("contact", "/contacts?order=doubtful", Some("/entry/")),
    ("pair", "/pair/CZ/KZ", None),
    ("state", "/state/RO", None),
    ("person", "/person/Petr%20Pavel", None),
    ("document", "/documents", Some("/document/")),
    ("search", "/search?q=Pavel", None),
    ("languages", "/languages", None),
    ("review", "/review", None),
];
const WINDOWS: [(u32, u32); 2] = [(1280, 900), (390, 844)];
const THEMES: [&str; 2] = ["light", "dark"];

fn main() {
    let into = PathBuf::from(std::env::args_os().nth(1).expect("a folder to put the pictures in"));
    let pages = Pages::of_examples();
    Browser::walk(Script::On, async |browser| {
        let mut wide = Vec::new();
        for (name, path, link) in PAGES {
            browser.goto(&pages.at(path)).await;
            if let Some(beginning) = link {
                browser.follow(&format!("main a[href^='{beginning}']")).await;
            }
            let address = pages.at(&browser.path().await);
            for window in WINDOWS {
                for theme in THEMES {
                    browser.window(window).await;
                    browser.scheme(theme).await;
                    browser.goto(&address).await;
                    let wider = browser.wider().await;
                    wide.extend((wider > 0).then(|| format!("{path} is wider than a window of {} by {wider}", window.0)));
                    let picture = browser.client.screenshot().await.expect("a picture");
                    std::fs::write(into.join(format!("{name}-{}-{theme}.png", window.0)), picture).expect("a file");
                }
            }
        }
        browser.end().await;
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    });
}
