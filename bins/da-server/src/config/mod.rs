//! The configuration: YAML with docassemble's directive names.
//!
//! A directive that docassemble has and this server does not is reported at the start; one that nobody
//! knows is an error that says what may have been meant. No error ever shows a value.

mod database;
mod directives;
mod file;
mod mail;
mod masked;
mod reader;
mod redis;
mod s3;
mod show;
mod told;
mod written;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use da_app::{AppSettings, DatabaseUrl, InterviewSettings, MailServers, S3Config, ServerKey};

pub(crate) use file::ConfigurationFile;
pub(crate) use show::show;

use reader::Reader;

/// The commented default file.
pub(crate) const DEFAULT_FILE: &str = include_str!("default.yml");

/// What the configuration says.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) secretkey: Option<String>,
    pub(crate) db: Option<DatabaseUrl>,
    /// `s3`: the bucket that the contents of files are in; none where they are in the data folder.
    pub(crate) s3: Option<S3Config>,
    /// `redis`: where values are that all sessions share; in the database without it.
    pub(crate) redis: Option<String>,
    pub(crate) dispatch: Option<Vec<(String, String)>>,
    pub(crate) url_root: Option<String>,
    pub(crate) root: String,
    pub(crate) interview: InterviewSettings,
    pub(crate) cross_site_domains: Vec<String>,
    pub(crate) behind_proxy: bool,
    pub(crate) largest_body: usize,
    pub(crate) lock_patience: Duration,
    pub(crate) later_api: bool,
    /// `interview delete days`; none where sessions stay.
    pub(crate) session_days: Option<i64>,
    /// `session steps kept`; none where all stay.
    pub(crate) steps_kept: Option<i64>,
    /// `allow private addresses`: whether interviews may ask servers inside the network.
    pub(crate) private_addresses: bool,
    /// `mail`: the servers that take mail.
    pub(crate) mail: MailServers,
    /// `allow changing password`.
    pub(crate) may_change_password: bool,
    /// `allow forgot password`.
    pub(crate) may_forget_password: bool,
    /// `allow registration`.
    pub(crate) may_register: bool,
    /// `confirm registration`.
    pub(crate) confirms_registration: bool,
    /// `authorized registration domains`.
    pub(crate) registration_hosts: Vec<String>,
    /// `account recovery key`: the text that opens what is sealed for people who forget their passwords.
    pub(crate) recovery_key: Option<String>,
    /// `pypi url`: where PyPI, or an index like it, tells about packages.
    pub(crate) package_index: String,
    /// `package hosts`: servers, beside GitHub's and PyPI's own, that packages may be handed out from.
    pub(crate) package_hosts: Vec<String>,
    /// Directives that packages read.
    pub(crate) package_directives: Vec<String>,
    /// Who may make API keys.
    pub(crate) api_privileges: Vec<String>,
    /// The file that says it; none when the defaults hold.
    pub(crate) file: Option<PathBuf>,
    /// Directives that docassemble has and this server does not.
    pub(crate) unsupported: Vec<String>,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("the configuration file {path} cannot be read: {why}", path = .0.display(), why = .1)]
    Unreadable(PathBuf, String),
    #[error("{0}{1}")]
    Wrong(Where, String),
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<ConfigError>),
}

/// The file and the line that an error is about.
#[derive(Debug, Default, Clone)]
pub(crate) struct Where {
    pub(crate) file: String,
    pub(crate) line: Option<u32>,
}

impl std::fmt::Display for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: ", self.file),
            None => write!(f, "{}: ", self.file),
        }
    }
}

/// Reads a file, or takes the defaults.
pub(crate) fn read(path: Option<&Path>) -> Result<Config, ConfigError> {
    let Some(path) = path else { return parse("", "the default configuration") };
    let text = fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error.to_string()))?;
    Ok(Config { file: Some(path.to_owned()), ..parse(&text, &path.display().to_string())? })
}

