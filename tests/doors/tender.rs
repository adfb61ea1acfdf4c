//! Any files as a tender: the draft, the bids, their answers; the matrix, the copy without names, the
//! committee's paper and the letters of inquiry.

use std::path::Path;

use super::archive::{lay_out, pack, scratch, unpack};
use super::program::{lang, run};
use super::seeds;

pub fn enter(bytes: &[u8]) {
    let folder = lay_out(bytes);
    let (tender, lang) = (folder.path(), lang(bytes));
    let matrix = run(lang, &[Path::new("compare"), tender]);
    if matrix.code >= 2 {
        return;
    }
    assert!(!matrix.out.is_empty(), "a comparison without a word");
    let out = scratch();
    let [compare, inquiry, anonymous, committee, to] =
        ["compare", "inquiry", "--anonymous", "--paper=committee", "-o"].map(Path::new);
    run(lang, &[compare, tender, anonymous]);
    run(lang, &[compare, tender, committee]);
    run(lang, &[compare, tender, to, &out.path().join("matrix.xlsx")]);
    run(lang, &[compare, tender, to, &out.path().join("matrix.html")]);
    run(lang, &[inquiry, tender, to, &out.path().join("letters")]);
}

/// The example with each of its bids alone, and whole.
pub fn seeds() -> Vec<Vec<u8>> {
    let whole = seeds::folder_of(&seeds::home().join("examples/tender"));
    let files = unpack(&whole);
    let mut bids: Vec<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix("bids/")?.split('/').next()).collect();
    bids.dedup();
    let mut seeds: Vec<Vec<u8>> = bids.iter().map(|bid| alone(&files, bid)).collect();
    seeds.push(whole.clone());
    seeds::in_order(&mut seeds);
    seeds
}

/// A tender with one bid: the folders of the others and their lines in the list are left out.
fn alone(files: &[(&str, &[u8])], bid: &str) -> Vec<u8> {
    let (own, line) = (format!("bids/{bid}/"), format!("  - {{id: {bid},"));
    let kept: Vec<(&str, Vec<u8>)> = files
        .iter()
        .filter(|(path, _)| !path.starts_with("bids/") || path.starts_with(&own))
        .map(|(path, text)| {
            let text = String::from_utf8_lossy(text);
            let lines = text.split_inclusive('\n');
            let of_others = |text: &&str| text.starts_with("  - {id: bidder-") && !text.starts_with(&line);
            (*path, lines.filter(|text| !of_others(text)).collect::<String>().into_bytes())
        })
        .collect();
    pack(kept.iter().map(|(path, text)| (*path, text.as_slice())))
}
