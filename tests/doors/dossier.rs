//! Any files as a dossier, the whole way: load, validate, evaluate, conclude, and every format. JSON and
//! SARIF must parse, and the totals add up.

use std::path::Path;
use std::sync::OnceLock;

use hadome::assess::assess;
use hadome::conclude::{Assessment, How};
use hadome::evaluate::Keep;
use hadome::lang::Lang;
use hadome::load::limits::Limits;
use hadome::obligation::list::rows;
use hadome::obligation::select::selected;
use hadome::policy::library::Library;
use hadome::render::calendar::for_report;
use hadome::render::concise::Concise;
use hadome::render::format::Writer;
use hadome::render::github::Github;
use hadome::render::html::html;
use hadome::render::json::Json;
use hadome::render::junit::Junit;
use hadome::render::markdown::Templates;
use hadome::render::report::{Filing, report};
use hadome::render::run::{RunView, view as of_run};
use hadome::render::sarif::Sarif;
use hadome::render::tally::Tally;
use hadome::render::text::Text;
use hadome::render::{refused, view};
use hadome::validate::Yardstick;
use hadome::validate::yardstick::{Choice, prepare};
use serde_json::Value;

use super::{archive, diagnostics, program, seeds};

/// What does not change from input to input.
struct Ground {
    yardstick: Yardstick,
    library: Library,
    runs: [RunView; 2],
    templates: Templates,
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(|| {
        let choice = Choice { as_of: seeds::as_of(), ..Choice::default() };
        let (yardstick, library) = prepare(&choice).expect("the library loads");
        let runs = [Lang::Ja, Lang::En].map(|lang| of_run(&yardstick, &library, lang));
        let templates = Templates::new(None).expect("the templates load");
        Ground { yardstick, library, runs, templates }
    })
}

pub fn enter(bytes: &[u8]) {
    let folder = archive::lay_out(bytes);
    let lang = program::lang(bytes);
    judge(folder.path(), lang);
}

/// Judges the dossier in a folder and writes it in every format.
pub fn judge(folder: &Path, lang: Lang) {
    let ground = ground();
    let how = How::keeping(Keep::Everything);
    let run = &ground.runs[if lang == Lang::Ja { 0 } else { 1 }];
    match assess(folder, "dossier", &ground.yardstick, how, &Limits::default()) {
        Ok(assessment) => {
            let view = view::view(&assessment, lang);
            assert_eq!(view.totals.iter().map(|total| total.count).sum::<usize>(), view.outcome_count);
            assert!(view.outcome_count >= view.policy_count, "a policy without an outcome");
            let page = |writer: &dyn Writer| writer.dossier(&view, &assessment.case.sources);
            formats(run, &Tally::of(&view), lang, page);
            papers(&assessment, ground, lang);
        }
        Err(refused) => {
            assert!(!refused.diagnostics.is_empty(), "refused without a reason");
            diagnostics::check(&refused.diagnostics, &refused.sources);
            let view = refused::view(&refused, lang);
            formats(run, &Tally::of_refused(), lang, |writer| writer.refused(&view));
        }
    }
}

fn formats(run: &RunView, tally: &Tally, lang: Lang, page: impl Fn(&dyn Writer) -> String) {
    let write = |writer: &dyn Writer| writer.begin(run) + &page(writer) + &writer.end(tally);
    let texts = [
        write(&Text { lang, colour: false }),
        write(&Concise { lang }),
        write(&Github { lang }),
        write(&Junit { lang }),
    ];
    assert!(texts.iter().all(|text| !text.contains('\u{1b}')), "an escape sequence reached the output");
    for text in [write(&Json), write(&Sarif { lang })] {
        serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    }
}

/// The report, as Markdown and as a page, with its due dates.
fn papers(assessment: &Assessment, ground: &Ground, lang: Lang) {
    let Ground { library, templates, .. } = ground;
    let case = &assessment.case;
    let selected = selected(library, &case.profile).expect("the duties load");
    let calendar = library.all_duties().calendar.expect("the built-in calendar");
    let until = case.as_of + chrono::Days::new(365);
    let due = rows(case, &selected.obligations, &calendar, until).unwrap_or_default();
    let due = for_report(case, &due, &selected.obligations, 90, lang);
    let view = view::view(assessment, lang);
    let page = report(assessment, &view, library, &Filing::default(), Some(&due), lang);
    let text = templates.render(&page, lang).expect("the template works");
    let page = html(templates, &text, &page.frame(), lang).expect("the page's template works");
    assert!(page.trim_end().ends_with("</html>"), "the page is cut off");
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = seeds::folders("examples", "contract.yaml", 100_000);
    seeds.retain(|seed| !seed.windows(12).any(|window| window == b"incident.yam"));
    seeds
}
