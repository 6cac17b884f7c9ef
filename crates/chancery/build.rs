//! Rebuilds the library when a pack, a table or an example changes: they are part of the binary.

fn main() {
    for folder in ["languages", "reference", "examples"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
}
