//! What the things of a guided interview *are*: ids, callers, screens, answers and plain values.
//!
//! Plain data that every layer may hold. This crate does no I/O, starts no task, reads no clock and
//! knows no wire format: turning a [`Screen`] into JSON or HTML is the business of others.
#![warn(missing_docs)]

mod caller;
mod chance;
mod command;
mod device;
mod error;
mod id;
mod media_type;
mod outcome;
mod plain;
mod screen;
mod work;

pub use caller::{Caller, Privilege, Profile, User};
pub use chance::{Clock, Randomness};
pub use command::{Action, Answer, Command, SentFile, SentFiles};
pub use device::Device;
pub use error::ErrorClass;
pub use id::{Answers, BadName, FileNumber, InterviewName, SessionId, StepNumber, UserId};
pub use media_type::{extension, extension_of, media_type};
pub use outcome::{Effect, Keeping, LogMessage, Outcome, Response, Turn};
pub use plain::Plain;
pub use screen::{
    ActionButton, Attachment, Choice, ChoiceValue, ContinueButton, Datatype, Field, Frame, HelpSection, InputType,
    ListCollect, OwnControl, Screen, ScreenKind, ShowIf, Variety,
};
pub use work::{KeptValue, Work, WorkError, WorkResult, Worked};
