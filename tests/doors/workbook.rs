//! Any bytes as a workbook that came back: the package itself, or its parts as an archive, which are
//! packed first so that a change reaches the readers behind the package.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use hadome::lang::Lang;
use hadome::load::workbook::{self, Limits};
use hadome::{inquiry, questionnaire};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::archive::{pack, scratch, unpack};
use super::program::{lang, run};
use super::seeds;

pub fn enter(bytes: &[u8]) {
    let packed = match bytes.starts_with(b"===") {
        true => zipped(&unpack(bytes)),
        false => bytes.to_vec(),
    };
    let folder = scratch();
    let form = folder.path().join("form.xlsx");
    fs::write(&form, &packed).expect("written");
    match workbook::read(&form, &Limits::default()) {
        Err(problem) => {
            assert!([Lang::Ja, Lang::En].iter().all(|lang| !problem.message(*lang).is_empty()));
        }
        Ok(workbook) => {
            let unread = [
                questionnaire::read::read(&workbook).err().unwrap_or_default(),
                inquiry::read::read(&workbook).err().unwrap_or_default(),
            ];
            for unread in unread.iter().flatten() {
                assert!([Lang::Ja, Lang::En].iter().all(|lang| !unread.message(*lang).is_empty()));
            }
        }
    }
    let [questionnaire, import, answers, to] = ["questionnaire", "import", "answers", "-o"].map(Path::new);
    run(lang(bytes), &[questionnaire, import, &form, to, &folder.path().join("bid")]);
    let tender = seeds::home().join("examples/tender");
    run(lang(bytes), &[answers, import, &form, to, &folder.path().join("answers.yaml"), &tender]);
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (path, content) in parts {
        // A part of a name that is there already is left out.
        if writer.start_file(named(path), options).is_ok() {
            writer.write_all(content).expect("in memory");
        }
    }
    writer.finish().expect("in memory").into_inner()
}

/// What an archive cannot name.
fn named(path: &str) -> String {
    path.replace("Content_Types.xml", "[Content_Types].xml")
        .replace("rels/", "_rels/")
        .replace("dot.rels", ".rels")
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for book in seeds::files(&["examples/tender/outputs"], &["xlsx"], 1_000_000) {
        let mut zip = ZipArchive::new(Cursor::new(&book)).expect("a package");
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("unpacked");
            let name = part.name().expect("a name").replace("[Content_Types].xml", "Content_Types.xml");
            let name = name.replace("_rels/.rels", "rels/dot.rels").replace("_rels/", "rels/");
            parts.push((name, content));
        }
        seeds.push(pack(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice()))));
        seeds.push(book);
    }
    seeds::in_order(&mut seeds);
    seeds
}
