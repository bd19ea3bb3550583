//! `/api/user/<user_id>/privileges`: tells, gives and takes privileges.

use actix_web::HttpResponse;
use da_core::UserId;

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Which somebody holds.
pub(crate) async fn get(call: Call) -> Answer {
    let id = call.user_id()?;
    let user = call.app.user_info(&call.caller, id).await.map_err(Refusal::of_user_privileges)?;
    Ok(HttpResponse::Ok().json(dto::privileges_of(&user)))
}

/// Gives one.
pub(crate) async fn post(call: Call) -> Answer {
    let (id, privilege) = asked(&call)?;
    call.app.user_privilege_add(&call.caller, id, &privilege).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes one.
pub(crate) async fn delete(call: Call) -> Answer {
    let (id, privilege) = asked(&call)?;
    call.app.user_privilege_remove(&call.caller, id, &privilege).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whose privileges are changed, and which.
fn asked(call: &Call) -> Result<(UserId, String), Refusal> {
    let id = call.user_id()?;
    if !call.caller.may(&["admin"], &["edit_user_privileges"]) {
        call.app.may_know(&call.caller, id).map_err(Refusal::of_user_privileges)?;
        return Err(ApiError::AccessDenied.into());
    }
    Ok((id, call.parameters.filled("privilege").ok_or(ApiError::NeedsPrivilege)?))
}
