//! `/api/stash_data`: keeps data for a while.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Keeps it; what finds and what opens it is told this once.
pub(crate) async fn post(call: Call) -> Answer {
    let data = match call.parameters.get("data") {
        None => return Err(ApiError::NeedsData.into()),
        Some(Value::String(text)) if !call.parameters.is_json() => {
            serde_json::from_str(text).map_err(|_| ApiError::MalformedData)?
        }
        Some(data) => data.clone(),
    };
    let seconds = call.parameters.text("expire").and_then(|text| text.parse().ok());
    let stashed = call.app.stash_add(&data, seconds).await?;
    Ok(HttpResponse::Ok().json(json!({"secret": stashed.secret, "stash_key": stashed.key})))
}
