//! The end of sessions that nobody has written to for long, and of values whose time is over: in batches, each session under its
//! lock, so that no request waits for it.

use std::sync::Arc;

use chrono::TimeDelta;
use da_core::{InterviewName, SessionId};
use da_store::StoreError;
use tracing::warn;

use super::SessionAt;
use crate::{App, AppError, Fault};

/// So many sessions are looked for at once.
const BATCH: i64 = 100;

impl App {
    /// Deletes the sessions that the settings let go, with their files; how many there were. One that somebody holds
    /// stays for the next time.
    ///
    /// # Errors
    /// A database that cannot be read or written.
    pub async fn sessions_expire(&self) -> Result<usize, AppError> {
        let Some(days) = self.0.settings.session_days else { return Ok(0) };
        let moment = self.now() - TimeDelta::days(days);
        let (mut gone, mut damaged, mut after) = (0, 0, None);
        loop {
            let from = after.take();
            let old = self.read(move |store| Ok(store.sessions_before(moment, from, BATCH)?)).await?;
            damaged += old.damaged;
            for (id, interview) in old.sessions {
                match self.session_expire(id, interview, moment).await {
                    Ok(is_gone) => gone += usize::from(is_gone),
                    Err(busy) if busy.fault == Fault::Busy => warn!("an old session is in use and stays"),
                    // Nothing is deleted because it cannot be read, and one session does not keep the others.
                    Err(failed) => warn!("an old session stays: {}", failed.whole()),
                }
            }
            // What stays is gone past.
            after = old.last;
            if after.is_none() {
                break;
            }
        }
        if damaged > 0 {
            warn!("{damaged} old sessions stay: their names, or those of their interviews, are damaged");
        }
        Ok(gone)
    }

    /// Deletes what interviews kept for a while and what visitors kept who will not come back; how much there was.
    ///
    /// # Errors
    /// A database that cannot be read or written.
    pub async fn kept_values_expire(&self) -> Result<usize, AppError> {
        let (now, mut gone) = (self.now(), 0);
        loop {
            match self.0.store.expire_kept_values(now).await? + self.0.kv.expire().await? {
                0 => return Ok(gone),
                some => gone += some,
            }
        }
    }

    async fn session_expire(
        &self,
        id: SessionId,
        interview: InterviewName,
        moment: chrono::NaiveDateTime,
    ) -> Result<bool, AppError> {
        let at = SessionAt { interview, id, secret: None, device: Arc::default() };
        let guard = self.0.lock(&at).await?;
        // Somebody may have come back meanwhile.
        let place = at.clone();
        let stored = self.read(move |store| Ok(store.session(&place.id, &place.interview))).await?;
        match stored {
            Ok(stored) if stored.used.max(stored.newest.modified) >= moment => return Ok(false),
            Ok(_) => {}
            Err(StoreError::NotFound(_)) => return Ok(false),
            Err(unreadable) => return Err(unreadable.into()),
        }
        let untied = self.0.store.delete_session(&guard, &at.interview).await?;
        self.0.contents.delete(untied.blobs).await;
        self.0.pages.forget(&at.id);
        Ok(!untied.sessions.is_empty())
    }
}
