//! What shows that a form was made here, for this visitor's session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::{App, SessionAt};

const PURPOSE: &str = "form of a session";

impl App {
    /// The token of a session's forms. It says nothing about the secret that it depends on.
    pub fn form_token(&self, at: &SessionAt) -> String {
        URL_SAFE_NO_PAD.encode(self.0.server_key.mac(PURPOSE, bound(at).as_bytes()))
    }

    /// Whether a token is that of the session's forms; compared in constant time.
    pub fn form_token_fits(&self, at: &SessionAt, token: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(token) else { return false };
        self.0.server_key.verify_mac(PURPOSE, bound(at).as_bytes(), &tag).is_ok()
    }
}

/// None of the first two can hold a line's end.
fn bound(at: &SessionAt) -> String {
    format!("{}\n{}\n{}", at.interview, at.id, at.secret.as_deref().unwrap_or_default())
}
