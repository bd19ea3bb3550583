//! The addresses of the pages.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::html::tag;
use crate::settings::WebSettings;
use crate::{error, home, interview, style};

/// Adds the pages to a server.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(home::get))
        .service(
            web::resource("/interview").route(web::get().to(interview::get)).route(web::post().to(interview::post)),
        )
        .route(style::PATH, web::get().to(style::get))
        .default_service(web::to(nothing));
}

async fn nothing(request: HttpRequest) -> HttpResponse {
    let settings = settings(&request);
    let home = tag("a").class("button main").attr("href", settings.address("/")).put("All interviews");
    let text = "Nothing stands at this address.";
    error::refusal(StatusCode::NOT_FOUND, "There is no such page", text, home.into()).into_response(&settings, None)
}

/// The settings, for an answer that must not fail.
pub(crate) fn settings(request: &HttpRequest) -> Data<WebSettings> {
    request.app_data::<Data<WebSettings>>().cloned().unwrap_or_default()
}
