//! Knowledge as part of the program: frozen into bytes when the program is built, read in place when it runs.
//!
//! In: values. Out: bytes, the same for the same value, and the value again. Never: bytes of another build, or what they mean.

mod later;
mod written;

pub use later::Frozen;
pub use written::Written;

use serde::{Deserialize, Serialize};

/// A value as bytes.
///
/// # Errors
/// Where it has a part without a serial form.
pub fn freeze<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, String> {
    postcard::to_allocvec(value).map_err(|error| error.to_string())
}

/// The value again; `None` where the bytes are of something else.
pub fn thaw<T: Deserialize<'static>>(bytes: &'static [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
