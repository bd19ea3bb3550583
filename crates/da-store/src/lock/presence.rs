//! Whether a server on PostgreSQL is still there: each holds a number, by a lock that goes with its connection.
//!
//! A process that is killed loses its connection at once, and PostgreSQL takes the lock away: what the number stands for (leases on
//! sessions, work in the background) is free before it runs out. The connection is one of its own, because those of a pool come
//! and go. A server that loses it and is still there takes the same number again, and has none until then: its leases then run out
//! as they always do. Whoever was taken for gone and was not saves nothing over the next one's work: tokens decide that, not this.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::StoreError;
use crate::connection::{AnyConnection, Opener};

/// PostgreSQL gives a connection up whose other end does not answer for about ten seconds, such as one of a machine without power.
const SETTINGS: [&str; 5] = [
    "SET tcp_keepalives_idle = 4",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
    "SET tcp_user_timeout = 10000",
    "SET idle_session_timeout = 0",
];

const TAKE: &str = "SELECT pg_try_advisory_lock($1) AS taken";

const LEAVE: &str = "SELECT pg_advisory_unlock_all()";

/// So often the old number is asked for before another is taken: somebody may just look whether it is free.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// After so many pulses without an answer the number is not relied on; PostgreSQL waits longer before it takes it away.
const SILENT_PULSES: u32 = 3;

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// The number that says that this server is there, for as long as it is.
#[derive(Debug)]
pub(crate) struct Presence {
    /// The number; none is 0.
    number: Arc<AtomicI64>,
    /// When the connection was last heard of.
    heard: Arc<Heard>,
    pulse: Duration,
    ends: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A moment that several threads see.
#[derive(Debug)]
struct Heard {
    begun: Instant,
    after: AtomicU64,
}

impl Heard {
    fn now() -> Self {
        Heard { begun: Instant::now(), after: AtomicU64::new(0) }
    }

    fn again(&self) {
        self.after.store(self.age_of_all(), Ordering::Release);
    }

    fn silence(&self) -> Duration {
        Duration::from_millis(self.age_of_all().saturating_sub(self.after.load(Ordering::Acquire)))
    }

    fn age_of_all(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Presence {
    /// Takes a number, and keeps it on a thread of its own, which looks after the connection at every `pulse`.
    pub(crate) fn start(opener: Opener, pulse: Duration) -> Result<Self, StoreError> {
        let number = Arc::<AtomicI64>::default();
        let (ends, end) = mpsc::channel::<()>();
        let first = hold(&opener, 0)?;
        number.store(first.1, Ordering::Release);
        let heard = Arc::new(Heard::now());
        let (shared, hears) = (Arc::clone(&number), Arc::clone(&heard));
        let work = move || {
            let (mut held, mut last) = (Some(first.0), first.1);
            while let Err(RecvTimeoutError::Timeout) = end.recv_timeout(pulse) {
                if held.as_mut().is_some_and(|connection| connection.batch_execute("SELECT 1").is_ok()) {
                    hears.again();
                    continue;
                }
                // Leases that are taken from here on run out by themselves.
                shared.store(0, Ordering::Release);
                held = None;
                match hold(&opener, last) {
                    Ok((connection, number)) => {
                        tracing::info!(
                            "the connection by which other servers know this one was lost, and is there again"
                        );
                        (held, last) = (Some(connection), number);
                        hears.again();
                        shared.store(number, Ordering::Release);
                    }
                    Err(error) => tracing::warn!(%error, "other servers do not know that this one is there"),
                }
            }
            // At once: the end of a connection is noticed a little later. Who cannot be told notices that.
            let _noticed = held.map(|mut connection| connection.batch_execute(LEAVE));
        };
        let thread = std::thread::Builder::new().name("store presence".into()).spawn(work);
        let thread = thread.map_err(StoreError::unreachable)?;
        Ok(Presence { number, heard, pulse, ends: Some(ends), thread: Some(thread) })
    }

    /// The number, while it stands for anything: a connection that fell silent may have lost it already.
    pub(crate) fn number(&self) -> Option<i64> {
        if self.heard.silence() > self.pulse * SILENT_PULSES {
            return None;
        }
        Some(self.number.load(Ordering::Acquire)).filter(|number| *number != 0)
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        drop(self.ends.take());
        // A thread that panicked has said so already.
        let _panicked = self.thread.take().map(JoinHandle::join);
    }
}

/// A connection that holds a number: the one that it had, if it can be had.
fn hold(opener: &Opener, last: i64) -> Result<(PgConnection, i64), StoreError> {
    let AnyConnection::Postgres(mut connection) = opener.open()? else {
        return Err(StoreError::unreachable("a presence needs PostgreSQL"));
    };
    for setting in SETTINGS {
        if let Err(error) = connection.batch_execute(setting) {
            // An older PostgreSQL goes without some of them.
            tracing::debug!(%error, "a connection goes without `{setting}`");
        }
    }
    for _ in 0..if last == 0 { 0 } else { TRIES } {
        if take(&mut connection, last)? {
            return Ok((connection, last));
        }
        std::thread::sleep(PAUSE);
    }
    loop {
        let random = da_crypto::random_bytes().map_err(StoreError::unreachable)?;
        // Nobody else has it: there are more numbers than servers will ever start.
        let number = i64::from_be_bytes(random);
        if number != 0 && take(&mut connection, number)? {
            return Ok((connection, number));
        }
    }
}

fn take(connection: &mut PgConnection, number: i64) -> Result<bool, StoreError> {
    let query = diesel::sql_query(TAKE).bind::<BigInt, _>(number);
    Ok(query.get_result::<Taken>(connection)?.taken)
}
