//! The text files of packages: what `objects_from_file` and static files are read from.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use crate::yaml;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] =
    &[function("package_text", package_text), function("yaml_documents", yaml_documents)];

/// `package_text(package, path)`: the text of a file of a package; None where there is none.
fn package_text(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [package, path] = args.bind(vm, "package_text", ["package", "path"], 2)?;
    let package = vm.to_str(package.unwrap_or(Value::None))?;
    let path = vm.to_str(path.unwrap_or(Value::None))?;
    match EngineHost::of(vm).file(&package, &path) {
        Ok(Some(file)) => vm.str(&*file.text),
        Ok(None) => Ok(Value::None),
        Err(error) => Err(vm.raise("DAException", error.to_string())),
    }
}

/// `yaml_documents(text)`: what the parts of a YAML text hold.
fn yaml_documents(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [text] = args.bind(vm, "yaml_documents", ["text"], 1)?;
    let text = vm.to_str(text.unwrap_or(Value::None))?;
    let documents = match yaml::values(&text) {
        Ok(documents) => documents,
        Err(error) => return Err(vm.raise("DAException", error.to_string())),
    };
    let mut values = Vec::with_capacity(documents.len());
    for document in &documents {
        let value = from_plain(vm, document)?;
        values.push(vm.root(value));
    }
    vm.list(values)
}
