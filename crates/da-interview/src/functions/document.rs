//! What stands in DOCX templates, evaluated. No document is made of it.

use super::function;
use crate::assemble::EngineHost;
use da_markup::JinjaTemplate;
use da_python::native::{Args, NativeFunction};
use da_python::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[function("docx_text", run_docx_text)];

/// `docx_text(name, fields)`: the text of a DOCX template, with fields beside the variables of the session.
fn run_docx_text(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, fields] = args.bind(vm, "docx_text", ["name", "fields"], 2)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let entries: Vec<(Value, Value)> = fields
        .and_then(|fields| vm.as_dict(fields))
        .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
        .unwrap_or_default();
    let named = entries.into_iter().filter_map(|(key, value)| Some((vm.text(key)?.to_string(), value)));
    let fields: Vec<(String, Value)> = named.collect();
    let package = EngineHost::of(vm).interview().package().to_owned();
    docx_text(vm, &package, &name, &fields)
}

/// The text of a DOCX template. While it is evaluated, its fields stand in for variables of the same names.
pub(crate) fn docx_text(vm: &mut Vm<'_>, package: &str, name: &str, fields: &[(String, Value)]) -> PyResult<Value> {
    let (package, path) = name.split_once(':').unwrap_or((package, name));
    let path = if path.contains('/') { path.to_owned() } else { format!("data/templates/{path}") };
    let shown = format!("{package}:{path}");
    let bytes = match EngineHost::of(vm).package_bytes(package, &path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(vm.raise("DASourceError", format!("Missing docx template file {shown}"))),
        Err(error) => return Err(vm.raise("DASourceError", error.message)),
    };
    let template = match template(&bytes, &shown) {
        Ok(template) => template,
        Err(message) => return Err(vm.raise("DASourceError", message)),
    };
    // What is in the file is unpacked and compiled: that is paid for as a text of its size.
    vm.produce(template.source().len())?;
    let Some(variables) = EngineHost::of(vm).variables else { return Ok(Value::None) };
    let mut before = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let value_before = vm.dict_get_str(variables, name).map(|value| vm.root(value));
        before.push((name, value_before));
        vm.dict_set_str(variables, name, *value)?;
    }
    let text = vm.run_template(template.code(), variables);
    for (name, value) in before.into_iter().rev() {
        match value {
            Some(value) => vm.dict_set_str(variables, name, value)?,
            None => {
                let name = vm.str(name.as_str())?;
                vm.dict_remove(variables, name)?;
            }
        }
    }
    text
}

/// The template in a DOCX file of this name, or what is wrong with it.
fn template(file: &[u8], name: &str) -> Result<JinjaTemplate, String> {
    let text = da_document::template(file).map_err(|error| format!("The file {name} cannot be read: {error}."))?;
    JinjaTemplate::parse(&text, name).map_err(|error| error.to_string())
}
