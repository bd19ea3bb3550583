//! Invitations: a link by which somebody makes an account of their own, with a privilege that an administrator chose.

use da_core::{Caller, Privilege, Profile};
use serde::{Deserialize, Serialize};

use super::user::is_address;
use super::{NewAccount, may, within_limits};
use crate::code::Behind;
use crate::mail::Letter;
use crate::{App, AppError, Fault, Visitor};

/// Letters and digits of a code.
const LENGTH: usize = 40;

/// How many days an invitation is good.
const DAYS: i64 = 90;

const SECONDS: i64 = DAYS * 24 * 60 * 60;

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Invitation {
    email: String,
    privilege: String,
}

impl App {
    /// Makes sure that these people may be invited to this privilege.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoPrivilege`], [`Fault::BadAddress`], [`Fault::Taken`].
    pub async fn invitation_check(&self, caller: &Caller, emails: &[String], privilege: &str) -> Result<(), AppError> {
        may(caller, &["admin"], &["create_user"])?;
        let unknown = || AppError::new(Fault::NoPrivilege, privilege);
        within_limits(caller, [privilege]).map_err(|error| unknown().because(error))?;
        let wanted = Privilege(privilege.to_owned());
        let there = self.read(move |store| Ok(store.privileges()?.contains(&wanted))).await?;
        if !there || privilege == "cron" {
            return Err(unknown());
        }
        if emails.iter().any(|email| !can_be_written_to(email)) {
            return Err(AppError::new(Fault::BadAddress, "Invalid e-mail address."));
        }
        let emails = emails.to_vec();
        let taken = self.read(move |store| {
            for email in &emails {
                if store.user_by_email(email)?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        let used = || AppError::new(Fault::Taken, "That e-mail address is already being used.");
        if taken.await? { Err(used()) } else { Ok(()) }
    }

    /// Invites somebody; the code of the link.
    ///
    /// # Errors
    /// Those of [`App::invitation_check`].
    pub async fn invitation_new(&self, caller: &Caller, email: &str, privilege: &str) -> Result<String, AppError> {
        let email = email.to_owned();
        self.invitation_check(caller, std::slice::from_ref(&email), privilege).await?;
        self.invitation_keep(&email, privilege, SECONDS).await
    }

    /// Keeps an invitation for some seconds; its code.
    pub(super) async fn invitation_keep(&self, email: &str, privilege: &str, seconds: i64) -> Result<String, AppError> {
        let invitation = Invitation { email: email.to_owned(), privilege: privilege.to_owned() };
        let plain = serde_json::to_vec(&invitation).map_err(AppError::internal)?;
        self.code_keep(Behind::Invitation, LENGTH, &plain, seconds).await
    }

    /// Invites somebody by mail. Where that cannot be sent there is no invitation, and false is told.
    ///
    /// # Errors
    /// Those of [`App::invitation_check`].
    pub async fn invitation_send(&self, caller: &Caller, email: &str, privilege: &str) -> Result<bool, AppError> {
        let letter = |link: &str| {
            let body = format!(
                "You are invited to make an account at {}.\n\nTo make it, open this link within {DAYS} days:\n\n{link}\n",
                self.page("/")
            );
            Letter::plain(email, "You are invited to make an account", body)
        };
        if self.0.settings.mail.refusal(&letter("")).is_some() {
            self.invitation_check(caller, &[email.to_owned()], privilege).await?;
            return Ok(false);
        }
        let code = self.invitation_new(caller, email, privilege).await?;
        self.mail_keep(vec![letter(&self.page(&format!("/user/register?token={code}")))]).await?;
        Ok(true)
    }

    /// Whom a code invites.
    ///
    /// # Errors
    /// [`Fault::UsedLink`].
    pub async fn invitation_look(&self, code: &str) -> Result<String, AppError> {
        Ok(self.invitation(code).await?.email)
    }

    /// Makes the account that a code invites to, and logs the visitor in. What cannot be an account uses nothing up.
    ///
    /// # Errors
    /// [`Fault::UsedLink`], [`Fault::BadAccount`], [`Fault::Taken`], [`Fault::NoPrivilege`].
    pub async fn invitation_accept(
        &self,
        visitor: &mut Visitor,
        code: &str,
        (profile, password): (Profile, &str),
    ) -> Result<(), AppError> {
        let Invitation { email, privilege } = self.invitation(code).await?;
        let new = NewAccount {
            email: email.clone(),
            password: Some(password.to_owned()),
            privileges: vec![privilege],
            profile,
        };
        // The address is taken once: of several who come by one link, one has the account.
        self.user_add(new).await?;
        self.code_take(Behind::Invitation, code).await?;
        self.visitor_comes_in(visitor, &email, password).await
    }

    async fn invitation(&self, code: &str) -> Result<Invitation, AppError> {
        let used = || AppError::new(Fault::UsedLink, "The link has been used already, or is too old.");
        let plain = self.code_read(Behind::Invitation, (code, code)).await?.ok_or_else(used)?;
        serde_json::from_slice(&plain).map_err(AppError::internal)
    }
}

/// Whether mail may be written to an address: to a name at a host with a dot, as the original wants it.
fn can_be_written_to(email: &str) -> bool {
    let host = email.rsplit('@').next().unwrap_or_default();
    is_address(email) && host.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && rest.len() >= 2)
}
