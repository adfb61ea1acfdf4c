//! A dossier whose register is read or written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::output::{create, write_whole};
use super::report::the_one;
use super::{Console, Exit, YardstickArguments};
use crate::case::Case;
use crate::digest::sha256;
use crate::lang::Lang;
use crate::load::dossier;
use crate::load::find::Found;
use crate::load::limits::Limits;
use crate::load::source::Sources;
use crate::load::tree::FileId;
use crate::nearest::nearest;
use crate::policy::problem::Problem;
use crate::register::{Refusal, Register, is_blank};
use crate::schema::Kind;
use crate::validate::{Refused, Yardstick, rewritten, validate, yardstick};

const BOM: &str = "\u{feff}";

/// A validated dossier with the register that is about to be written to.
pub struct Opened {
    /// Where the dossier lies.
    pub found: Found,
    /// What it says.
    pub case: Case,
    /// The kind of register.
    kind: Kind,
    /// The register's text as it stands on disk; `None` where there is none yet.
    text: Option<String>,
}

/// Reads and validates a dossier to write to its register of a kind.
///
/// # Errors
/// The exit code, once it was said why there is nothing to write to.
pub fn open(
    dossier: &Path,
    against: &YardstickArguments,
    kind: Kind,
    console: &mut Console<'_>,
) -> Result<Opened, Exit> {
    let (yardstick, _) =
        yardstick::prepare(&against.choice(console)).map_err(|unusable| console.unusable(&unusable))?;
    let found = the_one(dossier, console)?;
    let mut loaded = dossier::load(&found.folder, &found.shown, &Limits::default());
    let (path, sources) = (shown(&found, kind), &loaded.sources);
    // A register without content is one that begins.
    let begins = |file: FileId| {
        let file = sources.file(file);
        file.path == path && file.text.as_deref().is_some_and(is_blank)
    };
    loaded.diagnostics.retain(|problem| problem.code() != "empty-file" || !begins(problem.span.file));
    let case = validate(loaded, &yardstick).map_err(|refused| complain(&refused, console))?;
    let mut opened = Opened { found, case, kind, text: None };
    opened.text = opened.read(console)?;
    Ok(opened)
}

/// Reads and validates a dossier whose register is only shown.
///
/// # Errors
/// The exit code, once it was said why.
pub fn read(found: &Found, yardstick: &Yardstick, console: &mut Console<'_>) -> Result<Case, Exit> {
    let loaded = dossier::load(&found.folder, &found.shown, &Limits::default());
    validate(loaded, yardstick).map_err(|refused| complain(&refused, console))
}

/// Says why a dossier could not be validated.
pub fn complain(refused: &Refused, console: &mut Console<'_>) -> Exit {
    console.diagnose(&refused.diagnostics, &refused.sources, false);
    console.complain(&match console.lang {
        Lang::Ja => format!("{}: 文書に誤りがあるため、何も行っていません", refused.name),
        Lang::En => format!("{}: nothing was done, because its documents are not in order", refused.name),
    });
    Exit::Broken
}

/// The path of a register as it is printed.
fn shown(found: &Found, kind: Kind) -> String {
    let file = format!("{}.yaml", kind.word());
    match found.shown.as_str() {
        "" | "." => file,
        folder => format!("{}/{file}", folder.trim_end_matches('/')),
    }
}

impl Opened {
    /// The register's path as it is printed.
    pub fn path(&self) -> String {
        shown(&self.found, self.kind)
    }

    /// The id of the dossier: its contract's, or its first system's.
    pub fn id(&self) -> &str {
        let head = self.case.contract.as_ref().or(self.case.systems.first());
        head.and_then(|document| document.root.id()).unwrap_or("dossier")
    }

    /// Whether the library has a policy, selected or not.
    ///
    /// # Errors
    /// It has none of that id, in a sentence with the nearest one.
    pub fn known_policy(&self, id: &str, lang: Lang) -> Result<(), String> {
        let selected = self.case.policies.iter().map(|policy| policy.id());
        let left_out = self.case.left_out.iter().map(|policy| policy.id.as_str());
        let known: Vec<&str> = selected.chain(left_out).collect();
        let near = nearest(id, known.iter().copied()).map(str::to_owned);
        let unknown = Problem::UnknownPolicy { id: id.to_owned(), nearest: near };
        if known.contains(&id) { Ok(()) } else { Err(unknown.sentence(lang)) }
    }

