//! What the fuzz targets share: the doors of `tests/doors`, and how their inputs are changed.

#[path = "../../tests/doors/mod.rs"]
pub mod doors;

use std::sync::OnceLock;

use doors::Door;
use doors::mutation::{Dice, mutate};

/// Changes an input: one time in three as libFuzzer does, byte by byte, and otherwise by lines and
/// values, with lines of the seeds among them.
pub fn change(door: &'static Door, data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let mut dice = Dice(u64::from(seed));
    if dice.below(3) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    let seeds = SEEDS.get_or_init(door.seeds);
    let changed = mutate(&data[..size], seeds, &mut dice, most);
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
}

/// A fuzz target for the door of a name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| ($crate::doors::door($name).enter)(data));
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::change($crate::doors::door($name), data, size, max_size, seed)
        });
    };
}
