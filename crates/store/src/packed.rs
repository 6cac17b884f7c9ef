//! Texts and JSON as they lie in the file.
//!
//! In: bytes. Out: fewer bytes, and back. Never: depends on anything but the bytes.

use crate::{Error, Result};
use std::cell::RefCell;
use std::fmt::Display;
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

/// Compression that costs little.
const LEVEL: i32 = 3;
/// The most bytes that one value may have when unpacked, so that a damaged file cannot fill the memory.
const MOST: usize = 1 << 30;

thread_local! {
    // making one takes longer than packing an entry with it
    static COMPRESSOR: RefCell<std::io::Result<Compressor<'static>>> = RefCell::new(Compressor::new(LEVEL));
    static DECOMPRESSOR: RefCell<std::io::Result<Decompressor<'static>>> = RefCell::new(Decompressor::new());
}

/// Packs bytes.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| match compressor {
        Ok(compressor) => compressor.compress(bytes).map_err(|error| Error::Damaged(format!("a value cannot be packed: {error}"))),
        Err(error) => Err(Error::Damaged(format!("nothing can be packed: {error}"))),
    })
}

/// Unpacks them.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let damaged = |reason: &dyn Display| Error::Damaged(format!("a value cannot be unpacked: {reason}"));
    let size = get_frame_content_size(packed).ok().flatten().ok_or_else(|| damaged(&"it does not say how long it is"))?;
    let size =
        usize::try_from(size).ok().filter(|size| *size <= MOST).ok_or_else(|| damaged(&format_args!("it would be {size} bytes long")))?;
    DECOMPRESSOR.with_borrow_mut(|decompressor| match decompressor {
        Ok(decompressor) => decompressor.decompress(packed, size).map_err(|error| damaged(&error)),
        Err(error) => Err(damaged(error)),
    })
}

/// Unpacks a text.
pub fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack(packed)?).map_err(|error| Error::Damaged(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_and_what_is_damaged_is_refused() {
        let text = "Ministers met in Vienna. ".repeat(2000);
        let packed = pack(text.as_bytes()).unwrap_or_default();
        assert!(packed.len() < 500 && unpack_text(&packed).is_ok_and(|unpacked| unpacked == text));
        assert!(pack(b"").is_ok_and(|empty| unpack(&empty).is_ok_and(|unpacked| unpacked.is_empty())));
        // cut, without a length, and with a length of 2^40
        let endless = [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..], &(1u64 << 40).to_le_bytes(), &[1, 0, 0]].concat();
        for damaged in [&packed[..packed.len() / 2], &[0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 1, 0, 0], b"no frame", &endless] {
            assert!(matches!(unpack(damaged), Err(Error::Damaged(_))), "{damaged:?}");
        }
        // a damaged value leaves nothing behind for the next
        assert!(unpack_text(&packed).is_ok_and(|unpacked| unpacked == text));
    }
}
