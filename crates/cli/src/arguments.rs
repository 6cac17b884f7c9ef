//! The arguments of the command, from which help, manual page and completions are made.
//!
//! In: nothing. Out: their types. Never: acts.

pub mod record;
pub mod watch;

use chancery::Edtf;
use chancery::source::{Cap, FieldMap, Format};
use chancery_web::access::Role;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads news of diplomacy and says who met whom, who said what, what was agreed.
#[derive(Parser, Debug)]
#[command(name = "chancery", version, max_term_width = 100)]
#[command(after_help = "Examples:
  chancery demo                                 the record of the examples that come with it
  chancery read article.txt                     each claim a sentence, its evidence marked
  chancery read --json news/ > readings.jsonl   one reading a line
  chancery ingest news/                         read into the record, chancery.db here
  chancery contacts --state KZ --since 2023     who met whom, by everything that was read
  chancery serve                                the record as pages in a browser
  chancery evaluate gold/ readings.jsonl        how right the readings are

Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some items were refused, 130 stopped by Ctrl-C.")]
pub struct Arguments {
    #[command(flatten)]
    pub knowledge: Knowledge,
    #[command(subcommand)]
    pub command: Command,
}

/// Where packs and tables come from.
#[derive(Args, Clone, Debug)]
pub struct Knowledge {
    /// A folder with language packs, or one pack; they win over those built in
    #[arg(long, value_name = "DIR", global = true)]
    pub languages: Option<PathBuf>,
    /// A folder with tables of facts; they win over those built in
    #[arg(long, value_name = "DIR", global = true)]
    pub reference: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read and print what is said; keeps nothing
    #[command(after_help = "Examples:
  chancery read article.txt
  chancery read --json --published 2024-05-20 article.txt
  curl -s https://example.org/feed.jsonl | chancery read --json --as jsonl -
  chancery read --dry-run crawl.warc.gz          what would be read

INPUT is a file, a folder, an archive or `-` for standard input: text, Markdown, HTML, JSON Lines, CSV, Parquet, WARC,
RSS, Atom, JSON Feed, EML, MHTML, in gz, zst, zip or tar; docs/inputs.md says what of each is read. Spans count code points of the text as stored, which
`chancery text` prints.")]
    Read {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        portion: Portion,
        /// One JSON object a line (schema chancery.reading/1)
        #[arg(long)]
        json: bool,
    },
    /// Print what is named, in or out of a claim: persons, states, dates, amounts
    #[command(after_help = "Example:
  chancery mentions --json article.txt")]
    Mentions {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        portion: Portion,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the text that spans refer to, as stored
    #[command(after_help = "Example:
  chancery text --as markdown article.md
  chancery text --json crawl.warc.gz > texts.jsonl")]
    Text {
        #[command(flatten)]
        source: Source,
        /// One JSON object a document, with what its source says of itself; can be read again
        #[arg(long)]
        json: bool,
    },
    /// Read into the record
    Ingest(record::Ingest),
    /// Contacts of the record: meetings, calls, visits, conferences, letters, signings
    #[command(after_help = "Examples:
  chancery contacts --state KZ --state US
  chancery contacts --person Токаев --kind meeting --since 2023 --csv > meetings.csv
  chancery contacts --status planned --known-on 2024-05-01")]
    Contacts(record::List),
    /// Statements of the record: who said what
    Statements(record::List),
    /// Commitments of the record, and what became of them
    #[command(after_help = "Example:
  chancery commitments --status overdue")]
    Commitments(record::List),
    /// Figures of the record
    Figures(record::List),
    /// Standings of the record: offices, memberships, partnerships
    Standings(record::List),
    /// What is between states, by date: contacts, commitments, figures, standings
    Timeline(record::Timeline),
    /// An entry with everything that stands behind it
    Show(record::Show),
    /// Words in the record and in its documents
    Search(record::Search),
    /// What became of every input
    Ledger(record::Ledger),
    /// Derive the record anew
    Rebuild(record::Rebuild),
    /// Judgements of people: accept, reject, correct, merge, split, undo
    Review {
        #[command(subcommand)]
        command: record::Review,
    },
    /// Look at the record: pages in a browser
    #[command(after_help = "Examples:
  chancery serve                                the record here, at http://127.0.0.1:7878/
  chancery serve --record talks.db --listen 127.0.0.1:0
  chancery user add ada --role admin && chancery serve --behind-proxy https://record.example

A record with users asks everybody to log in; docs/pages.md says how to put it behind a proxy with TLS.")]
    Serve(Serve),
    /// Poll feeds and read the pages of their new entries into the record
    Watch(watch::Watch),
    /// Who may see the record on other machines: users with roles, for `serve`
    User {
        #[command(subcommand)]
        command: User,
    },
    /// Precision, recall and F1 of readings against gold files
    #[command(after_help = "Example:
  chancery read --json texts/ > readings.jsonl
  chancery evaluate gold/ readings.jsonl")]
    Evaluate {
        /// Folder with one <document>.json for each document
        gold: PathBuf,
        /// Readings, one JSON object a line; `-` for standard input
        readings: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// List what is missed and what is wrong
        #[arg(long)]
        errors: bool,
    },
    /// Make, check and understand language packs
    Language {
        #[command(subcommand)]
        command: Language,
    },
    /// Who held which office when, who bears a name; import of a user's own facts
    Reference {
        #[command(subcommand)]
        command: Reference,
    },
    /// Read the examples that come with the command into a fresh record and show what it holds
    #[command(after_help = "Examples:
  chancery demo                            in a record that is gone afterwards
  chancery demo --serve                    and look at it in a browser
  chancery demo --record demo.db           keeps it, to be asked on
  chancery demo --readings --language de   what it found in each example, sentence by sentence")]
    Demo {
        /// Keep the record in this file
        #[arg(long, value_name = "PATH")]
        record: Option<PathBuf>,
        /// Only the examples of this language
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Show each reading instead of the record
        #[arg(long, conflicts_with = "record")]
        readings: bool,
        /// Open the pages of the record afterwards, until Ctrl-C
        #[arg(long, conflicts_with = "readings")]
        serve: bool,
    },
    /// Print a script that completes arguments in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
    /// Read Parquet files that are handed over standard input in a process with little memory and time, and print their rows
    #[command(hide = true, name = chancery::source::limited::SUBCOMMAND)]
    LimitedReader {
        /// Bytes of memory
        memory: u64,
        /// Seconds of work without a row
        seconds: u64,
        /// Columns that are read
        columns: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub place: record::Place,
    /// An address and a port; port 0 takes any that is free. Others than of this machine need users (`chancery user add`)
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub listen: std::net::SocketAddr,
    /// The address of a proxy under which others know the pages, such as https://record.example; needs users
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub behind_proxy: Option<String>,
}

/// `https://host` or `https://host:port`, and nothing behind it.
fn origin(word: &str) -> Result<String, String> {
    let word = word.trim_end_matches('/');
    let host = word.strip_prefix("https://").or(word.strip_prefix("http://")).unwrap_or("");
    let well = !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter));
    if well { Ok(word.to_owned()) } else { Err("expected an origin such as https://record.example".to_owned()) }
}

