//! Registration: people without an invitation make accounts of their own, where the operator allows it. They get the privilege `user`.

use da_core::Profile;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::NewAccount;
use super::attempts::Guess;
use super::place::From;
use super::user::is_address;
use crate::mail::Letter;
use crate::{App, AppError, Fault, Visitor};

/// How many seconds the link of a letter is good: two days.
const SECONDS: i64 = 2 * 24 * 60 * 60;

/// The privilege of those who come on their own.
const PRIVILEGE: &str = "user";

/// How people come to accounts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// By an invitation alone.
    Closed,
    /// By a link in a letter, which shows that the address is theirs.
    ByLetter,
    /// At once.
    Open,
}

impl App {
    /// How people come to accounts of their own here. Where their addresses have to be confirmed and no mail is sent, they do not.
    pub fn registration(&self) -> Registration {
        let settings = &self.0.settings;
        match (settings.may_register, settings.confirms_registration) {
            (false, _) => Registration::Closed,
            (true, false) => Registration::Open,
            (true, true) if self.sends_mail() => Registration::ByLetter,
            (true, true) => Registration::Closed,
        }
    }

    /// Makes an account for somebody who comes on their own, and logs the visitor in.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] where that is not allowed, [`Fault::TooMany`], [`Fault::BadAccount`], [`Fault::Taken`].
    pub async fn visitor_register(
        &self,
        visitor: &mut Visitor,
        (email, password, profile): (&str, &str, Profile),
        from: &From,
    ) -> Result<(), AppError> {
        if self.registration() != Registration::Open {
            return Err(closed());
        }
        let email = email.trim().to_owned();
        self.host_is_accepted(&email)?;
        self.attempt_made(Guess::Registration, from.place()).await?;
        let privileges = vec![PRIVILEGE.to_owned()];
        let new = NewAccount { email: email.clone(), password: Some(password.to_owned()), privileges, profile };
        self.user_add(new).await?;
        self.visitor_comes_in(visitor, &email, password).await
    }

    /// Sends a letter with the link by which an account is made, and from there on to `next`, a path of ours. Whoever asks is told the same whether there is an account of that
    /// address or not; the owner of one is told by the letter.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] where that is not offered, [`Fault::TooMany`], [`Fault::BadAccount`] for what is no address.
    pub async fn registration_letter(&self, email: &str, next: &str, from: &From) -> Result<(), AppError> {
        if self.registration() != Registration::ByLetter {
            return Err(closed());
        }
        let email = email.trim().to_owned();
        if !is_address(&email) {
            return Err(AppError::new(Fault::BadAccount, format!("{email:?} is not an e-mail address.")));
        }
        self.host_is_accepted(&email)?;
        self.attempt_made(Guess::AnyLetter, from.place()).await?;
        let in_time = self.attempt_counted(Guess::Letter, &email.to_lowercase()).await?;
        let (app, next) = (self.clone(), next.to_owned());
        tokio::spawn(async move {
            if !in_time {
                tracing::info!("too many letters were asked for that make an account: none was sent");
            } else if let Err(failed) = app.letter_to_register(email, &next).await {
                tracing::error!("a letter that makes an account was not kept: {}", failed.whole());
            }
        });
        Ok(())
    }

    /// Makes sure that accounts of an address's host are made here.
    fn host_is_accepted(&self, email: &str) -> Result<(), AppError> {
        let hosts = &self.0.settings.registration_hosts;
        let host = email.rsplit('@').next().unwrap_or_default();
        let fits = |own: &String| host.eq_ignore_ascii_case(own.trim().trim_start_matches('@'));
        if hosts.is_empty() || hosts.iter().any(fits) {
            return Ok(());
        }
        let public = format!("Accounts are made here for addresses of {} alone.", hosts.join(", "));
        Err(AppError::new(Fault::BadAccount, public))
    }

    async fn letter_to_register(&self, email: String, next: &str) -> Result<(), AppError> {
        let wanted = email.clone();
        let taken = self.read(move |store| Ok(store.user_by_email(&wanted)?.is_some())).await?;
        let (home, subject) = (self.page("/"), "Make your account");
        let body = if taken {
            let link = self.page("/user/sign-in");
            format!(
                "Somebody wanted to make an account with this address at {home}.\n\nThere is one already. Sign in \
                 here:\n\n{link}\n\nIf it was not you, do nothing.\n"
            )
        } else {
            let code = self.invitation_keep(&email, PRIVILEGE, SECONDS).await?;
            let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
            let link = self.page(&format!("/user/register?token={code}&next={next}"));
            format!(
                "Somebody wants to make an account with this address at {home}.\n\nTo make it, open this link within two \
                 days:\n\n{link}\n\nIf it was not you, do nothing: there will be no account.\n"
            )
        };
        self.mail_keep(vec![Letter::plain(&email, subject, body)]).await
    }
}

fn closed() -> AppError {
    AppError::new(Fault::NoAccess, "Accounts are made by an administrator here.")
}
