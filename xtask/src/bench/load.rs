//! The load: a thread per connection, each with a session of its own, all starting at once.
//! It must never count an answer that is not the expected one.

use super::counters::{self, Counters};
use crate::http::Client;
use crate::server::KEY;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

pub(super) const INTERVIEW: &str = "docassemble.demo:data/questions/examples/questionless.yml";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `GET /api/session/question`.
    Question,
    /// `POST /api/session` with one variable.
    Post,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Post => "POST",
        }
    }
}

/// The figures of one kind of request over a number of connections.
#[derive(Debug, Clone)]
pub(super) struct Phase {
    pub(super) kind: Kind,
    pub(super) connections: usize,
    pub(super) median: Duration,
    pub(super) mean: Duration,
    pub(super) p99: Duration,
    pub(super) per_second: f64,
    pub(super) requests: u64,
    pub(super) counted: Option<Counters>,
}

/// A connection and the session that it is about.
struct Visitor {
    client: Client,
    session: String,
    secret: String,
    number: u64,
}

pub(super) fn run(address: SocketAddr, kind: Kind, connections: usize, time: Duration) -> Result<Phase, String> {
    let visitors = (0..connections).map(|_| Visitor::new(address)).collect::<Result<Vec<_>, _>>()?;
    let before = counters::read(&mut Client::connect(address, KEY)?)?;
    let start = Instant::now();
    let barrier = Barrier::new(connections);
    let mut times = thread::scope(|scope| {
        let spawn = |mut visitor: Visitor| {
            scope.spawn({
                let barrier = &barrier;
                move || {
                    // The server ends connections that nobody has used while the others were made.
                    let connected = Client::connect(address, KEY).map(|client| visitor.client = client);
                    barrier.wait();
                    connected.and_then(|()| visitor.ask_for(kind, time))
                }
            })
        };
        let threads: Vec<_> = visitors.into_iter().map(spawn).collect();
        let joined =
            threads.into_iter().map(|thread| thread.join().map_err(|_| "a thread of the load broke".to_owned())?);
        joined.collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
    })?;
    let elapsed = start.elapsed();
    let after = counters::read(&mut Client::connect(address, KEY)?)?;
    times.sort_unstable();
    Ok(Phase {
        kind,
        connections,
        median: percentile(&times, 50),
        mean: times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap_or(u32::MAX),
        p99: percentile(&times, 99),
        per_second: f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) / elapsed.as_secs_f64(),
        requests: u64::try_from(times.len()).unwrap_or(u64::MAX),
        counted: before.zip(after).map(|(before, after)| after.since(before)),
    })
}

/// How long it takes to begin a session and to see its first question.
pub(super) fn first_question(address: SocketAddr) -> Result<Duration, String> {
    let began = Instant::now();
    Visitor::begin(address)?.once(Kind::Question)?;
    Ok(began.elapsed())
}

impl Visitor {
    /// Begins a session over a connection of its own.
    fn begin(address: SocketAddr) -> Result<Self, String> {
        let mut client = Client::connect(address, KEY)?;
        let new = client.get(&format!("/api/session/new?i={INTERVIEW}"))?.json()?;
        let text = |key: &str| {
            new.get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .ok_or_else(|| format!("the new session has no {key}"))
        };
        Ok(Self { client, session: text("session")?, secret: text("secret")?, number: 0 })
    }

    fn new(address: SocketAddr) -> Result<Self, String> {
        let mut visitor = Self::begin(address)?;
        // One of each first: what is made once (a compiled interview, a pool's connection) is not what is measured.
        visitor.once(Kind::Question)?;
        visitor.once(Kind::Post)?;
        Ok(visitor)
    }

    fn ask_for(&mut self, kind: Kind, time: Duration) -> Result<Vec<Duration>, String> {
        let mut times = Vec::new();
        let start = Instant::now();
        while start.elapsed() < time {
            let sent = Instant::now();
            self.once(kind)?;
            times.push(sent.elapsed());
        }
        Ok(times)
    }

    fn once(&mut self, kind: Kind) -> Result<(), String> {
        let answer = match kind {
            Kind::Question => {
                let (session, secret) = (encoded(&self.session), encoded(&self.secret));
                self.client.get(&format!("/api/session/question?i={INTERVIEW}&session={session}&secret={secret}"))?
            }
            Kind::Post => {
                self.number += 1;
                let variables = json!({"favorite_number": self.number});
                let body =
                    json!({"i": INTERVIEW, "session": self.session, "secret": self.secret, "variables": variables});
                self.client.post("/api/session", &body)?
            }
        };
        let answer = answer.json()?;
        let is_expected = answer.get("questionType").and_then(Value::as_str) == Some("undefined_variable")
            || answer.get("final").is_some();
        if is_expected { Ok(()) } else { Err(format!("the interview answered {answer}")) }
    }
}

/// Percent-encoding of a value in a query.
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// The value that `percent` of the sorted values do not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }

    #[test]
    fn a_secret_is_encoded_for_a_query() {
        assert_eq!(encoded("aZ09-_.~"), "aZ09-_.~");
        assert_eq!(encoded("a+b/c="), "a%2Bb%2Fc%3D");
    }
}
