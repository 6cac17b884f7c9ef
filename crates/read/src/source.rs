//! Something to read: its bytes, its name, and what is known of it before its bytes are looked at.
//!
//! In: files, pipes, bytes out of an archive. Out: a reader, all bytes within their cap, or a file that can be read in any order.
//! Never: writes where anybody could see it, or shows a name that steers a terminal.

use crate::caps::{Cap, Caps};
use crate::clock;
use chancery_model::Document;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes looked at to tell formats and encodings apart.
const HEAD_BYTES: usize = 64 << 10;

/// The same for one of the many items of a crawl.
const SMALL_HEAD_BYTES: usize = 8 << 10;

/// Bytes that may be unpacked whatever the size of what they were packed in.
const FREELY_UNPACKED: u64 = 32 << 20;

/// How a source was come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Somebody named it: it has to be read or refused.
    Asked,
    /// It lies among others in a folder, an archive or a crawl: what is no text is passed over.
    Among,
}

/// Something to read.
pub struct Source {
    /// Where a person finds it.
    pub name: String,
    /// Name of the file with its ending; empty where it has none.
    pub label: String,
    /// What is known of the document from outside; its id at least.
    pub known: Document,
    /// Charset that the transport declares.
    pub charset: Option<String>,
    /// Media type that the transport declares, in lower case and without parameters.
    pub media: Option<String>,
    /// How it was come by.
    pub place: Place,
    nesting: u64,
    traffic: Arc<Traffic>,
    stream: Stream,
}

enum Stream {
    File { head: Vec<u8>, file: File },
    Memory(Vec<u8>),
    Pipe(Pipe),
}

/// Something that can be read once.
struct Pipe {
    head: Vec<u8>,
    looked: bool,
    failed: Option<io::Error>,
    rest: Box<dyn BufRead + Send>,
}

impl Pipe {
    fn new(rest: impl Read + Send + 'static) -> Pipe {
        let rest = Box::new(BufReader::with_capacity(1 << 16, rest));
        Pipe { head: Vec::new(), looked: false, failed: None, rest }
    }

    fn head(&mut self) -> io::Result<&[u8]> {
        if !std::mem::replace(&mut self.looked, true) {
            self.failed = (&mut self.rest).take(HEAD_BYTES as u64).read_to_end(&mut self.head).err();
        }
        match self.failed.take_if(|_| self.head.is_empty()) {
            Some(error) => Err(error),
            None => Ok(&self.head),
        }
    }

    /// Everything; an error that was met in the head stands where it was met.
    fn into_reader(self) -> Box<dyn BufRead + Send> {
        match self.failed {
            None => Box::new(Cursor::new(self.head).chain(self.rest)),
            failed => Box::new(Cursor::new(self.head).chain(BufReader::new(Failing(failed)).chain(self.rest))),
        }
    }
}

/// An error, once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Bytes that passed: out of the file itself, and out of the archives in it.
#[derive(Default)]
struct Traffic {
    taken: AtomicU64,
    unpacked: AtomicU64,
    meter: Meter,
}

