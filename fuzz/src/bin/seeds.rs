//! Writes the seeds of the doors, one folder for each, below the folder that is named (`fuzz/corpus`).

use std::path::PathBuf;
use std::{env, fs, io};

use hadome_fuzz::doors::DOORS;

fn main() -> io::Result<()> {
    let corpus = env::args_os().nth(1).map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    for door in &DOORS {
        let folder = corpus.join(door.name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in (door.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:03}")), seed)?;
        }
    }
    Ok(())
}
