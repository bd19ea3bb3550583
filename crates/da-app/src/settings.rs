//! What the configuration tells the use cases. Plain data, checked by whoever made it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use da_core::Clock;
use da_interview::Settings;
use da_store::KeptQuota;

use crate::{MailServers, PackageHosts};

/// The settings of the use cases.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// What interviews can notice, and the limits of an evaluation.
    pub interview: Settings,
    /// `dispatch`: short names and the interviews that they stand for; none means the compiled-in demonstration.
    pub dispatch: Option<Vec<(String, String)>>,
    /// `api privileges`: who may make API keys.
    pub api_privileges: Vec<String>,
    /// `allow changing password`: whether people change their own.
    pub may_change_password: bool,
    /// `allow forgot password`: whether people set one anew that they forgot, where there is mail.
    pub may_forget_password: bool,
    /// Whether people without an invitation may make accounts (`allow registration`).
    pub may_register: bool,
    /// Whether they have to show by a letter that their address is theirs (`confirm registration`).
    pub confirms_registration: bool,
    /// The hosts that their addresses have to be of; none, if any will do (`authorized registration domains`).
    pub registration_hosts: Vec<String>,
    /// `mail`: the servers that take mail; none sends none.
    pub mail: MailServers,
    /// How long to wait for a session that somebody else is writing to.
    pub lock_patience: Duration,
    /// How long one evaluation may take.
    pub evaluation_time: Duration,
    /// `allow private addresses`: whether interviews may ask servers whose addresses are not public.
    pub private_addresses: bool,
    /// How long one request to another server may take, with its redirects. Below what others wait for a session.
    pub outbound_time: Duration,
    /// Where packages are fetched from.
    pub package_hosts: PackageHosts,
    /// How many evaluations run at once.
    pub evaluations: usize,
    /// How many more may wait for their turn.
    pub evaluation_queue: usize,
    /// How many of a session's newest steps are all kept; older ones are thinned. None keeps all.
    pub steps_kept: Option<i64>,
    /// `interview delete days`: sessions that nobody has written to for so many days go. None keeps all.
    pub session_days: Option<i64>,
    /// How much interviews may keep beside their sessions.
    pub kept_quota: KeptQuota,
    /// What visitors without an account keep for themselves goes so many days after it was last written.
    pub visitor_days: i64,
    /// How many interviews are kept in memory.
    pub interviews_kept: usize,
    /// How long after a screen is shown the work begins that it asked to be done in the background.
    pub work_begins_after: Duration,
    /// How much such work is done at once.
    pub workers: usize,
}

impl Default for AppSettings {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        AppSettings {
            interview: Settings::default(),
            dispatch: None,
            api_privileges: vec!["admin".to_owned(), "developer".to_owned()],
            mail: MailServers::default(),
            may_change_password: true,
            may_forget_password: true,
            may_register: true,
            confirms_registration: false,
            registration_hosts: Vec::new(),
            lock_patience: Duration::from_secs(12),
            evaluation_time: Duration::from_secs(30),
            private_addresses: false,
            outbound_time: Duration::from_secs(10),
            package_hosts: PackageHosts::default(),
            evaluations: processors.max(2),
            evaluation_queue: 1024,
            steps_kept: Some(200),
            session_days: None,
            kept_quota: KeptQuota::default(),
            visitor_days: 180,
            interviews_kept: 256,
            // As in docassemble: by then what asked for the work is saved and shown.
            work_begins_after: Duration::from_secs(1),
            workers: processors,
        }
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
