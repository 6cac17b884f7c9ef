//! Readers that could bring a process down run in one of their own, which may use little memory and time and open nothing.
//!
//! In: a file, and the program that reads it so. Out: the lines that it prints. Never: more than is allowed, or an end of the run
//! because the reader ended.
//!
//! The program is this one again, called as `PROGRAM limited-reader MEMORY SECONDS COLUMN...` with the file as its standard input. It
//! reads one file; a thousand rows cost it no more than one.

use crate::formats::parquet::Rows;
use crate::source::Window;
use crate::{Cap, Caps, Options};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

/// The subcommand by which the program is called.
pub const SUBCOMMAND: &str = "limited-reader";

/// The rows of a file as lines: by a process of their own where the options name a program for it.
pub fn lines(file: Window, columns: Vec<String>, options: &Options) -> Result<Box<dyn BufRead + Send>, String> {
    let Some(program) = &options.limited_reader else {
        return Ok(Box::new(BufReader::new(Rows::of(file, &columns)?)));
    };
    let cannot = |error: io::Error| format!("its reader cannot be started: {error}");
    let limits = [Cap::Memory, Cap::Seconds].map(|cap| options.caps.of(cap).to_string());
    let mut child = Command::new(program)
        .arg(SUBCOMMAND)
        .args(limits)
        .arg("--")
        .args(columns)
        .env_clear()
        .stdin(file.file().map_err(cannot)?)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(cannot)?;
    let out = child.stdout.take().ok_or("its reader has no output")?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, Lines { child, out: Some(out), caps: options.caps.clone() })))
}

/// What a limited process prints.
struct Lines {
    child: Child,
    out: Option<std::process::ChildStdout>,
    caps: Caps,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(out) = &mut self.out else { return Ok(0) };
        let bytes = out.read(buffer)?;
        if bytes == 0 && !buffer.is_empty() {
            self.out = None;
            let mut told = String::new();
            if let Some(messages) = &mut self.child.stderr {
                messages.take(4096).read_to_string(&mut told)?;
            }
            let status = self.child.wait()?;
            if !status.success() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, self.end(status, told.trim())));
            }
        }
        Ok(bytes)
    }
}

impl Lines {
    /// Why the process ended.
    fn end(&self, status: ExitStatus, told: &str) -> String {
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal: Option<i32> = None;
        match signal {
            // SIGXCPU
            Some(24) => self.caps.refusal(Cap::Seconds),
            _ if told.contains("memory allocation") || told.contains("apacity overflow") => self.caps.refusal(Cap::Memory),
            Some(signal) => {
                format!("damaged, or more than its reader can take (it ended by signal {signal}); {}", self.caps.refusal(Cap::Memory))
            }
            None if told.starts_with("damaged") => told.to_owned(),
            None => format!("damaged: its reader failed: {}", told.lines().next().unwrap_or("")),
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // one that nobody listens to any more
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What the limited process does: reads the file that is its standard input, and prints its rows.
///
/// # Errors
/// Where the file cannot be read, or nobody listens.
pub fn run(memory: u64, seconds: u64, columns: &[String]) -> Result<(), String> {
    let message = |error: io::Error| error.to_string();
    let file = standard_input().map_err(message)?;
    limit(memory, seconds).map_err(message)?;
    let mut rows = Rows::of(Window::whole(file).map_err(message)?, columns)?;
    let mut out = io::stdout().lock();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let bytes = rows.read(&mut buffer).map_err(message)?;
        if bytes == 0 {
            return out.flush().map_err(message);
        }
        out.write_all(&buffer[..bytes]).map_err(message)?;
        more_time(seconds).map_err(message)?;
    }
}

#[cfg(unix)]
fn standard_input() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn standard_input() -> io::Result<std::fs::File> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// From here on: so much memory, so much time, and no file, connection or program more.
#[cfg(unix)]
fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    setrlimit(Resource::As, at_most(memory))?;
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    // standard input, output, messages, and the file
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
