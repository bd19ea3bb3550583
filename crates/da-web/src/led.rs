//! Where somebody is led who came by a link.

use da_app::{LedTo, page_by_name};
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};

use crate::interview::{self, QUERY};
use crate::settings::WebSettings;

/// The address.
pub(crate) fn address(settings: &WebSettings, to: &LedTo) -> String {
    let mut address = match (&to.interview, &to.next) {
        (Some(name), _) => interview::address(settings, name),
        (None, Some(page)) => settings.address(page_by_name(page).unwrap_or("/")),
        (None, None) => settings.address("/"),
    };
    add(&mut address, &to.url_args);
    address
}

/// The address of a new session of the interview that a link names.
pub(crate) fn new_session(settings: &WebSettings, to: &LedTo) -> String {
    let mut address = address(settings, to);
    address.push_str(if address.contains('?') { "&new_session=1" } else { "?new_session=1" });
    address
}

fn add(address: &mut String, arguments: &Map<String, Value>) {
    for (name, value) in arguments {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        address.push(if address.contains('?') { '&' } else { '?' });
        let (name, text) = (utf8_percent_encode(name, QUERY), utf8_percent_encode(&text, QUERY));
        address.push_str(&format!("{name}={text}"));
    }
}
