//! One writer per session.
//!
//! Inside a process the waiting is fair and costs nothing ([`keyed`]); on PostgreSQL a lease in the
//! database keeps other servers out as well ([`lease`]). Nobody ever takes a lock by force: a lease that
//! ran out, or whose server is gone ([`presence`]), is taken over, and the token of the old one no longer saves.

mod keyed;
mod lease;
mod presence;

use std::fmt;
use std::sync::Arc;

use da_core::SessionId;

pub(crate) use keyed::{SessionLocks, Ticket};
pub(crate) use lease::{Attempt, Lease, Leases, check};
pub(crate) use presence::Presence;

/// The right to write to one session. It ends when the guard is dropped; a write that was begun keeps it until
/// it is done.
pub struct SessionGuard(Arc<Held>);

impl SessionGuard {
    pub(crate) fn new(held: Held) -> Self {
        SessionGuard(Arc::new(held))
    }

    /// The session.
    #[must_use]
    pub fn session(&self) -> &str {
        self.0.session.as_str()
    }

    pub(crate) fn held(&self) -> Arc<Held> {
        Arc::clone(&self.0)
    }
}

impl fmt::Debug for SessionGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionGuard({})", self.0.session)
    }
}

/// What a guard holds. The order matters: the lease is given back before the next in line may ask for one.
pub(crate) struct Held {
    session: SessionId,
    lease: Option<Lease>,
    ticket: Option<Ticket>,
}

impl Held {
    pub(crate) fn new(session: SessionId, lease: Option<Lease>, ticket: Ticket) -> Self {
        Held { session, lease, ticket: Some(ticket) }
    }

    pub(crate) fn session(&self) -> &SessionId {
        &self.session
    }

    /// The number that the saving transaction compares, on PostgreSQL.
    pub(crate) fn token(&self) -> Option<i64> {
        self.lease.as_ref().map(Lease::token)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let (Some(lease), Some(ticket)) = (self.lease.take(), self.ticket.take()) {
            lease.give_back(self.session.clone(), ticket);
        }
    }
}
