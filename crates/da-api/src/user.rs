//! `/api/user`: the owner of the API key.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::ApiError;

/// Who the caller is.
pub(crate) async fn get(call: Call) -> Answer {
    let user = call.caller.user().ok_or(ApiError::AccessDenied)?;
    Ok(HttpResponse::Ok().json(dto::user(user, call.settings.edition)))
}
