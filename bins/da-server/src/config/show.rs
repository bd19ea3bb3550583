//! The configuration that holds, as YAML, without its secrets.

use std::fmt::Write as _;

use da_app::DatabaseUrl;

use super::Config;
use super::told::without_account;

/// One line for each directive that has an effect.
pub(crate) fn show(config: &Config) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing to a text cannot fail.
        let _written = writeln!(text, "{name}: {value}");
    };
    let interview = &config.interview;
    line("secretkey", if config.secretkey.is_some() { "(set)" } else { "null" }.to_owned());
    line(
        "db",
        match &config.db {
            None => "null".to_owned(),
            Some(DatabaseUrl::Sqlite(path)) => quoted(&format!("sqlite:///{}", path.display())),
            Some(DatabaseUrl::Postgres(url)) => quoted(without_parameters(&without_account(url))),
        },
    );
    line("s3", config.s3.as_ref().map_or_else(|| "null".to_owned(), |s3| format!("(the bucket {:?})", s3.bucket)));
    line("redis", if config.redis.is_some() { "(a Redis address)" } else { "null" }.to_owned());
    line("url root", config.url_root.as_deref().map_or_else(|| "null".to_owned(), quoted));
    line("root", quoted(&config.root));
    line("timezone", quoted(&interview.timezone));
    line("language", quoted(&interview.language));
    line("locale", quoted(&interview.locale));
    line("country", quoted(&interview.country));
    line("currency", quoted(&interview.currency));
    line("debug", if interview.debug { "True" } else { "False" }.to_owned());
    line("loop limit", interview.loop_limit.to_string());
    line("recursion limit", interview.recursion_limit.to_string());
    line("allow non-idempotent questions", if interview.keeps_letters { "True" } else { "False" }.to_owned());
    line("concurrency lock timeout", (config.lock_patience.as_secs() / 3).to_string());
    line("interview delete days", config.session_days.unwrap_or(0).to_string());
    line("session steps kept", config.steps_kept.unwrap_or(0).to_string());
    line("allow private addresses", if config.private_addresses { "True" } else { "False" }.to_owned());
    let names = config.mail.iter().map(|server| quoted(&format!("{}:{}", server.server, server.port)));
    line("mail", format!("[{}]", names.collect::<Vec<_>>().join(", ")));
    let flag = |value: bool| if value { "True" } else { "False" }.to_owned();
    line("allow changing password", flag(config.may_change_password));
    line("allow forgot password", flag(config.may_forget_password));
    line("allow registration", flag(config.may_register));
    line("confirm registration", flag(config.confirms_registration));
    line("authorized registration domains", list(&config.registration_hosts));
    line("account recovery key", if config.recovery_key.is_some() { "(set)" } else { "null" }.to_owned());
    line("package directives", list(&config.package_directives));
    line("pypi url", quoted(&config.package_index));
    line("package hosts", list(&config.package_hosts));
    line("maximum content length", config.largest_body.to_string());
    line("behind https load balancer", if config.behind_proxy { "True" } else { "False" }.to_owned());
    line("api compatibility", if config.later_api { "\"1.10\"" } else { "documented" }.to_owned());
    line("api privileges", list(&config.api_privileges));
    line("cross site domains", list(&config.cross_site_domains));
    match &config.dispatch {
        None => line("dispatch", "null".to_owned()),
        Some(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(name, file)| format!("{}: {}", quoted(name), quoted(file))).collect();
            line("dispatch", format!("{{{}}}", entries.join(", ")));
        }
    }
    text
}

/// An address without what stands behind `?`: a password may be among it.
fn without_parameters(address: &str) -> &str {
    address.split_once('?').map_or(address, |(before, _)| before)
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// Texts in brackets.
fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
