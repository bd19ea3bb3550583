//! `mail`: the servers that take mail, as docassemble names them. Mail leaves by SMTP alone.
//!
//! A password in it is never shown.

use da_app::{MailServer, MailServers, MailTls, mail_server_checked};
use da_core::Plain;

use super::ConfigError;
use super::reader::Reader;

const WHAT: &str = "a mapping of server, port, username, password, use ssl, use tls, default sender and name, \
                    or a list of them";

/// Entries by which docassemble sends mail over the interfaces of services.
const SERVICES: [&str; 4] = ["mailgun api key", "sendgrid api key", "azure client id", "msal client id"];

/// What a server is described by.
const KNOWN: [&str; 8] = ["server", "port", "username", "password", "use ssl", "use tls", "default sender", "name"];

/// What belongs to the interfaces of services.
const OF_SERVICES: [&str; 8] = [
    "mailgun api key",
    "mailgun domain",
    "mailgun api url",
    "sendgrid api key",
    "azure tenant id",
    "azure client id",
    "azure client secret",
    "msal client id",
];

/// The servers, and the ways of sending that have no effect here.
pub(super) fn read(reader: &Reader, url_root: Option<&str>) -> Result<(MailServers, Vec<String>), ConfigError> {
    let entries = match reader.get("mail") {
        None => return Ok((MailServers::default(), Vec::new())),
        Some(Plain::List(entries)) => entries.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let (mut servers, mut unsupported) = (Vec::new(), Vec::new());
    for entry in entries {
        if entry.as_map().is_none() {
            return Err(reader.must("mail", WHAT));
        }
        reader.only("mail", entry, &[&KNOWN[..], &OF_SERVICES].concat(), &[])?;
        if let Some(service) = SERVICES.iter().find(|name| entry.get(name).is_some_and(|value| !value.is_null())) {
            unsupported.push(format!("mail: {service}"));
        }
        match entry.get("server").filter(|server| !server.is_null()) {
            Some(_) => servers.push(server(reader, entry, url_root)?),
            None => unsupported.push("mail without a server".to_owned()),
        }
    }
    Ok((MailServers::new(servers), unsupported))
}

fn server(reader: &Reader, entry: &Plain, url_root: Option<&str>) -> Result<MailServer, ConfigError> {
    let text = |name: &str| match entry.get(name) {
        None | Some(Plain::Null) => Ok(None),
        Some(Plain::Text(text)) => Ok(Some(text.clone())),
        // A password of digits may have begun with a zero, which YAML does not keep.
        Some(_) => Err(reader.must("mail", &format!("{WHAT}; its `{name}` must be a text, digits in quotes"))),
    };
    let flag = |name: &str, usual: bool| match entry.get(name) {
        None | Some(Plain::Null) => Ok(usual),
        Some(Plain::Bool(value)) => Ok(*value),
        Some(_) => Err(reader.must("mail", &format!("{WHAT}; its `{name}` must be True or False"))),
    };
    let port = match entry.get("port") {
        None | Some(Plain::Null) => Some(25),
        Some(Plain::Int(number)) => u16::try_from(*number).ok().filter(|port| *port > 0),
        Some(_) => None,
    };
    let tls = match (flag("use ssl", false)?, flag("use tls", true)?) {
        (true, _) => MailTls::Always,
        (false, true) => MailTls::Starts,
        (false, false) => MailTls::None,
    };
    let sender = text("default sender")?.unwrap_or_default();
    let server = MailServer {
        name: text("name")?,
        port: port.ok_or_else(|| reader.must("mail", &format!("{WHAT}; its `port` must be 1 to 65535")))?,
        username: text("username")?,
        password: text("password")?,
        tls,
        hello: url_root.and_then(host),
        ..MailServer::new(&text("server")?.unwrap_or_default(), &sender)
    };
    if mail_server_checked(&server) {
        return Ok(server);
    }
    let sender = "its `default sender` must be an address, such as '\"The Office\" <office@example.com>'";
    Err(reader.must("mail", &format!("{WHAT}; {sender}")))
}

/// The host of an address, where it has a name.
fn host(url_root: &str) -> Option<String> {
    let rest = url_root.split_once("://").map_or(url_root, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?;
    let is_name = host.contains('.') && host.chars().any(|sign| sign.is_ascii_alphabetic()) && !host.starts_with('[');
    is_name.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<(MailServers, Vec<String>), String> {
        let reader = Reader::new(text, "config.yml").unwrap();
        read(&reader, Some("https://da.example.com/x")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_server_has_docassembles_usual_settings() {
        let text = "mail:\n  server: smtp.example.com\n  username: u\n  password: '01'\n  default sender: '\"A\" <a@example.com>'\n";
        let (servers, unsupported) = of(text).unwrap();
        let expected = MailServer {
            username: Some("u".to_owned()),
            password: Some("01".to_owned()),
            hello: Some("da.example.com".to_owned()),
            ..MailServer::new("smtp.example.com", "\"A\" <a@example.com>")
        };
        assert_eq!((servers.iter().collect::<Vec<_>>(), unsupported), (vec![&expected], Vec::new()));
    }

    #[test]
    fn several_servers_are_told_apart_by_their_names() {
        let one =
            "  - name: NAME\n    server: s\n    port: 465\n    use ssl: True\n    default sender: a@example.com\n";
        let text = format!("mail:\n{}{}", one.replace("NAME", "a"), one.replace("use ssl: True", "use tls: False"));
        let (servers, _) = of(&text).unwrap();
        let seen: Vec<_> = servers.iter().map(|server| (server.name.as_deref(), server.port, server.tls)).collect();
        assert_eq!(seen, [(Some("a"), 465, MailTls::Always), (Some("NAME"), 465, MailTls::None)]);
    }

    #[test]
    fn what_mail_does_not_leave_by_is_told() {
        assert_eq!(of("mail:\n  default sender: a@example.com\n").unwrap().1, ["mail without a server"]);
        let mailgun = of("mail:\n  mailgun api key: k\n  mailgun domain: d\n").unwrap();
        assert!(mailgun.0.is_empty());
        assert_eq!(mailgun.1, ["mail: mailgun api key", "mail without a server"]);
    }

    #[test]
    fn what_cannot_be_is_refused_without_being_shown() {
        let refused = |more: &str| of(&format!("mail:\n  server: s\n  {more}\n")).unwrap_err();
        let wrong = |what: &str| format!("config.yml, line 1: `mail` must be {WHAT}; its `{what}");
        assert_eq!(refused("password: 123"), wrong("password` must be a text, digits in quotes"));
        assert_eq!(refused("use tls: perhaps"), wrong("use tls` must be True or False"));
        assert_eq!(refused("port: 70000"), wrong("port` must be 1 to 65535"));
        let sender = wrong("default sender` must be an address, such as '\"The Office\" <office@example.com>'");
        assert_eq!(refused("default sender: nobody"), sender);
        assert_eq!(refused("usrname: u"), "config.yml, line 1: `mail` has no `usrname`; did you mean `username`?");
        assert_eq!(of("mail: yes please\n").unwrap_err(), format!("config.yml, line 1: `mail` must be {WHAT}"));
    }
}
