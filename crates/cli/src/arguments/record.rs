//! The arguments of the commands of the record.
//!
//! In: nothing. Out: their types. Never: acts.

use super::Reading;
use chancery::Edtf;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Which record.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The file of the record
    #[arg(long, value_name = "PATH", default_value = "chancery.db")]
    pub record: PathBuf,
}

#[derive(Args, Debug)]
#[command(mut_arg("inputs", |inputs| inputs.required(false).required_unless_present_any(["withdraw", "restore"])))]
#[command(after_help = "Examples:
  chancery ingest news/                       into chancery.db here, which is made where there is none
  chancery ingest --record talks.db feed.jsonl
  chancery ingest --dry-run news/             what would be new, changed or refused
  chancery ingest --withdraw 2024-05-20-talks --reason \"retracted by the paper\"

Ingesting again changes nothing: a document that the record has is passed by, one whose text or data changed becomes a
new version. What was told as kept is kept, whatever happens to the process. Exit status 3 where some items were refused;
`chancery ledger --failed` lists them.")]
pub struct Ingest {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub reading: Reading,
    /// Read everything, keep nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Read at the most so many documents that the record does not have
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print what became of each item as a JSON object a line, as soon as it is kept
    #[arg(long)]
    pub json: bool,
    /// Mark a document as withdrawn: the record rests on it no more, its text stays
    #[arg(long, value_name = "ID", conflicts_with = "inputs")]
    pub withdraw: Vec<String>,
    /// Why it is withdrawn
    #[arg(long, value_name = "WORDS", default_value = "withdrawn", hide_default_value = true)]
    pub reason: String,
    /// Take a withdrawal back
    #[arg(long, value_name = "ID", conflicts_with_all = ["inputs", "withdraw"])]
    pub restore: Vec<String>,
}

/// Which entries.
#[derive(Args, Clone, Debug)]
pub struct Asked {
    /// Of this state or organization (code or name); of all of them where several are given
    #[arg(long, value_name = "STATE")]
    pub state: Vec<String>,
    /// Of this person, in any script or spelling; of all of them where several are given
    #[arg(long, value_name = "NAME")]
    pub person: Vec<String>,
    /// Of this kind (meeting, call, visit, ...; topic of figures, relation of standings); of any of several
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// With this status (held, planned, ...) or outcome (open, kept, ...); with any of several
    #[arg(long, value_name = "STATUS")]
    pub status: Vec<String>,
    /// Not over before this date
    #[arg(long, value_name = "DATE")]
    pub since: Option<Edtf>,
    /// Not begun after this date
    #[arg(long, value_name = "DATE")]
    pub until: Option<Edtf>,
    /// In the frame of this organization or format
    #[arg(long, value_name = "FORMAT")]
    pub format: Vec<String>,
    /// At this place (`Astana`, or `Astana, KZ`); at all of them where several are given
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// Told in this language
    #[arg(long, value_name = "TAG")]
    pub language: Vec<String>,
    /// As it was known on this day, by what was published until then
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<Edtf>,
}

/// How entries are printed.
#[derive(Args, Clone, Debug)]
pub struct Shape {
    /// One JSON object a line (schema chancery.entry/1)
    #[arg(long)]
    pub json: bool,
    /// A spreadsheet; cells that a spreadsheet would calculate are made text
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// How many entries; 0 for all. A table shows 50 where nothing is said, JSON and CSV all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How many are left out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub offset: usize,
    /// Say why values are known that no document gives whole
    #[arg(long)]
    pub explain: bool,
}

/// A list of entries.
#[derive(Args, Clone, Debug)]
#[group(skip)]
pub struct List {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub asked: Asked,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery timeline KZ US
  chancery timeline Germany France --since 2024 --json")]
pub struct Timeline {
    /// States or organizations: codes or names
    #[arg(required = true, value_name = "STATE")]
    pub states: Vec<String>,
    #[command(flatten)]
    pub list: List,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery show e-3f9a10c2b7d4
  chancery show e-3f9a --why          why its claims are one, and what was held apart

ID is that of an entry, one that it had before, or that of a claim; its beginning is enough where no other begins so.")]
pub struct Show {
    /// Id of an entry or a claim
    pub id: String,
    #[command(flatten)]
    pub place: Place,
    /// Say why claims are one, and what spoke against others
    #[arg(long)]
    pub why: bool,
    /// One JSON object (schema chancery.entry/1)
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery search gas transit
  chancery search \"習近平\" --json

Every word must be there; case and accents do not matter. Entries come first, then documents with the passage marked.")]
pub struct Search {
    /// Words in any language or script
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub place: Place,
    /// How many entries and documents
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// How many are left out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub offset: usize,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery ledger                 how many items were read, empty, refused
  chancery ledger --failed        each refused item with the reason
  chancery ledger --retry         read what was refused once more")]
pub struct Ledger {
    #[command(flatten)]
    pub place: Place,
    /// List what was refused
    #[arg(long)]
    pub failed: bool,
    /// Read what was refused once more, from where it was read
    #[arg(long)]
    pub retry: bool,
    /// List every item
    #[arg(long)]
    pub all: bool,
    /// One JSON object an item
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery rebuild                derive the record anew and compare it with the stored one
  chancery rebuild --read         read every stored text again first, with this version and its packs")]
pub struct Rebuild {
    #[command(flatten)]
    pub place: Place,
    /// Read every stored text again first
    #[arg(long)]
    pub read: bool,
}

#[derive(Subcommand, Debug)]
pub enum Review {
    /// What most needs a person's eye: contradictions, then the least certain; judgements whose evidence is gone
    List {
        #[command(flatten)]
        list: List,
    },
    /// An entry is right as it stands
    Accept {
        /// Id of the entry
        id: String,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// A claim, or every claim of an entry, is wrong and counts no more
    Reject {
        /// Id of the claim or entry
        id: String,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// A value of an entry is another
    #[command(after_help = "Examples:
  chancery review correct e-3f9a10c2b7d4 date 2024-05-21 --author A --reason \"read-out of the ministry\"
  chancery review correct e-3f9a10c2b7d4 states \"KZ, US\" --author A --reason \"host named\"
  chancery review correct e-3f9a10c2b7d4 place \"Paris, FR\" --author A --reason \"read-out of the ministry\"")]
    Correct {
        /// Id of the entry or claim
        id: String,
        /// date, place, status, kind, format, participants, states, ...
        field: String,
        /// The value: a word, a date, or JSON
        value: String,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// Two entries are one
    Merge {
        /// Id of an entry or claim
        one: String,
        /// Id of the other
        other: String,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// Two claims, or the claims of two entries, are not one
    Split {
        /// Id of a claim or entry
        one: String,
        /// Id of the other
        other: String,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// A judgement counts no more
    Undo {
        /// Its number in the log
        number: u64,
        #[command(flatten)]
        verdict: Verdict,
    },
    /// Every judgement, and whether the log is as it was written
    Log {
        #[command(flatten)]
        place: Place,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Who decides, and why.
#[derive(Args, Clone, Debug)]
pub struct Verdict {
    #[command(flatten)]
    pub place: Place,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub author: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
}
