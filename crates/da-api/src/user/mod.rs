//! `/api/user`: the owner of the API key.

pub(crate) mod new;
pub(crate) mod user_id;

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Who the caller is.
pub(crate) async fn get(call: Call) -> Answer {
    let user = call.caller.user().ok_or(ApiError::AccessDenied)?;
    Ok(HttpResponse::Ok().json(dto::user(user, call.settings.edition)))
}

/// Changes what is known about the caller.
pub(crate) async fn post(call: Call) -> Answer {
    let id = call.caller.user().ok_or(ApiError::AccessDenied)?.id;
    let (profile, password) = (dto::profile(&call.parameters), call.parameters.filled("password"));
    call.app.user_set(&call.caller, id, profile, password).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::NoContent().finish())
}
