//! `/api/session/action`: runs an action of the interview.

use da_app::{Act, view};
use da_core::{Outcome, Plain};
use serde_json::Value;

use crate::answer;
use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};
use crate::structured::object;

/// Carries it out. What the action answers with itself comes back; a question or an undefined variable is none of the
/// client's business here.
pub(crate) async fn post(call: Call) -> Answer {
    let parameters = &call.parameters;
    let named = ["i", "session", "action"].map(|name| parameters.filled(name));
    let [Some(_), Some(_), Some(name)] = named else { return Err(ApiError::NeedsAction.into()) };
    let texts = (ApiError::MalformedArguments, ApiError::ArgumentsNotADict);
    let arguments = object(parameters, "arguments", texts)?.unwrap_or_default();
    let wanted = |name: &str| parameters.flag(name).unwrap_or(false);
    let act = Act {
        name,
        arguments: view::from_json(&Value::Object(arguments)),
        persistent: wanted("persistent"),
        overwrite: wanted("overwrite"),
        read_only: wanted("read_only"),
    };
    let caller = call.caller.clone();
    let tell = move |outcome: &Outcome| match has_content(outcome) {
        true => answer::told(outcome, &caller),
        false => answer::nothing(),
    };
    let (at, terms) = (call.session()?, call.terms(tell.clone(), ApiError::acting));
    let reached = call.app.session_act_once(&call.caller, &at, act, terms).await;
    let reached = reached.map_err(|cause| Refusal::caused(ApiError::acting(&cause), cause))?;
    Ok(answer::reached(reached, tell))
}

/// Whether the action itself answers.
fn has_content(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Response(_) => true,
        Outcome::Variables(variables) => *variables != Plain::Null,
        _ => false,
    }
}
