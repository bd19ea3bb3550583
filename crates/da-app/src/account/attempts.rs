//! Limits on guessing: passwords and codes may be tried so often, then not for a while, on all servers together.
//!
//! What is counted is kept under a keyed hash: the table tells neither whose nor what.

use chrono::TimeDelta;

use crate::{App, AppError, Fault};

/// What can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// A password, by one who comes from one place.
    Password,
    /// The code of a second factor, by whoever knows the password.
    Code,
}

/// How long attempts count, in minutes.
const MINUTES: i64 = 15;

impl Guess {
    fn purpose(self) -> &'static str {
        match self {
            Guess::Password => "attempts at a password",
            Guess::Code => "attempts at a code",
        }
    }

    fn most(self) -> i64 {
        match self {
            Guess::Password => 20,
            Guess::Code => 5,
        }
    }
}

impl App {
    /// Counts an attempt; refuses it when there were too many.
    pub(super) async fn attempt_made(&self, guess: Guess, whose: &str) -> Result<(), AppError> {
        let expires = self.now() + TimeDelta::minutes(MINUTES);
        let made = self.0.store.add_attempt(self.hash_of_attempts(guess, whose), expires, self.now()).await?;
        if made <= guess.most() { Ok(()) } else { Err(too_many()) }
    }

    /// Forgets the attempts of somebody who got it right.
    pub(super) async fn attempt_right(&self, guess: Guess, whose: &str) -> Result<(), AppError> {
        Ok(self.0.store.forget_attempts(self.hash_of_attempts(guess, whose)).await?)
    }

    fn hash_of_attempts(&self, guess: Guess, whose: &str) -> [u8; 32] {
        self.0.server_key.mac(guess.purpose(), whose.as_bytes())
    }
}

fn too_many() -> AppError {
    AppError::new(Fault::TooMany, "There were too many attempts. Try again in a quarter of an hour.")
}
