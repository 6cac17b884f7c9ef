//! How fast the reference is loaded and how large it is; how fast rows are settled.
//!
//! In: the tables built in. Out: milliseconds, kilobytes, rows a second. Never: a verdict; budgets stand in the design.

use chancery::reference::Reference;
use chancery::registry::{Registry, Row};
use chancery::{Error, Sources};
use std::time::Instant;

/// Rounds of which the fastest is told.
const ROUNDS: usize = 9;

fn milliseconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let made = work();
        let taken = start.elapsed().as_secs_f64() * 1e3;
        drop(made);
        taken
    });
    times.fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Error> {
    let tables = chancery::registry::tables(&Sources::default())?;
    let bytes: usize = tables.iter().map(|table| table.text.len()).sum();
    println!("tables built in: {} kB", bytes / 1000);
    println!("tables loaded in {:.1} ms", milliseconds(|| Reference::load(&tables)));
    println!("with words of offices, states and months in {:.1} ms", milliseconds(Registry::built_in));
    let registry = Registry::built_in()?;
    println!("names indexed for search in {:.1} ms", milliseconds(|| registry.names()));
    let names = registry.names();
    let rows = [
        Row { name: "Sergey Lavrov", role: "Foreign Minister", state: "Russia", date: "2013-02-02" },
        Row { name: "Sheikh Mohamed bin Zayed Al Nahyan", role: "President", state: "AE", date: "2024-09-23" },
        Row { name: "", role: "Chancellor", state: "Germany", date: "March 5, 2001" },
        Row { name: "Токаевым", ..Row::default() },
    ];
    for row in rows {
        let taken = milliseconds(|| registry.look_up(&names, row));
        println!("{:.0} rows a second: {row:?}", 1e3 / taken);
    }
    Ok(())
}
