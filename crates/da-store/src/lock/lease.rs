//! A lease in PostgreSQL: which server writes to a session now.
//!
//! The token is a number that only grows. The saving transaction locks the lease's row and compares
//! the token, so a server whose lease ran out cannot save over the work of the next one.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use da_core::SessionId;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::StoreError;
use crate::connection::{AnyConnection, Connections};
use crate::lock::{Held, Presence, Ticket};

const TAKE: &str = "\
    INSERT INTO session_lease (session_id, token, expires, instance) VALUES ($1, nextval('session_lease_token'), \
    clock_timestamp() AT TIME ZONE 'utc' + $2 * interval '1 millisecond', $3) \
    ON CONFLICT (session_id) DO UPDATE \
    SET token = excluded.token, expires = excluded.expires, instance = excluded.instance \
    WHERE session_lease.expires < clock_timestamp() AT TIME ZONE 'utc' \
    OR pg_try_advisory_xact_lock_shared(session_lease.instance) \
    RETURNING token";
const CHECK: &str = "SELECT token FROM session_lease WHERE session_id = $1 AND token = $2 FOR UPDATE";
const GIVE_BACK: &str = "DELETE FROM session_lease WHERE session_id = $1 AND token = $2";

#[derive(QueryableByName)]
struct Token {
    #[diesel(sql_type = BigInt)]
    token: i64,
}

/// What a thread of its own gives back to the database, so that a guard may be dropped anywhere.
struct Return {
    session: SessionId,
    token: i64,
    // Dropped after the row is gone: the next in line of this process finds the lease free.
    _ticket: Ticket,
}

/// A lease that this process holds.
pub(crate) struct Lease {
    token: i64,
    returns: Sender<Return>,
}

impl Lease {
    pub(crate) fn token(&self) -> i64 {
        self.token
    }

    /// Gives the lease back. When that fails, it runs out by itself.
    pub(crate) fn give_back(self, session: SessionId, ticket: Ticket) {
        let _closed = self.returns.send(Return { session, token: self.token, _ticket: ticket });
    }
}

/// How an attempt to take a lease ended.
pub(crate) enum Attempt {
    /// It is ours.
    Taken(Held),
    /// Another server has it; the place in our own line is handed back.
    InUse(Ticket),
}

/// Takes leases, and gives them back.
#[derive(Debug, Clone)]
pub(crate) struct Leases {
    connections: Connections,
    length: Duration,
    returns: Sender<Return>,
    presence: Arc<Presence>,
}

impl Leases {
    /// Starts the thread that gives leases back and calls `idle` every `interval`.
    pub(crate) fn start(
        (connections, presence): (Connections, Presence),
        length: Duration,
        interval: Duration,
        idle: impl Fn() + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (returns, queue) = mpsc::channel::<Return>();
        let pool = connections.clone();
        let work = move || {
            let mut next = std::time::Instant::now() + interval;
            loop {
                match queue.recv_timeout(next.saturating_duration_since(std::time::Instant::now())) {
                    Ok(lease) => give_back(&pool, &lease),
                    Err(RecvTimeoutError::Disconnected) => break idle(),
                    Err(RecvTimeoutError::Timeout) => {
                        idle();
                        next = std::time::Instant::now() + interval;
                    }
                }
            }
        };
        std::thread::Builder::new().name("store leases".into()).spawn(work).map_err(StoreError::unreachable)?;
        Ok(Leases { connections, length, returns, presence: Arc::new(presence) })
    }

    /// The number of this server, by which others know whether it is still there.
    pub(crate) fn instance(&self) -> Option<i64> {
        self.presence.number()
    }

    /// Tries once. Blocking.
    pub(crate) fn attempt(&self, session: &SessionId, ticket: Ticket) -> Result<Attempt, StoreError> {
        let mut connection = self.connections.get()?;
        let length = i64::try_from(self.length.as_millis()).unwrap_or(i64::MAX);
        let query = diesel::sql_query(TAKE)
            .bind::<Text, _>(session.as_str())
            .bind::<BigInt, _>(length)
            .bind::<Nullable<BigInt>, _>(self.instance());
        let token = query.get_result::<Token>(postgres(&mut connection)?).optional()?;
        Ok(match token {
            Some(Token { token }) => {
                let lease = Lease { token, returns: self.returns.clone() };
                Attempt::Taken(Held::new(session.clone(), Some(lease), ticket))
            }
            None => Attempt::InUse(ticket),
        })
    }
}

/// Inside the saving transaction: whether the session is still ours.
pub(crate) fn check(connection: &mut AnyConnection, held: &Held) -> Result<(), StoreError> {
    let Some(token) = held.token() else { return Ok(()) };
    let query = diesel::sql_query(CHECK).bind::<Text, _>(held.session().as_str()).bind::<BigInt, _>(token);
    match query.get_result::<Token>(postgres(connection)?).optional()? {
        Some(_) => Ok(()),
        None => Err(StoreError::LockLost),
    }
}

fn give_back(connections: &Connections, lease: &Return) {
    let delete = || -> Result<(), StoreError> {
        let mut connection = connections.get()?;
        diesel::sql_query(GIVE_BACK)
            .bind::<Text, _>(lease.session.as_str())
            .bind::<BigInt, _>(lease.token)
            .execute(postgres(&mut connection)?)?;
        Ok(())
    };
    if let Err(error) = delete() {
        tracing::warn!(%error, session = %lease.session, "a lease was not given back; it will run out");
    }
}

fn postgres(connection: &mut AnyConnection) -> Result<&mut PgConnection, StoreError> {
    match connection {
        AnyConnection::Postgres(connection) => Ok(connection),
        AnyConnection::Sqlite(_) => Err(StoreError::unreachable("a lease needs PostgreSQL")),
    }
}
