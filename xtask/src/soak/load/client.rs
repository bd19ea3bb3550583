//! One client: it does this and that until it is told to stop.
//! It must never go on after an answer that is not the expected one.

use super::ledger::{Ledger, Session};
use crate::http::{Answer, Client};
use crate::server::KEY;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server that was killed may be away.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a client does, and how often of a hundred.
const CALLS: [(Call, u64); 6] =
    [(Call::Post, 45), (Call::Variables, 15), (Call::Question, 20), (Call::List, 5), (Call::Own, 10), (Call::User, 5)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// `POST /api/session` with a variable that nobody else posts.
    Post,
    /// `GET /api/session`, compared with what was acknowledged.
    Variables,
    /// `GET /api/session/question`.
    Question,
    /// `GET /api/list`.
    List,
    /// A session of one's own: begun, answered, taken back, deleted.
    Own,
    /// `GET /api/user`.
    User,
}

impl Call {
    pub(super) const ALL: [Call; 6] = [Call::Post, Call::Variables, Call::Question, Call::List, Call::Own, Call::User];

    pub(super) fn name(self) -> &'static str {
        match self {
            Call::Post => "POST session",
            Call::Variables => "GET session",
            Call::Question => "question",
            Call::List => "list",
            Call::Own => "new, POST, back, DELETE",
            Call::User => "user",
        }
    }
}

/// How often each call was answered as expected, in the order of [`Call::ALL`], and the longest that one took.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub(super) answered: [u64; 6],
    /// Calls that a kill cut off.
    pub(super) cut_off: u64,
    pub(super) longest: Duration,
}

/// Why a call gave nothing.
enum Failure {
    /// The connection broke: the server was killed.
    Broken(String),
    /// The server answered what it must not.
    Wrong(String),
}

pub(super) struct Worker<'a> {
    number: u32,
    address: SocketAddr,
    ledger: &'a Ledger,
    stop: &'a AtomicBool,
    /// Whether connections may break.
    is_killed: bool,
    chance: u64,
    made: u64,
    counts: Counts,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        number: u32,
        address: SocketAddr,
        ledger: &'a Ledger,
        stop: &'a AtomicBool,
        is_killed: bool,
    ) -> Self {
        let chance = u64::from(number).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self { number, address, ledger, stop, is_killed, chance, made: 0, counts: Counts::default() }
    }

    /// Works until it is told to stop. The others stop, too, when something is wrong.
    pub(super) fn run(mut self) -> Result<Counts, String> {
        let mut client = self.connect()?;
        while !self.stop.load(Ordering::Relaxed) {
            let call = self.choose();
            let sent = Instant::now();
            match self.call(&mut client, call) {
                Ok(()) => {
                    self.counts.answered[call as usize] += 1;
                    self.counts.longest = self.counts.longest.max(sent.elapsed());
                }
                Err(Failure::Broken(_)) if self.is_killed => {
                    self.counts.cut_off += 1;
                    client = self.connect()?;
                }
                Err(Failure::Broken(why) | Failure::Wrong(why)) => {
                    self.stop.store(true, Ordering::Relaxed);
                    return Err(format!("{}: {why}", call.name()));
                }
            }
        }
        Ok(self.counts)
    }

    fn connect(&self) -> Result<Client, String> {
        let began = Instant::now();
        loop {
            match Client::connect(self.address, KEY) {
                Err(_) if self.is_killed && began.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
                connected => return connected,
            }
        }
    }

    fn call(&mut self, client: &mut Client, call: Call) -> Result<(), Failure> {
        let place = self.below(self.ledger.sessions.len() as u64);
        let session = &self.ledger.sessions[usize::try_from(place).unwrap_or(0)];
        match call {
            Call::Post => self.post(client, session),
            Call::Variables => {
                let before = session.acknowledged();
                let variables = json(client.get(&session.address("/api/session")))?;
                session.compare(&before, &variables).map_err(Failure::Wrong)
            }
            Call::Question => screen(client.get(&session.address("/api/session/question"))),
            Call::List => json(client.get("/api/list")).map(drop),
            Call::User => json(client.get("/api/user")).map(drop),
            Call::Own => self.own(client),
        }
    }

    fn post(&mut self, client: &mut Client, session: &Session) -> Result<(), Failure> {
        self.made += 1;
        let (name, value) = (format!("client{}_{}", self.number, self.made), self.made);
        screen(client.post("/api/session", &session.body(json!({"variables": {&name: value}}))))?;
        session.acknowledge(&name, value);
        Ok(())
    }

    /// A session that nobody else knows, so that going back takes nobody's answer away.
    fn own(&mut self, client: &mut Client) -> Result<(), Failure> {
        let new = json(client.get(&format!("/api/session/new?i={}", super::ledger::INTERVIEW)))?;
        let session = Session::of(&new).map_err(Failure::Wrong)?;
        self.post(client, &session)?;
        self.post(client, &session)?;
        screen(client.post("/api/session/back", &session.body(json!({}))))?;
        let gone = client.delete(&session.address("/api/session")).map_err(Failure::Broken)?;
        expect(&gone, 204).map_err(Failure::Wrong)
    }

    fn choose(&mut self) -> Call {
        let mut left = self.below(100);
        for (call, share) in CALLS {
            if left < share {
                return call;
            }
            left -= share;
        }
        Call::Post
    }

    /// Xorshift: the same client does the same in every run.
    fn below(&mut self, limit: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        (self.chance >> 11) % limit.max(1)
    }
}

fn json(answer: Result<Answer, String>) -> Result<Value, Failure> {
    answer.map_err(Failure::Broken)?.json().map_err(Failure::Wrong)
}

/// Whether it is a screen of the interview.
fn screen(answer: Result<Answer, String>) -> Result<(), Failure> {
    let screen = json(answer)?;
    let is_one = screen.get("questionType").is_some() || screen.get("final").is_some();
    if is_one { Ok(()) } else { Err(Failure::Wrong(format!("the interview answered {screen}"))) }
}

fn expect(answer: &Answer, status: u16) -> Result<(), String> {
    if answer.status == status {
        return Ok(());
    }
    Err(format!("the server answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_the_calls_are_of_a_hundred_and_name_each_once() {
        assert_eq!(CALLS.iter().map(|(_, share)| share).sum::<u64>(), 100);
        for (place, call) in Call::ALL.into_iter().enumerate() {
            assert_eq!(call as usize, place);
            assert_eq!(CALLS.iter().filter(|(known, _)| *known == call).count(), 1, "{call:?}");
        }
    }
}
