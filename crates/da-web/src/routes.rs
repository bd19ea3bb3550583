//! The addresses of the pages.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};

use crate::settings::WebSettings;
use crate::{home, interview, style};

/// Adds the pages to a server.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(home::get))
        .service(
            web::resource("/interview").route(web::get().to(interview::get)).route(web::post().to(interview::post)),
        )
        .route(style::PATH, web::get().to(style::get));
}

/// The settings, for an answer that must not fail.
pub(crate) fn settings(request: &HttpRequest) -> Data<WebSettings> {
    request.app_data::<Data<WebSettings>>().cloned().unwrap_or_default()
}
