//! Passwords of people in a browser: changed by whoever brings the old one, and set anew by whoever forgot it and reads the
//! account's mail.
//!
//! It is never told whether an address has an account: not by the answer, and not by the time that it takes. A letter holds
//! a code that is good once, for a while, and until the account has another password.

use da_core::{Caller, Profile, UserId};
use da_store::{NewPassword, StoredUser};
use serde::{Deserialize, Serialize};

use super::attempts::Guess;
use super::place::From;
use super::secret::of_password;
use super::two_factor::oneself;
use crate::code::Behind;
use crate::mail::Letter;
use crate::{App, AppError, Fault, Visitor};

/// Letters and digits of a code.
const LENGTH: usize = 40;

/// How long a code is good: two hours.
const SECONDS: i64 = 2 * 60 * 60;

/// Whose password is set anew, and what becomes of the answers that are sealed for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterReset {
    /// The address of the account.
    pub email: String,
    /// Whether the person opens the sealed sessions as before.
    pub keeps_sessions: bool,
}

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Reset {
    user: i64,
    /// The tag of the password that was forgotten.
    password: String,
}

impl App {
    /// Changes the password of a visitor who brings the old one. The user's secret stays the same, and so do the sessions;
    /// every other browser is signed out.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for somebody who is not signed in or where nobody may do that, [`Fault::WrongPassword`],
    /// [`Fault::TooMany`], [`Fault::BadAccount`].
    pub async fn password_change(
        &self,
        (caller, visitor): (&Caller, &mut Visitor),
        (old, new): (&str, &str),
        from: &From,
    ) -> Result<(), AppError> {
        let user = oneself(caller)?;
        if !self.0.settings.may_change_password {
            return Err(AppError::new(Fault::NoAccess, "Passwords are not changed here."));
        }
        let kept =
            self.password_moved((user.id, &user.email), (old, new), from).await.map_err(|failed| {
                match failed.fault {
                    Fault::WrongPassword => not_right(),
                    _ => failed,
                }
            })?;
        let tag = self.password_tag(user.id, Some(&kept.hash));
        let set = self.0.store.set_user(user.id, Profile::default(), Some(kept), self.now()).await;
        set.map_err(|error| match of_password(error) {
            failed if failed.fault == Fault::WrongPassword => not_right(),
            failed => failed,
        })?;
        visitor.has_password(tag);
        Ok(())
    }

    /// What is kept of a new password, by whoever brings the old one: it locks the secret that the user had.
    pub(super) async fn password_moved(
        &self,
        (id, email): (UserId, &str),
        (old, new): (&str, &str),
        from: &From,
    ) -> Result<NewPassword, AppError> {
        // Whoever brings the old password has a secret from now on, if there was none.
        self.user_proven(email, old, from).await?;
        // The hash first: of a password that is set in between, the old one opens nothing.
        let seen = self.read(move |store| Ok(store.user(id)?)).await?.and_then(|stored| stored.password);
        let secrets = self.read(move |store| Ok(store.user_secrets(id)?)).await?;
        let present = secrets.into_iter().find_map(|secret| secret.is_present.then_some(secret.locked));
        let kept = self.password_kept(new, present.map(|locked| (old.to_owned(), locked))).await?;
        Ok(NewPassword { instead_of: seen, ..kept })
    }

    /// Whether people can set a password anew that they forgot.
    pub fn password_may_be_reset(&self) -> bool {
        self.0.settings.may_forget_password && self.sends_mail()
    }

    /// Whether what is sealed for people survives that they forget their password, once they have signed in.
    pub fn password_reset_keeps_sessions(&self) -> bool {
        self.0.recovery_key.is_some()
    }

    /// Sends a letter to whoever forgot the password of an account, if there is such an account. What there is to do is done
    /// after the answer, which is always the same.
    ///
    /// # Errors
    /// [`Fault::TooMany`] for one who asks too often; [`Fault::NoAccess`] where that is not offered.
    pub async fn password_forgotten(&self, email: &str, from: &From) -> Result<(), AppError> {
        if !self.password_may_be_reset() {
            return Err(AppError::new(Fault::NoAccess, "Passwords are not set anew here."));
        }
        self.attempt_made(Guess::AnyLetter, from.place()).await?;
        let whose = email.trim().to_lowercase();
        let in_time = self.attempt_counted(Guess::Letter, &whose).await?;
        let app = self.clone();
        tokio::spawn(async move {
            if !in_time {
                tracing::info!("too many letters were asked for that set a password anew: none was sent");
            } else if let Err(failed) = app.password_letter(whose).await {
                tracing::error!("a letter that sets a password anew was not kept: {}", failed.whole());
            }
        });
        Ok(())
    }

