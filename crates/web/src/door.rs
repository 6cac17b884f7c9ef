//! The door: who asks, and whether they may.
//!
//! In: requests. Out: the visitor behind each, or why they are not let in; the login and its end. Never: a page for a stranger where
//! the record has users; an answer that tells whether a name is that of a user.

use crate::app::App;
use crate::problem::Problem;
use crate::sessions::Sessions;
use crate::throttle::{Rate, Throttle};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use chancery_access::{Access, Action, Role};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};
use tokio::sync::Semaphore;

/// What a client may ask for: a page is a handful of requests.
const ASKS: Rate = Rate { burst: 120.0, a_second: 20.0 };
/// How often passwords may be tried for one name, and from one address.
const TRIES_OF_NAME: Rate = Rate { burst: 5.0, a_second: 1.0 / 60.0 };
const TRIES_FROM_ADDRESS: Rate = Rate { burst: 20.0, a_second: 1.0 / 10.0 };
/// Passwords that are hashed at one time: each takes 19 MB and much of a core.
const HASHED_AT_ONCE: usize = 2;

/// The users of a record, and who of them is here.
pub struct Door {
    record: PathBuf,
    access: Mutex<Access>,
    sessions: Sessions,
    /// The address under which others know the pages, where a proxy stands before them.
    origin: Option<String>,
    asks: Throttle<IpAddr>,
    tries_of_name: Throttle<String>,
    tries_from_address: Throttle<IpAddr>,
    hashing: Semaphore,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// By which judgements name them; `None` where the pages ask for no login.
    pub name: Option<String>,
    pub role: Role,
    /// Goes with every form, so that no other site can send one.
    pub token: String,
    /// Whether single keys decide.
    pub keys: bool,
    /// Who judged last in this browser, where the pages ask for no login.
    pub author: String,
    address: IpAddr,
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Problem> {
        parts.extensions.get().cloned().ok_or_else(|| Problem::fault("nobody stands at the door"))
    }
}

impl Visitor {
    /// Whether a form is one that this visitor was given.
    pub fn check(&self, token: Option<&String>) -> Result<(), Problem> {
        if token == Some(&self.token) { Ok(()) } else { Err(Problem::forbidden("the form is not of this session; load the page again")) }
    }
}

/// What a request needs; `None` where anybody may ask.
fn needed(method: &Method, path: &str) -> Option<Role> {
    let looks = method == Method::GET || method == Method::HEAD;
    match path {
        "/login" => None,
        path if looks && crate::files::PATHS.contains(&path) => None,
        "/users" | "/audit" => Some(Role::Admin),
        "/logout" | "/settings" => Some(Role::Reader),
        "/review/preview" => Some(Role::Reviewer),
        _ if looks => Some(Role::Reader),
        _ => Some(Role::Reviewer),
    }
}

/// What the audit says of an answer that was given.
fn seen(method: &Method, path: &str, query: Option<&str>) -> Option<(Action, String)> {
    let whole = || query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    if method != Method::GET {
        return None;
    }
    let data = [".json", ".csv", ".ics", ".atom"].iter().any(|ending| path.ends_with(ending));
    let taken =
        data || path.starts_with("/api/v1/") && path != "/api/v1/openapi.json" || path.starts_with("/text/") || path.starts_with("/raw/");
    match path {
        _ if taken => Some((Action::Exported, whole())),
        _ if path.starts_with("/document/") => Some((Action::Saw, path.to_owned())),
        _ => None,
    }
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    cookies(headers).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Every cookie with its value.
pub fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='))
}

/// The time of day, which no stage asks for.
pub fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    chancery::record::instant(seconds)
}

impl Door {
    /// The door of a record with users; `origin` is the public address of a proxy that stands before it.
    pub fn new(record: PathBuf, access: Access, origin: Option<String>) -> Door {
        Door {
            record,
            access: Mutex::new(access),
            sessions: Sessions::default(),
            origin,
            asks: Throttle::new(ASKS),
            tries_of_name: Throttle::new(TRIES_OF_NAME),
            tries_from_address: Throttle::new(TRIES_FROM_ADDRESS),
            hashing: Semaphore::new(HASHED_AT_ONCE),
        }
    }

    /// Whether the way to the browser is encrypted.
    pub fn encrypted(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// Whether a request for this host is meant for us: any without a proxy, as a stranger's page carries no session.
    fn answers(&self, host: &str) -> bool {
        self.origin.as_ref().is_none_or(|origin| origin.split("://").nth(1) == Some(host))
    }

    fn cookie_name(&self) -> &'static str {
        if self.encrypted() { "__Host-session" } else { "session" }
    }

