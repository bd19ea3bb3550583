//! [`Outside`]: the door through which an evaluation reaches the world.
//!
//! Nothing here outlives the evaluation, and nothing has an effect before the answers are saved.

use std::time::Instant;

use da_interview::World;

/// Lines of the interview's log beyond this number are dropped.
const MOST_LINES: usize = 1000;

/// The world of one evaluation.
pub(crate) struct Outside {
    until: Instant,
    lines: Vec<String>,
    no_randomness: bool,
}

impl Outside {
    pub(crate) fn new(until: Instant) -> Self {
        Outside { until, lines: Vec::new(), no_randomness: false }
    }

    /// Whether the evaluation was given bytes that are not random, so that its result must not be used.
    pub(crate) fn lacked_randomness(&self) -> bool {
        self.no_randomness
    }

    /// What the interview logged.
    pub(crate) fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

impl World for Outside {
    fn random(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            match da_crypto::random_bytes::<32>() {
                Ok(random) => chunk.copy_from_slice(&random[..chunk.len()]),
                Err(_) => self.no_randomness = true,
            }
        }
    }

    fn log(&mut self, line: &str) {
        if self.lines.len() < MOST_LINES {
            self.lines.push(line.to_owned());
        }
    }

    fn time_is_up(&mut self) -> bool {
        Instant::now() >= self.until
    }
}
