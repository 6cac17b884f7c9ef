//! `cargo xtask recognizers`: dates, amounts and numbers on public cases.
//!
//! In: ../shared/data/recognizers. Out: the share that is right. Never: keeps a sentence of that data.

pub fn run() -> anyhow::Result<()> {
    anyhow::bail!("the cases are not scored yet")
}
