//! Every page for everybody: axe-core finds nothing serious, light or dark.
//!
//! In: the news items of this package, axe-core in `$AXE`. Out: nothing. Never: a rule that is switched off.

use chancery_browser::{Browser, Pages, Script};
use serde_json::Value;

const PAGES: [&str; 20] = [
    "/",
    "/contacts",
    "/contacts?state=KZ&status=held",
    "/statements",
    "/commitments",
    "/figures",
    "/standings",
    "/network",
    "/pair/KZ/US",
    "/state/KZ",
    "/person/Kassym-Jomart%20Tokayev",
    "/documents",
    "/document/astana-de",
    "/search?q=Blinken",
    "/review",
    "/review/log",
    "/ledger",
    "/about",
    "/settings",
    "/nowhere",
];

/// What a page has that keeps somebody from using it.
async fn findings(browser: &Browser, axe: &str) -> Vec<String> {
    let run = "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then((found) => done(found.violations), (error) => done([{impact: 'critical', id: `${error}`, nodes: []}]));";
    browser.client.execute(axe, vec![]).await.expect("axe");
    let found = browser.client.execute_async(run, vec![]).await.expect("findings");
    let serious = |finding: &&Value| matches!(finding["impact"].as_str(), Some("serious" | "critical"));
    let told = |finding: &Value| {
        let nodes: Vec<&str> = finding["nodes"].as_array().into_iter().flatten().filter_map(|node| node["html"].as_str()).take(3).collect();
        format!("{}: {}", finding["id"].as_str().unwrap_or("?"), nodes.join(" | "))
    };
    found.as_array().into_iter().flatten().filter(serious).map(told).collect()
}

#[test]
fn axe_finds_nothing_serious() {
    let axe = std::env::var_os("AXE").expect("$AXE names axe.min.js; `cargo xtask test` sets it");
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    Browser::walk(Script::On, async |browser| {
        let pages = Pages::of_news();
        browser.goto(&pages.at("/contacts?person=Tokayev&person=Blinken&status=held")).await;
        browser.follow("ol.entries a[href*='/entry/']").await;
        let entry = browser.path().await;
        let mut wrong = Vec::new();
        for scheme in ["light", "dark"] {
            browser.scheme(scheme).await;
            for width in [1280, 390] {
                browser.window((width, 900)).await;
                for page in PAGES.into_iter().chain([entry.as_str()]) {
                    browser.goto(&pages.at(page)).await;
                    wrong
                        .extend(findings(&browser, &axe).await.into_iter().map(|finding| format!("{page} ({scheme}, {width}): {finding}")));
                    let wider = browser.wider().await;
                    if wider > 0 {
                        wrong.push(format!("{page} ({scheme}, {width}): wider than the window by {wider}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
        browser.end().await;
    });
}