    /// The cookie of a session; an empty secret takes it away.
    fn cookie(&self, secret: &str) -> String {
        let (name, age) = (self.cookie_name(), if secret.is_empty() { "; Max-Age=0" } else { "" });
        let secure = if self.encrypted() { "; Secure" } else { "" };
        format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}{age}")
    }

    /// Asks the file of users on a thread that may wait for it.
    pub async fn ask<T: Send + 'static>(
        app: &Arc<App>,
        question: impl FnOnce(&mut Access) -> chancery_access::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(app);
        let answer = move || {
            let door = app.door.as_ref().ok_or_else(|| Problem::not_found("the record has no users, and the pages ask for no login"))?;
            Ok(question(&mut door.access.lock().unwrap_or_else(PoisonError::into_inner))?)
        };
        tokio::task::spawn_blocking(answer).await.unwrap_or_else(|_| Err(Problem::fault("the file of users fails")))
    }

    /// A line of the audit, where there is one.
    pub async fn note(app: &Arc<App>, visitor: &Visitor, action: Action, what: String) -> Result<(), Problem> {
        if app.door.is_none() {
            return Ok(());
        }
        let (user, address) = (visitor.name.clone().unwrap_or_default(), visitor.address.to_string());
        Door::ask(app, move |access| access.note(&now(), &user, &address, action, &what)).await
    }

    /// Begins a session for a name and password. Returns its cookie.
    pub async fn log_in(
        app: &Arc<App>,
        visitor: &Visitor,
        name: &str,
        password: String,
        old: Option<&str>,
    ) -> Result<Option<String>, Problem> {
        let Some(door) = &app.door else { return Err(Problem::not_found("the record has no users")) };
        let account = name.to_lowercase();
        let wait = |result: Result<(), std::time::Duration>| {
            result.map_err(|wait| Problem::later(StatusCode::TOO_MANY_REQUESTS, "too many passwords were tried", wait))
        };
        let tried = wait(door.tries_from_address.take(&visitor.address, Instant::now()))
            .and_then(|()| wait(door.tries_of_name.take(&account, Instant::now())));
        if let Err(problem) = tried {
            Door::note(app, &Visitor { name: Some(name.to_owned()), ..visitor.clone() }, Action::Refused, "too many tries".to_owned())
                .await?;
            return Err(problem);
        }
        let found = {
            let _permit = door.hashing.acquire().await.map_err(|_| Problem::fault("nobody can log in"))?;
            let (record, name) = (door.record.clone(), name.to_owned());
            // a connection of its own: hashing takes long, and others ask meanwhile
            let who = move || Access::of(&record)?.map_or(Ok(None), |access| access.who(&name, &password));
            tokio::task::spawn_blocking(who).await.map_err(|_| Problem::fault("nobody can log in"))??
        };
        let named = Visitor { name: Some(found.as_ref().map_or(name, |user| &user.name).to_owned()), ..visitor.clone() };
        let Some(user) = found else {
            Door::note(app, &named, Action::Refused, "name or password".to_owned()).await?;
            return Ok(None);
        };
        Door::note(app, &named, Action::LoggedIn, user.role.to_string()).await?;
        door.tries_of_name.forget(&account);
        if let Some(old) = old {
            door.sessions.end(old);
        }
        Ok(Some(door.cookie(&door.sessions.begin(&user, Instant::now())?)))
    }

    /// Ends the session of a request. Returns the cookie that takes its own away.
    pub async fn log_out(app: &Arc<App>, visitor: &Visitor, headers: &HeaderMap) -> Result<Option<String>, Problem> {
        let Some(door) = &app.door else { return Ok(None) };
        if door.session_secret(headers).and_then(|secret| door.sessions.end(secret)).is_some() {
            Door::note(app, visitor, Action::LoggedOut, String::new()).await?;
        }
        Ok(Some(door.cookie("")))
    }

    /// The secret that a browser sends.
    pub fn session_secret<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        cookie(headers, self.cookie_name())
    }
}

/// Whether the host asked for is this machine by name or number: a page of another site that a name server sends here is not.
fn names_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|address| address.is_loopback())
}