#[derive(Subcommand, Debug)]
pub enum User {
    /// Add a user; the password is asked for twice
    #[command(after_help = "Examples:
  chancery user add ada --role admin
  pass show record/ada | chancery user add ada --role reviewer --password-stdin")]
    Add {
        /// By which judgements and the audit name them
        name: String,
        /// reader: look; reviewer: judge; admin: see users and the audit
        #[arg(long, default_value = "reader")]
        role: Role,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        place: record::Place,
    },
    /// Every user with their role
    List {
        #[command(flatten)]
        place: record::Place,
    },
    /// Give another password; whoever is logged in with the old one is logged out
    Password {
        /// Whose
        name: String,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        place: record::Place,
    },
    /// Give another role
    Role {
        /// Whose
        name: String,
        /// reader, reviewer or admin
        role: Role,
        #[command(flatten)]
        place: record::Place,
    },
    /// Remove a user; what they judged and saw stays in the logs
    Remove {
        /// Who
        name: String,
        #[command(flatten)]
        place: record::Place,
    },
}

/// Where a password comes from.
#[derive(Args, Debug)]
#[group(skip)]
pub struct Password {
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Subcommand, Debug)]
pub enum Language {
    /// Copy the template of a pack
    New {
        /// BCP 47 tag of the language
        tag: String,
    },
    /// Shape, references, collisions with names, examples, tests
    #[command(after_help = "Example:
  chancery language check cs --languages languages")]
    Check {
        /// BCP 47 tags; all packs where none is given
        tags: Vec<String>,
        /// Print nothing but what must be mended
        #[arg(long)]
        quiet: bool,
    },
    /// What each stage saw in a text, rule by rule
    #[command(after_help = "Example:
  chancery language explain de \"Scholz traf Macron in Paris.\"")]
    Explain {
        /// BCP 47 tag
        tag: String,
        /// The text; `-` for standard input
        text: String,
        /// Date of publication (EDTF)
        #[arg(long, value_name = "DATE")]
        published: Option<Edtf>,
    },
    /// Entries by how often they fire: the loudest and the silent
    Audit {
        /// BCP 47 tag
        tag: String,
        /// Texts of the language
        #[command(flatten)]
        source: Source,
        /// How many of the loudest and of the silent entries are shown
        #[arg(long, default_value_t = 40, value_name = "N")]
        top: usize,
    },
    /// What each pack covers
    Status,
}

