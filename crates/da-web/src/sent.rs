//! A form outside of interviews: read, and answered.
//!
//! It takes no form of another site and no file.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::AppError;
use da_http::Parameters;

use crate::visit::Visit;
use crate::{error, routes};

/// Reads the form and lets `answer` answer it.
pub(crate) async fn take(
    request: &HttpRequest,
    payload: Payload,
    answer: impl AsyncFnOnce(&Parameters) -> Result<HttpResponse, AppError>,
) -> HttpResponse {
    let settings = routes::settings(request);
    if Visit::is_from_elsewhere(request) {
        return error::from_elsewhere().into_response(&settings, None);
    }
    // A file has no business here, and is dropped.
    let (parameters, _) = match Parameters::read(request, payload).await {
        Ok(read) => read,
        Err(bad) => return error::unread_form(bad).into_response(&settings, None),
    };
    match answer(&parameters).await {
        Ok(response) => response,
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}
