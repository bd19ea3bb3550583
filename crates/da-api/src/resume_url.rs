//! `/api/resume_url`: a link by which a session changes hands.
//!
//! With the `secret` of the session, whoever follows the link can open it, although it is encrypted; no secret stands in
//! the link.

use actix_web::HttpResponse;
use da_app::ResumeWanted;

use crate::call::{Answer, Call};
use crate::error::ApiError;
use crate::structured::{HOUR, object, seconds};

/// Makes one.
pub(crate) async fn post(call: Call) -> Answer {
    let parameters = &call.parameters;
    let interview = parameters.filled("i").ok_or(ApiError::NeedsFilename)?;
    let malformed = (ApiError::MalformedUrlArgs, ApiError::MalformedUrlArgs);
    let wanted = ResumeWanted {
        interview,
        session: parameters.filled("session").or_else(|| parameters.filled("session_id")),
        secret: parameters.filled("secret"),
        url_args: object(parameters, "url_args", malformed)?.unwrap_or_default(),
        one_time: parameters.flag("one_time").unwrap_or(false),
        seconds: seconds(parameters, "expire", HOUR)?,
    };
    let code = call.app.resume_link(wanted).await?;
    Ok(HttpResponse::Ok().json(format!("{}/launch?c={code}", call.settings.base)))
}
