//! Coming in and going, what a visitor may set, and for admins who the users are and what they did.
//!
//! In: names and passwords. Out: sessions. Never: an address to go on to that is not ours.

use crate::app::App;
use crate::asked::{Asked, SHOWN, encoded};
use crate::door::{Door, Visitor};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chancery::record::Order;
use chancery_access::Role;
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;

type Fields = HashMap<String, String>;

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/login", get(page).post(log_in))
        .route("/logout", post(log_out))
        .route("/settings", get(settings).post(set))
        .route("/users", get(users))
        .route("/audit", get(audit))
}

/// Where to go on: an address of ours, or the front page.
fn on(to: Option<&str>) -> &str {
    to.filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n', '\t'])).unwrap_or("/")
}

async fn page(texts: &'static Texts, visitor: Visitor, uri: axum::http::Uri) -> Markup {
    let query = uri.query().unwrap_or("");
    let to = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "to").map(|(_, to)| to.into_owned());
    form(texts, &visitor, on(to.as_deref()), false)
}

fn form(texts: &'static Texts, visitor: &Visitor, to: &str, refused: bool) -> Markup {
    Frame { texts, title: texts.get("login"), here: "", asked: None, data: &[] }.with(html! {
        @if refused { p.problem role="alert" { (texts.get("login.refused")) } }
        form.login method="post" action="/login" {
            input type="hidden" name="token" value=(visitor.token);
            input type="hidden" name="to" value=(to);
            label { (texts.get("login.name")) input name="name" required autocomplete="username" autofocus; }
            label { (texts.get("login.password")) input name="password" type="password" required autocomplete="current-password"; }
            button { (texts.get("login")) }
        }
    })
}

async fn log_in(
    State(app): State<Arc<App>>,
    texts: &'static Texts,
    visitor: Visitor,
    headers: HeaderMap,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Problem> {
    // somebody who is in already has the token of that session
    if visitor.check(fields.get("token")).is_err() && fields.get("token") != Some(&app.token) {
        return Err(Problem::forbidden("the form is not of this run of the server; load the page again"));
    }
    let (name, password) = (fields.remove("name").unwrap_or_default(), fields.remove("password").unwrap_or_default());
    let to = on(fields.get("to").map(String::as_str)).to_owned();
    let old = app.door.as_ref().and_then(|door| door.session_secret(&headers));
    match Door::log_in(&app, &visitor, name.trim(), password, old).await? {
        Some(cookie) => Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()),
        None => Ok((StatusCode::UNAUTHORIZED, form(texts, &visitor, &to, true)).into_response()),
    }
}

async fn log_out(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    visitor.check(fields.get("token"))?;
    let cookie = Door::log_out(&app, &visitor, &headers).await?;
    let mut response = Redirect::to(if cookie.is_some() { "/login" } else { "/" }).into_response();
    if let Some(Ok(cookie)) = cookie.map(|cookie| cookie.parse()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn settings(State(app): State<Arc<App>>, texts: &'static Texts, visitor: Visitor) -> Markup {
    let asked = Asked::default();
    Frame { texts, title: texts.get("settings"), here: "settings", asked: Some(("/settings", &asked)), data: &[] }.with(html! {
        @if let Some(name) = &visitor.name {
            p { (texts.get("settings.here")) " " strong { bdi { (name) } } " (" (texts.word("access", visitor.role.as_str())) ")" }
            form method="post" action="/logout" {
                input type="hidden" name="token" value=(visitor.token);
                button { (texts.get("logout")) }
            }
        } @else { p { (texts.get("settings.nobody")) } }
        section {
            h2 { (texts.get("settings.keys")) }
            p { (texts.get("settings.keys.about")) }
            (keys(texts, &visitor, "/settings"))
        }
        @if app.door.is_some() && visitor.role == Role::Admin {
            ul { li { a href="/users" { (texts.get("users")) } } li { a href="/audit" { (texts.get("audit")) } } }
        }
    })
}

/// The button that switches single keys on or off.
pub fn keys(texts: &Texts, visitor: &Visitor, to: &str) -> Markup {
    html! {
        form.inline method="post" action="/settings" {
            input type="hidden" name="token" value=(visitor.token);
            input type="hidden" name="to" value=(to);
            input type="hidden" name="keys" value=(if visitor.keys { "off" } else { "on" });
            button { (texts.get(if visitor.keys { "settings.keys.off" } else { "settings.keys.on" })) }
        }
    }
}

async fn set(visitor: Visitor, Form(fields): Form<Fields>) -> Result<Response, Problem> {
    visitor.check(fields.get("token"))?;
    let keys = if fields.get("keys").is_some_and(|keys| keys == "off") { "off" } else { "on" };
    let cookie = format!("keys={keys}; Path=/; SameSite=Strict; Max-Age=31536000");
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(on(fields.get("to").map(String::as_str)))).into_response())
}

