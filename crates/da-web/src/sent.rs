//! A form outside of interviews: read, and answered.
//!
//! It takes no form that was not made here for this visitor, and no file.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::AppError;
use da_http::Parameters;

use crate::html::{Html, tag};
use crate::visit::Visit;
use crate::{error, routes};

/// What the token is called in a form.
pub(crate) const TOKEN: &str = "csrf";

/// The part of a form that shows that it was made here.
pub(crate) fn token(visit: &Visit) -> Html {
    let token = visit.app.visitor_form_token(&visit.visitor);
    tag("input").attr("type", "hidden").attr("name", TOKEN).attr("value", token).into()
}

/// Reads the form and lets `answer` answer it.
pub(crate) async fn take(
    request: &HttpRequest,
    payload: Payload,
    answer: impl AsyncFnOnce(Visit, Parameters) -> Result<HttpResponse, AppError>,
) -> HttpResponse {
    let settings = routes::settings(request);
    if Visit::is_from_elsewhere(request) {
        return error::from_elsewhere().into_response(&settings, None);
    }
    let parameters = match Parameters::read_texts(request, payload).await {
        Ok(read) => read,
        Err(bad) => return error::unread_form(bad).into_response(&settings, None),
    };
    match check(request, parameters, answer).await {
        Ok(response) => response,
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

async fn check(
    request: &HttpRequest,
    parameters: Parameters,
    answer: impl AsyncFnOnce(Visit, Parameters) -> Result<HttpResponse, AppError>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::of(request).await?;
    let token = parameters.body().find(|(name, _)| *name == TOKEN).map(|(_, token)| token);
    if !visit.app.visitor_form_token_fits(&visit.visitor, &token.unwrap_or_default()) {
        return Ok(error::not_made_here().into_response(&visit.settings, None));
    }
    answer(visit, parameters).await
}
