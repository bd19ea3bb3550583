//! `/api/playground/project`: the projects of a Playground.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// The names of the projects beside `default`.
pub(crate) async fn get(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    Ok(HttpResponse::Ok().json(call.app.project_list(owner).await?))
}

/// Makes a project.
pub(crate) async fn post(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let name = call.parameters.text("project").ok_or(ApiError::NeedsProject)?;
    call.app.project_new(owner, &name).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Deletes a project with its files.
pub(crate) async fn delete(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let name = call.parameters.text("project").ok_or(ApiError::NeedsProject)?;
    call.app.project_delete(owner, &name).await?;
    Ok(HttpResponse::NoContent().finish())
}
