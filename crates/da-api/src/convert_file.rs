//! `/api/convert_file`: a text as Markdown.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::error::ApiError;

/// Converts the file that was sent.
pub(crate) async fn post(mut call: Call) -> Answer {
    // Quirk: in docassemble every part of the word "md" will do, and nothing, too.
    if !"md".contains(&call.parameters.text("format").unwrap_or_default()) {
        return Err(ApiError::InvalidOutputFileFormat.into());
    }
    let at = call.sent.iter().position(|sent| sent.variable == "file").unwrap_or_default();
    if at >= call.sent.len() {
        return Err(ApiError::NoFile.into());
    }
    let text = call.app.file_to_markdown(call.sent.swap_remove(at)).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}
