//! `/api/user/<user_id>`: any user, by number.

pub(crate) mod privileges;

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::Refusal;

/// Who it is.
pub(crate) async fn get(call: Call) -> Answer {
    let id = call.user_id()?;
    let user = call.app.user_info(&call.caller, id).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::Ok().json(dto::user(&user, call.settings.edition)))
}

/// Changes what is known about somebody.
pub(crate) async fn post(call: Call) -> Answer {
    let id = call.user_id()?;
    let (profile, password) = (dto::profile(&call.parameters), call.parameters.filled("password"));
    call.app.user_set(&call.caller, id, profile, password).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends the use of an account.
pub(crate) async fn delete(call: Call) -> Answer {
    let id = call.user_id()?;
    call.app.user_deactivate(&call.caller, id).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::NoContent().finish())
}
