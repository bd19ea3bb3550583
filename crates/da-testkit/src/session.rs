//! [`Session`]: a session of an interview as the API knows it, with what opens it.
//!
//! It belongs to no user and no server: whoever asks says through whom.

use serde_json::{Value, json};

use crate::{Answer, Multipart, User};

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    /// `i`, `session` and, where one opens it, `secret`: what every request names.
    pub names: Value,
}

impl Session {
    /// Begins a session of an interview; `more` stands behind it in the address.
    pub async fn begin(user: &impl User, interview: &str, more: &str) -> Session {
        Session::of(&user.get(&format!("/api/session/new?i={interview}{more}")).await.json())
    }

    /// The session that an answer to `/api/session/new` is about.
    pub fn of(begun: &Value) -> Session {
        let mut names = json!({"i": begun["i"], "session": begun["session"]});
        if let Some(secret) = begun.get("secret") {
            names["secret"] = secret.clone();
        }
        Session { names }
    }

    /// The names as a query.
    pub fn query(&self) -> String {
        let names = self.names.as_object().unwrap();
        let one = |(name, value): (&String, &Value)| format!("{name}={}", value.as_str().unwrap_or_default());
        names.iter().map(one).collect::<Vec<_>>().join("&")
    }

    /// The names, and more, as the body of a request.
    pub fn body(&self, more: &Value) -> Value {
        let mut body = self.names.clone();
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    }

    /// The names as the texts of a multipart body.
    pub fn multipart(&self) -> Multipart {
        let names = self.names.as_object().unwrap();
        names.iter().fold(Multipart::default(), |body, (name, value)| body.text(name, value.as_str().unwrap()))
    }

    /// Asks for the question.
    pub async fn question(&self, user: &impl User) -> Answer {
        user.get(&format!("/api/session/question?{}", self.query())).await
    }

    /// Asks for the variables.
    pub async fn variables(&self, user: &impl User) -> Answer {
        user.get(&format!("/api/session?{}", self.query())).await
    }

    /// Sends answers.
    pub async fn answer(&self, user: &impl User, more: Value) -> Answer {
        user.post("/api/session", self.body(&more)).await
    }

    /// Goes back.
    pub async fn back(&self, user: &impl User) -> Answer {
        user.post("/api/session/back", self.body(&json!({}))).await
    }
}