/// The cookie that keeps who judged last, where the pages ask for no login.
pub fn author_cookie(author: &str) -> String {
    format!("author={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", encoded(author))
}

async fn users(State(app): State<Arc<App>>, texts: &'static Texts) -> Result<Markup, Problem> {
    let users = Door::ask(&app, |access| access.users()).await?;
    Ok(Frame { texts, title: texts.get("users"), here: "settings", asked: None, data: &[] }.with(html! {
        p.note { (texts.get("users.about")) " " code { "chancery user add NAME --role reviewer" } }
        table {
            thead { tr { th scope="col" { (texts.get("login.name")) } th scope="col" { (texts.get("users.role")) } th scope="col" { (texts.get("users.since")) } } }
            tbody {
                @for user in &users {
                    @let audit = Asked::default().with("person", &user.name).address("/audit");
                    tr { td { a href=(audit) { bdi { (user.name) } } } td { (texts.word("access", user.role.as_str())) } td { (user.added_at) } }
                }
            }
        }
    }))
}

async fn audit(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN)?;
    let (user, offset, shown) = (asked.one("person").map(str::to_owned), page.offset, page.limit.unwrap_or(SHOWN));
    let (lines, all) = Door::ask(&app, move |access| access.audit(user.as_deref(), offset, shown)).await?;
    Ok(Frame { texts, title: texts.get("audit"), here: "settings", asked: Some(("/audit", &asked)), data: &[] }.with(html! {
        p.note { (texts.get("audit.about")) }
        p.count role="status" { (offset + lines.len().min(1)) "–" (offset + lines.len()) " / " (all) }
        table.log {
            thead { tr {
                th scope="col" { "№" } th scope="col" { (texts.get("audit.at")) } th scope="col" { (texts.get("login.name")) }
                th scope="col" { (texts.get("audit.from")) } th scope="col" { (texts.get("audit.action")) } th scope="col" { (texts.get("audit.what")) }
            } }
            tbody {
                @for line in &lines {
                    tr {
                        td.number { (line.number) } td { (line.at) } td { bdi { (line.user) } } td { (line.address) }
                        td { (texts.word("action", &line.action)) } td { bdi { (line.what) } }
                    }
                }
            }
        }
        nav.pages aria-label=(texts.get("pages")) {
            @if offset > 0 { a rel="prev" href=(asked.with("offset", &offset.saturating_sub(shown).to_string()).address("/audit")) { "← " (texts.get("before")) } }
            @if offset + lines.len() < all { a rel="next" href=(asked.with("offset", &(offset + lines.len()).to_string()).address("/audit")) { (texts.get("after")) " →" } }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::on;

    #[test]
    fn nobody_is_led_elsewhere() {
        for (to, on_to) in [
            ("/contacts?state=KZ", "/contacts?state=KZ"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(on(Some(to)), on_to, "{to}");
        }
    }
}
