//! `/api/user/<user_id>`: any user, by number.

pub(crate) mod privileges;

use actix_web::HttpResponse;

use crate::Edition;
use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Who it is.
pub(crate) async fn get(call: Call) -> Answer {
    let id = call.user_id()?;
    let user = call.app.user_info(&call.caller, id).await.map_err(Refusal::of_user_info)?;
    Ok(HttpResponse::Ok().json(dto::user(&user, call.settings.edition)))
}

/// Changes what is known about somebody.
pub(crate) async fn post(call: Call) -> Answer {
    let id = call.user_id()?;
    call.app.user_set(&call.caller, id, dto::user_wishes(&call.parameters)).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends the use of an account.
pub(crate) async fn delete(call: Call) -> Answer {
    let id = call.user_id()?;
    // The documentation lets an administrator end any account, docassemble 1.10 neither the first nor their own.
    if call.settings.edition == Edition::Later {
        call.app.may_end(&call.caller, id).map_err(Refusal::ending)?;
    }
    if call.parameters.get("remove").is_some() {
        return Err(ApiError::NotHere("the removal of accounts".to_owned()).into());
    }
    call.app.user_deactivate(&call.caller, id).await.map_err(Refusal::of_account)?;
    Ok(HttpResponse::NoContent().finish())
}