fn parse(text: &str, file: &str) -> Result<Config, ConfigError> {
    let reader = Reader::new(text, file)?;
    let mut unsupported = reader.unsupported()?;
    let defaults = InterviewSettings::default();
    let root = reader.text("root")?.unwrap_or_else(|| defaults.root.clone());
    let root = format!("/{}", root.trim_matches('/')) + if root.trim_matches('/').is_empty() { "" } else { "/" };
    let timezone = reader.text("timezone")?.unwrap_or(defaults.timezone);
    if !InterviewSettings::is_time_zone(&timezone) {
        return Err(reader.must("timezone", "the name of a time zone, such as America/New_York or UTC"));
    }
    let interview = InterviewSettings {
        root: root.clone(),
        timezone,
        language: reader.text("language")?.unwrap_or(defaults.language),
        locale: reader.text("locale")?.unwrap_or(defaults.locale),
        country: reader.text("country")?.unwrap_or(defaults.country),
        currency: reader.text("currency")?.unwrap_or(defaults.currency),
        debug: reader.flag("debug")?.unwrap_or(defaults.debug),
        loop_limit: reader.number("loop limit", 1, 1_000_000)?.unwrap_or(defaults.loop_limit),
        recursion_limit: reader.number("recursion limit", 1, 1_000_000)?.unwrap_or(defaults.recursion_limit),
        keeps_letters: reader.flag("allow non-idempotent questions")?.unwrap_or(defaults.keeps_letters),
        configuration: Arc::new(told::told(reader.plain())),
        jinja_data: Arc::new(reader.get("jinja data").cloned().unwrap_or(da_core::Plain::Map(Vec::new()))),
        ..InterviewSettings::default()
    };
    let url_root = reader.text("url root")?.map(|root| root.trim_end_matches('/').to_owned());
    let (mail, more) = mail::read(&reader, url_root.as_deref())?;
    unsupported.extend(more);
    // As in the original, somebody may wait three times as long as a lock is expected to be held.
    let lock_timeout = reader.number::<u32>("concurrency lock timeout", 1, 3600)?.unwrap_or(4);
    Ok(Config {
        secretkey: secretkey(&reader)?,
        db: database::read(&reader)?,
        s3: s3::read(&reader)?,
        redis: redis::read(&reader)?,
        dispatch: reader.texts_by_name("dispatch")?,
        url_root,
        root,
        interview,
        cross_site_domains: reader.texts("cross site domains")?,
        behind_proxy: reader.flag("behind https load balancer")?.unwrap_or(false),
        largest_body: reader.number("maximum content length", 1024, 1 << 30)?.unwrap_or(16 << 20),
        lock_patience: Duration::from_secs(u64::from(lock_timeout) * 3),
        later_api: reader.choice("api compatibility", &["documented", "1.10"])? == Some(1),
        session_days: Some(reader.number("interview delete days", 0, 36_500)?.unwrap_or(0)).filter(|days| *days > 0),
        steps_kept: Some(reader.number("session steps kept", 0, 1_000_000)?.unwrap_or(200)).filter(|steps| *steps > 0),
        private_addresses: reader.flag("allow private addresses")?.unwrap_or(false),
        mail,
        may_change_password: reader.flag("allow changing password")?.unwrap_or(true),
        may_forget_password: reader.flag("allow forgot password")?.unwrap_or(true),
        may_register: reader.flag("allow registration")?.unwrap_or(true),
        confirms_registration: reader.flag("confirm registration")?.unwrap_or(false),
        registration_hosts: reader.texts("authorized registration domains")?,
        recovery_key: recovery_key(&reader)?,
        package_index: package_index(&reader)?,
        package_directives: reader.texts(directives::OF_PACKAGES)?,
        package_hosts: package_hosts(&reader)?,
        api_privileges: or_usual(reader.texts("api privileges")?),
        file: None,
        unsupported,
    })
}

/// The text of the server's key, which nobody should be able to guess.
fn secretkey(reader: &Reader) -> Result<Option<String>, ConfigError> {
    let text = reader.quoted("secretkey")?;
    if text.as_ref().is_some_and(|text| ServerKey::from_text(text).is_err()) {
        return Err(reader.must("secretkey", "a text of at least 16 characters, which should be random"));
    }
    Ok(text)
}

/// The text of the recovery key, which nobody should be able to guess.
fn recovery_key(reader: &Reader) -> Result<Option<String>, ConfigError> {
    let text = reader.quoted("account recovery key")?;
    if text.as_ref().is_some_and(|text| text.len() < 16) {
        return Err(reader.must("account recovery key", "a text of at least 16 characters, which should be random"));
    }
    Ok(text)
}

/// `package hosts`: names of servers, with a port where it is not the usual one.
fn package_hosts(reader: &Reader) -> Result<Vec<String>, ConfigError> {
    let hosts = reader.texts("package hosts")?;
    let is_host = |host: &String| !host.is_empty() && !host.contains(['/', '@', '*', ' ']);
    if hosts.iter().all(is_host) {
        return Ok(hosts);
    }
    Err(reader.must("package hosts", "a list of names of servers, such as files.example.com or files.example.com:8443"))
}

/// `pypi url`, without a slash at its end.
fn package_index(reader: &Reader) -> Result<String, ConfigError> {
    let Some(said) = reader.text("pypi url")? else { return Ok(AppSettings::default().package_hosts.index) };
    if !["https://", "http://"].iter().any(|scheme| said.len() > scheme.len() && said.starts_with(scheme)) {
        return Err(reader.must("pypi url", "an address that begins with https:// or http://"));
    }
    Ok(said.trim_end_matches('/').to_owned())
}

/// docassemble's `api privileges`, where nothing is said.
fn or_usual(privileges: Vec<String>) -> Vec<String> {
    if privileges.is_empty() { AppSettings::default().api_privileges } else { privileges }
}

