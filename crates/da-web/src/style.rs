//! The one style sheet. Its address changes with its content, so that browsers may keep it for good.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use da_http::Parameters;

use crate::settings::WebSettings;

/// Where it is.
pub(crate) const PATH: &str = "/static/da.css";

const CSS: &str = include_str!("../static/da.css");

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    CSS.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
});

/// The address for a page.
pub(crate) fn address(settings: &WebSettings) -> String {
    settings.address(&format!("{PATH}?v={}", *VERSION))
}

/// Sends it. Only the address with the present version may be kept for good.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let asked = Parameters::from_query(request.query_string()).text("v");
    let keep =
        if asked.as_deref() == Some(VERSION.as_str()) { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((CACHE_CONTROL, keep))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .body(CSS)
}
