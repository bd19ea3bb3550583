//! The command line: `serve` (which is also what happens without a command), accounts, checking of interviews, migrations,
//! configuration.

mod account;
mod check;
mod copies;
mod explain;
mod imports;
mod maintenance;
mod test;

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{self, Config};
use crate::{log, serve};

/// What is set in the environment alone.
const ENVIRONMENT: &str = "\
Environment:
  DA_ADMIN_EMAIL     the address of the first administrator, when there are no accounts yet
  DA_ADMIN_PASSWORD  the password of that account; without it one is made and told
  DA_API_KEY         an API key of that account; without it one is made and told
  DA_LOG             what is logged: error, warn, info, debug, or one part alone (web=debug)
  DA_LOG_FORMAT      text or json";

/// Guided interviews, as docassemble has them, in one program.
#[derive(Parser)]
#[command(name = "da-server", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = ENVIRONMENT)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serve interviews over HTTP (what happens without a command)
    Serve(Serve),
    /// Accounts
    #[command(subcommand)]
    User(account::UserCommand),
    /// API keys
    #[command(subcommand, name = "api-key")]
    ApiKey(account::ApiKeyCommand),
    /// Say what is wrong with an interview before anybody answers it
    Check(check::CheckArguments),
    /// Walk the cases of a package, and say where they show something else than what was recorded
    Test(test::TestArguments),
    /// Say why an interview comes to the screens that it comes to
    Explain(explain::ExplainArguments),
    /// Bring the database to the tables of this version
    Migrate(Place),
    /// The configuration
    #[command(subcommand)]
    Config(maintenance::ConfigCommand),
    /// Make copies of a session, for measuring
    #[command(hide = true)]
    SessionCopies(copies::CopiesArguments),
}

/// How to print what was found.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for a person
    Text,
    /// One JSON list
    Json,
}

/// A number and what it counts.
pub(crate) fn plural(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

/// Which installation a command is about.
#[derive(Args, Clone)]
pub(crate) struct Place {
    /// The configuration file; without one the defaults hold (see `config show --default`)
    #[arg(long, env = "DA_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The folder for the database, the server's key and uploaded files
    #[arg(long, env = "DA_DATA", value_name = "DIR", default_value = "data")]
    pub(crate) data: PathBuf,
}

/// How to serve.
#[derive(Args, Clone)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Where to listen: an address or the name of one, and a port
    #[arg(long, env = "DA_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080", value_parser = listen_address)]
    pub(crate) listen: SocketAddr,
    /// A folder of packages, laid out as DIR/docassemble/NAME; may be given again (DA_PACKAGES: separated by colons)
    #[arg(long, env = "DA_PACKAGES", value_name = "DIR", value_delimiter = ':')]
    pub(crate) packages: Vec<PathBuf>,
    /// The address of the first administrator, when there are no accounts yet
    #[arg(long, env = "DA_ADMIN_EMAIL", value_name = "EMAIL", hide = true)]
    pub(crate) admin_email: Option<String>,
}

impl Place {
    pub(crate) fn read(&self) -> Result<Config, String> {
        config::read(self.config.as_deref()).map_err(|error| error.to_string())
    }
}

/// An address and a port; a name such as `localhost` stands for the first address that the system has for it.
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let named = text.to_socket_addrs().ok().and_then(|mut found| found.next());
    named.ok_or_else(|| "expected an address and a port, such as 127.0.0.1:8080, 0.0.0.0:80 or [::]:8080".to_owned())
}

/// A flag before a command belongs to `serve`, and is refused: the refusal says where it goes.
fn with_order(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::ArgumentConflict && error.get(ContextKind::InvalidSubcommand).is_some() {
        let order = "the flags of a command stand behind it: da-server user add EMAIL --config FILE";
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![order.into()]));
    }
    error
}

/// Does what the command line says.
pub(crate) fn run() -> Result<(), String> {
    let cli = Cli::try_parse().unwrap_or_else(|error| with_order(error).exit());
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(arguments) => {
            log::start()?;
            serve::run(&arguments)
        }
        Command::User(command) => account::user(command),
        Command::ApiKey(command) => account::api_key(command),
        Command::Check(arguments) => check::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Migrate(place) => maintenance::migrate(&place),
        Command::Config(command) => maintenance::config(command),
        Command::SessionCopies(arguments) => copies::run(arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_has_an_environment_variable() {
        fn look(command: &clap::Command) {
            for argument in command.get_arguments().filter(|argument| argument.get_long().is_some()) {
                let name = argument.get_long().unwrap_or_default();
                let is_own = !matches!(name, "help" | "version");
                assert!(!is_own || argument.get_env().is_some(), "{} --{name}", command.get_name());
            }
            command.get_subcommands().for_each(look);
        }
        look(&Cli::command());
    }

    #[test]
    fn serve_is_the_default_and_a_wrong_flag_is_refused_by_name() {
        let parsed =
            Cli::try_parse_from(["da-server", "--listen", "127.0.0.1:9", "--packages", "a", "--packages", "b"]);
        let serve = parsed.unwrap().serve;
        assert_eq!(serve.listen.to_string(), "127.0.0.1:9");
        assert_eq!(serve.packages, [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(Cli::try_parse_from(["da-server", "serve", "--data", "x"]).is_ok());
        let named = Cli::try_parse_from(["da-server", "--listen", "localhost:9"]).unwrap().serve.listen;
        assert!(named.ip().is_loopback() && named.port() == 9, "{named}");
        let error = Cli::try_parse_from(["da-server", "--listen", "8080"]).err().unwrap().to_string();
        let expected = "error: invalid value '8080' for '--listen <ADDR:PORT>': \
                        expected an address and a port, such as 127.0.0.1:8080, 0.0.0.0:80 or [::]:8080\n";
        assert!(error.starts_with(expected), "{error}");
        let error = Cli::try_parse_from(["da-server", "--lisen", "x"]).err().unwrap().to_string();
        assert!(error.starts_with("error: unexpected argument '--lisen' found"), "{error}");
    }
}
