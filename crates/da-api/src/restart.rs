//! `/api/restart`: nothing here needs a restart, so it is done at once.

use actix_web::HttpResponse;
use da_app::{Task, TaskKind};
use serde_json::json;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Reads everything again; the task of it.
pub(crate) async fn post(call: Call) -> Answer {
    let task = call.app.restart(&call.caller).await?;
    Ok(HttpResponse::Ok().json(json!({"task_id": task, "success": true})))
}

impl Call {
    /// What came of the task that `task_id` names. Who may not ask is told so first.
    pub(crate) async fn task(&self, kind: TaskKind) -> Result<Option<Task>, Refusal> {
        let number = self.parameters.text("task_id");
        let task = self.app.task_look(&self.caller, kind, number.as_deref().unwrap_or_default()).await?;
        if number.is_none() { Err(ApiError::NeedsTaskId.into()) } else { Ok(task) }
    }
}
