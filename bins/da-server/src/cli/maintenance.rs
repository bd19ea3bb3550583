//! `migrate` and `config show`.

use clap::Subcommand;

use super::Place;
use crate::terminal::say;
use crate::{config, wire};

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the configuration that holds, without its secrets
    Show {
        /// Print the commented default file instead
        #[arg(long, env = "DA_CONFIG_DEFAULT")]
        default: bool,
        #[command(flatten)]
        place: Place,
    },
}

pub(super) fn migrate(place: &Place) -> Result<(), String> {
    let config = place.read()?;
    let ran = wire::open_store(&config, &place.data)?.migrate().map_err(|error| error.to_string())?;
    for name in &ran {
        say(name);
    }
    let summary = match ran.len() {
        0 => "the database is up to date".to_owned(),
        1 => "1 migration ran".to_owned(),
        more => format!("{more} migrations ran"),
    };
    say(&summary);
    Ok(())
}

pub(super) fn config(command: ConfigCommand) -> Result<(), String> {
    let ConfigCommand::Show { default, place } = command;
    if default {
        say(config::DEFAULT_FILE.trim_end());
    } else {
        say(config::show(&place.read()?).trim_end());
    }
    Ok(())
}
