//! The shapes of the API's answers that are not the question JSON.

mod advertised;
mod listed_session;
mod started;
mod user;

pub(crate) use advertised::advertised;
pub(crate) use listed_session::listed_session;
pub(crate) use started::Started;
pub(crate) use user::{privileges_of, profile, user, user_wishes};
