//! `/api/playground_pull`: a package from elsewhere into a Playground.

use crate::call::{Answer, Call};
use crate::error::ApiError;
use crate::package::not_from_elsewhere;

/// Says by name what cannot be fetched.
pub(crate) async fn post(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    call.playground(owner).await?;
    let said = &call.parameters;
    let (address, pip) = (said.text("github_url"), said.text("pip"));
    if address.is_none() && pip.is_none() {
        return Err(ApiError::NeedsPackageSource.into());
    }
    Err(not_from_elsewhere(address.is_some()))
}
