//! `/api/session/back`: one step back.

use crate::answer;
use crate::call::{Answer, Call};

/// Takes back the newest step and shows the question before it.
pub(crate) async fn post(call: Call) -> Answer {
    let at = call.session()?;
    let outcome = call.app.session_back(&call.caller, &at, call.wants_question()).await?;
    Ok(answer::of(outcome, &call.caller))
}
