//! `/user/autologin`: logs somebody in who comes by a link of the API, once and at once.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use da_app::AppError;
use da_http::Parameters;

use crate::visit::Visit;
use crate::{error, led, routes};

/// Logs in, and leads on.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    match enter(&request).await {
        Ok(response) => response,
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

async fn enter(request: &HttpRequest) -> Result<HttpResponse, AppError> {
    let code = Parameters::from_query(request.query_string()).text("key").unwrap_or_default();
    let mut visit = Visit::of(request).await?;
    let to = visit.app.clone().login_by_link(&mut visit.visitor, &code).await?;
    let address = led::address(&visit.settings, &to);
    Ok(HttpResponse::SeeOther().cookie(visit.cookie()?).insert_header((LOCATION, address)).finish())
}
