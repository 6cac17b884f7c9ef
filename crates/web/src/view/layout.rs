//! The frame of every page: head, ways to go, search, foot.
//!
//! In: a title, a body. Out: the whole page. Never: a style or script within the page.

use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use maud::{DOCTYPE, Markup, html};

/// A page before it has its frame.
pub struct Frame<'a> {
    pub texts: &'static Texts,
    pub title: &'a str,
    /// Which of the ways to go leads here.
    pub here: &'a str,
    /// Address of the page with its question; the same is to be had as data where `data` names endings.
    pub asked: Option<(&'a str, &'a Asked)>,
    pub data: &'a [&'a str],
}

const WAYS: [(&str, &str); 14] = [
    ("overview", "/"),
    ("contacts", "/contacts"),
    ("calendar", "/calendar"),
    ("map", "/map?status=held"),
    ("network", "/network?status=held"),
    ("commitments", "/commitments"),
    ("statements", "/statements"),
    ("figures", "/figures"),
    ("standings", "/standings"),
    ("documents", "/documents"),
    ("review", "/review"),
    ("ledger", "/ledger"),
    ("about", "/about"),
    ("settings", "/settings"),
];

impl Frame<'_> {
    pub fn with(&self, body: Markup) -> Markup {
        let texts = self.texts;
        let searched = self.asked.and_then(|(_, asked)| asked.one("q")).unwrap_or("");
        html! {
            (DOCTYPE)
            html lang=(texts.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Chancery" }
                    link rel="icon" href="/icon.svg";
                    link rel="stylesheet" href="/style.css";
                    script src="/script.js" defer {}
                    @if let Some((path, asked)) = self.asked {
                        @for ending in self.data {
                            link rel="alternate" type=(media_type(ending)) href=(asked.address(&format!("{path}.{ending}")));
                        }
                    }
                }
                body {
                    a.skip href="#content" { (texts.get("skip")) }
                    header.top {
                        a.brand href="/" { "Chancery" }
                        form.search role="search" action="/search" {
                            label.hidden for="q" { (texts.get("search")) }
                            input #q type="search" name="q" value=(searched) placeholder=(texts.get("search.hint"));
                            button { (texts.get("search")) }
                        }
                        nav aria-label=(texts.get("ways")) {
                            ul {
                                @for (key, address) in WAYS {
                                    li { a href=(address) aria-current=[(key == self.here).then_some("page")] { (texts.get(key)) } }
                                }
                            }
                        }
                    }
                    main #content tabindex="-1" {
                        h1 { (self.title) }
                        (body)
                    }
                    footer {
                        @if let Some((path, asked)) = self.asked {
                            @if !self.data.is_empty() {
                                p {
                                    (texts.get("same")) " "
                                    @for ending in self.data {
                                        a href=(asked.address(&format!("{path}.{ending}"))) { (ending.to_uppercase()) } " "
                                    }
                                }
                            }
                        }
                        @let address = self.asked.map_or("/".to_owned(), |(path, asked)| asked.address(path));
                        @let joint = if address.contains('?') { '&' } else { '?' };
                        p {
                            a href=(format!("{address}{joint}romanise={}", u8::from(!texts.romanised))) { (texts.get(if texts.romanised { "romanise.not" } else { "romanise" })) }
                        }
                        p {
                            @for other in Texts::all() {
                                a href=(format!("{address}{joint}lang={}", other.language)) lang=(other.language) hreflang=(other.language)
                                    aria-current=[(other.language == texts.language).then_some("true")] { (other.name) } " "
                            }
                        }
                    }
                }
            }
        }
    }
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "atom" => "application/atom+xml",
        _ => "application/json",
    }
}

/// A problem as a page.
pub fn problem(texts: &'static Texts, problem: &Problem) -> Markup {
    let title = texts.get(match problem.status.as_u16() {
        404 => "problem.missing",
        400 => "problem.question",
        403 => "problem.forbidden",
        409 => "problem.conflict",
        401 => "problem.login",
        429 | 503 => "problem.later",
        _ => "problem.fault",
    });
    Frame { texts, title, here: "", asked: None, data: &[] }.with(html! {
        p.problem { (problem.detail) }
        p { a href="/" { (texts.get("problem.back")) } }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// Relative luminance (WCAG 2.2) of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn words_stand_out_in_both_themes() {
        let style = include_str!("../../assets/style.css");
        let mut themes = style.split(":root {").skip(1).take(2).map(|block| block.split('}').next().unwrap_or(""));
        let colours =
            |block: &'static str| block.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
        let light: BTreeMap<&str, &str> = colours(themes.next().expect("light")).collect();
        let mut dark = light.clone();
        dark.extend(colours(themes.next().expect("dark")));
        for (theme, colours) in [("light", &light), ("dark", &dark)] {
            let contrast = |one: &str, other: &str| {
                let (one, other) = (luminance(colours[one]) + 0.05, luminance(colours[other]) + 0.05);
                (one / other).max(other / one)
            };
            let words = ["ink", "quiet", "link", "held", "planned", "proposed", "bad", "warn"];
            let on_grounds = words.iter().flat_map(|word| ["paper", "sheet"].map(|ground| (*word, ground)));
            let on_shades =
                [("on-light", "shade-1"), ("on-light", "shade-2"), ("on-light", "shade-3"), ("on-deep", "shade-4"), ("on-deep", "shade-5")];
            for (word, ground) in on_grounds.chain(on_shades).chain([("ink", "mark")]) {
                assert!(contrast(word, ground) >= 4.5, "{theme}: {word} on {ground} is {:.2}", contrast(word, ground));
            }
        }
    }
}
