//! What interviews may read of the configuration with `get_config()`.
//!
//! In the original they read all of it. Here, who may write an interview need not be who may see the server's
//! passwords: what opens another service or this server is left out. It never holds what is left out in any form.

use da_core::Plain;

/// Directives that are about other services, or about what guards this one: nothing in them is for interviews.
const WITHHELD: &[&str] = &[
    "account recovery key",
    "azure",
    "azure maps",
    "clicksend",
    "cloudconvert secret",
    "convertapi secret",
    "db",
    "default admin account",
    "ec2",
    "google",
    "google cloud",
    "google maps api key",
    "gotenberg",
    "jinja data",
    "kubernetes",
    "ldap login",
    "oauth",
    "password secretkey",
    "pip extra index urls",
    "pip index url",
    "pypi",
    "pypi password",
    "pypi username",
    "rabbitmq",
    "redis",
    "s3",
    "secretkey",
    "segment id",
    "supervisor",
    "telnyx",
    "twilio",
    "variables snapshot db",
    "voicerss",
];

/// Words in the name of an entry that make it a secret, wherever it stands.
const SECRET: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "credential",
    "private",
    "api key",
    "apikey",
    "access key",
    "account key",
    "recovery key",
];

/// What an interview may know about the way in which mail leaves: not the account that it leaves through.
const MAIL: &[&str] = &["default sender", "name"];

/// The directives that interviews may read.
pub(super) fn told(configuration: &Plain) -> Plain {
    let entries = configuration.as_map().unwrap_or_default();
    let told = entries.iter().filter(|(name, _)| !WITHHELD.contains(&name.as_str()) && !is_secret(name));
    Plain::Map(
        told.map(|(name, value)| match name.as_str() {
            "mail" => (name.clone(), of_mail(value)),
            _ => (name.clone(), without_secrets(value)),
        })
        .collect(),
    )
}

fn of_mail(mail: &Plain) -> Plain {
    match mail {
        Plain::Map(entries) => {
            Plain::Map(entries.iter().filter(|(name, _)| MAIL.contains(&name.as_str())).cloned().collect())
        }
        Plain::List(several) => Plain::List(several.iter().map(of_mail).collect()),
        _ => Plain::Null,
    }
}

fn without_secrets(value: &Plain) -> Plain {
    match value {
        Plain::Map(entries) => Plain::Map(
            entries
                .iter()
                .filter(|(name, _)| !is_secret(name))
                .map(|(name, value)| (name.clone(), without_secrets(value)))
                .collect(),
        ),
        Plain::List(items) => Plain::List(items.iter().map(without_secrets).collect()),
        // An address may have a password in it.
        Plain::Text(text) => Plain::Text(without_account(text)),
        other => other.clone(),
    }
}

/// An address without the account that stands before its host. A password may have any sign in it but a slash, where PostgreSQL reads it.
pub(super) fn without_account(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let host_ends = rest.find('/').unwrap_or(rest.len());
    match rest[..host_ends].rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => text.to_owned(),
    }
}

pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', '-'], " ");
    SECRET.iter().any(|word| name.contains(word)) && !matches!(name.as_str(), "password login" | "password complexity")
}

#[cfg(test)]
mod tests {
    use super::*;
    use da_app::yaml::parse_plain;

    fn told_of(text: &str) -> Plain {
        told(&parse_plain(text).unwrap().0)
    }

    #[test]
    fn what_opens_a_service_or_this_server_is_left_out() {
        let secret = "secretkey: abc\ndb: postgres://me:pw@h/da\nredis: redis://:pw@h\npassword secretkey: def\n\
                      twilio:\n  account sid: AC1\n  auth token: pw\ns3:\n  access key id: AK\n  bucket: b\n";
        assert_eq!(told_of(secret), Plain::Map(Vec::new()));
    }

    #[test]
    fn the_rest_is_told_without_the_secrets_inside() {
        let text = "brandname: Aid\nsocial:\n  twitter: a\n  api_key: k\nlog server: https://me:pw@logs.example/x@y\n";
        let expected = "brandname: Aid\nsocial:\n  twitter: a\nlog server: https://logs.example/x@y\n";
        assert_eq!(told_of(text), parse_plain(expected).unwrap().0);
    }

    #[test]
    fn no_sign_in_a_password_lets_it_through() {
        for password in ["pw", "p#w", "p?w", "p@w", "p:w", "#", "?@"] {
            let address = format!("postgres://me:{password}@h:5433/da?sslmode=require");
            assert_eq!(without_account(&address), "postgres://h:5433/da?sslmode=require", "{password}");
        }
        assert_eq!(without_account("https://logs.example/x@y?z=a@b"), "https://logs.example/x@y?z=a@b");
    }

    #[test]
    fn that_there_is_mail_is_told_and_not_through_which_account() {
        let text =
            "mail:\n  username: u\n  password: pw\n  server: smtp.example\n  default sender: '\"A\" <a@b.example>'\n";
        let expected = "mail:\n  default sender: '\"A\" <a@b.example>'\n";
        assert_eq!(told_of(text), parse_plain(expected).unwrap().0);
    }
}
