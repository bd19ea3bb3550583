//! [`ApiError`]: everything that the API refuses, a variant for each documented text.
//!
//! The texts are a contract (`fixtures/contract/api_errors.tsv`). The cause of a failure is for the log; no client sees it.

mod refusal;
mod table;

use actix_web::HttpResponse;

pub(crate) use refusal::Refusal;
pub use table::ApiError;

/// Whose shapes and texts the API answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// The documentation's.
    #[default]
    Documented,
    /// Those of docassemble 1.10.
    Later,
}

impl ApiError {
    /// What its text is sent as. Quirk: that a file is not there is said as plain text, as in docassemble.
    pub(crate) fn media_type(&self) -> &'static str {
        if *self == ApiError::NoFile { "text/html" } else { "application/json" }
    }

    /// The answer: a JSON string, or the text alone.
    pub(crate) fn response(&self, edition: Edition) -> HttpResponse {
        let (mut response, text) = (HttpResponse::build(self.status(edition)), self.text(edition));
        match self.media_type() {
            "application/json" => response.json(text),
            kind => response.content_type(da_http::file::content_type(kind)).body(text),
        }
    }
}

fn with_full_stop(text: String) -> String {
    if text.ends_with('.') { text } else { text + "." }
}

#[cfg(test)]
mod tests;
