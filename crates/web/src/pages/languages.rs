//! In which languages the record reads, and how well.
//!
//! In: the packs, the scores kept with them. Out: the page. Never: a score that no command can repeat.

use crate::app::App;
use crate::asked::Asked;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::drawing::Table;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::Library;
use maud::{Markup, html};
use std::sync::Arc;

/// Claims that are scored, as the files of scores name them.
const SCORED: [&str; 7] = ["contact", "quote", "commitment", "figure", "office", "standing", "origin"];

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/languages", get(page))
}

/// The scores of a language, as its pack keeps them.
fn scores(library: &Library, tag: &str) -> toml::Table {
    let file = library.pack_files(tag).iter().find(|file| file.path.ends_with("score.toml"));
    file.and_then(|file| file.text.parse().ok()).unwrap_or_default()
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts) -> Markup {
    let library = app.library();
    let packs: Vec<_> = library.packs().iter().filter(|pack| !pack.settings.tag.starts_with('_')).collect();
    let teller = Teller { app: &app, texts };
    let score = |table: &toml::Table, sort: &str| {
        let of_sort = table.get(sort);
        let number = |name: &str| {
            of_sort.and_then(|of| of.get(name)).and_then(|value| value.as_float().or(value.as_integer().map(|whole| whole as f64)))
        };
        let (found, all) = (number("right")?, number("right")? + number("missed")?);
        Some((number("f1")?, found, all))
    };
    let sort_name = |sort: &str| match sort {
        "quote" => texts.get("statements").to_owned(),
        "office" => texts.get("offices").to_owned(),
        "origin" => texts.get("sources").to_owned(),
        sort => texts.get(&format!("{sort}s")).to_owned(),
    };
    let rows = html! {
        @for pack in &packs {
            @let table = scores(library, &pack.settings.tag);
            tr {
                th scope="row" { (teller.language(&pack.settings.tag)) " (" (pack.settings.tag) ")" }
                td { (pack.settings.status) }
                @for sort in SCORED {
                    td.number { @match score(&table, sort) { Some((f1, right, all)) => { (format!("{f1:.2}")) br; span.note { (right) "/" (all) } }, None => "–" } }
                }
            }
        }
    };
    let names: Vec<String> = SCORED.iter().map(|sort| sort_name(sort)).collect();
    let mut heads = vec![(texts.get("filter.language"), false), (texts.get("filter.status"), false)];
    heads.extend(names.iter().map(|name| (name.as_str(), true)));
    Frame { texts, title: texts.get("languages"), here: "about", asked: Some(("/languages", &Asked::default())), data: &[] }.with(html! {
        p { (texts.get("languages.scores")) }
        (Table { caption: texts.get("languages.caption"), heads: &heads, rows }.show())
    })
}
