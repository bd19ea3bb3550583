//! `/api/restart_status`: what came of a restart.

use actix_web::HttpResponse;
use da_app::TaskKind;
use serde_json::json;

use crate::call::{Answer, Call};

/// Tells about a restart.
pub(crate) async fn get(call: Call) -> Answer {
    let status = if call.task(TaskKind::Restart).await?.is_some() { "completed" } else { "unknown" };
    Ok(HttpResponse::Ok().json(json!({"status": status})))
}