impl Config {
    /// The address of the server without a path.
    pub(crate) fn origin(&self, listen: &str) -> String {
        self.url_root.clone().unwrap_or_else(|| format!("http://{listen}"))
    }

    /// The path that stands before every address, without a slash at the end.
    pub(crate) fn path(&self) -> &str {
        self.root.trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use da_core::Plain;

    fn refused(text: &str) -> String {
        parse(text, "config.yml").unwrap_err().to_string()
    }

    #[test]
    fn the_default_file_says_what_holds_without_a_file() {
        let (file, nothing) = (parse(DEFAULT_FILE, "default").unwrap(), parse("", "none").unwrap());
        assert_eq!(show(&file), show(&nothing));
        assert_eq!(file.unsupported, Vec::<String>::new());
    }

    #[test]
    fn directives_are_read() {
        let text = "timezone: Europe/Berlin\nurl root: https://da.example.com/\nroot: /da\ndispatch:\n  a: docassemble.a:x.yml\n\
                    cross site domains:\n  - https://b.example\napi compatibility: \"1.10\"\nredis: redis://localhost\nrabbitmq: amqp://localhost\n";
        let config = parse(text, "config.yml").unwrap();
        assert_eq!(config.interview.timezone, "Europe/Berlin");
        assert_eq!((config.origin("127.0.0.1:80").as_str(), config.path()), ("https://da.example.com", "/da"));
        assert_eq!(config.dispatch, Some(vec![("a".to_owned(), "docassemble.a:x.yml".to_owned())]));
        assert_eq!(config.cross_site_domains, ["https://b.example"]);
        assert!(config.later_api);
        assert_eq!(config.redis.as_deref(), Some("redis://localhost"));
        assert_eq!(config.unsupported, ["rabbitmq"]);
    }

    #[test]
    fn what_looks_like_a_slip_of_the_pen_is_refused_with_what_may_have_been_meant() {
        let expected = "config.yml, line 2: there is no directive `timezome`; did you mean `timezone`?";
        assert_eq!(refused("debug: True\ntimezome: UTC\n"), expected);
        let both = "config.yml, line 1: there is no directive `langage`; did you mean `language`?\n\
                    config.yml, line 3: there is no directive `debuk`; did you mean `debug`?";
        assert_eq!(refused("langage: en\ntimezone: UTC\ndebuk: True\n"), both);
    }

    #[test]
    fn what_nobody_knows_is_refused_unless_it_is_said_to_be_for_packages() {
        let expected = "config.yml, line 1: there is no directive `zzqq`; if a package reads it with get_config(), name it in \
                        `package directives`";
        assert_eq!(refused("zzqq: 1\n"), expected);
        let text = "package directives: [assembly line, zzqq]\nassembly line:\n  update session metadata: False\n  api key: k\n";
        let config = parse(text, "config.yml").unwrap();
        assert_eq!(config.unsupported, Vec::<String>::new());
        let told = config.interview.configuration.get("assembly line").cloned();
        assert_eq!(told, Some(Plain::Map(vec![("update session metadata".to_owned(), Plain::Bool(false))])));
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_without_being_shown() {
        assert_eq!(refused("timezone:\n  - UTC\n"), "config.yml, line 1: `timezone` must be a text");
        let limits = "config.yml, line 1: `loop limit` must be a whole number from 1 to 1000000";
        assert_eq!(refused("loop limit: 0\n"), limits);
        let choice = "config.yml, line 1: `api compatibility` must be one of: documented, 1.10";
        assert_eq!(refused("api compatibility: \"2\"\n"), choice);
        assert_eq!(refused("debug: perhaps\n"), "config.yml, line 1: `debug` must be True or False");
        let digits = "config.yml, line 1: `secretkey` must be a text; digits alone must stand in quotes";
        assert_eq!(refused("secretkey: 0123456789\n"), digits);
        let short = "config.yml, line 1: `secretkey` must be a text of at least 16 characters, which should be random";
        assert_eq!(refused("secretkey: short\n"), short);
        let zone = "config.yml, line 1: `timezone` must be the name of a time zone, such as America/New_York or UTC";
        assert_eq!(refused("timezone: Nowhere/Atlantis\n"), zone);
        assert_eq!(refused("- a\n"), "config.yml: a configuration is a mapping of directives");
        let hosts = "config.yml, line 1: `package hosts` must be a list of names of servers, such as files.example.com or \
                     files.example.com:8443";
        assert_eq!(refused("package hosts: [\"https://files.example.com/\"]\n"), hosts);
        assert!(refused("a: [\n").starts_with("config.yml, line "));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(Some(Path::new("no-such.yml"))).unwrap_err().to_string();
        let expected = "the configuration file no-such.yml cannot be read: No such file or directory (os error 2)";
        assert_eq!(error, expected);
    }
}