    /// The ids that are taken.
    pub fn ids(&self) -> Vec<String> {
        let register = Register::read(self.kind, self.id(), self.body(), FileId::default());
        register.map_or_else(|_| Vec::new(), |read| read.ids().into_iter().map(str::to_owned).collect())
    }

    /// Changes the register as asked, where the dossier is in order with what is new, and writes it.
    ///
    /// # Errors
    /// The exit code, once it was said why nothing was written.
    pub fn change(
        &mut self,
        console: &mut Console<'_>,
        change: impl FnOnce(&Register<'_>) -> Result<String, Refusal>,
    ) -> Result<(), Exit> {
        let path = self.path();
        let mut sources = Sources::default();
        let file = sources.add(path.clone(), Some(self.body().into()), None);
        let changed = Register::read(self.kind, self.id(), self.body(), file)
            .map_err(|problems| (problems, String::new()))
            .and_then(|register| {
                change(&register).map_err(|refusal| (vec![refusal.diagnostic], refusal.paste))
            });
        let text = match changed {
            Ok(text) => text,
            Err((problems, paste)) => {
                console.diagnose(&problems, &sources, false);
                let exit = if paste.is_empty() { Exit::Unusable } else { Exit::Broken };
                return Err(exit.and(console.print(&paste)).and(console.flush()));
            }
        };
        if let Err(problems) = rewritten(&mut self.case, self.kind, &path, &text) {
            console.diagnose(&problems, &self.case.sources, false);
            console.complain(&match console.lang {
                Lang::Ja => format!("書き足すと以上の誤りが生ずるため、{path} には何も書いていません"),
                Lang::En => format!("nothing was written to {path}, since it would not be in order"),
            });
            return Err(Exit::Unusable);
        }
        self.write(&text, console)
    }

    /// The text without its byte order mark.
    fn body(&self) -> &str {
        let text = self.text.as_deref().unwrap_or_default();
        text.strip_prefix(BOM).unwrap_or(text)
    }

    fn target(&self) -> PathBuf {
        let path = self.found.folder.join(format!("{}.yaml", self.kind.word()));
        // What a link leads to is written, not the link; that it leads out was refused on loading.
        path.canonicalize().unwrap_or(path)
    }

    /// The register on disk, which must be the one that was validated.
    fn read(&self, console: &mut Console<'_>) -> Result<Option<String>, Exit> {
        let path = self.path();
        let validated = self.case.sources.files().iter().find(|file| file.path == path);
        let validated = validated.and_then(|file| file.sha256.as_deref());
        match (fs::read(self.target()), validated) {
            (Ok(bytes), Some(known)) if sha256(&bytes) == known => Ok(String::from_utf8(bytes).ok()),
            (Err(error), None) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            (Err(error), _) => Err(self.unwritten(&error.to_string(), console)),
            (Ok(_), _) => Err(self.unwritten(meanwhile(console.lang), console)),
        }
    }

    fn write(&self, body: &str, console: &mut Console<'_>) -> Result<(), Exit> {
        let target = self.target();
        let Some(old) = &self.text else {
            return create(&target, body).map_err(|error| self.unwritten(&error.to_string(), console));
        };
        if fs::read(&target).map_or(true, |there| there != old.as_bytes()) {
            return Err(self.unwritten(meanwhile(console.lang), console));
        }
        let locked = target.metadata().is_ok_and(|found| found.permissions().readonly());
        if locked {
            let why = console.lang.pick("書込みが禁止されています", "it is write-protected");
            return Err(self.unwritten(why, console));
        }
        let mark = if old.starts_with(BOM) { BOM } else { "" };
        let written = write_whole(&target, format!("{mark}{body}").as_bytes());
        written.map_err(|error| self.unwritten(&error.to_string(), console))
    }

    fn unwritten(&self, why: &str, console: &mut Console<'_>) -> Exit {
        let path = self.path();
        console.complain(&match console.lang {
            Lang::Ja => format!("{path} に書き込めません（{why}）。何も変更していません"),
            Lang::En => format!("cannot write {path}: {why}; nothing was changed"),
        });
        Exit::Broken
    }
}

fn meanwhile(lang: Lang) -> &'static str {
    lang.pick("読み込んだ後に、ほかで変更されました", "someone changed it in the meantime")
}
