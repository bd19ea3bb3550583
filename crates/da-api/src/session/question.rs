//! `/api/session/question`: the current question; with `explain`, which is ours, also why it is asked.

use crate::answer;
use crate::call::{Answer, Call};

/// Evaluates and shows.
pub(crate) async fn get(call: Call) -> Answer {
    let at = call.session()?;
    if call.parameters.flag("explain").unwrap_or(false) {
        let (outcome, reasons, tag) = call.app.session_explain(&call.caller, &at).await?;
        let told = answer::told_with_reasons(&outcome, &reasons, &call.caller);
        return Ok(answer::tagged(answer::of(told), &tag));
    }
    let (outcome, tag) = call.app.session_show_tagged(&call.caller, &at).await?;
    Ok(answer::tagged(answer::of(answer::told(&outcome, &call.caller)), &tag))
}
