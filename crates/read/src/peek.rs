//! A reader that can look ahead.
//!
//! In: a reader. Out: the same bytes. Never: holds more than was looked at.

use std::io::{self, BufRead, Read};

/// A reader with bytes in front of it.
pub struct Peek<R> {
    pending: Vec<u8>,
    at: usize,
    inner: R,
}

impl<R: BufRead> Peek<R> {
    /// Nothing is in front.
    pub fn new(inner: R) -> Peek<R> {
        Peek { pending: Vec::new(), at: 0, inner }
    }

    /// The next bytes: so many, or fewer where it ends.
    pub fn peek(&mut self, bytes: usize) -> io::Result<&[u8]> {
        // what was passed is let go before it is more than what is ahead
        if self.at > self.pending.len() / 2 {
            self.pending.drain(..self.at);
            self.at = 0;
        }
        while self.pending.len() - self.at < bytes {
            let available = self.inner.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let wanted = (bytes - (self.pending.len() - self.at)).min(available.len());
            self.pending.extend_from_slice(&available[..wanted]);
            self.inner.consume(wanted);
        }
        let end = self.pending.len().min(self.at + bytes);
        Ok(&self.pending[self.at..end])
    }

    /// Goes on to where `mark` stands next within so many bytes, or else by so many, and says whether it stands there.
    pub fn skip_to(&mut self, mark: &[u8], within: u64) -> io::Result<bool> {
        let mut left = within;
        while left > 0 {
            let available = self.fill_buf()?;
            let seen = available.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if seen == 0 {
                return Ok(false);
            }
            let first = available[..seen].iter().position(|byte| Some(byte) == mark.first());
            let passed = first.unwrap_or(seen);
            self.consume(passed);
            left -= passed as u64;
            if first.is_some() {
                if self.peek(mark.len())? == mark {
                    return Ok(true);
                }
                self.consume(1);
                left -= 1;
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> BufRead for Peek<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.pending.len() {
            self.pending.clear();
            self.at = 0;
            return self.inner.fill_buf();
        }
        Ok(&self.pending[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        if self.at < self.pending.len() {
            self.at += bytes;
        } else {
            self.inner.consume(bytes);
        }
    }
}

impl<R: BufRead> Read for Peek<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let bytes = available.len().min(buffer.len());
        buffer[..bytes].copy_from_slice(&available[..bytes]);
        self.consume(bytes);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_over_the_ends_of_buffers() {
        for size in 1..8 {
            let mut reader = Peek::new(io::BufReader::with_capacity(size, &b"aabaab-aabc!rest"[..]));
            assert!(reader.skip_to(b"aabc", 100).expect("a reader"));
            let mut rest = String::new();
            reader.read_to_string(&mut rest).expect("a reader");
            assert_eq!(rest, "aabc!rest", "{size}");
            assert!(!reader.skip_to(b"x", 100).expect("a reader"));
        }
    }
}
