//! What is kept behind codes that are given out: links that let somebody in, and stashed data.
//!
//! The database knows a keyed hash of a code and what is sealed under it; the code itself is told once and never kept.

use chrono::{NaiveDateTime, TimeDelta};
use da_crypto::{code, token};
use da_store::{NewCode, StoreError};

use crate::{App, AppError};

/// What may stand behind a code. Each has codes of its own: one never opens another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// A login.
    Login,
    /// An address elsewhere.
    Address,
    /// A session.
    Session,
    /// Data that somebody stashed.
    Stash,
    /// An account that somebody may make.
    Invitation,
    /// What a request was answered with.
    Request,
    /// What came of a change to packages.
    PackageTask,
    /// What came of a restart.
    RestartTask,
    /// Somebody who brought the right password, and has a second factor.
    SignIn,
    /// A password that may be set anew.
    Reset,
}

impl Behind {
    fn purpose(self) -> &'static str {
        match self {
            Behind::Login => "code of a login",
            Behind::Address => "code of an address",
            Behind::Session => "code of a session",
            Behind::Stash => "code of a stash",
            Behind::Invitation => "code of an invitation",
            Behind::Request => "name of a request",
            Behind::PackageTask => "number of a task about packages",
            Behind::RestartTask => "number of a restart",
            Behind::SignIn => "code of half a login",
            Behind::Reset => "code of a new password",
        }
    }
}

/// What the hash of an owner is made for.
const OWNER: &str = "owner of a code";

/// Nothing is kept for longer than this, whatever is asked for: a hundred years.
const LONGEST: i64 = 100 * 365 * 24 * 60 * 60;

impl App {
    /// Keeps something for so many seconds; its code, of so many characters.
    pub(crate) async fn code_keep(
        &self,
        behind: Behind,
        length: usize,
        plain: &[u8],
        seconds: i64,
    ) -> Result<String, AppError> {
        let name = token::alphanumeric(length)?;
        self.code_keep_as(behind, (&name, &name), plain, seconds).await?;
        Ok(name)
    }

    /// The same under a name that finds it and another that opens it.
    pub(crate) async fn code_keep_as(
        &self,
        behind: Behind,
        (name, opener): (&str, &str),
        plain: &[u8],
        seconds: i64,
    ) -> Result<(), AppError> {
        Ok(self.code_keep_new(behind, (name, opener), plain, seconds).await?)
    }

    /// The same for names that others may have taken, which is a conflict.
    pub(crate) async fn code_keep_new(
        &self,
        behind: Behind,
        names: (&str, &str),
        plain: &[u8],
        seconds: i64,
    ) -> Result<(), StoreError> {
        self.code_keep_some(behind, names, plain, (seconds, None)).await
    }

    /// The same for an owner who may have so many of them: the oldest go.
    pub(crate) async fn code_keep_some(
        &self,
        behind: Behind,
        (name, opener): (&str, &str),
        plain: &[u8],
        (seconds, owner): (i64, Option<(&str, i64)>),
    ) -> Result<(), StoreError> {
        let sealed = code::seal(opener, behind.purpose(), plain).map_err(|_| StoreError::Closed)?;
        let (hash, expires) = (self.code_hash(behind, name), self.in_seconds(seconds));
        let owner = owner.map(|(owner, most)| (self.0.server_key.mac(OWNER, owner.as_bytes()), most));
        self.0.store.add_code(NewCode { hash, sealed, expires, owner, now: self.now() }).await
    }

    /// Puts something in the place of what is behind a code, for as long as that was to be kept.
    pub(crate) async fn code_replace(
        &self,
        behind: Behind,
        (name, opener): (&str, &str),
        plain: &[u8],
    ) -> Result<(), AppError> {
        let sealed = code::seal(opener, behind.purpose(), plain)?;
        Ok(self.0.store.replace_code(self.code_hash(behind, name), sealed).await?)
    }

    /// What is behind a code; none if there is nothing any more.
    pub(crate) async fn code_read(
        &self,
        behind: Behind,
        (name, opener): (&str, &str),
    ) -> Result<Option<Vec<u8>>, AppError> {
        let (hash, now) = (self.code_hash(behind, name), self.now());
        let sealed = self.read(move |store| Ok(store.code(&hash, now)?)).await?;
        Ok(sealed.and_then(|sealed| code::open(opener, behind.purpose(), &sealed).ok()))
    }

    /// Takes what is behind a code, once.
    pub(crate) async fn code_take(&self, behind: Behind, name: &str) -> Result<Option<Vec<u8>>, AppError> {
        let sealed = self.0.store.take_code(self.code_hash(behind, name), self.now()).await?;
        Ok(sealed.and_then(|sealed| code::open(name, behind.purpose(), &sealed).ok()))
    }

    /// Keeps what is behind a code for so many seconds from now.
    pub(crate) async fn code_prolong(&self, behind: Behind, name: &str, seconds: i64) -> Result<(), AppError> {
        Ok(self.0.store.keep_code(self.code_hash(behind, name), self.in_seconds(seconds)).await?)
    }

    fn code_hash(&self, behind: Behind, name: &str) -> [u8; 32] {
        self.0.server_key.mac(behind.purpose(), name.as_bytes())
    }

    pub(crate) fn now(&self) -> NaiveDateTime {
        self.0.clock.now().naive_utc()
    }

    fn in_seconds(&self, seconds: i64) -> NaiveDateTime {
        self.now() + TimeDelta::seconds(seconds.clamp(0, LONGEST))
    }
}
