//! Requests outside of sessions that may come twice: they are carried out once.
//!
//! A request is noted before it is carried out, so that of two that come at once one is; its answer follows. Both are kept
//! sealed under the key that the caller came with, which is not in the database.

use da_core::Caller;
use da_store::StoreError;

use crate::code::Behind;
use crate::told::{Kept, Told, not_again};
use crate::{App, AppError};

/// How long an answer is kept: a day.
const SECONDS: i64 = 24 * 60 * 60;

/// So many requests of somebody are kept, the newest.
const MOST: i64 = 200;

/// A request that may come twice.
#[derive(Clone)]
pub struct RequestName {
    owner: String,
    name: String,
    opener: String,
    asks: Vec<u8>,
}

impl App {
    /// The name under which a request of somebody may come again, by what its sender calls it, the key that they came
    /// with, and what it asks for. None for somebody without an account.
    pub fn request_name(&self, caller: &Caller, key: &str, name: &str, asks: &[u8]) -> Option<RequestName> {
        let user = caller.user()?.id;
        let asks = self.0.mark_of(asks);
        let (owner, name, opener) = (user.to_string(), format!("{user}\n{name}"), format!("{key}\n{name}"));
        Some(RequestName { owner, name, opener, asks })
    }

    /// Notes that a request is carried out now; what was told, if it came before.
    ///
    /// # Errors
    /// [`Fault::OtherRequest`](crate::Fault::OtherRequest), [`Fault::NotToldAgain`](crate::Fault::NotToldAgain).
    pub async fn request_begin(&self, request: &RequestName) -> Result<Option<Told>, AppError> {
        let RequestName { owner, name, opener, asks } = request;
        if let Some(plain) = self.code_read(Behind::Request, (name, opener)).await? {
            return Kept::read(&plain)?.told_to(asks).map(|(told, _)| Some(told));
        }
        let begun = Kept::begun(asks.clone()).written()?;
        let kept = (SECONDS, Some((owner.as_str(), MOST)));
        match self.code_keep_some(Behind::Request, (name, opener), &begun, kept).await {
            Ok(()) => Ok(None),
            // At this moment, or with another key.
            Err(StoreError::Conflict(_)) => Err(not_again()),
            Err(other) => Err(other.into()),
        }
    }

    /// Keeps what was told at the end of a request.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn request_end(&self, request: &RequestName, told: Told) -> Result<(), AppError> {
        let RequestName { name, opener, asks, .. } = request;
        let kept = Kept::new(asks.clone(), told, String::new()).written()?;
        self.code_replace(Behind::Request, (name, opener), &kept).await
    }

    /// Forgets a request that was refused, so that it may come again.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn request_forget(&self, request: &RequestName) -> Result<(), AppError> {
        self.code_take(Behind::Request, &request.name).await.map(drop)
    }
}
