//! The end of an account, with what belongs to it.

use da_core::{Caller, UserId};

use super::profile::of_user;
use super::{is_self, may};
use crate::session::SessionFilter;
use crate::{App, AppError, Fault, SessionAt, Whose};

/// What goes with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// The sessions that are nobody else's.
    Account,
    /// All its sessions, those of several people included.
    AccountAndShared,
}

/// So many sessions are looked for at once.
const BATCH: usize = 100;

impl App {
    /// Removes an account: one's own, or as an administrator anybody's. What others share is removed by administrators
    /// alone, and the first account stays.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::ActiveFixed`] for the first account, [`Fault::NoUser`].
    pub async fn user_remove(&self, caller: &Caller, id: UserId, removal: Removal) -> Result<(), AppError> {
        if removal == Removal::AccountAndShared || !is_self(caller, id) {
            may(caller, &["admin"], &["delete_user"])?;
        }
        if id == super::profile::FIRST {
            return Err(AppError::new(Fault::ActiveFixed, "This user account cannot be deleted or deactivated."));
        }
        self.user_within_limits(caller, id).await?;
        // Nobody comes in while it is taken apart.
        self.0.store.set_active(id, false).await.map_err(of_user)?;
        if removal == Removal::AccountAndShared {
            self.delete_shared(id).await?;
        }
        let whose = Whose::User(id);
        self.untie_all(SessionFilter { whose, interview: None, session: None, tag: None, query: None }).await?;
        self.playground_remove_all(id).await?;
        self.0.store.delete_user(id).await.map_err(of_user)
    }

    async fn delete_shared(&self, id: UserId) -> Result<(), AppError> {
        let filter = da_store::TieFilter { user: Some(id), interview: None, session: None };
        let mut after = 0;
        loop {
            let filter = filter.clone();
            let ties = self.read(move |store| Ok(store.ties(&filter, after, BATCH)?)).await?;
            let Some(last) = ties.last() else { return Ok(()) };
            after = last.number;
            for tie in ties {
                self.session_delete(&SessionAt::parse(&tie.interview, tie.session.as_str(), None)?).await?;
            }
        }
    }
}
