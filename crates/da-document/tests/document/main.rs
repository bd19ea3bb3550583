//! Documents that programs made: what is read of them, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod archives;
mod forms;
mod hostile;
mod made;
mod pictures;
mod texts;
