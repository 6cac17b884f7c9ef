//! The `chancery` command.
//!
//! In: arguments, files, standard input. Out: data to standard output, messages to standard error, an exit status: 0 done, 1 failed,
//! 2 wrong usage, 3 done but some items were refused, 130 stopped by Ctrl-C after the items in hand. Never: decides anything about a text.

mod arguments;
mod demo;
mod evaluate;
mod language;
mod output;
mod read;
mod record;
mod reference;
mod run;
mod serve;
mod user;
mod watch;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use output::Ended;
use std::io::Write;
use std::process::ExitCode;

// readings are made of many small pieces, which the allocator of the system takes longer to find room for
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // a fault in one document is told as that document's refusal, not as a trace between the readings
    std::panic::set_hook(Box::new(|_| {}));
    match run(&arguments) {
        Ok(ended) => ended.into(),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let limited = matches!(arguments.command, Command::LimitedReader { .. });
            eprintln!("{}{error:#}", if limited { "" } else { "chancery: " });
            ExitCode::from(1)
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let knowledge = &arguments.knowledge;
    match &arguments.command {
        Command::Read { reading, portion, json } if portion.dry_run => read::survey(reading, portion, *json),
        Command::Read { reading, portion, json } => read::readings(knowledge, reading, portion, *json),
        Command::Mentions { reading, portion, json } => read::mentions(knowledge, reading, portion, *json),
        Command::Text { source, json } => read::texts(source, *json),
        Command::LimitedReader { memory, seconds, columns } => {
            chancery::source::limited::run(*memory, *seconds, columns).map_err(anyhow::Error::msg)?;
            Ok(Ended::Done)
        }
        Command::Ingest(asked) => record::ingest::ingest(knowledge, asked),
        Command::Contacts(list) => record::lists::list(knowledge, "contact", list),
        Command::Statements(list) => record::lists::list(knowledge, "statement", list),
        Command::Commitments(list) => record::lists::list(knowledge, "commitment", list),
        Command::Figures(list) => record::lists::list(knowledge, "figure", list),
        Command::Standings(list) => record::lists::list(knowledge, "standing", list),
        Command::Timeline(asked) => record::timeline::timeline(knowledge, asked),
        Command::Show(asked) => record::show::show(knowledge, asked),
        Command::Search(asked) => record::search::search(knowledge, asked),
        Command::Ledger(asked) => record::ledger::ledger(knowledge, asked),
        Command::Rebuild(asked) => record::rebuild::rebuild(knowledge, asked),
        Command::Review { command } => record::review::review(knowledge, command),
        Command::Serve(asked) => serve::serve(knowledge, asked),
        Command::Watch(asked) => watch::watch(knowledge, asked),
        Command::User { command } => user::run(command),
        Command::Evaluate { gold, readings, json, errors } => evaluate::evaluate(gold, readings, *json, *errors),
        Command::Language { command } => language::run(knowledge, command),
        Command::Reference { command } => reference::run(knowledge, command),
        Command::Demo { language, readings: true, .. } => demo::readings(knowledge, language.as_deref()),
        Command::Demo { record, language, serve, .. } => demo::demo(knowledge, record.as_deref(), language.as_deref(), *serve),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "chancery", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(Ended::Done)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
            std::io::stdout().write_all(&page)?;
            Ok(Ended::Done)
        }
    }
}