impl Traffic {
    fn take(&self, bytes: usize) {
        self.taken.fetch_add(bytes as u64, Ordering::Relaxed);
        self.meter.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// How many bytes of its inputs a run has read.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// How many bytes.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Source {
    fn top(name: &str, id: &str, place: Place, meter: &Meter, stream: impl FnOnce(&Arc<Traffic>) -> Stream) -> Source {
        let traffic = Arc::new(Traffic { meter: meter.clone(), ..Traffic::default() });
        let stream = stream(&traffic);
        let known = Document { id: id.to_owned(), ..Document::default() };
        let (name, label) = (shown(name), file_name(name).to_owned());
        Source { name, label, known, charset: None, media: None, place, nesting: 0, traffic, stream }
    }

    /// A file.
    pub fn file(path: &Path, file: File, place: Place, meter: &Meter) -> Source {
        let name = path.to_string_lossy();
        Source::top(&name, stem(file_name(&name)), place, meter, |traffic| match file.metadata() {
            Ok(metadata) if metadata.is_file() => Stream::File { head: Vec::new(), file },
            _ => Stream::Pipe(Pipe::new(Counted { inner: file, traffic: traffic.clone() })),
        })
    }

    /// A pipe. `name` shows it, `id` is the id of a document that has none of its own.
    pub fn pipe(name: &str, id: &str, pipe: Box<dyn BufRead + Send>, meter: &Meter) -> Source {
        Source::top(name, id, Place::Asked, meter, |traffic| Stream::Pipe(Pipe::new(Counted { inner: pipe, traffic: traffic.clone() })))
    }

    /// A source in this one.
    pub fn inside(&self, caps: &Caps) -> Result<Unpacker, String> {
        if self.nesting >= caps.of(Cap::Nesting) {
            return Err(caps.refusal(Cap::Nesting));
        }
        Ok(Unpacker { nesting: self.nesting + 1, traffic: self.traffic.clone(), caps: caps.clone() })
    }

    /// The first bytes.
    pub fn head(&mut self) -> io::Result<&[u8]> {
        match &mut self.stream {
            Stream::Memory(bytes) => Ok(&bytes[..bytes.len().min(SMALL_HEAD_BYTES)]),
            Stream::File { head, file } => {
                if head.is_empty() {
                    file.take(HEAD_BYTES as u64).read_to_end(head)?;
                    file.rewind()?;
                }
                Ok(head)
            }
            Stream::Pipe(pipe) => pipe.head(),
        }
    }

    /// Everything, from the beginning.
    pub fn into_reader(self) -> Box<dyn BufRead + Send> {
        match self.stream {
            Stream::Memory(bytes) => Box::new(Cursor::new(bytes)),
            Stream::File { file, .. } => Box::new(BufReader::with_capacity(1 << 16, Counted { inner: file, traffic: self.traffic })),
            Stream::Pipe(pipe) => pipe.into_reader(),
        }
    }

    /// All bytes, where they are within the cap.
    pub fn into_bytes(self, caps: &Caps) -> Result<Vec<u8>, String> {
        let limit = caps.of(Cap::Bytes);
        match self.stream {
            Stream::Memory(bytes) if bytes.len() as u64 > limit => Err(caps.refusal(Cap::Bytes)),
            Stream::Memory(bytes) => Ok(bytes),
            _ => {
                let mut bytes = Vec::new();
                self.into_reader().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
                if bytes.len() as u64 > limit { Err(caps.refusal(Cap::Bytes)) } else { Ok(bytes) }
            }
        }
    }

    /// A file that can be read in any order; what is none is laid aside in one without a name.
    pub fn into_file(self, caps: &Caps) -> Result<Window, String> {
        let traffic = self.traffic.clone();
        let file = match self.stream {
            Stream::File { file, .. } => file,
            _ => {
                let limit = caps.of(Cap::Aside);
                let mut aside = tempfile::tempfile().map_err(|error| unreadable(&error))?;
                let bytes =
                    io::copy(&mut self.into_reader().take(limit.saturating_add(1)), &mut aside).map_err(|error| unreadable(&error))?;
                if bytes > limit {
                    return Err(caps.refusal(Cap::Aside));
                }
                aside
            }
        };
        Window::of(file, traffic).map_err(|error| unreadable(&error))
    }
}

/// Makes sources of what lies in another.
#[derive(Clone)]
pub struct Unpacker {
    nesting: u64,
    traffic: Arc<Traffic>,
    caps: Caps,
}

impl Unpacker {
    /// What was unpacked. `name` is where a person finds it, `label` its file name.
    pub fn source(&self, name: String, label: &str, packed: impl Read + Send + 'static) -> Source {
        let unpacked = Unpacked { inner: packed, traffic: self.traffic.clone(), caps: self.caps.clone() };
        self.with(name, label, Stream::Pipe(Pipe::new(unpacked)))
    }

