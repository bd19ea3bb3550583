//! `/api/config`: the configuration, without its secrets, and changed by administrators.

use actix_web::HttpResponse;
use serde_json::{Map, Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// What it says.
pub(crate) async fn get(call: Call) -> Answer {
    Ok(HttpResponse::Ok().json(call.app.configuration_read(&call.caller).await?))
}

/// Makes it say something else.
pub(crate) async fn post(call: Call) -> Answer {
    call.app.configuration_may(&call.caller)?;
    let said = call.parameters.get("config").ok_or(ApiError::NeedsConfiguration)?;
    let directives = directives(said).ok_or(ApiError::ConfigurationNotJson)?;
    write(&call, directives, true).await
}

/// Makes it say something else about some directives.
pub(crate) async fn patch(call: Call) -> Answer {
    call.app.configuration_may(&call.caller)?;
    let said = call.parameters.get("config_changes").ok_or(ApiError::NeedsConfigurationChanges)?;
    let directives = directives(said).ok_or(ApiError::ConfigurationChangesNotJson)?;
    write(&call, directives, false).await
}

async fn write(call: &Call, directives: Map<String, Value>, whole: bool) -> Answer {
    let written = call.app.configuration_write(&call.caller, directives, whole).await;
    let written = written.map_err(Refusal::from)?;
    let told = json!({"task_id": written.task, "success": true, "takes_effect_at_next_start": written.at_next_start});
    Ok(HttpResponse::Ok().json(told))
}

/// A mapping, as it is or written down as JSON.
fn directives(said: &Value) -> Option<Map<String, Value>> {
    match said {
        Value::Object(directives) => Some(directives.clone()),
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}
