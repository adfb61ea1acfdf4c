//! Options that stand for the fields of a schema, so that no field is listed a second time: names,
//! choices and help come from the schema.

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::date::Period;
use crate::lang::Lang;
use crate::register::draft::{Draft, Line, Written};
use crate::scaffold::choices;
use crate::schema::{Field, Shape};

/// One field with its option.
#[derive(Clone, Debug)]
pub struct FieldOption {
    /// The option's name, without its hyphens at the front.
    pub name: String,
    /// The section that the field stands in, where that is not the entry itself.
    pub section: Option<&'static str>,
    /// The field.
    pub field: Field,
}

/// The options of a section: one per field, those of inner sections with the section's name in front.
/// Lists of texts have an option that is given once per text and named in the singular.
pub fn options(section: Field, except: &[&str]) -> Vec<FieldOption> {
    let fields = section.properties().filter(|field| !except.contains(&field.name));
    fields.flat_map(|field| of(field, None)).collect()
}

fn of(field: Field, section: Option<&'static str>) -> Vec<FieldOption> {
    if field.shape() == Shape::Object {
        return field.properties().flat_map(|inner| of(inner, Some(field.name))).collect();
    }
    let name = match field.shape() {
        Shape::List => singular(field.name),
        _ => field.name.to_owned(),
    };
    let name = section.map_or_else(|| name.clone(), |section| format!("{section}-{name}"));
    vec![FieldOption { name: name.replace('_', "-"), section, field }]
}

/// `policy` of `policies`.
fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.trim_end_matches('s').to_owned(),
    }
}

/// A command with the options; those named are required.
pub fn augment(command: Command, options: &[FieldOption], required: &[&str]) -> Command {
    let args = options.iter().map(|option| option.arg().required(required.contains(&option.name.as_str())));
    command.args(args)
}

/// What was given, in the order of the schema; nothing else.
pub fn read(matches: &ArgMatches, options: &[FieldOption]) -> Draft {
    let mut draft = Draft::default();
    for option in options {
        let given = matches.get_many::<String>(&option.name).into_iter().flatten();
        let mut texts = given.map(|text| Written::Text(text.clone())).peekable();
        if texts.peek().is_none() {
            continue;
        }
        let value = match option.field.shape() {
            Shape::List => Written::List(texts.collect()),
            _ => texts.next_back().unwrap_or(Written::Blank),
        };
        let at = draft.0.iter_mut().find(|line| Some(line.key.as_str()) == option.section);
        match (option.section, at) {
            (Some(_), Some(Line { value: Written::Section(inner), .. })) => {
                inner.set(option.field.name, value)
            }
            (Some(section), _) => {
                let mut inner = Draft::default();
                inner.set(option.field.name, value);
                draft.set(section, Written::Section(inner));
            }
            (None, _) => draft.set(option.field.name, value),
        }
    }
    draft
}

impl FieldOption {
    fn arg(&self) -> Arg {
        let list = self.field.shape() == Shape::List;
        let shown = match self.field.shape() {
            Shape::Date => "DATE".to_owned(),
            Shape::List => "ID".to_owned(),
            Shape::Enum => self.name.to_uppercase(),
            _ => "TEXT".to_owned(),
        };
        let arg = Arg::new(self.name.clone())
            .long(self.name.clone())
            .value_name(shown)
            .action(if list { ArgAction::Append } else { ArgAction::Set })
            .help(self.field.description(Lang::En).unwrap_or_default());
        match self.field.shape() {
            Shape::Enum => arg.value_parser(PossibleValuesParser::new(self.field.words())),
            Shape::Date => arg.value_parser(date),
            _ => arg.value_parser(NonEmptyStringValueParser::new()),
        }
    }

    /// What to give, in Japanese, with the choices.
    pub fn help(&self) -> String {
        let description = self.field.description(Lang::Ja).unwrap_or_default();
        let choices = choices(self.field, Lang::Ja).filter(|_| self.field.shape() == Shape::Enum);
        let choices = choices.map(|choices| format!("［{choices}］")).unwrap_or_default();
        format!("{}：{description}{choices}", self.field.title(Lang::Ja))
    }
}

fn date(text: &str) -> Result<String, String> {
    let known = Period::parse(text).map(|_| text.to_owned());
    known.ok_or_else(|| "2026-04-01 / 2026-04 / 令和8年4月1日".to_owned())
}
