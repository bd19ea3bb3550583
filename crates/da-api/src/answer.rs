//! View and Reply: what an evaluation ended in becomes an answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use da_app::view;
use da_core::{Caller, Outcome, Response, ResponseBody};

/// The answer for an outcome.
pub(crate) fn of(outcome: Outcome, caller: &Caller) -> HttpResponse {
    let _view = tracing::debug_span!("View").entered();
    match outcome {
        Outcome::Screen(screen) | Outcome::Refused { screen, .. } => {
            HttpResponse::Ok().json(view::question(&screen, caller))
        }
        Outcome::UndefinedVariable { variable, message_log } => {
            HttpResponse::Ok().json(view::undefined_variable(&variable, &message_log))
        }
        Outcome::Variables(variables) => HttpResponse::Ok().json(view::to_json(&variables)),
        Outcome::Response(response) => raw(response),
        Outcome::Nothing => HttpResponse::NoContent().finish(),
    }
}

/// What the interview made itself, as it made it.
fn raw(response: Response) -> HttpResponse {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::OK);
    match response.body {
        ResponseBody::Redirect(address) => {
            let status = if status.is_redirection() { status } else { StatusCode::FOUND };
            HttpResponse::build(status).insert_header((LOCATION, address)).finish()
        }
        ResponseBody::Bytes(bytes) => {
            let octets = HeaderValue::from_static("application/octet-stream");
            let kind = HeaderValue::from_str(&response.content_type).unwrap_or(octets);
            HttpResponse::build(status).insert_header((CONTENT_TYPE, kind)).body(bytes)
        }
    }
}
