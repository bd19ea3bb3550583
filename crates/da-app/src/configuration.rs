//! The configuration over the use cases: read without its secrets, and written by administrators.
//!
//! Where it is kept and what it may say is known by whoever started the server; it is reached through [`Configuration`]
//! alone. No secret of it comes through here.

use da_core::Caller;
use serde_json::{Map, Value};

use crate::account::may;
use crate::task::{Done, TaskKind};
use crate::{App, AppError, Fault};

/// Where the configuration is kept.
pub trait Configuration: Send + Sync {
    /// Everything that it says, with a mask in the place of each secret. Blocking.
    ///
    /// # Errors
    /// [`ConfigurationError::Unreadable`].
    fn read(&self) -> Result<Value, ConfigurationError>;

    /// Makes it say this: `whole` instead of everything that it says, otherwise these directives alone. A mask stands for
    /// what is there. The names of the directives that are different. Blocking.
    ///
    /// # Errors
    /// [`ConfigurationError`]; then nothing is changed.
    fn write(&self, directives: Map<String, Value>, whole: bool) -> Result<Vec<String>, ConfigurationError>;
}

/// Why the configuration is not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigurationError {
    /// It cannot be read, for this reason, which is for the log.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(String),
    /// It cannot say that, for these reasons.
    #[error("{0}")]
    Refused(String),
    /// It cannot be written, for this reason, which is for the log.
    #[error("the configuration cannot be written: {0}")]
    Unwritable(String),
}

/// What came of a change to the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// The task that a client asks about.
    pub task: String,
    /// The directives that are different, all of which take effect when the server starts again.
    pub at_next_start: Vec<String>,
}

impl App {
    /// The configuration, with a mask in the place of each secret.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::NoConfiguration`].
    pub async fn configuration_read(&self, caller: &Caller) -> Result<Value, AppError> {
        self.configuration_may(caller)?;
        self.work(|app| app.configuration.read().map_err(AppError::from)).await
    }

    /// Changes the configuration: all of it, or the directives that are named alone.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoConfiguration`], [`Fault::BadConfiguration`] with the reasons; then nothing is changed.
    pub async fn configuration_write(
        &self,
        caller: &Caller,
        directives: Map<String, Value>,
        whole: bool,
    ) -> Result<Configured, AppError> {
        self.configuration_may(caller)?;
        let written = self.work(move |app| app.configuration.write(directives, whole).map_err(AppError::from));
        let at_next_start = written.await?;
        let names = at_next_start.join(", ");
        tracing::info!(target: "configuration", "the configuration was changed: {names}");
        let task = self.task_note(TaskKind::Restart, Done { ok: true, text: names }).await?;
        Ok(Configured { task, at_next_start })
    }

    /// Makes sure that a caller may read and change the configuration: administrators, with a key without limits.
    ///
    /// # Errors
    /// [`Fault::NoAccess`].
    pub fn configuration_may(&self, caller: &Caller) -> Result<(), AppError> {
        // No key can be given this permission: as in docassemble, it stands for what a limited key cannot do.
        may(caller, &["admin"], &["manage_config"])
    }
}

impl From<ConfigurationError> for AppError {
    fn from(error: ConfigurationError) -> Self {
        match &error {
            ConfigurationError::Refused(reasons) => AppError::new(Fault::BadConfiguration, reasons.clone()),
            ConfigurationError::Unreadable(_) => {
                AppError::new(Fault::NoConfiguration, "Could not parse Configuration.").because(error)
            }
            ConfigurationError::Unwritable(_) => AppError::internal(error),
        }
    }
}

/// A configuration that is written nowhere: for a server that was started without a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoConfigurationFile;

impl Configuration for NoConfigurationFile {
    fn read(&self) -> Result<Value, ConfigurationError> {
        Ok(Value::Object(Map::new()))
    }

    fn write(&self, _directives: Map<String, Value>, _whole: bool) -> Result<Vec<String>, ConfigurationError> {
        let reason = "This server was started without a configuration file, so there is nothing to write to.";
        Err(ConfigurationError::Refused(reason.to_owned()))
    }
}
