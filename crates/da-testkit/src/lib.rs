//! What tests share: [`TestApp`] (a server in the test's own process, over a database that goes away with it), users as
//! types ([`Nobody`], [`KeyHolder`], [`Browser`]), a clock and a world that stand still, and the walking of interviews
//! that are written down as data ([`Case`]).
//!
//! For tests alone: it panics where a test has failed, and no program may depend on it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod answer;
mod app;
mod archive;
mod browser;
mod case;
mod configuration;
mod multipart;
mod page;
mod place;
mod redact;
mod session;
mod shelf;
mod still;
mod user;
mod walk;

pub use answer::Answer;
pub use app::{TestApp, parts, unique};
pub use archive::{unzipped, zip_of};
pub use browser::{Browser, Seen};
pub use case::{Case, Step};
pub use configuration::ConfigurationInMemory;
pub use multipart::Multipart;
pub use page::Page;
pub use place::Place;
pub use redact::redact;
pub use session::Session;
pub use shelf::Shelf;
pub use still::{FixedClock, StillWorld, engine, moment};
pub use user::{KEY, KeyHolder, Nobody, User};
pub use walk::{Door, Memory, record, walk};
