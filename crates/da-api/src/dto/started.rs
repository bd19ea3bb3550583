//! A session that was begun.

use serde::Serialize;

/// What the caller has to keep.
#[derive(Serialize)]
pub(crate) struct Started {
    encrypted: bool,
    i: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    session: String,
}

impl Started {
    /// The secret is told only where it was made here and opens something.
    pub(crate) fn new(interview: String, started: &da_app::Started) -> Self {
        let told = started.encrypted && started.secret_is_new;
        Started {
            encrypted: started.encrypted,
            i: interview,
            secret: started.at.secret.clone().filter(|_| told),
            session: started.at.id.to_string(),
        }
    }
}
