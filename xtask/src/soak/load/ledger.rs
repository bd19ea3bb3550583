//! What the server acknowledged: variables and counts session by session, files, stashed data.
//! It must never hold something as acknowledged before the server's answer was read.

use super::interview;
use crate::http::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A session, and what it must have.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) secret: String,
    acknowledged: Mutex<Acknowledged>,
}

/// What the server said yes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Acknowledged {
    variables: BTreeMap<String, u64>,
    /// How often one was added to the count, of which every time was carried out once.
    added: u64,
    /// Variables that are lists of one file, and what is in it.
    files: BTreeMap<String, String>,
}

/// Data that was stashed: what finds it, what opens it, what it is.
pub(super) struct Stash {
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) value: u64,
}

pub(super) struct Ledger {
    pub(super) sessions: Vec<Session>,
    stashes: Mutex<Vec<Stash>>,
}

/// How much was looked for at the end, and found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) variables: usize,
    pub(super) added: u64,
    pub(super) files: usize,
    pub(super) stashes: usize,
}

impl Ledger {
    /// Begins the sessions.
    pub(super) fn open(client: &mut Client, sessions: u32) -> Result<Self, String> {
        let sessions = (0..sessions).map(|_| Session::begin(client)).collect::<Result<_, _>>()?;
        Ok(Self { sessions, stashes: Mutex::default() })
    }

    /// The server said that it keeps this.
    pub(super) fn stashed(&self, stash: Stash) {
        self.stashes.lock().unwrap_or_else(PoisonError::into_inner).push(stash);
    }

    /// Reads everything, once nobody writes any more, and says how much was found. Nothing may be there that was not
    /// acknowledged either: the counts have to be right.
    pub(super) fn check(&self, client: &mut Client) -> Result<Found, String> {
        let mut found = Found::default();
        for session in &self.sessions {
            let all = session.acknowledged();
            let variables = client.get(&session.address("/api/session"))?.json()?;
            session.compare(&all, &variables)?;
            let count = variables.get("count").and_then(Value::as_u64);
            if count != Some(all.added) {
                return Err(format!(
                    "LOST: session {} was added to {} times, and counts {count:?}",
                    session.id, all.added
                ));
            }
            for (variable, content) in &all.files {
                session.compare_file(client, &variables, variable, content)?;
            }
            found.variables += all.variables.len();
            found.added += all.added;
            found.files += all.files.len();
        }
        for stash in self.stashes.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            stash.compare(&client.get(&stash.address())?.json()?)?;
            found.stashes += 1;
        }
        Ok(found)
    }
}

impl Stash {
    pub(super) fn address(&self) -> String {
        format!("/api/retrieve_stashed_data?stash_key={}&secret={}", self.key, self.secret)
    }

    pub(super) fn compare(&self, data: &Value) -> Result<(), String> {
        if *data == json!({"value": self.value}) {
            return Ok(());
        }
        Err(format!("LOST: {} was stashed, and it is {data}", self.value))
    }
}

impl Session {
    pub(super) fn begin(client: &mut Client) -> Result<Self, String> {
        Self::of(&client.get(&format!("/api/session/new?i={}", interview::NAME))?.json()?)
    }

    /// The session that the server says it began.
    pub(super) fn of(new: &Value) -> Result<Self, String> {
        Ok(Self { id: text(new, "session")?, secret: text(new, "secret")?, acknowledged: Mutex::default() })
    }

