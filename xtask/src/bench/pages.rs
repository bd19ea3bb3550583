//! Pages of the lists of sessions, over one connection: how long each takes.
//! It must never count a page that is not a list, nor one with more sessions than a page has.

use super::load;
use super::report::middle;
use crate::http::Client;
use crate::server::KEY;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// An interview that has one session.
pub(super) const RARE: &str = "docassemble.demo:data/questions/questions.yml";

/// A tag that it alone has.
const TAG: &str = "legal";

/// So often each page is asked for.
const TIMES: usize = 21;

/// So many sessions stand on a page.
const LARGEST: usize = 100;

/// What a list says about its page after the 50,000th row.
const MIDDLE: &str = "NTAwMDA";

/// How long a page took.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) median: Duration,
}

pub(super) fn measure(address: SocketAddr) -> Result<Vec<Page>, String> {
    let mut client = Client::connect(address, KEY)?;
    let newest = client.get(&format!("/api/session/new?i={RARE}"))?.json()?;
    let session = newest.get("session").and_then(Value::as_str).unwrap_or_default();
    let everybody = "/api/interviews?next_id=";
    let own = "/api/user/interviews?next_id=";
    let lists = [
        ("interviews", everybody.to_owned()),
        ("interviews, half way", format!("{everybody}{MIDDLE}")),
        ("interviews with a frequent i", format!("{everybody}&i={}", load::INTERVIEW)),
        ("interviews with a rare i", format!("{everybody}&i={RARE}")),
        ("interviews with a rare tag", format!("{everybody}&tag={TAG}")),
        ("interviews with a session", format!("{everybody}&session={session}")),
        ("user/interviews", own.to_owned()),
        ("user/interviews, half way", format!("{own}{MIDDLE}")),
        ("user/interviews with a rare i", format!("{own}&i={RARE}")),
        ("user/interviews with a rare tag", format!("{own}&tag={TAG}")),
        ("user/interviews with a session", format!("{own}&session={session}")),
    ];
    lists.into_iter().map(|(name, path)| page(&mut client, name, &path)).collect()
}

fn page(client: &mut Client, name: &'static str, path: &str) -> Result<Page, String> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let sent = Instant::now();
        let answer = client.get(path)?;
        times.push(sent.elapsed());
        let sessions = answer.json()?.as_array().map(Vec::len);
        if sessions.is_none_or(|sessions| sessions > LARGEST) {
            return Err(format!("{path} answered with {sessions:?} sessions"));
        }
    }
    Ok(Page { name, median: middle(times).unwrap_or_default() })
}
