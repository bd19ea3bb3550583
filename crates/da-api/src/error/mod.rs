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
    /// The answer: a JSON string. Quirk: that a file is not there is said as plain text, as in docassemble.
    pub(crate) fn response(&self, edition: Edition) -> HttpResponse {
        if *self == ApiError::NoFile {
            return HttpResponse::build(self.status())
                .content_type("text/html; charset=utf-8")
                .body(self.text(edition));
        }
        HttpResponse::build(self.status()).json(self.text(edition))
    }
}

fn with_full_stop(text: String) -> String {
    if text.ends_with('.') { text } else { text + "." }
}

#[cfg(test)]
mod tests;