    /// An address about this session. Its secret is made of letters and digits.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{path}?i={}&session={}&secret={}", interview::NAME, self.id, self.secret)
    }

    /// A body about this session.
    pub(super) fn body(&self, more: Value) -> Value {
        let mut body = json!({"i": interview::NAME, "session": self.id, "secret": self.secret});
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        body
    }

    /// The texts of a body with a file about this session.
    pub(super) fn texts(&self) -> [(&str, &str); 3] {
        [("i", interview::NAME), ("session", &self.id), ("secret", &self.secret)]
    }

    /// What it must have by now.
    pub(super) fn acknowledged(&self) -> Acknowledged {
        self.lock().clone()
    }

    /// The server took this variable.
    pub(super) fn took(&self, name: &str, value: u64) {
        self.lock().variables.insert(name.to_owned(), value);
    }

    /// The server added one.
    pub(super) fn added(&self) {
        self.lock().added += 1;
    }

    /// The server took this file.
    pub(super) fn took_file(&self, variable: &str, content: &str) {
        self.lock().files.insert(variable.to_owned(), content.to_owned());
    }

    /// Whether a reading has everything that was acknowledged before it was asked for.
    pub(super) fn compare(&self, before: &Acknowledged, variables: &Value) -> Result<(), String> {
        let is_lost = |(name, value): &(&String, &u64)| variables.get(*name).and_then(Value::as_u64) != Some(**value);
        if let Some((name, value)) = before.variables.iter().find(is_lost) {
            let now = variables.get(name).map_or_else(|| "not there".to_owned(), Value::to_string);
            return Err(format!("LOST: session {} acknowledged {name} = {value}, and it is {now}", self.id));
        }
        let count = variables.get("count").and_then(Value::as_u64).unwrap_or_default();
        if count < before.added {
            return Err(format!("LOST: session {} was added to {} times, and counts {count}", self.id, before.added));
        }
        match before.files.keys().find(|variable| number_of(variables, variable).is_none()) {
            None => Ok(()),
            Some(variable) => Err(format!("LOST: session {} took a file for {variable}, which is not there", self.id)),
        }
    }

    /// Reads a file of a variable.
    pub(super) fn compare_file(
        &self,
        client: &mut Client,
        variables: &Value,
        variable: &str,
        content: &str,
    ) -> Result<(), String> {
        let lost = |why: &str| format!("LOST: session {} took a file for {variable}, {why}", self.id);
        let number = number_of(variables, variable).ok_or_else(|| lost("which has no number"))?;
        let answer = client.get(&self.address(&format!("/api/file/{number}")))?;
        if answer.status != 200 || answer.body != content.as_bytes() {
            return Err(lost(&format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body))));
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Acknowledged> {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A text that an answer has to have.
pub(super) fn text(answer: &Value, key: &str) -> Result<String, String> {
    let value = answer.get(key).and_then(Value::as_str);
    value.map(str::to_owned).ok_or_else(|| format!("the answer has no {key}: {answer}"))
}

/// The number of the one file of a variable.
fn number_of(variables: &Value, variable: &str) -> Option<u64> {
    variables.get(variable)?.get("elements")?.get(0)?.get("number")?.as_u64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session { id: "s".to_owned(), secret: "x".to_owned(), acknowledged: Mutex::default() }
    }

    #[test]
    fn what_was_acknowledged_must_be_there_and_more_may() {
        let session = session();
        session.took("a", 1);
        let before = session.acknowledged();
        assert_eq!(session.compare(&before, &json!({"a": 1, "b": 2})), Ok(()));
        let lost = session.compare(&before, &json!({"b": 2})).unwrap_err();
        assert_eq!(lost, "LOST: session s acknowledged a = 1, and it is not there");
        let other = session.compare(&before, &json!({"a": 2})).unwrap_err();
        assert_eq!(other, "LOST: session s acknowledged a = 1, and it is 2");
    }

    #[test]
    fn a_count_may_run_ahead_and_never_fall_behind_and_files_have_numbers() {
        let session = session();
        session.added();
        session.added();
        let before = session.acknowledged();
        assert_eq!(session.compare(&before, &json!({"count": 3})), Ok(()));
        let lost = session.compare(&before, &json!({"count": 1})).unwrap_err();
        assert_eq!(lost, "LOST: session s was added to 2 times, and counts 1");
        session.took_file("f", "content");
        let lost = session.compare(&session.acknowledged(), &json!({"count": 2, "f": {"elements": []}})).unwrap_err();
        assert_eq!(lost, "LOST: session s took a file for f, which is not there");
        let there = json!({"count": 2, "f": {"elements": [{"number": 7}]}});
        assert_eq!(session.compare(&session.acknowledged(), &there), Ok(()));
    }

    #[test]
    fn stashed_data_is_what_it_was() {
        let stash = Stash { key: "k".to_owned(), secret: "s".to_owned(), value: 7 };
        assert_eq!(stash.address(), "/api/retrieve_stashed_data?stash_key=k&secret=s");
        assert_eq!(stash.compare(&json!({"value": 7})), Ok(()));
        assert_eq!(stash.compare(&json!(null)).unwrap_err(), "LOST: 7 was stashed, and it is null");
    }
}
