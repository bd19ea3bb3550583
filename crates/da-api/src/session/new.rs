//! `/api/session/new`: begins a session.

use std::sync::Arc;

use actix_web::HttpResponse;
use da_app::Begin;

use crate::call::{Answer, Call};
use crate::dto::Started;
use crate::error::{ApiError, Refusal};

/// What is not an argument of the interview.
const OWN: [&str; 3] = ["i", "secret", "key"];

/// Begins a session; parameters that are not ours become `url_args`.
pub(crate) async fn get(call: Call) -> Answer {
    let interview = call.parameters.filled("i").ok_or(ApiError::NeedsInterview)?;
    let others = call.parameters.query().filter(|(name, _)| !OWN.contains(name));
    let url_args = others.map(|(name, value)| (name.to_owned(), value)).collect();
    let (secret, device) = (call.parameters.filled("secret"), Arc::clone(&call.device));
    let begin = Begin { interview: interview.clone(), secret, url_args, device };
    let started = call.app.session_new(&call.caller, begin).await.map_err(Refusal::starting)?;
    Ok(HttpResponse::Ok().json(Started::new(interview, &started)))
}
