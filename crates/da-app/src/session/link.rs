//! What a link into an interview says: the action that it asks for.
//!
//! Such a link is written by interviews and by people; it is neither signed nor secret, and opens nothing.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use da_core::Plain;
use serde_json::Value;

use crate::view::from_json;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The name and the arguments of the action in the `action` of a link: base 64 of JSON. None for anything else, which
/// counts as no action, as in the original.
///
/// ```
/// let (name, arguments) = da_app::action_of_link("eyJhY3Rpb24iOiAiYSIsICJhcmd1bWVudHMiOiB7ImIiOiAxfX0").unwrap();
/// assert_eq!((name.as_str(), arguments.get("b")), ("a", Some(&da_core::Plain::Int(1))));
/// assert!(da_app::action_of_link("nothing").is_none());
/// ```
pub fn action_of_link(text: &str) -> Option<(String, Plain)> {
    // In an address a plus sign may have been read as a blank, and other writers put the letters of addresses.
    let plain: String = text.chars().map(|c| if matches!(c, ' ' | '-') { '+' } else { c }).collect();
    let bytes = BASE64.decode(plain.replace('_', "/")).ok()?;
    let Value::Object(said) = serde_json::from_slice(&bytes).ok()? else { return None };
    let name = said.get("action")?.as_str().filter(|name| !name.is_empty())?.to_owned();
    let arguments = match said.get("arguments") {
        Some(arguments @ Value::Object(_)) => from_json(arguments),
        _ => Plain::Map(Vec::new()),
    };
    Some((name, arguments))
}
