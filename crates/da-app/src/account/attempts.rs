//! Limits on guessing: passwords and codes may be tried so often, then not for a while, on all servers together.
//!
//! Passwords are counted for an account from one place, from one place for all accounts, and for one account from all
//! places. The last would let anybody keep its owner out, so it does not hold for a device on which the owner signed in
//! before: that is counted alone. What is counted is kept under a keyed hash: the table tells neither whose nor what.

use std::time::Duration;

use super::place::From;
use crate::{App, AppError, Fault};

/// What can be guessed, or asked for too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// The password of an account, by one who comes from one place.
    Password,
    /// The passwords of any accounts, by one who comes from one place.
    AnyPassword,
    /// The password of an account, by whoever.
    PasswordAnywhere,
    /// The code of a second factor, by whoever knows the password.
    Code,
    /// A letter to somebody who forgot the password, or wants an account.
    Letter,
    /// Such letters to anybody, by one who comes from one place.
    AnyLetter,
    /// Accounts that are made by one who comes from one place.
    Registration,
}

/// How long attempts count.
const COUNTED: Duration = Duration::from_secs(15 * 60);

impl Guess {
    fn purpose(self) -> &'static str {
        match self {
            Guess::Password => "attempts at a password",
            Guess::AnyPassword => "attempts at passwords from a place",
            Guess::PasswordAnywhere => "attempts at a password from everywhere",
            Guess::Code => "attempts at a code",
            Guess::Letter => "letters to an account",
            Guess::AnyLetter => "letters asked for from a place",
            Guess::Registration => "accounts made from a place",
        }
    }

    fn most(self) -> i64 {
        match self {
            Guess::Password | Guess::AnyLetter | Guess::Registration => 20,
            Guess::AnyPassword => 200,
            Guess::PasswordAnywhere => 100,
            Guess::Code => 5,
            Guess::Letter => 3,
        }
    }
}

/// The counters of an attempt at a password, in the order in which they are asked.
fn counters(name: &str, from: &From) -> Vec<(Guess, String)> {
    let name = name.trim().to_lowercase();
    if let Some(device) = from.device_of(&name) {
        return vec![(Guess::Password, format!("{name}\ndevice {device}"))];
    }
    let place = from.place();
    // Whoever is refused here is not counted for the account: one place alone keeps nobody out.
    vec![
        (Guess::Password, format!("{name}\n{place}")),
        (Guess::AnyPassword, place.to_owned()),
        (Guess::PasswordAnywhere, name),
    ]
}

impl App {
    /// Counts an attempt at a password; refuses it when there were too many.
    pub(super) async fn password_tried(&self, name: &str, from: &From) -> Result<(), AppError> {
        for (guess, whose) in counters(name, from) {
            self.attempt_made(guess, &whose).await?;
        }
        Ok(())
    }

    /// Takes an attempt back that was right: others are no worse off for it.
    pub(super) async fn password_right(&self, name: &str, from: &From) -> Result<(), AppError> {
        for (guess, whose) in counters(name, from) {
            match guess {
                Guess::Password => self.attempt_right(guess, &whose).await?,
                _ => self.0.kv.count_back(self.hash_of_attempts(guess, &whose)).await?,
            }
        }
        Ok(())
    }

    /// Lets a password be tried again by everybody: the account has a new one.
    pub(super) async fn password_is_new(&self, name: &str) -> Result<(), AppError> {
        self.attempt_right(Guess::PasswordAnywhere, &name.trim().to_lowercase()).await
    }

    /// Counts an attempt; refuses it when there were too many.
    pub(super) async fn attempt_made(&self, guess: Guess, whose: &str) -> Result<(), AppError> {
        if self.attempt_counted(guess, whose).await? { Ok(()) } else { Err(too_many()) }
    }

    /// Counts an attempt; whether there were not too many.
    pub(super) async fn attempt_counted(&self, guess: Guess, whose: &str) -> Result<bool, AppError> {
        let made = self.0.kv.count(self.hash_of_attempts(guess, whose), COUNTED).await?;
        Ok(made <= guess.most())
    }

    /// Forgets the attempts of somebody who got it right.
    pub(super) async fn attempt_right(&self, guess: Guess, whose: &str) -> Result<(), AppError> {
        Ok(self.0.kv.forget(self.hash_of_attempts(guess, whose)).await?)
    }

    fn hash_of_attempts(&self, guess: Guess, whose: &str) -> [u8; 32] {
        self.0.server_key.mac(guess.purpose(), whose.as_bytes())
    }
}

fn too_many() -> AppError {
    AppError::new(Fault::TooMany, "There were too many attempts. Try again in a quarter of an hour.")
}