#[derive(Subcommand, Debug)]
pub enum Reference {
    /// Persons who bear a name, in any script, spelling or inflection, the likeliest first
    #[command(after_help = "Examples:
  chancery reference find Tokayev
  chancery reference find \"Тоқаев\"
  chancery reference find --json \"Sheikh Mohamed bin Zayed\"

Exit status 1 where nobody bears the name.")]
    Find {
        /// The name; titles before it are understood
        name: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// How many are shown
        #[arg(long, default_value_t = 8, value_name = "N")]
        top: usize,
    },
    /// Who held an office on a day, or everybody who held it
    #[command(after_help = "Examples:
  chancery reference holder --state RU --role \"foreign minister\" --on 2013-02-02
  chancery reference holder --state Ireland --role taoiseach --on 2011
  chancery reference holder --state KZ --role president

Without --on every known holder is shown. A holder without a last day is told with the day to which the source
knows it. Exit status 1 where no holder is known.")]
    Holder {
        /// State or organization: ISO 3166-1 code, name or adjective
        #[arg(long, value_name = "STATE")]
        state: String,
        /// Office in words
        #[arg(long, value_name = "OFFICE")]
        role: String,
        /// Day, month, year or interval
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Settle a table of names, offices, states and dates row by row
    #[command(after_help = "Examples:
  chancery reference lookup visits.tsv > settled.tsv
  cut -f1-4 visits.tsv | chancery reference lookup -

The table has tab-separated columns name, role, state and date, in any order, named in its first line; others are kept.
An empty name asks for the holder of the office on that date. Each row is printed again with three more columns: result
(settled, doubt, unknown), person and qid; a doubt names its candidates, separated by `|`. Rows whose date or state
cannot be read are unknown, and told by line on standard error (exit status 3).")]
    Lookup {
        /// The table; `-` for standard input
        table: PathBuf,
        /// A fourth column says why
        #[arg(long)]
        why: bool,
    },
    /// Whether the tables hold together: sources, overlaps of seats of one, text
    #[command(after_help = "Example:
  chancery reference check --reference reference")]
    Check,
    /// Add facts of your own: Wikidata entities, FollowTheMoney entities, tables
    #[command(after_help = "Examples:
  chancery reference import --into facts latest-all.json.gz-unpacked.json
  curl -s https://www.wikidata.org/wiki/Special:EntityData/Q15031.json | chancery reference import -
  chancery reference import peps.entities.ftm.json tenures.tsv

FILE is Wikidata JSON (a dump with one entity a line, or what the API answers), FollowTheMoney or OpenSanctions JSON Lines,
or a table named like those of reference/. Imported facts are kept as tables in a folder, and win over those built in;
importing a file again changes nothing. docs/reference.md says how to get such files.")]
    Import {
        /// Files, or `-` for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The folder in which facts are kept; $CHANCERY_REFERENCE or the user's data folder where none is given
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
}

/// What to read.
#[derive(Args, Clone, Debug)]
pub struct Source {
    /// Files, folders, or `-`
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The format, where it shall not be told from the content: text, markdown, jsonl, ... (docs/inputs.md has them all)
    #[arg(long = "as", value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Which field of a record says what, such as text=body.plain,published=day, or the name of a ready map
    #[arg(long = "map", value_name = "FIELD=PATH", value_delimiter = ',', value_parser = |word: &str| word.parse::<FieldMap>())]
    pub maps: Vec<FieldMap>,
    /// The most bytes that one item may have
    #[arg(long, default_value_t = Cap::Bytes.usual(), value_name = "N")]
    pub max_bytes: u64,
    /// Another cap, such as ratio=1000 (docs/inputs.md has them all)
    #[arg(long = "cap", value_name = "NAME=N", value_parser = cap)]
    pub caps: Vec<(Cap, u64)>,
}

/// `name=number`.
fn cap(word: &str) -> Result<(Cap, u64), String> {
    let (name, limit) = word.split_once('=').ok_or("expected NAME=N")?;
    let cap = Cap::ALL.into_iter().find(|cap| cap.as_str() == name);
    let cap = cap.ok_or_else(|| format!("unknown cap; expected one of {}", Cap::ALL.map(Cap::as_str).join(", ")))?;
    Ok((cap, limit.parse().map_err(|error| format!("{limit:?} is no number: {error}"))?))
}

/// Which of the items.
#[derive(Args, Clone, Debug, Default)]
pub struct Portion {
    /// At the most so many items
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Not the first so many, as where a run was stopped
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub skip: usize,
    /// Only list what would be read
    #[arg(long)]
    pub dry_run: bool,
}

/// What to read, and what is known of it.
#[derive(Args, Clone, Debug)]
pub struct Reading {
    #[command(flatten)]
    pub source: Source,
    /// Date of publication (EDTF, such as 2024-05-20) of documents that give none themselves
    #[arg(long, value_name = "DATE")]
    pub published: Option<Edtf>,
    /// Language (BCP 47) of documents that give none themselves
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Threads; as many as the machine has where none is given
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
    pub jobs: usize,
}
