//! `/api/user`: the owner of the API key.

pub(crate) mod api;
pub(crate) mod new;
pub(crate) mod privileges;
pub(crate) mod user_id;

use actix_web::HttpResponse;
use da_app::UserWishes;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Who the caller is.
pub(crate) async fn get(call: Call) -> Answer {
    let user = call.caller.user().ok_or(ApiError::AccessDenied)?;
    if call.caller.is_kept_from("access_user_info") {
        return Err(ApiError::UserInfoNotYours.into());
    }
    Ok(HttpResponse::Ok().json(dto::user(user, call.settings.edition)))
}

/// Changes what is known about the caller.
pub(crate) async fn post(call: Call) -> Answer {
    let id = call.caller.user().ok_or(ApiError::AccessDenied)?.id;
    if call.caller.is_kept_from("edit_user_info") {
        return Err(ApiError::UserEditNotYours.into());
    }
    let wishes = UserWishes { active: None, ..dto::user_wishes(&call.parameters) };
    call.app.user_set(&call.caller, id, wishes).await.map_err(Refusal::setting_own)?;
    Ok(HttpResponse::NoContent().finish())
}
