//! One client: it does this and that until it is told to stop.
//! It must never go on after an answer that is not the expected one.

use super::call::{CALLS, Call};
use super::interview;
use super::ledger::{Ledger, Session, Stash, text};
use crate::http::{Answer, Client};
use crate::server::KEY;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server that was killed may be away.
const PATIENCE: Duration = Duration::from_secs(30);

/// The status of an answer that may be another one soon.
const BUSY: u16 = 503;

/// So many sessions stand on a page of a list.
const PAGE: usize = 100;

/// How often each call was answered as expected, in the order of [`CALLS`], and the longest that one took.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub(super) answered: [u64; CALLS.len()],
    /// Calls that a kill cut off.
    pub(super) cut_off: u64,
    /// Of those, calls with a name that were sent again until they were answered.
    pub(super) repeated: u64,
    /// Calls that were answered with 503, because a server that was killed still had the session (PostgreSQL).
    pub(super) busy: u64,
    pub(super) longest: Duration,
}

/// Why a call gave nothing.
enum Failure {
    /// The connection broke: the server was killed.
    Broken(String),
    /// Somebody else has the session: the server that was killed, as far as the database knows.
    Busy(String),
    /// The server answered what it must not.
    Wrong(String),
}

pub(super) struct Worker<'a> {
    number: u32,
    addresses: &'a [SocketAddr],
    ledger: &'a Ledger,
    stop: &'a AtomicBool,
    /// Whether connections may break.
    may_break: bool,
    chance: u64,
    made: u64,
    counts: Counts,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        number: u32,
        addresses: &'a [SocketAddr],
        ledger: &'a Ledger,
        stop: &'a AtomicBool,
        may_break: bool,
    ) -> Self {
        let chance = u64::from(number).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self { number, addresses, ledger, stop, may_break, chance, made: 0, counts: Counts::default() }
    }

    /// Works until it is told to stop. The others stop, too, when something is wrong.
    pub(super) fn run(mut self) -> Result<Counts, String> {
        let mut clients: Vec<Option<Client>> = self.addresses.iter().map(|_| None).collect();
        while !self.stop.load(Ordering::Relaxed) {
            let call = self.choose();
            // What one server acknowledged the next one knows.
            let node = usize::try_from(self.below(self.addresses.len() as u64)).unwrap_or(0);
            let mut client = match clients[node].take() {
                Some(client) => client,
                None => self.connect(node)?,
            };
            let sent = Instant::now();
            match self.call(&mut client, call) {
                Ok(()) => {
                    self.counts.answered[call as usize] += 1;
                    self.counts.longest = self.counts.longest.max(sent.elapsed());
                    clients[node] = Some(client);
                }
                Err(Failure::Broken(_)) if self.may_break => self.counts.cut_off += 1,
                Err(Failure::Busy(_)) if self.may_break => {
                    self.counts.busy += 1;
                    clients[node] = Some(client);
                }
                Err(Failure::Broken(why) | Failure::Busy(why) | Failure::Wrong(why)) => {
                    self.stop.store(true, Ordering::Relaxed);
                    return Err(format!("{}: {why}", call.name()));
                }
            }
        }
        Ok(self.counts)
    }

    /// A connection to a server, or to the next one that takes it, as whoever distributes the load would choose.
    fn connect(&self, node: usize) -> Result<Client, String> {
        let began = Instant::now();
        for address in self.addresses.iter().cycle().skip(node) {
            match Client::connect(*address, KEY) {
                Err(_) if self.may_break && began.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
                connected => return connected,
            }
        }
        Err("there is no server".to_owned())
    }

    fn call(&mut self, client: &mut Client, call: Call) -> Result<(), Failure> {
        let place = self.below(self.ledger.sessions.len() as u64);
        let session = &self.ledger.sessions[usize::try_from(place).unwrap_or(0)];
        match call {
            Call::Post => self.post(client, session),
            Call::Add => self.add(client, session),
            Call::Variables => {
                let before = session.acknowledged();
                let variables = json(client.get(&session.address("/api/session")))?;
                session.compare(&before, &variables).map_err(Failure::Wrong)
            }
            Call::Question => screen(client.get(&session.address("/api/session/question"))),
            Call::File => self.file(client, session),
            Call::Stash => self.stash(client),
            Call::Resume => resume(client, session),
            Call::Sessions => self.sessions(client),
            Call::List => json(client.get("/api/list")).map(drop),
            Call::User => json(client.get("/api/user")).map(drop),
            Call::Own => self.own(client),
        }
    }

    fn post(&mut self, client: &mut Client, session: &Session) -> Result<(), Failure> {
        let (name, value) = self.unique();
        screen(client.post("/api/session", &session.body(json!({"variables": {&name: value}}))))?;
        session.took(&name, value);
        Ok(())
    }

    /// Adds one. A server that is killed in the middle is asked again by the same name: it adds one in the end, and once.
    fn add(&mut self, client: &mut Client, session: &Session) -> Result<(), Failure> {
        let (name, _) = self.unique();
        let body = session.body(json!({"action": "add"}));
        loop {
            match client.post_once("/api/session/action", &body, &name) {
                Ok(answer) if answer.status == BUSY && self.may_break => self.counts.busy += 1,
                Ok(answer) => {
                    expect(&answer, 204)?;
                    session.added();
                    return Ok(());
                }
                Err(_) if self.may_break => {
                    self.counts.cut_off += 1;
                    self.counts.repeated += 1;
                    *client = self.connect(0).map_err(Failure::Wrong)?;
                }
                Err(why) => return Err(Failure::Broken(why)),
            }
        }
    }

    fn file(&mut self, client: &mut Client, session: &Session) -> Result<(), Failure> {
        let (name, value) = self.unique();
        let content = format!("{name} holds {value}\n").repeat(1 + usize::try_from(value % 50).unwrap_or(0));
        let file = (name.as_str(), "note.txt", content.as_bytes());
        screen(client.post_file("/api/session", &session.texts(), file))?;
        session.took_file(&name, &content);
        let variables = json(client.get(&session.address("/api/session")))?;
        match session.compare_file(client, &variables, &name, &content) {
            // A connection that breaks here says nothing about the file, which is looked for at the end.
            Err(why) if !why.starts_with("LOST") => Err(Failure::Broken(why)),
            compared => compared.map_err(Failure::Wrong),
        }
    }

    fn stash(&mut self, client: &mut Client) -> Result<(), Failure> {
        let (_, value) = self.unique();
        let told = json(client.post("/api/stash_data", &json!({"data": {"value": value}})))?;
        let said = |key: &str| text(&told, key).map_err(Failure::Wrong);
        let stash = Stash { key: said("stash_key")?, secret: said("secret")?, value };
        let address = stash.address();
        let data = json(client.get(&address));
        let compared = data.and_then(|data| stash.compare(&data).map_err(Failure::Wrong));
        self.ledger.stashed(stash);
        compared
    }

    fn sessions(&mut self, client: &mut Client) -> Result<(), Failure> {
        let list = ["/api/interviews", "/api/user/interviews"][usize::from(self.below(2) == 0)];
        let filter = match self.below(3) {
            0 => String::new(),
            1 => format!("&i={}", interview::NAME),
            _ => format!("&tag={}", interview::TAG),
        };
        let page = json(client.get(&format!("{list}?next_id={filter}")))?;
        let sessions = page.as_array().map_or(0, Vec::len);
        if (1..=PAGE).contains(&sessions) {
            return Ok(());
        }
        Err(Failure::Wrong(format!("there are {sessions} sessions on a page: {page}")))
    }

    /// A session that nobody else knows, so that going back takes nobody's answer away.
    fn own(&mut self, client: &mut Client) -> Result<(), Failure> {
        let new = json(client.get(&format!("/api/session/new?i={}", interview::NAME)))?;
        let session = Session::of(&new).map_err(Failure::Wrong)?;
        self.post(client, &session)?;
        self.post(client, &session)?;
        screen(client.post("/api/session/back", &session.body(json!({}))))?;
        let gone = client.delete(&session.address("/api/session")).map_err(Failure::Broken)?;
        expect(&gone, 204)
    }

    /// A name that nobody else has, and a number.
    fn unique(&mut self) -> (String, u64) {
        self.made += 1;
        (format!("client{}_{}", self.number, self.made), self.made)
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

fn resume(client: &mut Client, session: &Session) -> Result<(), Failure> {
    let link = json(client.post("/api/resume_url", &session.body(json!({"one_time": 1}))))?;
    let path = link.as_str().and_then(|link| link.find("/launch?c=").map(|at| link[at..].to_owned()));
    let path = path.ok_or_else(|| Failure::Wrong(format!("{link} is no link")))?;
    expect(&client.get(&path).map_err(Failure::Broken)?, 200)
}

fn json(answer: Result<Answer, String>) -> Result<Value, Failure> {
    let answer = answer.map_err(Failure::Broken)?;
    expect(&answer, 200)?;
    answer.json().map_err(Failure::Wrong)
}

/// Whether it is a screen of the interview.
fn screen(answer: Result<Answer, String>) -> Result<(), Failure> {
    let screen = json(answer)?;
    if screen.get("questionType").is_some() { Ok(()) } else { Err(Failure::Wrong(format!("it answered {screen}"))) }
}

fn expect(answer: &Answer, status: u16) -> Result<(), Failure> {
    if answer.status == status {
        return Ok(());
    }
    let why = format!("the server answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    Err(if answer.status == BUSY { Failure::Busy(why) } else { Failure::Wrong(why) })
}
