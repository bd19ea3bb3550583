//! `/api/package_update_status`: what came of installing, updating or removing a package.

use actix_web::HttpResponse;
use da_app::{Task, TaskKind};
use serde_json::json;

use crate::call::{Answer, Call};

/// Tells about a task.
pub(crate) async fn get(call: Call) -> Answer {
    let told = match call.task(TaskKind::Package).await? {
        None => json!({"status": "unknown"}),
        Some(Task::Working) => json!({"status": "working"}),
        Some(Task::Done(done)) if done.ok => json!({"status": "completed", "ok": true, "log": done.text}),
        Some(Task::Done(done)) => json!({"status": "completed", "ok": false, "error_message": done.text}),
    };
    Ok(HttpResponse::Ok().json(told))
}
