//! What one evaluation is given from outside: who asks, when, under which settings, and the door
//! to the world.
//!
//! Nothing here is kept after the evaluation.

use std::sync::Arc;

use crate::files::Files;
use chrono::{DateTime, Utc};
use da_core::{Answers, Caller, Device, Plain, SessionId, WorkResult};
use da_python::machine::{HttpFailure, HttpRequest, HttpResponse};

/// The circumstances of one evaluation.
pub struct Context<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// The session.
    pub session: &'a SessionId,
    /// After Back: the answers that were undone; the defaults of fields come from them.
    pub previous: Option<&'a Answers>,
    /// The present moment.
    pub now: DateTime<Utc>,
    /// What the server's configuration says.
    pub settings: &'a Settings,
    /// The door to the world.
    pub world: Arc<dyn World>,
}

/// What an evaluation may ask of the world. Every method is total: an implementation that cannot
/// do what is asked does nothing.
pub trait World: Send + Sync {
    /// Fills `bytes` with random bytes fit for keys.
    fn random(&self, bytes: &mut [u8]);
    /// The files of sessions; without them an interview has none.
    fn files(&self) -> Option<&dyn Files> {
        None
    }
    /// Where the request comes from, if there is one.
    fn device(&self) -> Option<&Device> {
        None
    }
    /// Asks another server and waits for its answer.
    ///
    /// # Errors
    /// Why there is none; a world without a network refuses.
    fn http(&self, _request: &HttpRequest) -> Result<HttpResponse, HttpFailure> {
        Err(HttpFailure::no_door())
    }
    /// What a task of work in the background ended with, once it is over.
    fn work_result(&self, _task: &str) -> Option<WorkResult> {
        None
    }
    /// Why mail cannot be sent as it is written, for all that can be known before; none if it can.
    fn mail_refused(&self, _letter: &Plain) -> Option<String> {
        None
    }
    /// Does something beside the session: keeps a value, begins another session, makes an account. `name` says what, `given` with
    /// what; the names are those that the prelude asks for.
    ///
    /// # Errors
    /// Why it was not done, in words for the interview; a world without such a door refuses.
    fn ask(&self, _name: &str, _given: &Plain) -> Result<Plain, String> {
        Err("nothing beside the session can be reached here".to_owned())
    }
    /// Takes a line for the server's log.
    fn log(&self, line: &str);
    /// Whether the evaluation has used up its time and must end.
    fn time_is_up(&self) -> bool;
}

/// A world without anything in it: no files, a log that nobody reads, time without end, and bytes that are all the same where
/// random ones are asked for. For tests and for interviews that need no world.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWorld;

impl World for NoWorld {
    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }

    fn log(&self, _line: &str) {}

    fn time_is_up(&self) -> bool {
        false
    }
}

/// The part of the server's configuration that interviews can notice, and the limits of an
/// evaluation. Plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `url root`: the address of the server, without a path.
    pub url_root: String,
    /// `root`: the path below which the server answers, `/` at both ends.
    pub root: String,
    /// `timezone`: IANA name.
    pub timezone: String,
    /// `language`.
    pub language: String,
    /// `locale`.
    pub locale: String,
    /// `country`.
    pub country: String,
    /// `currency`.
    pub currency: String,
    /// `debug`: the source of a question may be shown.
    pub debug: bool,
    /// `loop limit`: passes over the blocks in one evaluation.
    pub loop_limit: u32,
    /// `recursion limit`: names sought to find another.
    pub recursion_limit: u32,
    /// Steps of Python code that an evaluation may take.
    pub fuel: u64,
    /// Bytes of Python values that an evaluation may hold.
    pub memory: usize,
    /// Python calls inside calls.
    pub depth: u32,
    /// Bytes of text that templates may write.
    pub output: usize,
    /// `allow non-idempotent questions`: `x`, `i`, `j`, ... keep their last meaning from one request to the next.
    pub keeps_letters: bool,
    /// Whether whoever drives the engine sends the mail that an evaluation asks for. Without it `send_email` says False.
    pub sends_mail: bool,
    /// The parts of the configuration that `get_config` may tell.
    pub configuration: Arc<Plain>,
    /// `jinja data`: what the source of interviews may use that begins with `# use jinja`.
    pub jinja_data: Arc<Plain>,
}

impl Settings {
    /// Whether there is a time zone of that name, as `timezone` has it.
    pub fn is_time_zone(name: &str) -> bool {
        name.parse::<chrono_tz::Tz>().is_ok()
    }

    /// The name of the server in `url_root`, without a port.
    pub(crate) fn host(&self) -> &str {
        let address = self.url_root.split_once("://").map_or(self.url_root.as_str(), |(_, address)| address);
        let server = address.split('/').next().unwrap_or_default();
        match server.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((inner, _)) => inner,
            None => server.split(':').next().unwrap_or_default(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            url_root: "http://localhost".to_owned(),
            root: "/".to_owned(),
            timezone: "America/New_York".to_owned(),
            language: "en".to_owned(),
            locale: "en_US.utf8".to_owned(),
            country: "US".to_owned(),
            currency: "USD".to_owned(),
            debug: false,
            loop_limit: 500,
            recursion_limit: 500,
            fuel: 50_000_000,
            memory: 64 << 20,
            depth: 400,
            output: 8 << 20,
            keeps_letters: false,
            sends_mail: false,
            configuration: Arc::new(Plain::Map(Vec::new())),
            jinja_data: Arc::new(Plain::Map(Vec::new())),
        }
    }
}
