//! `/api/login_url`: a link that logs a user in, once and soon.

use actix_web::HttpResponse;
use da_app::{Fault, LoginWanted, page_by_name};

use crate::Edition;
use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};
use crate::secret::credentials;
use crate::structured::{object, seconds};

/// How long a link is good when nothing is said.
const USUAL: i64 = 15;

/// Makes one.
pub(crate) async fn post(call: Call) -> Answer {
    let (username, password) = credentials(&call)?;
    let parameters = &call.parameters;
    let next = parameters.filled("next");
    if next.as_deref().is_some_and(|next| page_by_name(next).is_none()) {
        return Err(ApiError::UnknownNext.into());
    }
    let malformed = (ApiError::MalformedUrlArgs, ApiError::MalformedUrlArgs);
    let wanted = LoginWanted {
        username,
        password,
        interview: parameters.filled("i"),
        session: parameters.filled("session"),
        resume_existing: parameters.flag("resume_existing").unwrap_or(false),
        next,
        url_args: object(parameters, "url_args", malformed)?.unwrap_or_default(),
        seconds: seconds(parameters, "expire", USUAL)?,
        for_administrators: call.settings.edition == Edition::Later,
    };
    let code = call.app.login_link(&call.caller, wanted).await.map_err(|failed| match failed.fault {
        Fault::Sealed => Refusal::caused(ApiError::LoginDictionary, failed),
        _ => failed.into(),
    })?;
    Ok(HttpResponse::Ok().json(format!("{}/user/autologin?key={code}", call.settings.base)))
}
