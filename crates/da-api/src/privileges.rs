//! `/api/privileges`: which privileges there are.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Their names.
pub(crate) async fn get(call: Call) -> Answer {
    let privileges = call.app.privilege_list(&call.caller).await.map_err(Refusal::listing_privileges)?;
    let names: Vec<&str> = privileges.iter().map(|privilege| privilege.0.as_str()).collect();
    Ok(HttpResponse::Ok().json(names))
}

/// Adds one.
pub(crate) async fn post(call: Call) -> Answer {
    let name = named(&call)?;
    call.app.privilege_add(&call.caller, &name).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Deletes one.
pub(crate) async fn delete(call: Call) -> Answer {
    let name = named(&call)?;
    call.app.privilege_delete(&call.caller, &name).await.map_err(Refusal::deleting_privilege)?;
    Ok(HttpResponse::NoContent().finish())
}

fn named(call: &Call) -> Result<String, ApiError> {
    if !call.caller.may(&["admin"], &["edit_privileges"]) {
        return Err(ApiError::AccessDenied);
    }
    call.parameters.filled("privilege").ok_or(ApiError::NeedsPrivilege)
}
