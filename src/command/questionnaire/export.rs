//! `hadome questionnaire export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::command::output::{is_misnamed, write_kept_bytes};
use crate::command::{Console, Exit};
use crate::lang::Lang;
use crate::load::fold::fold;
use crate::load::limits::Limits;
use crate::load::single::{self, Single};
use crate::load::tender::{self as folder, is_tender};
use crate::load::tree::Node;
use crate::policy::library::Library;
use crate::questionnaire::filled::{Conflict, Filled, filled};
use crate::questionnaire::form::{Ground, form};
use crate::render::{questionnaire, xlsx};
use crate::schema::Kind;
use crate::stage::Stage;
use crate::tender::Tender;
use crate::validate::yardstick::{Choice, prepare};
use crate::validate::{Yardstick, document, tender};

/// Arguments of `questionnaire export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The folder of the tender: classes, points and the profile come from it, and what its draft contract
    /// states is not asked.
    #[arg(value_name = "TENDER")]
    tender: Option<PathBuf>,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Replace a file that is there already.
    #[arg(long)]
    overwrite: bool,
    /// A folder with system.yaml and offer.yaml: what they state is filled in.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// The profile (確認項目セット), by id or by the path of its file.
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// A folder of policies that adds to the built-in ones or replaces some.
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &ExportArguments, console: &mut Console<'_>) -> Exit {
    if is_misnamed(Some(&arguments.output), &["xlsx"], console) {
        return Exit::Unusable;
    }
    match made(arguments, console) {
        Ok(bytes) => {
            let exit = write_kept_bytes(&arguments.output, &bytes, arguments.overwrite, console);
            if exit != Exit::Clean {
                return exit;
            }
            let path = arguments.output.display();
            let text = match console.lang {
                Lang::Ja => {
                    format!("{path} を作成しました。記入後に hadome questionnaire import で読み取ります。\n")
                }
                Lang::En => {
                    format!("wrote {path}; when it comes back, read it with hadome questionnaire import\n")
                }
            };
            console.print(&text).and(console.flush())
        }
        Err(exit) => exit,
    }
}

/// What a form is made against.
struct Against {
    yardstick: Yardstick,
    library: Library,
    tender: Option<Tender>,
    draft: Option<Node>,
}

fn made(arguments: &ExportArguments, console: &mut Console<'_>) -> Result<Vec<u8>, Exit> {
    let against = against(arguments, console)?;
    let filled = match &arguments.from {
        Some(folder) => answered(folder, console)?,
        None => Filled::default(),
    };
    let ground = Ground {
        policies: &against.yardstick.policies,
        library: &against.library,
        profile: &against.yardstick.profile.id,
        tender: against.tender.as_ref(),
        draft: against.draft.as_ref(),
        filled: &filled,
    };
    let lang = console.lang;
    let workbook = questionnaire::workbook(&form(&ground, lang), &filled, lang);
    xlsx::write(&workbook).map_err(|unwritable| {
        console.complain(&unwritable.message(lang));
        Exit::Broken
    })
}

fn against(arguments: &ExportArguments, console: &mut Console<'_>) -> Result<Against, Exit> {
    let choice = Choice {
        policies: arguments.policies.clone(),
        profile: arguments.profile.clone(),
        as_of: console.today,
        stage: Some(Stage::Bid),
        assume: Vec::new(),
    };
    let Some(path) = &arguments.tender else {
        let (yardstick, library) = prepare(&choice).map_err(|unusable| console.unusable(&unusable))?;
        return Ok(Against { yardstick, library, tender: None, draft: None });
    };
    let shown = path.to_string_lossy().replace('\\', "/");
    if !is_tender(path) {
        console.complain(&match console.lang {
            Lang::Ja => {
                format!("「{shown}」は調達案件のフォルダーではありません（tender.yaml がありません）")
            }
            Lang::En => format!("`{shown}` is no folder of a tender: there is no tender.yaml in it"),
        });
        return Err(Exit::Unusable);
    }
    let folder::Loaded { document, .. } = folder::load(path, shown.trim_end_matches('/'), &Limits::default());
    let Single { sources, root, diagnostics } = document;
    let mut broken = |diagnostics: &[_]| {
        console.diagnose(diagnostics, &sources, false);
        Exit::Broken
    };
    let root = root.ok_or_else(|| broken(&diagnostics))?;
    let file = tender::document(&root).map_err(|diagnostics| broken(&diagnostics))?;
    let choice = Choice { profile: choice.profile.or_else(|| file.profile.clone()), ..choice };
    let (yardstick, library) = prepare(&choice).map_err(|unusable| console.unusable(&unusable))?;
    let checked = tender::tender(Arc::clone(&file), &root, &yardstick.policies, &library);
    let checked = checked.map_err(|diagnostics| {
        console.diagnose(&diagnostics, &sources, false);
        Exit::Broken
    })?;
    let draft = path.join("contract.yaml");
    let draft = match draft.is_file() {
        true => Some(read(&draft, Kind::Contract, console)?),
        false => None,
    };
    Ok(Against { yardstick, library, tender: Some(checked), draft })
}

/// What the documents in a folder answer.
fn answered(folder: &Path, console: &mut Console<'_>) -> Result<Filled, Exit> {
    let mut one = |name: &str, kind: Kind| {
        let path = folder.join(name);
        path.is_file().then(|| read(&path, kind, console)).transpose()
    };
    let (system, offer) = (one("system.yaml", Kind::System)?, one("offer.yaml", Kind::Offer)?);
    if system.is_none() && offer.is_none() {
        let folder = folder.display();
        console.complain(&match console.lang {
            Lang::Ja => format!("{folder} に system.yaml も offer.yaml もありません"),
            Lang::En => format!("there is neither system.yaml nor offer.yaml in {folder}"),
        });
        return Err(Exit::Unusable);
    }
    filled(system.as_ref(), offer.as_ref()).map_err(|Conflict(path)| {
        console.complain(&match console.lang {
            Lang::Ja => format!(
                "{path}：二通りの記載があるため、要件適合表に記入できません。記載を一つにしてから作成してください"
            ),
            Lang::En => format!("{path} is stated in two ways, for which the sheet has no room; settle it first"),
        });
        Exit::Broken
    })
}

/// Reads a document and holds it against its schema.
fn read(path: &Path, kind: Kind, console: &mut Console<'_>) -> Result<Node, Exit> {
    let Single { sources, root, mut diagnostics } = single::read(path, &Limits::default());
    let root = root.map(|mut root| {
        diagnostics.extend(fold(&mut root));
        document::head(kind, &root, &mut diagnostics);
        if diagnostics.is_empty() {
            document::against_schema(kind, &root, &mut diagnostics);
        }
        root
    });
    match root {
        Some(root) if diagnostics.is_empty() => Ok(root),
        _ => {
            console.diagnose(&diagnostics, &sources, false);
            Err(Exit::Broken)
        }
    }
}
