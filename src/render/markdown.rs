//! The report in Markdown, and the page around it, from templates that a user can replace.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, context, path_loader};

use serde::Serialize;

use super::escape;
use super::html::Page;
use super::redaction::RedactionView;
use super::report::ReportView;
use crate::lang::Lang;

/// A form (別記様式), by its id.
macro_rules! form {
    ($id:literal) => {
        (
            concat!("forms/", $id, ".ja.md.j2"),
            include_str!(concat!("../../templates/forms/", $id, ".ja.md.j2")),
        )
    };
}

/// The templates that the program carries, by name.
pub const TEMPLATES: [(&str, &str); 29] = [
    ("report.ja.md.j2", include_str!("../../templates/report.ja.md.j2")),
    ("report.en.md.j2", include_str!("../../templates/report.en.md.j2")),
    (PAGE, include_str!("../../templates/page.html.j2")),
    (STYLE, include_str!("../../templates/page.css.j2")),
    ("redaction.ja.md.j2", include_str!("../../templates/redaction.ja.md.j2")),
    ("redaction.en.md.j2", include_str!("../../templates/redaction.en.md.j2")),
    ("compare.ja.md.j2", include_str!("../../templates/compare.ja.md.j2")),
    ("compare.en.md.j2", include_str!("../../templates/compare.en.md.j2")),
    ("committee.ja.md.j2", include_str!("../../templates/committee.ja.md.j2")),
    ("committee.en.md.j2", include_str!("../../templates/committee.en.md.j2")),
    ("key.ja.md.j2", include_str!("../../templates/key.ja.md.j2")),
    ("key.en.md.j2", include_str!("../../templates/key.en.md.j2")),
    ("matrix.html.j2", include_str!("../../templates/matrix.html.j2")),
    ("matrix.css.j2", include_str!("../../templates/matrix.css.j2")),
    ("matrix.js", include_str!("../../templates/matrix.js")),
    ("inquiry.ja.md.j2", include_str!("../../templates/inquiry.ja.md.j2")),
    ("inquiry.en.md.j2", include_str!("../../templates/inquiry.en.md.j2")),
    ("clauses.ja.md.j2", include_str!("../../templates/clauses.ja.md.j2")),
    ("clauses.en.md.j2", include_str!("../../templates/clauses.en.md.j2")),
    form!("staff-list"),
    form!("pledge"),
    form!("receipt"),
    form!("return"),
    form!("subcontracting-application"),
    form!("subcontracting-approval"),
    form!("erasure-report"),
    form!("periodic-report"),
    form!("accident-report"),
    form!("inspection-notice"),
];

/// The page around a report.
const PAGE: &str = "page.html.j2";
/// The page's style sheet.
const STYLE: &str = "page.css.j2";

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
        // What a value is escaped for is decided where it is written.
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("by name".into()));
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
        self.digest(&[&name(lang)])
    }

    /// SHA-256 of all templates that a page of a language is made from.
    ///
    /// # Errors
    /// One of them does not parse.
    pub fn page_sha256(&self, lang: Lang) -> Result<String, Faulty> {
        self.digest(&[&name(lang), PAGE, STYLE])
    }

    fn digest(&self, names: &[&str]) -> Result<String, Faulty> {
        let mut sources = String::new();
        for name in names {
            let template = self.environment.get_template(name).map_err(|error| self.faulty(&error, name))?;
            sources.push_str(template.source());
        }
        Ok(crate::digest::sha256(sources.as_bytes()))
    }

    /// Writes a report.
    ///
    /// # Errors
    /// The template does not parse, names what does not exist, or does too much.
    pub fn render(&self, view: &ReportView, lang: Lang) -> Result<String, Faulty> {
        self.write(&name(lang), view)
    }

    /// Writes the list of what is hidden, which goes to the end of a copy for release.
    ///
    /// # Errors
    /// As for a report.
    pub fn render_redaction(&self, view: &RedactionView, lang: Lang) -> Result<String, Faulty> {
        self.write(&format!("redaction.{}.md.j2", lang.code()), view)
    }

    /// Writes a document from the template of that name.
    ///
    /// # Errors
    /// As for a report.
    pub fn document(&self, name: &str, view: &impl Serialize) -> Result<String, Faulty> {
        self.write(name, view)
    }

    fn write(&self, name: &str, view: &impl Serialize) -> Result<String, Faulty> {
        let template = self.environment.get_template(name).map_err(|error| self.faulty(&error, name))?;
        template.render(Serde(view)).map_err(|error| self.faulty(&error, name))
    }

    /// Puts a report into its page.
    ///
    /// # Errors
    /// The template does not parse, names what does not exist, or does too much.
    pub fn page(&self, page: &Page) -> Result<String, Faulty> {
        let template = self.environment.get_template(PAGE).map_err(|error| self.faulty(&error, PAGE))?;
        let values = context! {
            opening => Value::from_safe_string(page.opening.clone()),
            body => Value::from_safe_string(page.body.clone()),
            ..Value::from(Serde(page))
        };
        template.render(values).map_err(|error| self.faulty(&error, PAGE))
    }

    /// Writes a page that has a style sheet and a script of its own, and allows no others: the template is
    /// given `style` and `script` as they stand, with the digests by which a browser knows them
    /// (`style_sha256`, `script_sha256`). `of_style` is what the style sheet sees.
    ///
    /// # Errors
    /// As for a report.
    pub fn scripted(
        &self,
        [page, style, script]: [&str; 3],
        view: &impl Serialize,
        of_style: &impl Serialize,
    ) -> Result<String, Faulty> {
        let (style, script) = (self.write(style, of_style)?, self.write(script, &())?);
        let template = self.environment.get_template(page).map_err(|error| self.faulty(&error, page))?;
        let values = context! {
            style_sha256 => crate::digest::sha256_base64(style.as_bytes()),
            script_sha256 => crate::digest::sha256_base64(script.as_bytes()),
            style => Value::from_safe_string(style),
            script => Value::from_safe_string(script),
            ..Value::from(Serde(view))
        };
        template.render(values).map_err(|error| self.faulty(&error, page))
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

/// Escapes every value for what the template's name says it writes, whatever the template says of
/// escaping; only what a macro of the template has put together from escaped values, and the report
/// within its page, pass as they are.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    let written = match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Undefined => return Err(minijinja::Error::from(ErrorKind::UndefinedError)),
        ValueKind::Number | ValueKind::Bool => write!(out, "{value}"),
        _ if value.is_safe() => out.write_str(value.as_str().unwrap_or_default()),
        _ => match value.as_str() {
            Some(text) => out.write_str(&escaped(state.name(), text)),
            None => out.write_str(&escaped(state.name(), &value.to_string())),
        },
    };
    written.map_err(minijinja::Error::from)
}

fn escaped<'t>(template: &str, text: &'t str) -> Cow<'t, str> {
    match template {
        name if name.ends_with(".html.j2") => escape::xml(text).into(),
        name if name.ends_with(".css.j2") => escape::css(text).into(),
        _ => escape::markdown(text),
    }
}
