//! `session-copies`: many sessions at once, for measuring. It stands in no list of commands.

use clap::Args;
use da_app::SessionAt;

use super::{Place, plural};
use crate::terminal::say;
use crate::wire;

/// Which session is copied, how often, and for whom.
#[derive(Args)]
pub(crate) struct CopiesArguments {
    /// The interview
    #[arg(long, env = "DA_COPIES_INTERVIEW")]
    interview: String,
    /// The session
    #[arg(long, env = "DA_COPIES_SESSION")]
    session: String,
    /// What opens it; given in the environment it is in no list of processes
    #[arg(long, env = "DA_COPIES_SECRET", hide_env_values = true)]
    secret: String,
    /// The address of the user whom the copies belong to
    #[arg(long, env = "DA_COPIES_OWNER")]
    owner: String,
    /// How many
    #[arg(long, env = "DA_COPIES_NUMBER")]
    number: usize,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: CopiesArguments) -> Result<(), String> {
    let CopiesArguments { interview, session, secret, owner, number, place } = arguments;
    let at = SessionAt::parse(&interview, &session, Some(secret)).map_err(|error| wire::told(&error))?;
    wire::with_app(&place, async |app| {
        app.session_copies(&at, &owner, number).await.map_err(|error| wire::told(&error))?;
        say(&format!("made {}", plural(number, "session")));
        Ok(())
    })
}
