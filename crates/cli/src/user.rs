//! `chancery user`: who may see the record on other machines.
//!
//! In: names, roles, passwords from the terminal or standard input. Out: users, each change with its line in the audit. Never: a
//! password that is shown or stands in the arguments, which other users of the machine can see.

use crate::arguments::{Password, User};
use crate::output::Ended;
use anyhow::{Context, ensure};
use chancery_web::access::{Access, Action};
use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

pub fn run(command: &User) -> anyhow::Result<Ended> {
    match command {
        User::Add { name, role, password, place } => {
            ensure!(
                place.record.exists(),
                "{}: no such record; `chancery ingest` makes one, `--record PATH` names another",
                place.record.display()
            );
            let mut access = Access::create(&place.record)?;
            // told before anybody types a password
            ensure!(access.user(name)?.is_none(), chancery_web::access::Error::Taken(name.clone()));
            access.add(name, *role, &given(password)?, &now())?;
            noted(&access, &format!("added {name} as {role}"))
        }
        User::List { place } => list(&place.record),
        User::Password { name, password, place } => {
            let mut access = opened(&place.record)?;
            ensure!(access.user(name)?.is_some(), chancery_web::access::Error::Unknown(name.clone()));
            access.set_password(name, &given(password)?)?;
            noted(&access, &format!("gave {name} another password"))
        }
        User::Role { name, role, place } => {
            let mut access = opened(&place.record)?;
            access.set_role(name, *role)?;
            noted(&access, &format!("made {name} {role}"))
        }
        User::Remove { name, place } => {
            let mut access = opened(&place.record)?;
            access.remove(name)?;
            noted(&access, &format!("removed {name}"))
        }
    }
}

fn opened(record: &Path) -> anyhow::Result<Access> {
    let access = Access::of(record)?;
    access.with_context(|| format!("{}: the record has no users (help: `chancery user add NAME --role admin`)", record.display()))
}

fn noted(access: &Access, what: &str) -> anyhow::Result<Ended> {
    access.note(&now(), "", "", Action::Managed, what)?;
    eprintln!("chancery: {what}");
    Ok(Ended::Done)
}

fn list(record: &Path) -> anyhow::Result<Ended> {
    let mut out = std::io::stdout().lock();
    for user in Access::of(record)?.map_or(Ok(Vec::new()), |access| access.users())? {
        writeln!(out, "{}\t{}\t{}", user.name, user.role, user.added_at)?;
    }
    Ok(Ended::Done)
}

/// The password: from standard input, or asked for twice on the terminal, where it is not shown.
fn given(from: &Password) -> anyhow::Result<String> {
    if from.password_stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let ask = |prompt: &str| rpassword::prompt_password(prompt).context("no terminal to ask for a password (help: --password-stdin)");
    let password = ask("Password: ")?;
    ensure!(password == ask("Once more: ")?, "the two passwords differ");
    Ok(password)
}

/// The time of day of the door, which no stage asks for.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    chancery::record::instant(seconds)
}
