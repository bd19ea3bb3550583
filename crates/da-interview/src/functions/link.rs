//! Links back into the interview.

use super::function;
use crate::assemble::{EngineHost, to_plain};
use da_core::Plain;
use da_python::native::{Args, NativeFunction};
use da_python::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("url_action", url_action),
    function("url_ask", url_ask),
    function("interview_url", interview_url),
    function("url_of", url_of),
];

/// `url_action(action, **arguments)`: an address that runs an action.
fn url_action(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let Some(&action) = args.positional.first() else {
        return Err(vm.type_error("url_action() missing 1 required positional argument: 'action'"));
    };
    let action = vm.to_str(action)?;
    let mut arguments = Vec::new();
    for (name, value) in &args.keywords {
        arguments.push((name.to_string(), to_plain(vm, *value)?));
    }
    let link = action_link(vm, &action, Plain::Map(arguments));
    vm.str(link)
}

/// `url_ask(variables)`: an address that asks for variables again.
fn url_ask(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [variables] = args.bind(vm, "url_ask", ["variable_list"], 1)?;
    let wanted = match to_plain(vm, variables.unwrap_or(Value::None))? {
        Plain::List(items) => Plain::List(items),
        single => Plain::List(vec![single]),
    };
    let link = action_link(vm, "_da_force_ask", Plain::Map(vec![("variables".to_owned(), wanted)]));
    vm.str(link)
}

fn interview_url(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let links = &EngineHost::of(vm).links;
    let mut link = format!("{}/interview?i={}", links.url_root, links.interview);
    for (name, value) in &args.keywords {
        if &**name != "local" {
            let value = vm.to_str(*value)?;
            link.push_str(&format!("&{name}={}", percent_encoded(&value)));
        }
    }
    vm.str(link)
}

/// The names of pages that an address can be had of.
const PAGES: [(&str, &str); 16] = [
    ("login", "/user/sign-in"),
    ("signin", "/user/sign-in"),
    ("register", "/user/register"),
    ("logout", "/user/sign-out"),
    ("profile", "/user/profile"),
    ("change_password", "/user/change-password"),
    ("interviews", "/interviews"),
    ("dispatch", "/list"),
    ("start", "/"),
    ("interview_list", "/list"),
    ("monitor", "/monitor"),
    ("playground", "/playground"),
    ("configuration", "/config"),
    ("config", "/config"),
    ("restart", "/interview?reset=1"),
    ("exit", "/exit"),
];

/// `url_of(name)`: the address of a page, or of a static file of the interview's package.
fn url_of(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let Some(&name) = args.positional.first() else {
        return Err(vm.type_error("url_of() missing 1 required positional argument: 'file_reference'"));
    };
    let name = vm.to_str(name)?;
    if let Some((_, path)) = PAGES.iter().find(|(known, _)| *known == name) {
        return vm.str(*path);
    }
    let interview = EngineHost::of(vm).links.interview.clone();
    let own = interview.split_once(':').map_or("", |(package, _)| package);
    let (package, file) = name.split_once(':').unwrap_or((own, &name));
    let file = file.strip_prefix("data/static/").or_else(|| file.strip_prefix("static/")).unwrap_or(file).to_owned();
    let address = format!("/packagestatic/{package}/{file}");
    vm.str(address)
}

fn action_link(vm: &mut Vm<'_>, action: &str, arguments: Plain) -> String {
    let data = Plain::Map(vec![("action".to_owned(), Plain::from(action)), ("arguments".to_owned(), arguments)]);
    let encoded = base64(crate::json::compact(&data).as_bytes());
    format!("/interview?action={encoded}&i={}", EngineHost::of(vm).links.interview)
}

/// Base 64 without padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let digit = group >> (18 - 6 * place) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_has_no_padding() {
        let encoded: Vec<String> = ["", "a", "ab", "abc", "abcd"].iter().map(|text| base64(text.as_bytes())).collect();
        assert_eq!(encoded, ["", "YQ", "YWI", "YWJj", "YWJjZA"]);
    }
}
