//! The target named by `CHANCERY_FUZZ_TARGET`, for libFuzzer.
//!
//! In: bytes. Out: nothing. Never: shipped.
#![no_main]

use chancery_fuzz::{Target, target};
use std::sync::LazyLock;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("CHANCERY_FUZZ_TARGET").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("CHANCERY_FUZZ_TARGET names no target: {name:?}"))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (TARGET.run)(bytes));
