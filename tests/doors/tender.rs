//! Any files as a tender: the draft, the bids, their answers; the matrix, the copy without names, the
//! committee's paper and the letters of inquiry.

use std::path::Path;

use super::archive::{lay_out, scratch};
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

pub fn seeds() -> Vec<Vec<u8>> {
    let folder = seeds::home().join("examples/tender");
    let whole = seeds::folder_of(&folder);
    // One bid at a time, and the tender without any.
    let files = super::archive::unpack(&whole);
    let of = |bid: &str| {
        let kept = files.iter().filter(|(path, _)| !path.starts_with("bids/") || path.starts_with(bid));
        super::archive::pack(kept.copied())
    };
    let mut seeds = vec![of("bids/none")];
    let mut bids: Vec<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix("bids/")?.split('/').next()).collect();
    bids.dedup();
    seeds.extend(bids.iter().map(|bid| of(&format!("bids/{bid}/"))));
    seeds.push(whole.clone());
    seeds::in_order(&mut seeds);
    seeds
}
