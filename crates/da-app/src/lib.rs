//! Use cases: everything that a caller may do with interviews, sessions and accounts, by the name
//! `resource_verb`.
//!
//! The only crate that holds engine, store and keys at once. It knows no HTTP and no HTML, and hands
//! out neither rows nor keys nor Python values: what leaves it is an [`Outcome`](da_core::Outcome), plain data or an [`AppError`].

mod account;
mod address_link;
mod app;
pub mod case;
mod code;
mod configuration;
mod counters;
mod document;
mod door;
mod engine_once;
mod error;
mod evaluations;
mod file;
mod interview;
mod mail;
mod next_page;
mod outbound;
mod outside;
pub mod package;
mod pages_by_name;
mod playground;
mod readers;
mod request_once;
mod session;
mod settings;
mod stash;
mod task;
mod threads;
mod told;
pub mod view;
mod visitor;

pub use account::{
    AfterReset, CameFrom, ComesFrom, FirstAccount, KeyMethod, KeyWishes, LedTo, ListWishes, LoginWanted, NewAccount,
    NewKey, Opened as OpenedAccount, PERMISSIONS, Registration, Removal, SignedIn, ToldKey, TwoFactorOffer, UserWishes,
};
pub use app::{App, Parts};
pub use configuration::{Configuration, ConfigurationError, Configured, NoConfigurationFile};
pub use counters::{Counted, Counters};
pub use document::{TemplateFields, TemplateKind, TemplateNamed};
pub use engine_once::EngineOnce;
pub use error::{AppError, Fault};
pub use file::{FileReader, OpenFile, Sent, Staged, Staging, clean_name};
pub use interview::{Advertised, FilesBeside, InterviewNames};
pub use mail::{MailServer, MailServers, MailTls, mail_server_checked};
pub use package::{PackageHosts, ToldPackage};
pub use pages_by_name::page_by_name;
pub use playground::{Playground, PlaygroundFolder, PlaygroundOwner};
pub use request_once::RequestName;
pub use session::{
    Act, BadQuery, Begin, ListedSession, ListedSessions, Look, Matching, Reached, Repeat, ResumeWanted, SessionAt,
    SessionFilter, SessionPage, SessionQuery, Started, Taken, Teller, Terms, Whose, action_of_link,
};
pub use settings::{AppSettings, SystemClock};
pub use stash::Stashed;
pub use task::{Done, Task, TaskKind};
pub use told::Told;
pub use visitor::Visitor;

// What wires the parts together names them through this crate.
pub use da_crypto::{PasswordRule, RecoveryKey, ServerKey};
pub use da_document::{FieldKind, FormField, Number as FormNumber};
pub use da_interview::fill::key as key_of_choice;
pub use da_interview::names::is_variable;
pub use da_interview::{Engine, Settings as InterviewSettings, Sources, check, yaml};
pub use da_store::{Blobs, DatabaseUrl, KeptAmount, KeptQuota, RedisServer, S3Config, Store, StoreConfig, StoreError};
