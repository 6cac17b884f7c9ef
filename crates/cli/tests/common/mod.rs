//! The command as a process.
//!
//! In: arguments, a folder to run in, standard input. Out: exit status and output. Never: the user's own data or colours.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the command in a folder, which is also where facts of its user would lie.
pub fn run(arguments: &[&str], folder: &Path, input: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("CHANCERY_REFERENCE", folder.join("facts"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // the command may end before it takes its input
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the command ends")
}

/// Exit status, standard output and standard error.
pub fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// JSON values, one a line.
pub fn lines(json: &str) -> Vec<serde_json::Value> {
    json.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}
