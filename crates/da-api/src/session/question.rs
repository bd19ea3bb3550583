//! `/api/session/question`: the current question.

use crate::answer;
use crate::call::{Answer, Call};

/// Evaluates and shows.
pub(crate) async fn get(call: Call) -> Answer {
    let at = call.session()?;
    let outcome = call.app.session_show(&call.caller, &at).await?;
    Ok(answer::of(outcome, &call.caller))
}
