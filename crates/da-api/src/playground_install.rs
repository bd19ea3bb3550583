//! `/api/playground_install`: the files of a package into a Playground.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Puts the files of each archive that was sent into the project.
pub(crate) async fn post(mut call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let at = call.playground(owner).await?;
    let sent = std::mem::take(&mut call.sent);
    if sent.is_empty() {
        return Err(ApiError::NoPackageSent.into());
    }
    call.app.playground_install(&at, sent).await.map_err(Refusal::installing_in_playground)?;
    Ok(HttpResponse::NoContent().finish())
}
