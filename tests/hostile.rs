//! Hostile input through every door of `tests/doors`: the seeds as they are, and changed in many ways by
//! fixed numbers, so that every run takes the same inputs. What the doors themselves assert is asserted
//! here of each; the fuzz targets (docs/fuzzing.md) go on where this stops.

mod doors;

use doors::door;
use doors::mutation::{Dice, mutate};

/// Longer inputs are left to the fuzz targets: a debug build is slow.
const MOST: usize = 40_000;

/// The stack of the program's own main thread, in bytes; a test's is smaller.
const STACK: usize = 8 * 1024 * 1024;

/// Some seeds of a door, and changes of them.
fn through(name: &'static str, seeds: usize, changes: u64) {
    let thread = std::thread::Builder::new().stack_size(STACK);
    let run = thread.spawn(move || enter(name, seeds, changes)).expect("a thread");
    assert!(run.join().is_ok(), "{name}: see above");
}

fn enter(name: &str, seeds: usize, changes: u64) {
    let door = door(name);
    let all = (door.seeds)();
    assert!(!all.is_empty(), "{name}: no seeds");
    let short: Vec<&Vec<u8>> = all.iter().filter(|seed| seed.len() <= MOST).collect();
    let step = (short.len() / seeds).max(1);
    let chosen: Vec<&Vec<u8>> = short.into_iter().step_by(step).take(seeds).collect();
    chosen.iter().for_each(|seed| tried(name, seed, "a seed"));
    for number in 0..changes * more() {
        let mut dice = Dice(number);
        let seed = chosen[dice.below(chosen.len())];
        tried(name, &mutate(seed, &all, &mut dice, MOST), &format!("change {number}"));
    }
}

/// How many times as many changes are tried: `HADOME_HOSTILE=100` for an hour without a fuzzer.
fn more() -> u64 {
    std::env::var("HADOME_HOSTILE").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Enters a door; where that panics, the input is shown.
fn tried(name: &str, input: &[u8], which: &str) {
    let entered = std::panic::catch_unwind(|| (door(name).enter)(input));
    assert!(entered.is_ok(), "{name}, {which}:\n{}", String::from_utf8_lossy(input));
}

#[test]
fn documents() {
    through("yaml", 20, 100);
}

#[test]
fn brackets_within_brackets() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("days(p - ", ")"), ("!(", ")"), ("a.b(", ")"), ("{'a': ", "}")]
    {
        for count in [40, 80, 120, 250] {
            for text in
                [open.repeat(count) + "1" + &close.repeat(count), open.repeat(count), close.repeat(count)]
            {
                tried("expression", text.as_bytes(), "brackets within brackets");
            }
        }
    }
}

#[test]
fn expressions() {
    through("expression", 40, 160);
}

#[test]
fn dossiers() {
    through("dossier", 1, 3);
}

#[test]
fn tenders() {
    through("tender", 2, 2);
}

#[test]
fn workbooks() {
    through("workbook", 2, 10);
}

#[test]
fn reports() {
    through("report", 1, 4);
}

#[test]
fn redactions() {
    through("redaction", 1, 2);
}

#[test]
fn libraries_and_incidents() {
    through("library", 1, 2);
}
