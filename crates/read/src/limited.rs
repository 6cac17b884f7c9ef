//! Readers that could bring a process down run in one of their own, which may use little memory and time and open nothing.
//!
//! In: files, and the program that reads them so. Out: the lines that it prints. Never: more than is allowed, or an end of the run
//! because the reader ended.
//!
//! The program is this one again, called as `PROGRAM limited-reader MEMORY SECONDS COLUMN...`. Its standard input is a socket over which
//! it is handed one open file after the other. It prints the rows of each, a JSON object a line, and then a line [`END`], or one that
//! begins with [`DAMAGED`]. Where it dies, the rest of the file in hand is refused, and the next file has a process of its own.

use crate::formats::parquet::Rows;
use crate::source::Window;
use crate::{Cap, Caps, Options};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// The subcommand by which the program is called.
pub const SUBCOMMAND: &str = "limited-reader";
/// The line after the rows of a file.
const END: &str = "end";
/// What the line after the rows begins with where there are more that cannot be read; why follows.
const DAMAGED: &str = "!";

/// The program, and the process of it that waits for the next file.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    waiting: Arc<Mutex<Option<Worker>>>,
}

impl Program {
    /// The program of this path; nothing is started yet.
    pub fn new(path: PathBuf) -> Program {
        Program { path, waiting: Arc::default() }
    }

    /// A process that is called so: the one that waits, or a new one.
    fn worker(&self, arguments: Vec<String>) -> io::Result<Worker> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        match waiting.filter(|worker| worker.arguments == arguments) {
            Some(worker) => Ok(worker),
            None => Worker::start(&self.path, arguments),
        }
    }
}

impl PartialEq for Program {
    fn eq(&self, other: &Program) -> bool {
        self.path == other.path
    }
}

impl Eq for Program {}

/// The rows of a file as lines: by a process of their own where the options name a program for it.
pub fn lines(file: Window, columns: Vec<String>, options: &Options) -> Result<Box<dyn BufRead + Send>, String> {
    let Some(program) = &options.limited_reader else {
        return Ok(Box::new(BufReader::new(Rows::of(file, &columns)?)));
    };
    let limits = [Cap::Memory, Cap::Time].map(|cap| options.caps.of(cap).to_string());
    let arguments: Vec<String> = limits.into_iter().chain(["--".to_owned()]).chain(columns).collect();
    let asked = file.file().and_then(|file| {
        let worker = program.worker(arguments.clone())?;
        // one that died while it waited is followed by another
        worker.take(&file).map(|()| worker).or_else(|_| {
            let worker = Worker::start(&program.path, arguments)?;
            worker.take(&file)?;
            Ok(worker)
        })
    });
    let worker = asked.map_err(|error| format!("its reader cannot be started: {error}"))?;
    let lines = Lines { worker: Some(worker), program: program.clone(), within: false, caps: options.caps.clone() };
    Ok(Box::new(BufReader::with_capacity(1 << 16, lines)))
}

/// A process that reads files.
#[derive(Debug)]
struct Worker {
    arguments: Vec<String>,
    child: Child,
    socket: handing::Socket,
    out: BufReader<ChildStdout>,
}

impl Worker {
    fn start(program: &std::path::Path, arguments: Vec<String>) -> io::Result<Worker> {
        let (socket, its) = handing::pair()?;
        let mut child = Command::new(program)
            .arg(SUBCOMMAND)
            .args(&arguments)
            .env_clear()
            .stdin(its)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or_else(|| io::Error::other("it has no output"))?;
        Ok(Worker { arguments, child, socket, out: BufReader::with_capacity(1 << 16, out) })
    }

    /// It is to read this file next.
    fn take(&self, file: &File) -> io::Result<()> {
        handing::hand_over(&self.socket, file)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // one that nobody listens to any more
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What a limited process prints of one file.
struct Lines {
    worker: Option<Worker>,
    program: Program,
    /// Whether a row is in hand.
    within: bool,
    caps: Caps,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(worker) = &mut self.worker else { return Ok(0) };
        let available = worker.out.fill_buf()?;
        match available.first() {
            None => Err(damaged(self.died()?)),
            Some(first) if self.within || *first == b'{' => {
                let end = available.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
                let bytes = end.unwrap_or(available.len()).min(buffer.len());
                self.within = end != Some(bytes);
                buffer[..bytes].copy_from_slice(&available[..bytes]);
                worker.out.consume(bytes);
                Ok(bytes)
            }
            Some(_) => {
                let mut line = String::new();
                (&mut worker.out).take(4096).read_line(&mut line)?;
                let worker = self.worker.take();
                match line.trim_end().strip_prefix(DAMAGED) {
                    None if line.trim_end() != END => Err(damaged("damaged: its reader says what nobody understands".to_owned())),
                    reason => {
                        *self.program.waiting.lock().unwrap_or_else(PoisonError::into_inner) = worker;
                        reason.map_or(Ok(0), |reason| Err(damaged(reason.to_owned())))
                    }
                }
            }
        }
    }
}

impl Lines {
    /// Why the process ended.
    fn died(&mut self) -> io::Result<String> {
        let Some(mut worker) = self.worker.take() else { return Ok(String::new()) };
        let mut told = String::new();
        if let Some(messages) = &mut worker.child.stderr {
            messages.take(4096).read_to_string(&mut told)?;
        }
        Ok(self.end(worker.child.wait()?, told.trim()))
    }

