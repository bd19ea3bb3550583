//! The second factor of a user: codes of an authenticator, and recovery codes for the day on which it is lost.
//!
//! A code is used once, on whichever server, and tried a few times at most. The seed is told while it is offered, and never
//! again; the database has it sealed under the server's key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{Caller, User, UserId};
use da_crypto::{TotpSeed, token};
use da_store::{NewTwoFactor, StoreError};

use super::attempts::Guess;
use super::place::From;
use crate::{App, AppError, Fault};

/// So many recovery codes are made.
const RECOVERY_CODES: usize = 10;

/// Letters and digits of one of them.
const RECOVERY_LENGTH: usize = 10;

/// What the authenticator calls this server.
const ISSUER: &str = "docassemble";

/// A second factor that is offered, before a code shows that the authenticator has it.
#[derive(Debug, Clone)]
pub struct TwoFactorOffer {
    /// The seed, for a person to type.
    pub seed: String,
    /// The same as an address that authenticators open.
    pub address: String,
    /// The same for this server, which keeps nothing until a code comes with it.
    pub sealed: String,
}

impl App {
    /// Whether a user logs in with a second factor.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn two_factor_is_on(&self, user: UserId) -> Result<bool, AppError> {
        self.read(move |store| Ok(store.two_factor(user)?.is_some())).await
    }

    /// How many recovery codes a user has left.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for somebody who is not logged in.
    pub async fn two_factor_recovery_left(&self, caller: &Caller) -> Result<i64, AppError> {
        let id = oneself(caller)?.id;
        self.read(move |store| Ok(store.recovery_codes(id)?)).await
    }

    /// Offers the caller a second factor.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for somebody who is not logged in.
    pub fn two_factor_offer(&self, caller: &Caller) -> Result<TwoFactorOffer, AppError> {
        let user = oneself(caller)?;
        let seed = TotpSeed::generate()?;
        let sealed = self.0.server_key.seal(&offered_to(user.id), seed.as_bytes())?;
        let text = seed.to_base32();
        let label = percent_encoding::utf8_percent_encode(&user.email, percent_encoding::NON_ALPHANUMERIC);
        let address = format!("otpauth://totp/{ISSUER}:{label}?secret={text}&issuer={ISSUER}");
        Ok(TwoFactorOffer { seed: text, address, sealed: URL_SAFE_NO_PAD.encode(sealed) })
    }

    /// Takes an offer, with the password and a code that shows that the authenticator has it; the recovery codes, which are
    /// told this once.
    ///
    /// # Errors
    /// [`Fault::WrongPassword`], [`Fault::WrongCode`], [`Fault::TooMany`], [`Fault::Taken`] for somebody who has a second
    /// factor.
    pub async fn two_factor_begin(
        &self,
        caller: &Caller,
        (sealed, code): (&str, &str),
        (password, from): (&str, &From),
    ) -> Result<Vec<String>, AppError> {
        let user = oneself(caller)?;
        self.is_oneself(user, password, from).await?;
        let user = user.id;
        self.attempt_made(Guess::Code, &user.to_string()).await?;
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| wrong_code())?;
        let seed = self.0.server_key.open(&offered_to(user), &sealed).map_err(|_| wrong_code())?;
        let seed = TotpSeed::from_bytes(&seed)?;
        let now = self.now();
        let step = seed.step_of(&plain(code), now.and_utc().timestamp()).ok_or_else(wrong_code)?;
        let codes = (0..RECOVERY_CODES).map(|_| token::alphanumeric(RECOVERY_LENGTH)).collect::<Result<Vec<_>, _>>()?;
        let recovery = codes.iter().map(|code| self.recovery_hash(user, code)).collect();
        let sealed = self.0.server_key.seal(&kept_of(user), seed.as_bytes())?;
        let new = NewTwoFactor { user, sealed, step, recovery, now };
        self.0.store.add_two_factor(new).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::Taken, "You have a second factor already."),
            other => other.into(),
        })?;
        self.attempt_right(Guess::Code, &user.to_string()).await?;
        Ok(codes.iter().map(|code| written(code)).collect())
    }

    /// Ends the second factor of the caller, who brings the password and a code of it.
    ///
    /// # Errors
    /// [`Fault::WrongPassword`], [`Fault::WrongCode`], [`Fault::TooMany`].
    pub async fn two_factor_end(
        &self,
        caller: &Caller,
        code: &str,
        (password, from): (&str, &From),
    ) -> Result<(), AppError> {
        let user = oneself(caller)?;
        self.is_oneself(user, password, from).await?;
        self.two_factor_check(user.id, code).await?;
        Ok(self.0.store.delete_two_factor(user.id).await?)
    }

    /// Ends the second factor of somebody who lost the authenticator and the recovery codes, as the operator does; whether
    /// there was one.
    ///
    /// # Errors
    /// [`Fault::NoUser`].
    pub async fn two_factor_reset(&self, email: &str) -> Result<bool, AppError> {
        let address = email.to_owned();
        let user = self.read(move |store| Ok(store.user_by_email(&address)?)).await?;
        let user = user.ok_or_else(|| AppError::new(Fault::NoUser, format!("There is no user {email}.")))?.user.id;
        let was_on = self.two_factor_is_on(user).await?;
        self.two_factor_ended(user).await?;
        Ok(was_on)
    }

    /// Ends a second factor, and forgets the wrong codes that were tried.
    pub(super) async fn two_factor_ended(&self, user: UserId) -> Result<(), AppError> {
        self.0.store.delete_two_factor(user).await?;
        self.attempt_right(Guess::Code, &user.to_string()).await
    }

    /// Makes sure that it is the owner of the account who sits there, and not somebody at a browser that was left open.
    async fn is_oneself(&self, user: &User, password: &str, from: &From) -> Result<(), AppError> {
        self.user_proven(&user.email, password, from).await.map(drop).map_err(|failed| match failed.fault {
            Fault::WrongPassword | Fault::NoPassword => {
                AppError::new(Fault::WrongPassword, "The password is not right.").because(failed)
            }
            _ => failed,
        })
    }

    /// Uses a code of the authenticator, or a recovery code.
    pub(super) async fn two_factor_check(&self, user: UserId, code: &str) -> Result<(), AppError> {
        let whose = user.to_string();
        // Before it is looked at: whoever tries many at once does not get more.
        self.attempt_made(Guess::Code, &whose).await?;
        let code = plain(code);
        let sealed = self.read(move |store| Ok(store.two_factor(user)?)).await?.ok_or_else(wrong_code)?;
        let seed = TotpSeed::from_bytes(&self.0.server_key.open(&kept_of(user), &sealed)?)?;
        let is_right = match seed.step_of(&code, self.now().and_utc().timestamp()) {
            Some(step) => self.0.store.use_step(user, step).await?,
            None => self.0.store.use_recovery_code(user, self.recovery_hash(user, &code)).await?,
        };
        if !is_right {
            return Err(wrong_code());
        }
        self.attempt_right(Guess::Code, &whose).await
    }

    fn recovery_hash(&self, user: UserId, code: &str) -> [u8; 32] {
        self.0.server_key.mac("recovery code", format!("{user}\n{code}").as_bytes())
    }
}

/// The user who is logged in; an API key is nobody's hands.
pub(super) fn oneself(caller: &Caller) -> Result<&User, AppError> {
    match caller {
        Caller::User(user) => Ok(user),
        _ => Err(AppError::new(Fault::NoAccess, "Access denied.")),
    }
}

fn offered_to(user: UserId) -> String {
    format!("second factor that is offered to user {user}")
}

fn kept_of(user: UserId) -> String {
    format!("second factor of user {user}")
}

fn wrong_code() -> AppError {
    AppError::new(Fault::WrongCode, "That code is not right, or was used before.")
}

/// A code without what people put between its signs.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A recovery code, as a person reads it.
fn written(code: &str) -> String {
    let (one, other) = code.split_at(code.len() / 2);
    format!("{one}-{other}")
}
