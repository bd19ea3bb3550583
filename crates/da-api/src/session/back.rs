//! `/api/session/back`: one step back.

use crate::answer;
use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Takes back the newest step and shows the question before it.
pub(crate) async fn post(call: Call) -> Answer {
    let (at, tell) = (call.session()?, call.teller());
    let (wants, terms) = (call.wants_question(), call.terms(tell.clone(), ApiError::going_back));
    let reached = call.app.session_back_once(&call.caller, &at, wants, terms).await;
    let reached = reached.map_err(|cause| Refusal::caused(ApiError::going_back(&cause), cause))?;
    Ok(answer::reached(reached, tell))
}
