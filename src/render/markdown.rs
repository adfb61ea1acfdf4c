//! The report in Markdown, from a template that a user can replace.

use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, path_loader};

use super::escape;
use super::report::ReportView;
use crate::lang::Lang;

/// The templates that the program carries, by name.
pub const TEMPLATES: [(&str, &str); 2] = [
    ("report.ja.md.j2", include_str!("../../templates/report.ja.md.j2")),
    ("report.en.md.j2", include_str!("../../templates/report.en.md.j2")),
];

/// How many steps a template may take, against endless ones; a report of 47 outcomes fits in a hundredth.
const FUEL: u64 = 20_000_000;

/// A template that does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// The template's file or name.
    pub template: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub reason: String,
}

impl Faulty {
    /// `file:line: reason`.
    pub fn message(&self, lang: Lang) -> String {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.template),
            None => self.template.clone(),
        };
        match lang {
            Lang::Ja => format!("{place}: テンプレートを処理できません：{}", self.reason),
            Lang::En => format!("{place}: the template does not work: {}", self.reason),
        }
    }
}

/// The templates of a run: a user's folder over the ones that the program carries.
pub struct Templates {
    environment: Environment<'static>,
    folder: Option<PathBuf>,
}

impl Templates {
    /// Takes templates from `folder` where it has them; a file of the same name replaces ours.
    ///
    /// # Errors
    /// The folder does not exist, or replaces no template.
    pub fn new(folder: Option<&Path>) -> Result<Templates, Faulty> {
        if let Some(folder) = folder {
            check_folder(folder)?;
        }
        let mut environment = Environment::new();
        let own = folder.map(path_loader);
        environment.set_loader(move |name| {
            let own = own.as_ref().map(|load| load(name)).transpose()?.flatten();
            Ok(own.or_else(|| built_in(name).map(|text| minijinja::TemplateSource::new(text.to_owned()))))
        });
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_formatter(write_escaped);
        // Nothing that a document says is ever safe as it stands.
        environment.remove_filter("safe");
        environment.remove_filter("escape");
        environment.remove_filter("e");
        environment.add_filter("code", |text: &str| Value::from_safe_string(escape::markdown_code(text)));
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .unwrap_or_default();
        environment.set_syntax(syntax);
        Ok(Templates { environment, folder: folder.map(Path::to_owned) })
    }

    /// SHA-256 of the template of a language.
    ///
    /// # Errors
    /// The template does not parse.
    pub fn sha256(&self, lang: Lang) -> Result<String, Faulty> {
        let name = name(lang);
        let template = self.environment.get_template(&name).map_err(|error| self.faulty(&error, &name))?;
        Ok(crate::digest::sha256(template.source().as_bytes()))
    }

    /// Writes a report.
    ///
    /// # Errors
    /// The template does not parse, names what does not exist, or does too much.
    pub fn render(&self, view: &ReportView, lang: Lang) -> Result<String, Faulty> {
        let name = name(lang);
        let template = self.environment.get_template(&name).map_err(|error| self.faulty(&error, &name))?;
        template.render(Serde(view)).map_err(|error| self.faulty(&error, &name))
    }

    fn faulty(&self, error: &minijinja::Error, asked: &str) -> Faulty {
        let mut innermost = error;
        let mut next: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
        while let Some(source) = next {
            if let Some(deeper) = source.downcast_ref::<minijinja::Error>() {
                innermost = deeper;
            }
            next = source.source();
        }
        let name = innermost.name().or_else(|| error.name()).unwrap_or(asked);
        let file = self.folder.as_ref().map(|folder| folder.join(name)).filter(|file| file.is_file());
        let template = file.map_or_else(|| name.to_owned(), |file| file.to_string_lossy().replace('\\', "/"));
        let reason = match (innermost.kind(), innermost.detail()) {
            (ErrorKind::OutOfFuel, _) => "too many steps".to_owned(),
            (kind, Some(detail)) => format!("{kind}: {detail}"),
            (kind, None) => kind.to_string(),
        };
        Faulty { template, line: innermost.line().or_else(|| error.line()), reason }
    }
}

fn name(lang: Lang) -> String {
    format!("report.{}.md.j2", lang.code())
}

fn built_in(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A folder that replaces nothing is a mistake: a wrong path or a misspelt name.
fn check_folder(folder: &Path) -> Result<(), Faulty> {
    let faulty = |reason: String| {
        let template = folder.to_string_lossy().replace('\\', "/");
        Err(Faulty { template, line: None, reason })
    };
    if !folder.is_dir() {
        return faulty("no such folder".to_owned());
    }
    let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    match names.iter().any(|name| folder.join(name).is_file()) {
        true => Ok(()),
        false => faulty(format!("none of {} is there", names.join(", "))),
    }
}

/// Escapes every value, whatever the template says of escaping; only what a macro of the template
/// has put together from escaped values passes as it is.
fn write_escaped(out: &mut Output, _state: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    let written = match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Undefined => return Err(minijinja::Error::from(ErrorKind::UndefinedError)),
        ValueKind::Number | ValueKind::Bool => write!(out, "{value}"),
        _ if value.is_safe() => out.write_str(value.as_str().unwrap_or_default()),
        _ => match value.as_str() {
            Some(text) => out.write_str(&escape::markdown(text)),
            None => out.write_str(&escape::markdown(&value.to_string())),
        },
    };
    written.map_err(minijinja::Error::from)
}
