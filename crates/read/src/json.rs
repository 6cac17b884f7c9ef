//! JSON that fits into memory.
//!
//! In: text. Out: what it says, or why it is not taken in. Never: more values than [`MOST_VALUES`], each of which takes many times its
//! bytes.

use serde_json::Value;

/// Values of a piece of JSON at the most.
const MOST_VALUES: usize = 1_000_000;

/// Takes JSON in.
pub fn value(text: &str) -> Result<Value, String> {
    if !fits(text) {
        return Err(format!("JSON of more than {MOST_VALUES} values"));
    }
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Whether JSON has no more values than are taken in: each but the first stands behind a mark.
pub fn fits(text: &str) -> bool {
    if text.len() <= MOST_VALUES {
        return true;
    }
    let (mut in_string, mut escaped, mut marks) = (false, false, 0_usize);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' | b',' | b':' if !in_string => marks += 1,
            _ => {}
        }
    }
    marks < MOST_VALUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_values_are_taken_in_and_no_more() {
        assert!(value(&format!("[{}1]", "1,".repeat(MOST_VALUES - 2))).is_ok());
        assert!(value(&format!("[{}1]", "1,".repeat(MOST_VALUES))).is_err_and(|reason| reason.contains("1000000 values")));
        assert!(value(&format!("{{\"text\":\"{}\"}}", "a, \\\"b\\\", [c], ".repeat(MOST_VALUES))).is_ok());
    }
}
