//! tar archives.
//!
//! In: an archive, as it streams. Out: its files as sources. Never: writes a file, follows a link, or believes a size.

use super::{Definition, Format, Holds, open};
use crate::item::{Item, Jobs, one, refused};
use crate::source::{Source, Unpacker, shown, unreadable};
use crate::{Cap, Options};
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of a block: the head of a file, and what its bytes are filled up to.
const BLOCK: usize = 512;
/// Bytes of a name, or of what else is said of a file before it.
const MOST_SAID: u64 = 1 << 20;

pub const TAR: Format = Format(&Definition {
    name: "tar",
    holds: Holds::Sources,
    endings: &["tar"],
    recognise: |head| head.bytes.first_chunk().is_some_and(|block| sum_is_right(block) && number(&block[124..136]).is_some()),
    read,
});

type Block = [u8; BLOCK];

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, options) = (source.name.clone(), options.clone());
    let inside = match source.inside(&options.caps) {
        Ok(inside) => inside,
        Err(reason) => return refused(name, reason),
    };
    let reader = Arc::new(Mutex::new(Entry { reader: source.into_reader(), left: 0, filling: 0 }));
    let (mut count, mut ended) = (0, false);
    let entries = std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let next = next_file(&reader);
        count += 1;
        let over = count > options.caps.of(Cap::Entries);
        ended = over || !matches!(next, Ok(Some(_)));
        Some(match next {
            _ if over => refused(name.clone(), options.caps.refusal(Cap::Entries)),
            Ok(None) if count == 1 => one(Item::Empty { source: name.clone() }),
            Ok(None) => Box::new(std::iter::empty()),
            Ok(Some(path)) => file(&path, &name, &reader, &inside, &options),
            Err(error) => {
                refused(format!("{name}/file {count}"), format!("damaged, and so is what comes after it: {}", unreadable(&error)))
            }
        })
    });
    Box::new(entries.flatten())
}

fn file(path: &str, name: &str, reader: &Arc<Mutex<Entry>>, inside: &Unpacker, options: &Arc<Options>) -> Jobs {
    let place = format!("{name}/{}", shown(path));
    if crate::folder::is_hidden(path) {
        return one(Item::PassedOver { source: place, reason: "hidden".to_owned() });
    }
    open(inside.source(place, path, Shared(reader.clone())), options)
}

/// The archive, and where it is in the file in hand.
struct Entry {
    reader: Box<dyn BufRead + Send>,
    left: u64,
    filling: u64,
}

impl Entry {
    /// What is left of the file in hand is passed by.
    fn finish(&mut self) -> io::Result<()> {
        let rest = self.left + self.filling;
        let passed = io::copy(&mut (&mut self.reader).take(rest), &mut io::sink())?;
        (self.left, self.filling) = (0, 0);
        if passed < rest { Err(cut_off()) } else { Ok(()) }
    }

    fn block(&mut self) -> io::Result<Block> {
        let mut block = [0; BLOCK];
        self.reader.read_exact(&mut block).map_err(|error| if error.kind() == io::ErrorKind::UnexpectedEof { cut_off() } else { error })?;
        Ok(block)
    }

    fn said(&mut self) -> io::Result<Vec<u8>> {
        let mut said = Vec::new();
        if self.left > MOST_SAID {
            return Err(wrong("what is said of a file is too long"));
        }
        (&mut self.reader).take(self.left).read_to_end(&mut said)?;
        self.left -= said.len() as u64;
        self.finish()?;
        Ok(said)
    }
}

/// The bytes of the file in hand.
struct Shared(Arc<Mutex<Entry>>);

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut entry = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = buffer.len().min(usize::try_from(entry.left).unwrap_or(usize::MAX));
        let bytes = entry.reader.read(&mut buffer[..wanted])?;
        entry.left -= bytes as u64;
        if bytes == 0 && wanted > 0 {
            return Err(cut_off());
        }
        Ok(bytes)
    }
}

/// The path of the next file, whose bytes come next.
fn next_file(archive: &Mutex<Entry>) -> io::Result<Option<String>> {
    let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
    archive.finish()?;
    let (mut long_name, mut said_path, mut said_size) = (None, None, None);
    loop {
        if archive.reader.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let block = archive.block()?;
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if !sum_is_right(&block) {
            return Err(wrong("the sum of its head is wrong"));
        }
        let size = said_size.take().or_else(|| number(&block[124..136])).ok_or_else(|| wrong("it has no size"))?;
        archive.left = size;
        archive.filling = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        match block[156] {
            b'L' => long_name = Some(words(&archive.said()?)),
            b'x' => (said_path, said_size) = said(&archive.said()?),
            0 | b'0' | b'7' => {
                let path = said_path.or(long_name).unwrap_or_else(|| {
                    let before = if &block[257..262] == b"ustar" { words(&block[345..500]) } else { String::new() };
                    let name = words(&block[..100]);
                    if before.is_empty() { name } else { format!("{before}/{name}") }
                });
                return Ok(Some(path));
            }
            // folders, links, devices
            _ => {
                archive.finish()?;
                (long_name, said_path) = (None, None);
            }
        }
    }
}

/// `17 path=a/b\n` and `20 size=123\n`.
fn said(bytes: &[u8]) -> (Option<String>, Option<u64>) {
    let (mut path, mut size) = (None, None);
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(line);
        match line.split_once(' ').and_then(|(_, said)| said.split_once('=')) {
            Some(("path", value)) => path = Some(value.to_owned()),
            Some(("size", value)) => size = value.parse().ok(),
            _ => {}
        }
    }
    (path, size)
}

fn words(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// An octal number, or a binary one where its first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, binary @ ..] = field {
        let value = binary.iter().try_fold(0_u64, |value, byte| value.checked_mul(256)?.checked_add(u64::from(*byte)))?;
        return (value < 1 << 62).then_some(value);
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(digits, 8).ok()
}

/// Whether the sum in a head is that of its bytes, its own counted as blanks.
fn sum_is_right(block: &Block) -> bool {
    let sum: u64 = block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) }).sum();
    number(&block[148..156]) == Some(sum)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn cut_off() -> io::Error {
    wrong("the archive ends in the middle of it")
}
