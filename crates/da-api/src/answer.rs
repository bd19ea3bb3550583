//! View and Reply: what an evaluation ended in becomes an answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue};
use da_app::{Reached, Told, view};
use da_core::{Caller, Outcome, Plain, Response};
use serde_json::Value;

/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What is told for an outcome.
pub(crate) fn told(outcome: &Outcome, caller: &Caller) -> Told {
    let _view = tracing::debug_span!("View").entered();
    match outcome {
        Outcome::Screen(screen) | Outcome::Refused { screen, .. } => json(200, &view::question(screen, caller)),
        Outcome::UndefinedVariable { variable, message_log } => {
            json(200, &view::undefined_variable(variable, message_log))
        }
        Outcome::Variables(variables) => json(200, &view::to_json(variables)),
        Outcome::Response(response) => raw(response),
        Outcome::Nothing => nothing(),
    }
}

/// The same with the reasons for it, under a key that docassemble does not have. What the interview makes itself has no place
/// for them.
pub(crate) fn told_with_reasons(outcome: &Outcome, reasons: &Plain, caller: &Caller) -> Told {
    let mut keys = match outcome {
        Outcome::Screen(screen) | Outcome::Refused { screen, .. } => view::question(screen, caller),
        Outcome::UndefinedVariable { variable, message_log } => view::undefined_variable(variable, message_log),
        Outcome::Variables(_) | Outcome::Response(_) | Outcome::Nothing => return told(outcome, caller),
    };
    if let Some(keys) = keys.as_object_mut() {
        keys.insert("explanation".to_owned(), view::to_json(reasons));
    }
    json(200, &keys)
}

/// JSON with a status.
pub(crate) fn json(status: u16, value: &Value) -> Told {
    let headers = vec![(CONTENT_TYPE.to_string(), "application/json".to_owned())];
    Told { status, headers, body: value.to_string().into_bytes() }
}

/// Nothing, which is success.
pub(crate) fn nothing() -> Told {
    Told { status: 204, headers: Vec::new(), body: Vec::new() }
}

/// What the interview made itself, as it made it.
fn raw(response: &Response) -> Told {
    let kind = HeaderValue::from_str(&response.content_type)
        .map_or("application/octet-stream", |_| response.content_type.as_str());
    let headers = vec![(CONTENT_TYPE.to_string(), kind.to_owned())];
    Told { status: response.status, headers, body: response.body.clone() }
}

/// What is told, as it goes out.
pub(crate) fn of(told: Told) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(told.status).unwrap_or(StatusCode::OK));
    for (name, value) in told.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.insert_header((name, value));
        }
    }
    if told.body.is_empty() { response.finish() } else { response.body(told.body) }
}

/// The answer to a request of a session: what it ended in, or what was told when it came before.
pub(crate) fn reached(reached: Reached, tell: impl Fn(&Outcome) -> Told) -> HttpResponse {
    match reached {
        Reached::Now(outcome, tag) => tagged(of(tell(&outcome)), &tag),
        Reached::Before(told, tag) => replayed(tagged(of(told), &tag)),
    }
}

/// An answer with the tag of the step that it is about.
pub(crate) fn tagged(mut response: HttpResponse, tag: &str) -> HttpResponse {
    if let Ok(value) = HeaderValue::try_from(format!("\"{tag}\"")) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// An answer that was given before.
pub(crate) fn replayed(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
