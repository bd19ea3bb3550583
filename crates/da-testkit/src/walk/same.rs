//! Whether another walk showed the same as the engine's.
//!
//! What differs from run to run is not looked at.

use da_app::case::{Deed, Difference, Failure, Stage, cut, told};
use da_core::{Caller, Outcome, SessionId};

use super::wrong;

/// The text of a response.
pub(super) fn body(stage: &Stage) -> String {
    match &stage.outcome {
        Ok(Outcome::Response(response)) => String::from_utf8_lossy(&response.body).into_owned(),
        _ => String::new(),
    }
}

/// Compares what another walk showed.
pub(super) fn outcome(stage: &Stage, seen: &Result<Outcome, Failure>, secrets: &[(&str, &str)]) -> Result<(), String> {
    let nobody = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let id = SessionId::in_memory();
    let own = [("session", id.as_str())];
    match (&stage.outcome, seen) {
        (Ok(expected), Ok(seen)) => {
            let secrets = if secrets.is_empty() { &own } else { secrets };
            let expected = told::pretty(&told::outcome(expected, &nobody), &own);
            text(stage, &expected, &told::pretty(&told::outcome(seen, &nobody), secrets))
        }
        (Err(expected), Err(seen)) if seen.message.contains(&expected.message) => Ok(()),
        (Err(_), Err(seen)) if matches!(stage.deed, Deed::Back) && seen.message.contains("first step") => Ok(()),
        (expected, seen) => Err(wrong(stage, &format!("expected {expected:?}, not {seen:?}"))),
    }
}

/// Compares texts; the first line that differs is told, with those before it.
pub(super) fn text(stage: &Stage, expected: &str, seen: &str) -> Result<(), String> {
    if expected == seen {
        return Ok(());
    }
    let Difference { before, expected, came, .. } = cut(expected, seen);
    Err(wrong(stage, &format!("shows something else after\n{before}\nexpected\n{expected}\nnot\n{came}")))
}
