//! The end-to-end harness: a scratch folder, the binary with nothing of the environment, what it gave.
#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod office;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use tempfile::TempDir;

/// The as-of date of every run.
pub const AS_OF: &str = "2026-04-01";
/// The head of a contract; two lines.
pub const CONTRACT: &str = "hadome: contract/1\nid: x\n";
/// The head of a system; two lines.
pub const SYSTEM: &str = "hadome: system/1\nid: web\n";
/// A contract that the scratch folder's own policy passes.
pub const GOOD: &str = "hadome: contract/1\nid: x\ndata_return:\n  on_end: true\n";
/// What the scratch folder's own policy demands.
pub const DUTY: &str = "require:\n  - {id: duty, part: promise, that: contract.data_return.on_end}\n";
/// A profile that selects that policy alone.
pub const PROFILE: &str = "hadome: profile/1\nid: trial\ntitle: {ja: 試, en: trial}\nwhy: {ja: 試, en: trial}\n\
                           select: {policies: [ZZZ-01]}\n";

/// The file of a policy; `rest` is what follows its stages, from line 12 on.
pub fn policy(id: &str, rest: &str) -> String {
    format!(
        "hadome: policy/1\nid: {id}\ntitle: {{ja: 試, en: trial}}\nwhy: {{ja: 試, en: trial}}\n\
         remedy: {{ja: 試, en: trial}}\nquestion: {{ja: 試, en: trial}}\nmodel_clause: {{ja: 試, en: trial}}\n\
         severity: high\nbasis: {{origin: derived}}\nreferences: []\nstages: [bid, build, running, ended]\n{rest}"
    )
}

/// A folder with one policy and one profile of its own, so that no test hangs on the built-in ones.
pub struct Scratch(TempDir);

impl Scratch {
    /// A folder that holds the yardstick alone.
    #[track_caller]
    pub fn new() -> Scratch {
        Scratch::with(&[])
    }

    /// A folder with files.
    #[track_caller]
    pub fn with(files: &[(&str, &str)]) -> Scratch {
        let scratch = Scratch(tempfile::tempdir().expect("a scratch folder"));
        scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", DUTY)).write("profile.yaml", PROFILE);
        for (path, text) in files {
            scratch.write(path, text);
        }
        scratch
    }

    /// A folder with one dossier that is a contract alone.
    #[track_caller]
    pub fn contract(text: impl AsRef<[u8]>) -> Scratch {
        let scratch = Scratch::new();
        scratch.write("a/contract.yaml", text);
        scratch
    }

    /// A folder whose policy demands something else, over one dossier that is a contract alone.
    #[track_caller]
    pub fn demanding(rest: &str, contract: &str) -> Scratch {
        let scratch = Scratch::contract(contract);
        scratch.write("policies/zzz/ZZZ-01.yaml", policy("ZZZ-01", rest));
        scratch
    }

    /// Writes a file, and the folders that it needs.
    #[track_caller]
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Scratch {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("written");
        self
    }

    /// The whole path of a file.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The text of a file, without its byte order mark.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let text = fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        text.trim_start_matches('\u{feff}').to_owned()
    }

    /// All files, in order.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, files: &mut Vec<String>) {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                match path.is_dir() && !path.is_symlink() {
                    true => walk(&path, root, files),
                    false => {
                        let path = path.strip_prefix(root).expect("below");
                        files.push(path.to_string_lossy().into_owned());
                    }
                }
            }
        }
        let mut files = Vec::new();
        walk(self.0.path(), self.0.path(), &mut files);
        files.sort();
        files
    }

    /// Runs the program in the folder.
    #[track_caller]
    pub fn hadome(&self, lang: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("hadome").expect("the binary is built");
        command.env_clear().current_dir(self.0.path()).args(["--lang", lang]).args(arguments);
        let started = Instant::now();
        let output = command.timeout(Duration::from_secs(20)).output().expect("it runs");
        let took = started.elapsed();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let ran = Ran {
            code: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
            took,
        };
        assert!(!ran.err.contains("panicked"), "{ran:#?}");
        ran
    }

    /// Checks with the folder's own yardstick, in English, one line per finding.
    #[track_caller]
    pub fn check(&self, arguments: &[&str]) -> Ran {
        self.check_in("en", &[arguments, &["--format", "concise"]].concat())
    }

    /// Checks with the folder's own yardstick.
    #[track_caller]
    pub fn check_in(&self, lang: &str, arguments: &[&str]) -> Ran {
        let yardstick = ["check", "--as-of", AS_OF, "--policies", "policies", "--profile", "profile.yaml"];
        self.hadome(lang, &[&yardstick, arguments].concat())
    }

    /// Demands that a check of `a` is refused in both languages: one error, at one place, with these
    /// words; nothing judged, nothing printed, nothing written.
    #[track_caller]
    pub fn refuses(&self, code: i32, error: &str, place: &str, ja: &[&str], en: &[&str]) {
        let before = self.files();
        for (lang, words) in [("ja", ja), ("en", en)] {
            for format in if lang == "en" { &["text", "concise"][..] } else { &["text"] } {
                let ran = self.check_in(lang, &["a", "--format", format]);
                let word = if lang == "en" { "error" } else { "誤り" };
                ran.code(code).silent().says(&[&format!("{word}[{error}]:")]).says(words);
                assert_eq!(ran.err.matches(&format!("{word}[")).count(), 1, "one message:\n{}", ran.err);
                let line = ran.err.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
                assert_eq!(line, Some(place), "the place:\n{}", ran.err);
            }
        }
        assert_eq!(self.files(), before, "nothing is written");
    }

    /// Demands that the arguments are refused in both languages with one line of these words.
    #[track_caller]
    pub fn complains(&self, arguments: &[&str], code: i32, ja: &[&str], en: &[&str]) {
        let before = self.files();
        for (lang, words) in [("ja", ja), ("en", en)] {
            let ran = self.hadome(lang, arguments);
            ran.code(code).silent().says(words);
            assert_eq!(ran.err.lines().count(), 1, "one message:\n{}", ran.err);
        }
        assert_eq!(self.files(), before, "nothing is written");
    }
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// The error stream.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

impl Ran {
    #[track_caller]
    pub fn code(&self, code: i32) -> &Ran {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Nothing on standard output.
    #[track_caller]
    pub fn silent(&self) -> &Ran {
        assert_eq!(self.out, "", "{}", self.err);
        self
    }

    /// Every word stands on the error stream.
    #[track_caller]
    pub fn says(&self, words: &[&str]) -> &Ran {
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in:\n{}", self.err);
        }
        self
    }

    /// Every word stands on standard output.
    #[track_caller]
    pub fn shows(&self, words: &[&str]) -> &Ran {
        for word in words {
            assert!(self.out.contains(word), "no `{word}` in:\n{}{}", self.out, self.err);
        }
        self
    }

    /// No word stands on standard output.
    #[track_caller]
    pub fn hides(&self, words: &[&str]) -> &Ran {
        for word in words {
            assert!(!self.out.contains(word), "`{word}` in:\n{}", self.out);
        }
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}
