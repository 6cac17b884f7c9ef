//! Texts and JSON as they lie in the file.
//!
//! In: bytes. Out: fewer bytes, and back. Never: depends on anything but the bytes.

use crate::{Error, Result};

/// Compression that costs little.
const LEVEL: i32 = 3;
/// The most bytes that one value may have when unpacked, so that a damaged file cannot fill the memory.
const MOST: usize = 1 << 30;

/// Packs bytes.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| Error::Damaged(error.to_string()))
}

/// Unpacks them.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let damaged = |error: std::io::Error| Error::Damaged(format!("a value cannot be unpacked: {error}"));
    let mut bytes = Vec::new();
    let mut decoder = zstd::Decoder::new(packed).map_err(damaged)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(&mut decoder, MOST as u64), &mut bytes).map_err(damaged)?;
    Ok(bytes)
}

/// Unpacks a text.
pub fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack(packed)?).map_err(|error| Error::Damaged(error.to_string()))
}
