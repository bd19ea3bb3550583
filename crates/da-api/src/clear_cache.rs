//! `/api/clear_cache`: interviews are read again.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};

/// Forgets the interviews that this server has read.
pub(crate) async fn post(call: Call) -> Answer {
    call.app.interview_cache_clear(&call.caller)?;
    Ok(HttpResponse::NoContent().finish())
}
