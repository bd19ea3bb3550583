//! What the server acknowledged, session by session.
//! It must never hold an answer as acknowledged before the server's 200 was read.

use crate::http::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The interview that all sessions are of: it takes any variable.
pub(super) const INTERVIEW: &str = "docassemble.demo:data/questions/examples/questionless.yml";

/// A session, and the variables that it must have.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) secret: String,
    acknowledged: Mutex<BTreeMap<String, u64>>,
}

pub(super) struct Ledger {
    pub(super) sessions: Vec<Session>,
}

impl Ledger {
    /// Begins the sessions.
    pub(super) fn open(client: &mut Client, sessions: u32) -> Result<Self, String> {
        Ok(Self { sessions: (0..sessions).map(|_| Session::begin(client)).collect::<Result<_, _>>()? })
    }

    /// Reads every session, and says how many acknowledged answers were found.
    pub(super) fn check(&self, client: &mut Client) -> Result<usize, String> {
        let mut found = 0;
        for session in &self.sessions {
            let before = session.acknowledged();
            session.compare(&before, &client.get(&session.address("/api/session"))?.json()?)?;
            found += before.len();
        }
        Ok(found)
    }
}

impl Session {
    pub(super) fn begin(client: &mut Client) -> Result<Self, String> {
        Self::of(&client.get(&format!("/api/session/new?i={INTERVIEW}"))?.json()?)
    }

    /// The session that the server says it began.
    pub(super) fn of(new: &Value) -> Result<Self, String> {
        let text = |key: &str| {
            let value = new.get(key).and_then(Value::as_str);
            value.map(str::to_owned).ok_or_else(|| format!("the new session has no {key}: {new}"))
        };
        Ok(Self { id: text("session")?, secret: text("secret")?, acknowledged: Mutex::default() })
    }

    /// An address about this session. Its secret is made of letters and digits.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{path}?i={INTERVIEW}&session={}&secret={}", self.id, self.secret)
    }

    /// A body about this session.
    pub(super) fn body(&self, more: Value) -> Value {
        let mut body = json!({"i": INTERVIEW, "session": self.id, "secret": self.secret});
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        body
    }

    /// What it must have by now.
    pub(super) fn acknowledged(&self) -> BTreeMap<String, u64> {
        self.lock().clone()
    }

    /// The server said 200 to this one.
    pub(super) fn acknowledge(&self, name: &str, value: u64) {
        self.lock().insert(name.to_owned(), value);
    }

    /// Whether a reading has everything that was acknowledged before it was asked for.
    pub(super) fn compare(&self, before: &BTreeMap<String, u64>, variables: &Value) -> Result<(), String> {
        let lost = before.iter().find(|(name, value)| variables.get(*name).and_then(Value::as_u64) != Some(**value));
        match lost {
            None => Ok(()),
            Some((name, value)) => {
                let now = variables.get(name).map_or_else(|| "not there".to_owned(), Value::to_string);
                Err(format!("LOST: session {} acknowledged {name} = {value}, and it is {now}", self.id))
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_acknowledged_must_be_there_and_more_may() {
        let session = Session { id: "s".to_owned(), secret: "x".to_owned(), acknowledged: Mutex::default() };
        session.acknowledge("a", 1);
        let before = session.acknowledged();
        assert_eq!(session.compare(&before, &json!({"a": 1, "b": 2})), Ok(()));
        let lost = session.compare(&before, &json!({"b": 2})).unwrap_err();
        assert_eq!(lost, "LOST: session s acknowledged a = 1, and it is not there");
        let other = session.compare(&before, &json!({"a": 2})).unwrap_err();
        assert_eq!(other, "LOST: session s acknowledged a = 1, and it is 2");
    }
}