    fn end(&self, status: ExitStatus, told: &str) -> String {
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal: Option<i32> = None;
        match signal {
            // SIGXCPU
            Some(24) => self.caps.refusal(Cap::Time),
            _ if told.contains("memory allocation") || told.contains("apacity overflow") => self.caps.refusal(Cap::Memory),
            Some(signal) => {
                format!("damaged, or more than its reader can take (it ended by signal {signal}); {}", self.caps.refusal(Cap::Memory))
            }
            None => format!("damaged: its reader failed: {} ({status})", told.lines().next().unwrap_or("no message")),
        }
    }
}

fn damaged(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// What the limited process does: reads the files that it is handed, and prints their rows.
///
/// # Errors
/// Where it cannot limit itself, or nobody listens.
pub fn run(memory: u64, seconds: u64, columns: &[String]) -> Result<(), String> {
    let message = |error: io::Error| error.to_string();
    limit(memory, seconds).map_err(message)?;
    let mut out = io::stdout().lock();
    while let Some(file) = handing::taken().map_err(message)? {
        more_time(seconds).map_err(message)?;
        let told = match rows(file, columns, seconds, &mut out).map_err(message)? {
            Ok(()) => END.to_owned(),
            Err(reason) => format!("{DAMAGED}{}", reason.replace('\n', " ")),
        };
        writeln!(out, "{told}").and_then(|()| out.flush()).map_err(message)?;
    }
    Ok(())
}

/// Prints the rows of a file, as far as they can be read.
fn rows(file: File, columns: &[String], seconds: u64, out: &mut impl Write) -> io::Result<Result<(), String>> {
    let mut rows = match Rows::of(Window::whole(file)?, columns) {
        Ok(rows) => rows,
        Err(reason) => return Ok(Err(reason)),
    };
    let mut buffer = vec![0; 1 << 16];
    loop {
        match rows.read(&mut buffer) {
            Ok(0) => return Ok(Ok(())),
            Ok(bytes) => out.write_all(&buffer[..bytes])?,
            Err(error) => return Ok(Err(error.to_string())),
        }
        more_time(seconds)?;
    }
}

/// How an open file comes to another process.
#[cfg(unix)]
mod handing {
    use rustix::net::{
        RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
    };
    use std::fs::File;
    use std::io::{self, IoSlice, IoSliceMut};
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, OwnedFd};
    use std::process::Stdio;

    pub type Socket = std::os::unix::net::UnixStream;

    /// Our end, and that of the process.
    pub fn pair() -> io::Result<(Socket, Stdio)> {
        let (ours, its) = Socket::pair()?;
        Ok((ours, OwnedFd::from(its).into()))
    }

    pub fn hand_over(socket: &Socket, file: &File) -> io::Result<()> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let files = [file.as_fd()];
        if !control.push(SendAncillaryMessage::ScmRights(&files)) {
            return Err(io::Error::other("no room for a file"));
        }
        sendmsg(socket, &[IoSlice::new(b"f")], &mut control, SendFlags::NOSIGNAL)?;
        Ok(())
    }

    /// The next file that comes over standard input; none where nobody has one any more.
    pub fn taken() -> io::Result<Option<File>> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let mut mark = [0];
        recvmsg(io::stdin().as_fd(), &mut [IoSliceMut::new(&mut mark)], &mut control, RecvFlags::empty())?;
        let files = control.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut files) => files.next(),
            _ => None,
        });
        Ok(files.last().map(File::from))
    }
}

#[cfg(not(unix))]
mod handing {
    use std::fs::File;
    use std::io;
    use std::process::Stdio;

    #[derive(Debug)]
    pub struct Socket;

    pub fn pair() -> io::Result<(Socket, Stdio)> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    pub fn hand_over(_: &Socket, _: &File) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    pub fn taken() -> io::Result<Option<File>> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

/// From here on: so much memory, so much time, and no file, connection or program more.
#[cfg(unix)]
fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    setrlimit(Resource::As, at_most(memory))?;
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    // standard input, output, messages, and the file in hand
    setrlimit(Resource::Nofile, at_most(4))?;
    more_time(seconds)
}

/// So much time from now on.
#[cfg(unix)]
fn more_time(seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
    Ok(setrlimit(Resource::Cpu, Rlimit { current: Some(used + seconds + 1), maximum: None })?)
}

#[cfg(not(unix))]
fn limit(_: u64, _: u64) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(not(unix))]
fn more_time(_: u64) -> io::Result<()> {
    Ok(())
}
