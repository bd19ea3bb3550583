//! The session's lock: one writer per session.
//!
//! On SQLite, whose file belongs to one server, it is a fair lock in the process. On PostgreSQL it is
//! a lease in the database with a fencing token, which the saving transaction checks: a server that
//! was stopped for longer than its lease cannot overwrite what another wrote meanwhile.

use crate::StoreError;
use crate::connection::{AnyConnection, Opener};
use diesel::prelude::*;
use diesel::r2d2::Pool;
use diesel::sql_types::{BigInt, Text};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OwnedMutexGuard;

/// How long to wait before asking for a lease again; grows while waiting.
const FIRST_PAUSE: Duration = Duration::from_millis(3);
const LONGEST_PAUSE: Duration = Duration::from_millis(60);

type Locks = Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>;

/// The right to write to a session, until it is dropped.
pub struct SessionGuard {
    session: String,
    held: Held,
}

enum Held {
    Process { guard: Option<OwnedMutexGuard<()>>, locks: Locks },
    Lease { token: i64, pool: Pool<Opener> },
}

impl std::fmt::Debug for SessionGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionGuard({})", self.session)
    }
}

impl SessionGuard {
    /// The session that it is for.
    pub fn session(&self) -> &str {
        &self.session
    }

    pub(crate) fn fence(&self) -> Fence {
        let token = match &self.held {
            Held::Process { .. } => None,
            Held::Lease { token, .. } => Some(*token),
        };
        Fence { session: self.session.clone(), token }
    }
}

impl Drop for SessionGuard {
    fn drop(&mut self) {
        match &mut self.held {
            Held::Process { guard, locks } => {
                drop(guard.take());
                let mut locks = locks.lock().unwrap_or_else(PoisonError::into_inner);
                if locks.get(&self.session).is_some_and(|lock| Arc::strong_count(lock) == 1) {
                    locks.remove(&self.session);
                }
            }
            Held::Lease { token, pool } => {
                let (session, token, pool) = (self.session.clone(), *token, pool.clone());
                let release = move || release(&pool, &session, token);
                // Outside of a runtime (a test, a command line) there is nothing to block.
                match tokio::runtime::Handle::try_current() {
                    Ok(runtime) => drop(runtime.spawn_blocking(release)),
                    Err(_) => release(),
                }
            }
        }
    }
}

/// Locks of sessions inside this process.
#[derive(Default)]
pub(crate) struct ProcessLocks(Locks);

impl ProcessLocks {
    pub(crate) async fn lock(&self, session: &str, patience: Duration) -> Result<SessionGuard, StoreError> {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(locks.entry(session.to_owned()).or_default())
        };
        // Made before the wait, so that its drop tidies the map when the wait was in vain.
        let mut session_guard = SessionGuard {
            session: session.to_owned(),
            held: Held::Process { guard: None, locks: Arc::clone(&self.0) },
        };
        let taken = tokio::time::timeout(patience, lock.lock_owned()).await.map_err(|_| StoreError::LockTimeout)?;
        if let Held::Process { guard, .. } = &mut session_guard.held {
            *guard = Some(taken);
        }
        Ok(session_guard)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Takes a lease on a session, waiting for others.
pub(crate) async fn lease(
    pool: &Pool<Opener>,
    session: &str,
    patience: Duration,
    length: Duration,
) -> Result<SessionGuard, StoreError> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        let (asking, name) = (pool.clone(), session.to_owned());
        let taken = tokio::task::spawn_blocking(move || try_lease(&asking, &name, length))
            .await
            .map_err(|_| StoreError::Closed)??;
        if let Some(token) = taken {
            let held = Held::Lease { token, pool: pool.clone() };
            return Ok(SessionGuard { session: session.to_owned(), held });
        }
        if started.elapsed() > patience {
            return Err(StoreError::LockTimeout);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[derive(QueryableByName)]
struct Token {
    #[diesel(sql_type = BigInt)]
    token: i64,
}

fn try_lease(pool: &Pool<Opener>, session: &str, length: Duration) -> Result<Option<i64>, StoreError> {
    let mut connection = pool.get().map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let AnyConnection::Postgres(postgres) = &mut *connection else { return Err(StoreError::LockLost) };
    let milliseconds = i64::try_from(length.as_millis()).unwrap_or(i64::MAX);
    let rows: Vec<Token> = diesel::sql_query(
        "INSERT INTO session_lease (session_id, token, expires) \
         VALUES ($1, nextval('session_lease_token'), now() AT TIME ZONE 'utc' + $2 * interval '1 millisecond') \
         ON CONFLICT (session_id) DO UPDATE SET token = EXCLUDED.token, expires = EXCLUDED.expires \
         WHERE session_lease.expires < now() AT TIME ZONE 'utc' RETURNING token",
    )
    .bind::<Text, _>(session)
    .bind::<BigInt, _>(milliseconds)
    .load(postgres)?;
    Ok(rows.first().map(|row| row.token))
}

fn release(pool: &Pool<Opener>, session: &str, token: i64) {
    let Ok(mut connection) = pool.get() else { return };
    if let AnyConnection::Postgres(postgres) = &mut *connection {
        // A lease that cannot be given back runs out by itself.
        let _ = diesel::sql_query("DELETE FROM session_lease WHERE session_id = $1 AND token = $2")
            .bind::<Text, _>(session)
            .bind::<BigInt, _>(token)
            .execute(postgres);
    }
}

/// What a saving transaction checks before it writes.
pub(crate) struct Fence {
    session: String,
    token: Option<i64>,
}

impl Fence {
    /// Makes sure that the lease is still ours, and holds it until the transaction ends.
    pub(crate) fn check(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let (Some(token), AnyConnection::Postgres(postgres)) = (self.token, connection) else { return Ok(()) };
        let rows: Vec<Token> =
            diesel::sql_query("SELECT token FROM session_lease WHERE session_id = $1 AND token = $2 FOR UPDATE")
                .bind::<Text, _>(&self.session)
                .bind::<BigInt, _>(token)
                .load(postgres)?;
        if rows.is_empty() { Err(StoreError::LockLost) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_writer_waits_and_gives_up_after_its_patience() {
        let locks = ProcessLocks::default();
        let first = locks.lock("a", Duration::from_secs(1)).await.unwrap();
        let second = locks.lock("a", Duration::from_millis(5)).await;
        assert!(matches!(second, Err(StoreError::LockTimeout)));
        locks.lock("b", Duration::from_millis(5)).await.unwrap();
        drop(first);
        locks.lock("a", Duration::from_millis(5)).await.unwrap();
        assert_eq!(locks.len(), 0);
    }
}
