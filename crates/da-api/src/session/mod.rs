//! `/api/session`: the variables of a session, answers to it, its end.

pub(crate) mod action;
pub(crate) mod back;
pub(crate) mod new;
pub(crate) mod question;
mod sent;

use actix_web::HttpResponse;
use da_app::view;
use da_core::{Answer as Answers, Plain};

use crate::answer;
use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};
use crate::structured::{object, texts};

/// The variables of a session.
pub(crate) async fn get(call: Call) -> Answer {
    let at = call.session()?;
    let (variables, tag) = call.app.session_variables_tagged(&call.caller, &at).await?;
    Ok(answer::tagged(HttpResponse::Ok().json(view::to_json(&variables)), &tag))
}

/// Sets variables, and answers with the current question.
pub(crate) async fn post(mut call: Call) -> Answer {
    let at = call.session()?;
    let answers = answers(&call)?;
    let files = sent::files(&mut call)?;
    let tell = call.teller();
    let terms = call.terms(tell.clone(), ApiError::answering);
    let reached = call.app.session_send(&call.caller, &at, (answers, files), terms).await;
    let reached = reached.map_err(|cause| Refusal::caused(ApiError::answering(&cause), cause))?;
    Ok(answer::reached(reached, tell))
}

/// Deletes a session, unless `If-Match` says that it is at another step; one that is not there counts as deleted.
pub(crate) async fn delete(call: Call) -> Answer {
    match call.session() {
        Ok(at) => call.app.session_delete_at(&at, call.demands.matching()).await?,
        Err(refusal) if Call::is_nothing(&refusal) => {}
        Err(refusal) => return Err(refusal),
    }
    Ok(HttpResponse::NoContent().finish())
}

fn answers(call: &Call) -> Result<Answers, Refusal> {
    let parameters = &call.parameters;
    let dict = (ApiError::MalformedVariables, ApiError::VariablesNotADict);
    let variables = object(parameters, "variables", dict)?.unwrap_or_default();
    let list = (ApiError::MalformedDeleteVariables, ApiError::DeleteVariablesNotAList);
    let delete_variables = texts(parameters, "delete_variables", list)?;
    let event_list = texts(parameters, "event_list", (ApiError::MalformedEventList, ApiError::EventListNotAList))?;
    let variables: Vec<(String, Plain)> =
        variables.iter().map(|(name, value)| (name.clone(), view::from_json(value))).collect();
    Ok(Answers {
        variables,
        files: Vec::new(),
        raw: parameters.flag("raw").unwrap_or(false),
        question_name: parameters.filled("question_name"),
        delete_variables,
        event_list,
        check_fields: false,
        only_set: !call.wants_question(),
        overwrite: parameters.flag("overwrite").unwrap_or(false),
        advances_progress: parameters.flag("advance_progress_meter").unwrap_or(false),
    })
}
