//! The arguments of the command, from which help, manual page and completions are made.
//!
//! In: nothing. Out: their types. Never: acts.

use chancery::Edtf;
use chancery::source::{Format, MAX_BYTES};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads news of diplomacy and says who met whom, who said what, what was agreed.
#[derive(Parser, Debug)]
#[command(name = "chancery", version, max_term_width = 100)]
#[command(after_help = "Examples:
  chancery demo                                 what it finds in the examples that come with it
  chancery read article.txt                     each claim a sentence, its evidence marked
  chancery read --json news/ > readings.jsonl   one reading a line
  chancery evaluate gold/ readings.jsonl        how right the readings are

Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some items were refused.")]
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

INPUT is a file (plain text, Markdown with a front matter, JSON Lines of {text, id, published, language,
title, url}), a folder, or `-` for standard input. Spans count code points of the text as stored, which
`chancery text` prints.")]
    Read {
        #[command(flatten)]
        reading: Reading,
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
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the text that spans refer to, as stored
    #[command(after_help = "Example:
  chancery text --as markdown article.md")]
    Text {
        #[command(flatten)]
        source: Source,
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
    /// Read the examples that come with the command and print what it finds
    #[command(after_help = "Example:
  chancery demo --language de")]
    Demo {
        /// Only the examples of this language
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Print a script that completes arguments in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
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

/// What to read.
#[derive(Args, Clone, Debug)]
pub struct Source {
    /// Files, folders, or `-`
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The format, where it shall not be told from name and content: text, markdown, jsonl
    #[arg(long = "as", value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The most bytes that one item may have
    #[arg(long, default_value_t = MAX_BYTES, value_name = "N")]
    pub max_bytes: u64,
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
