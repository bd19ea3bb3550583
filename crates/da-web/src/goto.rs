//! `/goto`: a short-lived link of the API to an address elsewhere.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{App, AppError};
use da_http::Parameters;

use crate::{error, routes};

/// Leads there.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    match target(&request).await {
        Ok(address) => HttpResponse::Found().insert_header((LOCATION, address)).finish(),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

async fn target(request: &HttpRequest) -> Result<String, AppError> {
    let app = request.app_data::<Data<App>>().cloned();
    let app = app.ok_or_else(|| AppError::internal("the server was put together without its use cases"))?;
    let code = Parameters::from_query(request.query_string()).text("c").unwrap_or_default();
    app.address_by_link(&code).await
}
