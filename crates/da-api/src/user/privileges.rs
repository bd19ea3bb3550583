//! `/api/user/privileges`: what the owner of the API key holds.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::ApiError;

/// The names.
pub(crate) async fn get(call: Call) -> Answer {
    let user = call.caller.user().ok_or(ApiError::AccessDenied)?;
    Ok(HttpResponse::Ok().json(dto::privileges_of(user)))
}
