//! What makes two runs differ, held still: the clock, and the engine that takes its time to be built.
//!
//! Nothing here reads the machine's clock or its randomness.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use da_app::case::moment;
use da_core::Clock;
use da_interview::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the engine is built"));

/// The engine, built once for all tests of a program.
pub fn engine() -> Engine {
    ENGINE.clone()
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
