//! `/api/user_info`: a user, by e-mail address.

use actix_web::HttpResponse;
use serde_json::json;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Who it is.
pub(crate) async fn get(call: Call) -> Answer {
    if !call.caller.may(&["admin", "advocate"], &["access_user_info"]) {
        return Err(ApiError::AccessDenied.into());
    }
    let email = call.parameters.filled("username").ok_or(ApiError::NeedsEmail)?;
    let exactly = call.parameters.flag("case_sensitive").unwrap_or(false);
    let user = call.app.user_info_by_email(&call.caller, &email, exactly).await.map_err(Refusal::of_account)?;
    let mut shown = dto::user(&user, call.settings.edition);
    shown["active"] = json!(user.active);
    Ok(HttpResponse::Ok().json(shown))
}
