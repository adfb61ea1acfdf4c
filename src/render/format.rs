//! What every format of `check` does: begin, one piece per dossier, end.

use serde::Serialize;

use super::escape;
use super::refused::RefusedView;
use super::run::RunView;
use super::tally::Tally;
use super::view::DossierView;
use crate::load::source::Sources;

/// A format over a stream of dossiers. Pieces are made on worker threads and written in the order of
/// the paths, so that a writer keeps nothing from one dossier to the next.
pub trait Writer: Sync {
    /// What stands before all dossiers.
    fn begin(&self, _run: &RunView) -> String {
        String::new()
    }

    /// One assessed dossier.
    fn dossier(&self, view: &DossierView, sources: &Sources) -> String;

    /// One dossier that could not be judged; empty where the format leaves that to the error stream.
    fn refused(&self, refused: &RefusedView) -> String;

    /// What stands between two pieces that are not empty.
    fn between(&self) -> &'static str {
        ""
    }

    /// What stands after all dossiers.
    fn end(&self, _tally: &Tally) -> String {
        String::new()
    }
}

/// Plain data as JSON on one line.
pub(super) fn json(data: &impl Serialize) -> String {
    // Data with text keys cannot fail to serialise; should it, no reader may take it for a result.
    let text = serde_json::to_string(data).unwrap_or_else(|error| format!("!{error}"));
    escape::json(text)
}

/// An object as JSON, left open behind its last member for more members.
pub(super) fn open(head: &impl Serialize) -> String {
    let mut text = json(head);
    text.pop();
    text.push(',');
    text
}

/// The members of an object as JSON, and the brace that closes it.
pub(super) fn close(tail: &impl Serialize) -> String {
    let text = json(tail);
    format!(",{}", text.trim_start_matches('{'))
}
