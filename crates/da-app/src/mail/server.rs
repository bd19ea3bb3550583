//! [`MailServer`]: a server that takes mail, as the directive `mail` names it.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::Letter;
use crate::outbound::mail_message;

/// How a connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// Not at all.
    None,
    /// From the server's greeting on (`use tls`).
    Starts,
    /// From the first byte on (`use ssl`).
    Always,
}

/// A server that takes mail.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// What interviews call it.
    pub name: Option<String>,
    /// Its host.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// The account at it.
    pub username: Option<String>,
    /// The account's password.
    pub password: Option<String>,
    /// How the connection is kept private.
    pub tls: MailTls,
    /// Who a letter comes from that names nobody.
    pub default_sender: String,
    /// The name by which this server introduces itself.
    pub hello: Option<String>,
}

/// Without the password, which belongs into no log.
impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (&self.server, self.port, self.tls);
        f.debug_struct("MailServer").field("at", &shown).finish_non_exhaustive()
    }
}

impl MailServer {
    /// A server with docassemble's usual settings: port 25, and TLS that starts.
    pub fn new(server: &str, default_sender: &str) -> Self {
        MailServer {
            name: None,
            server: server.to_owned(),
            port: 25,
            username: None,
            password: None,
            tls: MailTls::Starts,
            default_sender: default_sender.to_owned(),
            hello: None,
        }
    }
}

/// The servers that take mail, if there are any. Cloning it is cheap.
#[derive(Debug, Clone, Default)]
pub struct MailServers(Arc<Vec<MailServer>>);

impl MailServers {
    /// These.
    pub fn new(servers: Vec<MailServer>) -> Self {
        MailServers(Arc::new(servers))
    }

    /// Whether there are none, so that no mail is sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &MailServer> {
        self.0.iter()
    }

    /// The server of a name; without one, that called `default`, or else the first.
    pub(crate) fn named(&self, name: Option<&str>) -> Option<&MailServer> {
        let named = |name: &str| self.iter().find(|server| server.name.as_deref() == Some(name));
        match name {
            Some(name) if name != "default" => named(name),
            _ => named("default").or_else(|| self.0.first()),
        }
    }

    /// Why a letter cannot be sent, whatever its server says.
    pub(crate) fn refusal(&self, letter: &Letter) -> Option<String> {
        let Some(server) = self.named(letter.config.as_deref()) else {
            return Some("the configuration has no `mail` of that name".to_owned());
        };
        mail_message(server, letter, SystemTime::UNIX_EPOCH).err()
    }
}

/// Whether letters can come from a sender, as a default sender has to.
pub fn mail_server_checked(server: &MailServer) -> bool {
    let letter = Letter::plain("somebody@example.com", "", String::new());
    mail_message(server, &letter, SystemTime::UNIX_EPOCH).is_ok()
}
