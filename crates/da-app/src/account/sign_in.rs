//! Somebody in a browser signs in: with a password, and with a code where the account has a second factor.
//!
//! Between the two nobody is logged in: what the password showed is kept sealed under a code of its own, for a few minutes.

use da_core::UserId;
use serde::{Deserialize, Serialize};

use super::place::From;
use super::secret::Proven;
use crate::code::Behind;
use crate::{App, AppError, Fault, Visitor};

/// Letters and digits of the code that stands for the first step.
const LENGTH: usize = 40;

/// How long the second step may take.
const SECONDS: i64 = 10 * 60;

/// How far somebody came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// All the way.
    Yes,
    /// A code of the second factor is missing, which comes with this.
    NeedsCode(String),
}

/// What a password showed.
#[derive(Serialize, Deserialize)]
struct Half {
    user: i64,
    secret: String,
    /// The tag of the password: another one ends what was begun with it.
    password: String,
}

impl App {
    /// Signs a visitor in who comes from somewhere. It is not told whether the account or the password is wrong.
    ///
    /// # Errors
    /// [`Fault::WrongPassword`], [`Fault::TooMany`].
    pub async fn visitor_sign_in(
        &self,
        visitor: &mut Visitor,
        (email, password): (&str, &str),
        from: &From,
    ) -> Result<SignedIn, AppError> {
        let proven = self.user_proven(email, password, from).await.map_err(|failed| match failed.fault {
            Fault::UnknownName | Fault::NoPassword => wrong().because(failed),
            Fault::WrongPassword => wrong(),
            _ => failed,
        })?;
        let Proven { user, secret, password, is_active } = proven;
        if !is_active {
            return Err(wrong());
        }
        if self.two_factor_is_on(user).await? {
            let half = serde_json::to_vec(&Half { user: user.0, secret, password }).map_err(AppError::internal)?;
            return Ok(SignedIn::NeedsCode(self.code_keep(Behind::SignIn, LENGTH, &half, SECONDS).await?));
        }
        self.visitor_log_in(visitor, (user, password), secret).await?;
        Ok(SignedIn::Yes)
    }

    /// The second step, with a code of the second factor.
    ///
    /// # Errors
    /// [`Fault::WrongCode`], [`Fault::TooMany`], [`Fault::UsedLink`] when it took too long.
    pub async fn visitor_sign_in_code(&self, visitor: &mut Visitor, half: &str, code: &str) -> Result<(), AppError> {
        let late = || AppError::new(Fault::UsedLink, "That took too long. Sign in again.");
        let plain = self.code_read(Behind::SignIn, (half, half)).await?.ok_or_else(late)?;
        let Half { user, secret, password } = serde_json::from_slice(&plain).map_err(AppError::internal)?;
        let user = UserId(user);
        self.user_with_password(user, &password).await?.ok_or_else(late)?;
        self.two_factor_check(user, code).await?;
        self.code_take(Behind::SignIn, half).await?.ok_or_else(late)?;
        self.visitor_log_in(visitor, (user, password), secret).await
    }
}

fn wrong() -> AppError {
    AppError::new(Fault::WrongPassword, "The e-mail address or the password is not right.")
}
