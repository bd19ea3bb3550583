//! What makes two runs differ, held still: the clock, the random bytes, and the engine that takes its time to be built.
//!
//! Nothing here reads the machine's clock or its randomness.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use da_core::Clock;
use da_interview::{Engine, World};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the engine is built"));

/// The engine, built once for all tests of a program.
pub fn engine() -> Engine {
    ENGINE.clone()
}

/// The moment at which every test happens: the morning of 15 January 2027 in UTC.
pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a moment")
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub DateTime<Utc>);

impl Default for FixedClock {
    fn default() -> Self {
        FixedClock(moment())
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// A world in which nothing happens: its random bytes are always the same, its time is never up.
#[derive(Debug, Clone, Copy, Default)]
pub struct StillWorld;

impl World for StillWorld {
    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }

    fn log(&self, _line: &str) {}

    fn time_is_up(&self) -> bool {
        false
    }
}
