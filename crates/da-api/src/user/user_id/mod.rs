//! `/api/user/<user_id>`: any user, by number.

pub(crate) mod privileges;

use actix_web::HttpResponse;
use da_app::Removal;

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
    let knows = call.app.may_know(&call.caller, id).is_ok();
    let wishes = dto::user_wishes(&call.parameters);
    call.app.user_set(&call.caller, id, wishes).await.map_err(Refusal::setting(knows))?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends the use of an account, or removes it.
pub(crate) async fn delete(call: Call) -> Answer {
    let id = call.user_id()?;
    let removal = match call.parameters.filled("remove").as_deref() {
        Some("account") => Some(Removal::Account),
        Some("account_and_shared") => Some(Removal::AccountAndShared),
        _ => None,
    };
    let knows = call.app.may_know(&call.caller, id).is_ok();
    if let Some(removal) = removal {
        let refused = Refusal::ending(knows, ApiError::UserRemovalNotYours);
        call.app.user_remove(&call.caller, id, removal).await.map_err(refused)?;
        return Ok(HttpResponse::NoContent().finish());
    }
    // The documentation lets an administrator end any account, docassemble 1.10 neither the first nor their own.
    if call.settings.edition == Edition::Later {
        call.app.may_end(&call.caller, id).map_err(Refusal::ending(knows, ApiError::UserEndNotYours))?;
    }
    let refused = Refusal::ending(knows, ApiError::UserEndNotYours);
    call.app.user_deactivate(&call.caller, id).await.map_err(refused)?;
    Ok(HttpResponse::NoContent().finish())
}