/// The address from which a client asks: behind a proxy the one that it tells. Of IPv6 the network, of which one client has many.
fn address_of(request: &Parts, proxied: bool) -> IpAddr {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let told = || {
        let values = request.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).next_back()?.trim().parse().ok()
    };
    match proxied.then(told).flatten().unwrap_or(peer).to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (!0_u128 << 64))),
        address => address,
    }
}

/// Who asks, if they may.
pub async fn admit(app: &Arc<App>, request: &Parts) -> Result<Visitor, Problem> {
    let (headers, door) = (&request.headers, app.door.as_ref());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let ours = host.is_none_or(|host| door.map_or_else(|| names_this_machine(host), |door| door.answers(host) || names_this_machine(host)));
    if !ours {
        return Err(Problem::forbidden("this address is not of this machine; open the one that `chancery serve` printed"));
    }
    let from = headers.get("sec-fetch-site").and_then(|from| from.to_str().ok());
    if !matches!(request.method, Method::GET | Method::HEAD) && !from.is_none_or(|from| matches!(from, "same-origin" | "none")) {
        return Err(Problem::forbidden("another site sent this form"));
    }
    let mut visitor = Visitor {
        name: None,
        role: Role::Admin,
        token: app.token.clone(),
        keys: cookie(headers, "keys") != Some("off"),
        author: cookie(headers, "author").and_then(crate::asked::decoded).unwrap_or_default(),
        address: address_of(request, door.is_some_and(|door| door.origin.is_some())),
    };
    let Some(door) = door else { return Ok(visitor) };
    let wait = |wait| Problem::later(StatusCode::TOO_MANY_REQUESTS, "too many requests", wait);
    door.asks.take(&visitor.address, Instant::now()).map_err(wait)?;
    let session = door.session_secret(headers).and_then(|secret| door.sessions.of(secret, Instant::now()));
    if let Some(session) = session {
        let name = session.name.clone();
        // the user as they are now: another role, another password or no user any more ends the session
        let user = Door::ask(app, move |access| access.user(&name)).await?;
        if let Some(user) = user.filter(|user| user.stamp == session.stamp) {
            (visitor.name, visitor.role, visitor.token) = (Some(user.name), user.role, session.token);
        }
    }
    match (needed(&request.method, request.uri.path()), &visitor.name) {
        (None, _) => Ok(visitor),
        (Some(_), None) => Err(Problem { status: StatusCode::UNAUTHORIZED, detail: "log in first".to_owned(), wait: None }),
        (Some(role), Some(_)) if visitor.role < role => {
            Err(Problem::forbidden(format!("this is for the role {role}; yours is {}", visitor.role)))
        }
        _ => Ok(visitor),
    }
}

/// Keeps in the audit what a visitor was given.
pub async fn keep(app: &Arc<App>, visitor: &Visitor, method: &Method, path: &str, query: Option<&str>) -> Result<(), Problem> {
    match seen(method, path, query) {
        Some((action, what)) => Door::note(app, visitor, action, what).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, answered) in [
            ("127.0.0.1:7878", true),
            ("localhost", true),
            ("[::1]:7878", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example:7878", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(names_this_machine(host), answered, "{host}");
        }
    }

    #[test]
    fn whatever_is_not_looking_needs_more_than_a_reader() {
        for (method, path, role) in [
            (Method::GET, "/", Some(Role::Reader)),
            (Method::GET, "/login", None),
            (Method::GET, "/style.css", None),
            (Method::POST, "/style.css", Some(Role::Reviewer)),
            (Method::POST, "/judge", Some(Role::Reviewer)),
            (Method::DELETE, "/anything", Some(Role::Reviewer)),
            (Method::POST, "/logout", Some(Role::Reader)),
            (Method::GET, "/audit", Some(Role::Admin)),
            (Method::GET, "/users", Some(Role::Admin)),
        ] {
            assert_eq!(needed(&method, path), role, "{method} {path}");
        }
    }

    #[test]
    fn what_is_taken_away_is_kept_in_the_audit() {
        assert!(
            matches!(seen(&Method::GET, "/contacts.csv", Some("state=KZ")), Some((Action::Exported, what)) if what == "/contacts.csv?state=KZ")
        );
        assert!(matches!(seen(&Method::GET, "/document/a", None), Some((Action::Saw, _))));
        assert!(matches!(seen(&Method::GET, "/api/v1/entries", None), Some((Action::Exported, _))));
        assert!(seen(&Method::GET, "/contacts", None).is_none());
    }
}
