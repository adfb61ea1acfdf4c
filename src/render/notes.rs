//! What there is to say of a dossier beside its outcomes: what was supposed, what is wrong with
//! evidence, how the waivers stand. No format leaves any of it out.

use super::view::{DossierView, PlaceView};
use crate::lang::Lang;
use crate::waiver::State;

/// One thing to say.
#[derive(Clone, Debug)]
pub struct Note<'v> {
    /// What it is about.
    pub about: About,
    /// A word for programs: `expired`, `not_examined`, `assumed`.
    pub word: &'static str,
    /// The id of the evidence or waiver; of an assumption its path.
    pub id: &'v str,
    /// In a sentence.
    pub text: String,
    /// Where it stands; the command line has no place.
    pub place: Option<&'v PlaceView>,
    /// Whether someone should look into it.
    pub warns: bool,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A fact that the reader supposes.
    Assumption,
    /// A piece of evidence.
    Evidence,
    /// A waiver.
    Waiver,
}

impl About {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            About::Assumption => "assumption",
            About::Evidence => "evidence",
            About::Waiver => "waiver",
        }
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            About::Assumption => ("仮定", "assumption"),
            About::Evidence => ("根拠資料", "evidence"),
            About::Waiver => ("例外措置", "waiver"),
        };
        lang.pick(ja, en)
    }
}

/// Everything there is to say beside the outcomes, in the order of the files.
pub fn notes(view: &DossierView, lang: Lang) -> Vec<Note<'_>> {
    let mut notes: Vec<Note<'_>> = Vec::new();
    notes.extend(view.assumptions.iter().map(|assumed| Note {
        about: About::Assumption,
        word: "assumed",
        id: &assumed.path,
        text: match lang {
            Lang::Ja => format!("{}を「{}」と仮定した（文書の記載ではない）", assumed.path, assumed.value),
            Lang::En => {
                format!("{} is assumed to be \"{}\"; no document says so", assumed.path, assumed.value)
            }
        },
        place: None,
        warns: false,
    }));
    for piece in &view.evidence {
        notes.extend(piece.flaws.iter().map(|flaw| Note {
            about: About::Evidence,
            word: flaw.word,
            id: &piece.id,
            text: match lang {
                Lang::Ja => format!("{}：{}", piece.title, flaw.text),
                Lang::En => format!("{}: {}", piece.title, flaw.text),
            },
            place: Some(&piece.place),
            warns: true,
        }));
    }
    notes.extend(view.waivers.iter().map(|waiver| {
        let active = waiver.state == State::Active.word();
        let ends = waiver.days_left.filter(|_| active).map(|days| match lang {
            Lang::Ja => format!("期限まで{days}日"),
            Lang::En => format!("{days} days left"),
        });
        let because: Vec<&str> = waiver.because.iter().map(String::as_str).chain(ends.as_deref()).collect();
        let because = match (because.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Ja) => format!("（{}）", because.join("、")),
            (false, Lang::En) => format!(" ({})", because.join("; ")),
        };
        let (policy, target, state) = (&waiver.policy, &waiver.target, waiver.state_title);
        Note {
            about: About::Waiver,
            word: waiver.state,
            id: &waiver.id,
            text: match lang {
                Lang::Ja => format!("{policy}（{target}）の例外措置：{state}{because}"),
                Lang::En => format!("waiver of {policy} for {target}: {state}{because}"),
            },
            place: Some(&waiver.place),
            warns: !active || waiver.ends_soon,
        }
    }));
    notes
}

/// A note on one line: its place, what it is about, what there is to say.
pub fn line(note: &Note<'_>, lang: Lang) -> String {
    let place = note.place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
    format!("{}{}[{}] {}", place.unwrap_or_default(), note.about.title(lang), note.id, note.text)
}