    /// What another process makes of it.
    pub fn pipe(&self, name: String, rest: Box<dyn BufRead + Send>) -> Source {
        self.with(name, "", Stream::Pipe(Pipe { head: Vec::new(), looked: false, failed: None, rest }))
    }

    /// What lies there as bytes.
    pub fn bytes(&self, name: String, label: &str, bytes: Vec<u8>) -> Source {
        self.with(name, label, Stream::Memory(bytes))
    }

    fn with(&self, name: String, label: &str, stream: Stream) -> Source {
        let label = file_name(label).to_owned();
        Source {
            name,
            known: Document { id: stem(&label).to_owned(), ..Document::default() },
            label,
            charset: None,
            media: None,
            place: Place::Among,
            nesting: self.nesting,
            traffic: self.traffic.clone(),
            stream,
        }
    }
}

/// Counts what is read of a file.
struct Counted<R> {
    inner: R,
    traffic: Arc<Traffic>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.traffic.take(bytes);
        Ok(bytes)
    }
}

/// Counts what comes out of an archive, and ends where it is out of proportion to what went in.
struct Unpacked<R> {
    inner: R,
    traffic: Arc<Traffic>,
    caps: Caps,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        let unpacked = self.traffic.unpacked.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        let taken = self.traffic.taken.load(Ordering::Relaxed);
        if unpacked > FREELY_UNPACKED.saturating_add(taken.saturating_mul(self.caps.of(Cap::Ratio))) {
            return Err(io::Error::other(self.caps.refusal(Cap::Ratio)));
        }
        clock::check(&self.caps)?;
        Ok(bytes)
    }
}

/// A stretch of a file, read wherever other stretches of it are read.
#[derive(Clone)]
pub struct Window {
    file: Arc<Mutex<File>>,
    traffic: Arc<Traffic>,
    start: u64,
    at: u64,
    end: u64,
}

impl Window {
    /// A file whole, which nobody counts.
    pub fn whole(file: File) -> io::Result<Window> {
        Window::of(file, Arc::default())
    }

    fn of(file: File, traffic: Arc<Traffic>) -> io::Result<Window> {
        let end = file.metadata()?.len();
        Ok(Window { file: Arc::new(Mutex::new(file)), traffic, start: 0, at: 0, end })
    }

    /// The whole file, for a process that reads it.
    pub fn file(&self) -> io::Result<File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).try_clone()
    }

    /// How many bytes it has.
    pub fn len(&self) -> u64 {
        self.end - self.start
    }

    /// A stretch of the stretch.
    pub fn part(&self, start: u64, bytes: u64) -> Window {
        let start = self.start.saturating_add(start).min(self.end);
        Window { start, at: start, end: start.saturating_add(bytes).min(self.end), ..self.clone() }
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(usize::try_from(self.end - self.at).unwrap_or(usize::MAX));
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let bytes = file.read(&mut buffer[..wanted])?;
        self.at += bytes as u64;
        self.traffic.take(bytes);
        Ok(bytes)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(bytes) => self.start.checked_add(bytes),
            SeekFrom::End(bytes) => self.end.checked_add_signed(bytes),
            SeekFrom::Current(bytes) => self.at.checked_add_signed(bytes),
        };
        let to = to.filter(|to| *to >= self.start).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.at = to.min(self.end);
        Ok(self.at - self.start)
    }
}

/// The last part of a path or an address, in whatever way its parts are set apart.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A file name without its last ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// A name in which nothing steers a terminal.
pub fn shown(name: &str) -> String {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if !name.contains(steers) {
        return name.to_owned();
    }
    name.chars()
        .flat_map(|character| {
            if steers(character) { character.escape_unicode().to_string() } else { character.to_string() }.chars().collect::<Vec<_>>()
        })
        .collect()
}

/// Why something cannot be read.
pub fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        // what the readers of this crate say is said whole
        io::ErrorKind::Other | io::ErrorKind::InvalidData | io::ErrorKind::TimedOut if error.get_ref().is_some() => error.to_string(),
        _ => format!("cannot be read: {error}"),
    }
}
