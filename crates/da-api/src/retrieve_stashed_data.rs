//! `/api/retrieve_stashed_data`: fetches what was kept.

use actix_web::HttpResponse;
use da_app::Stashed;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Fetches it; then it may go, or stay for longer.
pub(crate) async fn get(call: Call) -> Answer {
    let said = |name: &str| call.parameters.filled(name).ok_or(ApiError::NeedsStash);
    let stashed = Stashed { key: said("stash_key")?, secret: said("secret")? };
    let delete = call.parameters.flag("delete").unwrap_or(false);
    let refresh = call.parameters.text("refresh").and_then(|text| text.parse().ok());
    Ok(HttpResponse::Ok().json(call.app.stash_read(&stashed, delete, refresh).await?))
}
