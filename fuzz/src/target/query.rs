//! Queries by which lists of sessions are narrowed down.

use super::text;

pub(super) fn run(bytes: &[u8]) {
    let Some(query) = text(bytes) else { return };
    if let Err(bad) = da_app::SessionQuery::parse(query) {
        drop(bad.to_string());
    }
}
