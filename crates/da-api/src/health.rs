//! `/health`: whether the process lives, and what it counted. No key, and nothing about anybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use da_app::App;
use serde_json::json;

/// The process lives.
pub(crate) fn get(_: &HttpRequest) -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// `/health/counters`.
pub(crate) fn counters(request: &HttpRequest) -> HttpResponse {
    let counted = request.app_data::<Data<App>>().map(|app| app.counted()).unwrap_or_default();
    HttpResponse::Ok().json(json!({
        "requests": counted.requests,
        "evaluations": counted.evaluations,
        "engine_us": counted.engine_microseconds,
        "crypto_us": counted.crypto_microseconds,
        "database_us": counted.database_microseconds,
        "commits": counted.commits,
        "writes": counted.writes,
    }))
}
