//! The tasks of an analyst, in a browser.
//!
//! In: the news items of this package. Out: nothing. Never: a step that needs a mouse, or a script, alone.

use chancery_browser::{Browser, Pages, Script};

/// When did Tokayev meet Blinken? Opens the contact that two documents in two languages tell of.
async fn open_the_contact(browser: &Browser, pages: &Pages) {
    browser.goto(&pages.at("/contacts?person=Tokayev&person=Blinken&status=held")).await;
    let list = browser.text().await;
    assert!(list.contains("28 February 2023"), "{list}");
    browser.follow("ol.entries a[href*='/entry/']").await;
}

/// Fills in the open form for a correction and sends it; the same page comes back.
async fn correct_the_place(browser: &Browser) {
    let address = browser.path().await;
    browser.choose("select[name=field]", "place").await;
    browser.write("form input[name=value]", "Astana, KZ").await;
    browser.write("details[open] input[name=author]", "A. Analyst").await;
    browser.write("details[open] input[name=reason]", "the press service says so").await;
    browser.follow("details[open] button[value=correct]").await;
    assert_eq!(browser.path().await, address);
    assert!(browser.text().await.contains("corrected"), "{}", browser.text().await);
}

#[test]
fn an_analyst_finds_checks_corrects_and_takes_away() {
    Browser::walk(Script::On, async |browser| {
        let pages = Pages::of_news();
        // find by words in any spelling
        browser.goto(&pages.at("/")).await;
        browser.write("#q", "Tokajew Blinken").await;
        browser.follow("form.search button").await;
        let found = browser.text().await;
        assert!(found.contains("Tokayev") && found.contains("Tokajew"), "{found}");
        // the evidence in two languages, and where the two differ
        open_the_contact(&browser, &pages).await;
        let entry = browser.text().await;
        for told in ["Antony Blinken in Astana on Tuesday", "in Almaty mit dem kasachischen", "Astana", "Almaty", "contradiction"] {
            assert!(entry.contains(told), "{told}: {entry}");
        }
        assert!(browser.count(".conflict").await > 0 && browser.count("mark.evidence").await > 1);
        // correct the place with the keyboard: E opens the form
        browser.keys("e").await;
        correct_the_place(&browser).await;
        assert!(pages.told(&["review", "log"]).contains("A. Analyst"));
        // undo it: Z takes back the last judgement of this author, whom the browser knows by now
        let before = browser.one("html").await;
        browser.keys("z").await;
        browser.left(&before).await;
        assert!(!browser.text().await.contains("corrected"), "{}", browser.text().await);
        // the network of 2023 has the two and not those of 2024
        browser.goto(&pages.at("/network?since=2023&until=2023")).await;
        let network = browser.client.source().await.expect("a page");
        assert!(network.contains("/pair/KZ/US") && !network.contains("/pair/DE/FR"), "{network}");
        // the list as a table for a spreadsheet
        let table = browser.fetched("/contacts.csv?state=KZ&since=2023&until=2023").await;
        assert!(table.lines().count() >= 3 && table.contains("Antony Blinken; Kassym-Jomart Tokayev"), "{table}");
        // the commitments of a pair
        browser.goto(&pages.at("/commitments?state=KZ&state=US")).await;
        assert!(browser.text().await.contains("joint working group"), "{}", browser.text().await);
        browser.follow("ol.entries a[href*='/entry/']").await;
        assert!(browser.text().await.contains("June 2023"), "{}", browser.text().await);
        browser.end().await;
    });
}

#[test]
fn the_same_by_keyboard_alone() {
    Browser::walk(Script::On, async |browser| {
        let pages = Pages::of_news();
        browser.goto(&pages.at("/")).await;
        // the first tab leads to the way past the navigation
        browser.tab_to("a.skip").await;
        browser.keys("/").await;
        browser.keys("Blinken").await;
        browser.enter().await;
        browser.tab_to("main a[href*='/entry/']").await;
        browser.enter().await;
        assert!(browser.path().await.starts_with("/entry/"), "{}", browser.path().await);
        browser.goto(&pages.at("/review")).await;
        browser.tab_to("a.button").await;
        browser.enter().await;
        assert!(browser.path().await.contains("queue=0"), "{}", browser.path().await);
        let first = browser.path().await;
        browser.tab_to(".review form input[name=author]").await;
        browser.keys("A. Analyst").await;
        browser.tab_to(".review button[value=accept]").await;
        browser.enter().await;
        assert!(browser.path().await.contains("queue=0") && browser.path().await != first, "the queue moves on: {}", browser.path().await);
        // one key for the next
        let second = browser.path().await;
        let before = browser.one("html").await;
        browser.keys("u").await;
        browser.left(&before).await;
        assert_ne!(browser.path().await, second);
        // keys are switched off
        browser.tab_to(".review .note button").await;
        browser.enter().await;
        assert_eq!(browser.count("[data-key]").await, 0);
        let log = pages.told(&["review", "log"]);
        assert!(log.contains("accept") && log.contains("unsure"), "{log}");
        browser.end().await;
    });
}

#[test]
fn the_same_without_a_script() {
    Browser::walk(Script::Off, async |browser| {
        let pages = Pages::of_news();
        open_the_contact(&browser, &pages).await;
        let address = browser.path().await;
        browser.one("details:has(button[value=correct]) > summary").await.click().await.expect("a click");
        correct_the_place(&browser).await;
        browser.follow("button[name=last]").await;
        assert!(!browser.text().await.contains("corrected"));
        // a split is seen before it is done
        browser.one("details:has(select[name=other]) > summary").await.click().await.expect("a click");
        browser.follow("details:has(select[name=other]) button").await;
        let preview = browser.text().await;
        assert!(preview.contains("Now") && preview.contains("Then"), "{preview}");
        browser.write("form.review input[name=reason]", "two occasions").await;
        browser.follow("button[value=split]").await;
        assert!(!browser.text().await.contains("contradiction"), "{}", browser.text().await);
        browser.goto(&pages.at("/review/log")).await;
        browser.follow("tr.counts form button").await;
        browser.goto(&pages.at(&address)).await;
        assert!(browser.text().await.contains("contradiction"));
        browser.end().await;
    });
}
