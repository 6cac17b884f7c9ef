//! How much of anything is read at the most.
//!
//! In: what the user raises or lowers. Out: every limit of every reader, in one place, with the words that refuse. Never: a limit
//! that nobody can change, or a refusal that does not name its limit.

use std::fmt;

/// A limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cap {
    /// Bytes of one item.
    Bytes,
    /// Bytes that one byte of an archive may become.
    Ratio,
    /// Archives in archives.
    Nesting,
    /// Files in an archive, entries of a feed.
    Entries,
    /// Bytes of an archive in an archive, or from standard input, that have to be laid aside on disk.
    Aside,
    /// Elements in elements.
    Depth,
    /// Places of a file that are damaged.
    Damage,
    /// Seconds of work without a result.
    Time,
    /// Bytes of memory of a reader that runs in a process of its own.
    Memory,
}

impl Cap {
    /// Every limit.
    pub const ALL: [Cap; 9] =
        [Cap::Bytes, Cap::Ratio, Cap::Nesting, Cap::Entries, Cap::Aside, Cap::Depth, Cap::Damage, Cap::Time, Cap::Memory];

    /// As written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Cap::Bytes => "bytes",
            Cap::Ratio => "ratio",
            Cap::Nesting => "nesting",
            Cap::Entries => "entries",
            Cap::Aside => "aside",
            Cap::Depth => "depth",
            Cap::Damage => "damage",
            Cap::Time => "time",
            Cap::Memory => "memory",
        }
    }

    /// What is read unless said otherwise.
    pub const fn usual(self) -> u64 {
        match self {
            Cap::Bytes => 32 << 20,
            Cap::Ratio => 200,
            Cap::Nesting => 4,
            Cap::Entries => 1_000_000,
            Cap::Aside => 4 << 30,
            Cap::Depth => 256,
            Cap::Damage => 100,
            Cap::Time => 20,
            Cap::Memory => 512 << 20,
        }
    }
}

/// The limits of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caps([u64; Cap::ALL.len()]);

impl Default for Caps {
    fn default() -> Caps {
        Caps(Cap::ALL.map(Cap::usual))
    }
}

impl Caps {
    /// A limit.
    pub fn of(&self, cap: Cap) -> u64 {
        self.0[cap as usize]
    }

    /// The same limits but one.
    #[must_use]
    pub fn with(mut self, cap: Cap, limit: u64) -> Caps {
        self.0[cap as usize] = limit;
        self
    }

    /// The refusal of what exceeds a limit.
    pub fn refusal(&self, cap: Cap) -> String {
        let limit = self.of(cap);
        let what = match cap {
            Cap::Bytes => return format!("larger than {}; raise the cap with --max-bytes", Size(limit)),
            Cap::Ratio => format!("unpacks to more than {limit} times its size"),
            Cap::Nesting => format!("more than {limit} archives in one another"),
            Cap::Entries => format!("more than {limit} files in an archive or entries of a feed"),
            Cap::Aside => format!("an archive of more than {} that cannot be read in place", Size(limit)),
            Cap::Depth => format!("more than {limit} elements in one another"),
            Cap::Damage => format!("damaged in more than {limit} places, and what comes after them is not read"),
            Cap::Time => format!("reading it takes more than {limit} seconds without a result"),
            Cap::Memory => format!("reading it takes more than {} of memory", Size(limit)),
        };
        format!("{what}; raise the cap with --cap {}=N", cap.as_str())
    }
}

/// A number of bytes for people.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (bits, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] {
            if self.0 >= 1 << bits && self.0.is_multiple_of(1 << bits) {
                return write!(out, "{} {unit}", self.0 >> bits);
            }
        }
        write!(out, "{} bytes", self.0)
    }
}