    async fn password_letter(&self, email: String) -> Result<(), AppError> {
        let stored = self.read(move |store| Ok(store.user_by_email(&email)?)).await?;
        let Some(stored) = stored.filter(|stored| stored.user.active) else { return Ok(()) };
        let password = self.password_tag(stored.user.id, stored.password.as_deref());
        let reset = Reset { user: stored.user.id.0, password };
        let plain = serde_json::to_vec(&reset).map_err(AppError::internal)?;
        let code = self.code_keep(Behind::Reset, LENGTH, &plain, SECONDS).await?;
        let link = self.page(&format!("/user/reset-password?token={code}"));
        let body = format!(
            "Somebody asked for a new password for the account {} at {}.\n\nTo set one, open this link within two hours. \
             It works once:\n\n{link}\n\nIf it was not you, do nothing: the password stays as it is.\n",
            stored.user.email,
            self.page("/"),
        );
        let letter = Letter::plain(&stored.user.email, "A new password for your account", body);
        self.mail_keep(vec![letter]).await
    }

    /// Whose password a code sets anew, and what is kept then. It uses nothing up.
    ///
    /// # Errors
    /// [`Fault::UsedLink`].
    pub async fn password_reset_look(&self, code: &str) -> Result<AfterReset, AppError> {
        let plain = self.code_read(Behind::Reset, (code, code)).await?.ok_or_else(used)?;
        let stored = self.forgetful(&plain).await?;
        let id = stored.user.id;
        let secrets = self.read(move |store| Ok(store.user_secrets(id)?)).await?;
        let is_sealed = secrets.iter().any(|secret| secret.is_present);
        let keeps_sessions = !is_sealed || self.0.recovered(id, &secrets).is_some();
        Ok(AfterReset { email: stored.user.email, keeps_sessions })
    }

    /// Sets a password anew, by a code that is used up by that. What cannot be a password uses nothing up.
    ///
    /// # Errors
    /// [`Fault::UsedLink`], [`Fault::BadAccount`].
    pub async fn password_reset(&self, code: &str, password: &str) -> Result<(), AppError> {
        let plain = self.code_read(Behind::Reset, (code, code)).await?.ok_or_else(used)?;
        let id = self.forgetful(&plain).await?.user.id;
        let secrets = self.read(move |store| Ok(store.user_secrets(id)?)).await?;
        let recovered = self.0.recovered(id, &secrets);
        super::user::check_password(password)?;
        let new = password.to_owned();
        let kept =
            self.work(move |app| app.password_after(&new, recovered.as_ref().map(|secret| secret.as_slice()))).await?;
        // Of several who come at once, one sets it.
        let plain = self.code_take(Behind::Reset, code).await?.ok_or_else(used)?;
        let stored = self.forgetful(&plain).await?;
        self.0.store.set_user(id, Profile::default(), Some(kept), self.now()).await?;
        self.password_is_new(&stored.user.email).await
    }

    /// The account of what a code stood for, unless it has another password by now or may not be used.
    async fn forgetful(&self, plain: &[u8]) -> Result<StoredUser, AppError> {
        let Reset { user, password } = serde_json::from_slice(plain).map_err(AppError::internal)?;
        self.user_with_password(UserId(user), &password).await?.ok_or_else(used)
    }

    /// An account that may be used, and still has the password that a tag stands for.
    pub(super) async fn user_with_password(&self, id: UserId, tag: &str) -> Result<Option<StoredUser>, AppError> {
        let stored = self.read(move |store| Ok(store.user(id)?)).await?;
        Ok(stored.filter(|stored| stored.user.active && self.password_is(stored, tag)))
    }
}

fn not_right() -> AppError {
    AppError::new(Fault::WrongPassword, "The old password is not right.")
}

fn used() -> AppError {
    AppError::new(Fault::UsedLink, "The link has been used already, or is too old.")
}
