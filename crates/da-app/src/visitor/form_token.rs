//! What shows that a form was made here, for this visitor's session or for this visitor.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Visitor;
use crate::{App, SessionAt};

const OF_SESSION: &str = "form of a session";

const OF_VISITOR: &str = "form of a visitor";

impl App {
    /// The token of a session's forms. It says nothing about the secret that it depends on.
    pub fn form_token(&self, at: &SessionAt) -> String {
        self.token(OF_SESSION, &session(at))
    }

    /// Whether a token is that of the session's forms; compared in constant time.
    pub fn form_token_fits(&self, at: &SessionAt, token: &str) -> bool {
        self.fits(OF_SESSION, &session(at), token)
    }

    /// The token of a visitor's forms outside of interviews. It says nothing about the secret that it depends on.
    pub fn visitor_form_token(&self, visitor: &Visitor) -> String {
        self.token(OF_VISITOR, &person(visitor))
    }

    /// Whether a token is that of the visitor's forms; compared in constant time.
    pub fn visitor_form_token_fits(&self, visitor: &Visitor, token: &str) -> bool {
        self.fits(OF_VISITOR, &person(visitor), token)
    }

    fn token(&self, purpose: &str, bound: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.0.server_key.mac(purpose, bound.as_bytes()))
    }

    fn fits(&self, purpose: &str, bound: &str, token: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(token) else { return false };
        self.0.server_key.verify_mac(purpose, bound.as_bytes(), &tag).is_ok()
    }
}

/// None of the first two can hold a line's end.
fn session(at: &SessionAt) -> String {
    format!("{}\n{}\n{}", at.interview, at.id, at.secret.as_deref().unwrap_or_default())
}

fn person(visitor: &Visitor) -> String {
    format!("{}\n{}", visitor.id, visitor.secret)
}
