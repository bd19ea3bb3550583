//! `/api/playground_pull`: a package from elsewhere into a Playground.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Puts the files of a package into the project. `restart` has no effect: what is there runs.
pub(crate) async fn post(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let at = call.playground(owner).await?;
    let said = &call.parameters;
    let pulled = if let Some(address) = said.text("github_url") {
        call.app.playground_pull_repository(&at, &address, said.text("branch").as_deref()).await
    } else if let Some(requirement) = said.text("pip") {
        call.app.playground_pull_package(&at, &requirement).await
    } else {
        return Err(ApiError::NeedsPackageSource.into());
    };
    pulled.map_err(Refusal::pulling)?;
    Ok(HttpResponse::NoContent().finish())
}
