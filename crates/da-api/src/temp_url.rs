//! `/api/temp_url`: a short-lived link to an address elsewhere.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;
use crate::structured::{HOUR, seconds};

/// Makes one.
pub(crate) async fn get(call: Call) -> Answer {
    let parameters = &call.parameters;
    let url = parameters.filled("url").ok_or(ApiError::NeedsUrl)?;
    let one_time = parameters.flag("one_time").unwrap_or(false);
    let code = call.app.address_link(&url, one_time, seconds(parameters, "expire", HOUR)?).await?;
    Ok(HttpResponse::Ok().json(format!("{}/goto?c={code}", call.settings.base)))
}
