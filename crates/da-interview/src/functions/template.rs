//! The texts of `template` blocks, which are made whenever they are used.

use super::function;
use super::scope::with_names;
use crate::assemble::{EngineHost, render};
use crate::block::{Block, BlockId, BlockKind, Content, Python, TemplateBlock};
use da_markup::Template;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::value::Missing;
use da_python::machine::{PyResult, Raised, Value, Vm};
use std::sync::Arc;

pub(super) static FUNCTIONS: &[NativeFunction] = &[function("template_text", template_text)];

/// `template_text(block, names, subject)`: the subject or content of a `template` block, while some names have the
/// values of a dictionary: letters mean what they meant when the template was defined.
fn template_text(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, names, subject] = args.bind(vm, "template_text", ["block", "names", "subject"], 3)?;
    let block = block.and_then(|block| vm.as_int(block)).and_then(|block| usize::try_from(block).ok());
    let program = Arc::clone(&EngineHost::of(vm).program);
    let block = block.and_then(|number| program.block(BlockId(number)));
    let (Some(block), Some(variables)) = (block, EngineHost::of(vm).variables) else {
        return Err(vm.runtime_error("the block of this template is gone"));
    };
    let BlockKind::Template(template) = &block.kind else {
        return Err(vm.runtime_error("the block of this template is another one now"));
    };
    let said = with_names(vm, variables, names, |vm| match (subject, &template.subject) {
        (Some(Value::True), None) => Ok(String::new()),
        (Some(Value::True), Some(subject)) => render(vm, subject, variables),
        _ => content(vm, block, template, variables),
    });
    let said = said.map_err(|raised| as_name_error(vm, raised))?;
    vm.str(said.trim_end())
}

/// A missing attribute as a missing name: what reads a property takes an `AttributeError` for the lack of the
/// property itself.
fn as_name_error(vm: &mut Vm<'_>, raised: Raised) -> Raised {
    match vm.missing(&raised) {
        Some(Missing::Variable(name)) => vm.name_error(&name),
        _ => raised,
    }
}

fn content(vm: &mut Vm<'_>, block: &Block, template: &TemplateBlock, variables: Value) -> PyResult<String> {
    match &template.content {
        Content::Text(content) => render(vm, content, variables),
        Content::Files(files) => {
            let mut said = String::new();
            for file in files {
                said.push_str(&render(vm, file, variables)?);
            }
            Ok(said)
        }
        Content::FilesFromCode(code) => content_of_code(vm, block, code, variables),
    }
}

/// The content of a template whose files code names.
fn content_of_code(vm: &mut Vm<'_>, block: &Block, code: &Python, variables: Value) -> PyResult<String> {
    let named = vm.eval(&code.code, variables)?;
    vm.root(named);
    let names = if vm.text(named).is_some() { vec![named] } else { vm.collect(named)? };
    let mut said = String::new();
    for name in names {
        let name = vm.to_str(name)?;
        let (package, path) = name.trim().split_once(':').unwrap_or((block.package(), name.trim()));
        let path = if path.contains('/') { path.to_owned() } else { format!("data/templates/{path}") };
        let file = match EngineHost::of(vm).file(package, &path) {
            Ok(Some(file)) => file,
            Ok(None) => return Err(vm.raise("FileNotFoundError", format!("there is no file {package}:{path}"))),
            Err(error) => return Err(vm.raise("OSError", error.message)),
        };
        match Template::parse(&file.text, &format!("{package}:{path}"), 1) {
            Ok(template) => said.push_str(&render(vm, &template, variables)?),
            Err(error) => return Err(vm.raise("SyntaxError", error.to_string())),
        }
    }
    Ok(said)
}
