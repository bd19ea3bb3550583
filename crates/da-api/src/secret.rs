//! `/api/secret`: what opens the sessions of a user, for whoever brings the user's password.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Tells it.
pub(crate) async fn get(call: Call) -> Answer {
    let (username, password) = credentials(&call)?;
    let secret = call.app.user_secret(&call.caller, &username, &password).await?;
    Ok(HttpResponse::Ok().json(secret))
}

/// The name and the password of somebody who need not be the caller.
pub(crate) fn credentials(call: &Call) -> Result<(String, String), ApiError> {
    let said = |name: &str| call.parameters.filled(name).ok_or(ApiError::NeedsCredentials);
    Ok((said("username")?, said("password")?))
}
