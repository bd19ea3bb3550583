//! Links back into the interview, and to the files of its package.

use super::function;
use crate::assemble::{EngineHost, to_plain};
use da_core::Plain;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Raised, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] =
    &[function("url_action", url_action), function("url_ask", url_ask), function("static_address", static_address)];

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

/// `static_address(package, path, external)`: the address of a static file of a package, with the version of
/// the package where it has one, so that browsers fetch it anew when it changes.
fn static_address(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [package, path, external] = args.bind(vm, "static_address", ["package", "path", "external"], 3)?;
    let package = vm.to_str(package.unwrap_or(Value::None))?;
    let path = vm.to_str(path.unwrap_or(Value::None))?;
    let base = EngineHost::of(vm).links.base(matches!(external, Some(Value::True))).to_owned();
    let address = base + &static_path(vm, &package, &path)?;
    vm.str(address)
}

/// The address of a static file of a package on this server.
pub(crate) fn static_file(vm: &mut Vm<'_>, package: &str, path: &str) -> PyResult<String> {
    Ok(EngineHost::of(vm).links.base(false).to_owned() + &static_path(vm, package, path)?)
}

/// The same without what stands before every address.
fn static_path(vm: &mut Vm<'_>, package: &str, path: &str) -> PyResult<String> {
    let version = version_of(vm, package)?.map(|version| format!("?v={version}")).unwrap_or_default();
    Ok(format!("/packagestatic/{package}/{path}{version}"))
}

/// The version that a package says it has.
fn version_of(vm: &mut Vm<'_>, package: &str) -> PyResult<Option<String>> {
    let version = vm.import(package).and_then(|module| vm.get_attr_opt(module, "__version__"));
    match version {
        Ok(Some(version)) => vm.to_str(version).map(Some),
        Ok(None) | Err(Raised::Exception(_)) => Ok(None),
        Err(limit) => Err(limit),
    }
}

/// The address that runs an action.
pub(crate) fn action_link(vm: &mut Vm<'_>, action: &str, arguments: Plain) -> String {
    let data = Plain::Map(vec![("action".to_owned(), Plain::from(action)), ("arguments".to_owned(), arguments)]);
    let encoded = base64(crate::json::compact(&data).as_bytes());
    let host = EngineHost::of(vm);
    format!("{}/interview?action={encoded}&i={}", host.links.base(false), host.interview().as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_has_no_padding() {
        let encoded: Vec<String> = ["", "a", "ab", "abc", "abcd"].iter().map(|text| base64(text.as_bytes())).collect();
        assert_eq!(encoded, ["", "YQ", "YWI", "YWJj", "YWJjZA"]);
    }
}
