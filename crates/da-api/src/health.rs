//! `/health`: whether the process lives, and what it counted. No key, and nothing about anybody.

use actix_web::HttpResponse;
use actix_web::web::Data;
use da_app::App;
use serde_json::json;

/// The process lives.
pub(crate) async fn get() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// `/health/counters`.
pub(crate) async fn counters(app: Data<App>) -> HttpResponse {
    let counted = app.counted();
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
