//! `/api/privileges`: which privileges there are.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Their names.
pub(crate) async fn get(call: Call) -> Answer {
    let privileges = call.app.privilege_list(&call.caller).await?;
    let names: Vec<&str> = privileges.iter().map(|privilege| privilege.0.as_str()).collect();
    Ok(HttpResponse::Ok().json(names))
}

/// Adds one.
pub(crate) async fn post(call: Call) -> Answer {
    if !call.caller.has_privilege(&["admin"]) {
        return Err(ApiError::AccessDenied.into());
    }
    let name = call.parameters.filled("privilege").ok_or(ApiError::NeedsPrivilege)?;
    call.app.privilege_add(&call.caller, &name).await?;
    Ok(HttpResponse::NoContent().finish())
}
