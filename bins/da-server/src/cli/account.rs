//! `user add`, `user reset-second-factor` and `api-key add`.

use std::io::Read;

use clap::Subcommand;
use da_app::NewAccount;
use da_core::Profile;

use super::Place;
use crate::terminal::say;
use crate::wire;

/// What `serve` does at its first start, it does no more once there is an account.
const FIRST: &str = "This is the first account, so `da-server serve` will make neither an administrator nor a key: \
                     `user add EMAIL --privilege admin` and `api-key add EMAIL --name NAME` do.";

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account
    Add {
        /// The e-mail address
        email: String,
        /// A privilege (admin, developer, advocate, trainer, cron, user); may be given again
        #[arg(long = "privilege", env = "DA_USER_PRIVILEGES", value_name = "NAME", value_delimiter = ',')]
        privileges: Vec<String>,
        /// Read the password from standard input; otherwise one is made and printed
        #[arg(long, env = "DA_PASSWORD_STDIN")]
        password_stdin: bool,
        #[command(flatten)]
        place: Place,
    },
    /// End the second factor of somebody who has lost it: the password alone signs in from then on
    ResetSecondFactor {
        /// The e-mail address
        email: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
pub(crate) enum ApiKeyCommand {
    /// Make an API key and print it, alone on a line
    Add {
        /// The e-mail address of the key's owner
        email: String,
        /// What the owner calls the key
        #[arg(long, env = "DA_API_KEY_NAME")]
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

pub(super) fn user(command: UserCommand) -> Result<(), String> {
    match command {
        UserCommand::Add { email, privileges, password_stdin, place } => {
            let password = if password_stdin { Some(password()?) } else { None };
            add((email, privileges), password, &place)
        }
        UserCommand::ResetSecondFactor { email, place } => wire::with_app(&place, async |app| {
            let was_on = app.two_factor_reset(&email).await.map_err(|error| wire::told(&error))?;
            say(&match was_on {
                true => format!("{email} signs in without a second factor"),
                false => format!("{email} had no second factor"),
            });
            Ok(())
        }),
    }
}

fn add((email, privileges): (String, Vec<String>), password: Option<String>, place: &Place) -> Result<(), String> {
    let is_made = password.is_none();
    wire::with_app(place, async |app| {
        let new = NewAccount { email: email.clone(), password, privileges, profile: Profile::default() };
        let (id, password) = app.user_add(new).await.map_err(|error| wire::told(&error))?;
        say(&format!("user {id} {email}"));
        if is_made {
            say(&format!("password {password}"));
        }
        if app.account_count().await.map_err(|error| wire::told(&error))? == 1 {
            say(FIRST);
        }
        Ok(())
    })
}

pub(super) fn api_key(command: ApiKeyCommand) -> Result<(), String> {
    let ApiKeyCommand::Add { email, name, place } = command;
    wire::with_app(&place, async |app| {
        let key = app.api_key_add(&email, &name).await.map_err(|error| wire::told(&error))?;
        say(&key);
        Ok(())
    })
}

fn password() -> Result<String, String> {
    let mut text = String::new();
    let read = std::io::stdin().take(4096).read_to_string(&mut text);
    read.map_err(|error| format!("the password cannot be read from standard input: {error}"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
