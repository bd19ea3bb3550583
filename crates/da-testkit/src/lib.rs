//! What tests share: [`TestApp`] (a server in the test's own process, over a database that goes away with it), users as
//! types ([`Nobody`], [`KeyHolder`], [`Browser`]), a clock that stands still, and the walking of interviews that are written
//! down as data ([`Case`]) through every door.
//!
//! For tests alone: it panics where a test has failed, and no program may depend on it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod answer;
mod app;
mod archive;
mod browser;
mod configuration;
mod contract;
mod elsewhere;
mod multipart;
mod page;
mod place;
mod post_office;
mod session;
mod still;
mod user;
mod walk;

pub use answer::Answer;
pub use app::{TestApp, parts, unique};
pub use archive::{sha256, tar_gz_of, unzipped, zip_of};
pub use browser::{Browser, Seen};
pub use configuration::ConfigurationInMemory;
pub use contract::Contract;
pub use da_app::case::{Case, Step, moment, redact};
pub use elsewhere::Elsewhere;
pub use multipart::Multipart;
pub use page::Page;
pub use place::Place;
pub use post_office::{PostOffice, Received};
pub use session::Session;
pub use still::{FixedClock, engine};
pub use user::{KEY, KeyHolder, Nobody, User};
pub use walk::{Door, Memory, record, walk};
