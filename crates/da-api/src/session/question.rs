//! `/api/session/question`: the current question.

use crate::answer;
use crate::call::{Answer, Call};

/// Evaluates and shows.
pub(crate) async fn get(call: Call) -> Answer {
    let at = call.session()?;
    let (outcome, tag) = call.app.session_show_tagged(&call.caller, &at).await?;
    Ok(answer::tagged(answer::of(answer::told(&outcome, &call.caller)), &tag))
}
