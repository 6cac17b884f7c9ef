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

const WAYS: [(&str, &str); 13] = [
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
                        p {
                            @for other in Texts::all() {
                                @let address = self.asked.map_or("/".to_owned(), |(path, asked)| asked.address(path));
                                @let joint = if address.contains('?') { '&' } else { '?' };
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
        _ => "problem.fault",
    });
    Frame { texts, title, here: "", asked: None, data: &[] }.with(html! {
        p.problem { (problem.detail) }
        p { a href="/" { (texts.get("problem.back")) } }
    })
}
