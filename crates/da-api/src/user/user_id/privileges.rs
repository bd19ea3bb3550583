//! `/api/user/<user_id>/privileges`: gives and takes privileges.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Gives one.
pub(crate) async fn post(call: Call) -> Answer {
    let (id, privilege) = (call.user_id()?, named(&call)?);
    call.app.user_privilege_add(&call.caller, id, &privilege).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes one.
pub(crate) async fn delete(call: Call) -> Answer {
    let (id, privilege) = (call.user_id()?, named(&call)?);
    call.app.user_privilege_remove(&call.caller, id, &privilege).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn named(call: &Call) -> Result<String, ApiError> {
    if !call.caller.has_privilege(&["admin"]) {
        return Err(ApiError::AccessDenied);
    }
    call.parameters.filled("privilege").ok_or(ApiError::NeedsPrivilege)
}
