//! `# use jinja`: an interview's file is a Jinja2 template, of which YAML is made before it is read.
//!
//! It happens once, when the interview is read, with what the configuration says and nothing of any session. The files that it
//! includes are read with the interview's others, so that a change of one of them makes the interview stale.

use std::sync::Arc;

use da_core::{InterviewName, Plain};
use da_markup::JinjaTemplate;
use da_markup::jinja::SOURCE_HELPERS_MODULE;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{InterviewFloor, Limits, PyResult, Value, Vm};

use super::{ModuleHost, Reader, Sources};
use crate::assemble::{EngineHost, from_plain};
use crate::context::Settings;
use crate::functions::function;

pub(crate) static FUNCTIONS: &[NativeFunction] = &[function("jinja_run", jinja_run)];

/// Steps of Python that a template may take while an interview is read.
const FUEL: u64 = 20_000_000;

/// Whether a file is to be made by Jinja2 first.
pub(crate) fn is_wanted(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("# use jinja")
}

/// The files of which one is made: where it stands among them.
pub(crate) struct Family<'n> {
    /// The file.
    pub(crate) file: &'n InterviewName,
    /// The file that includes it, or itself.
    pub(crate) parent: &'n InterviewName,
    /// The file that the interview begins with.
    pub(crate) interview: &'n InterviewName,
}

impl Family<'_> {
    /// The names that the template sees.
    fn names(&self, settings: &Settings) -> Plain {
        let mut names = match &*settings.jinja_data {
            Plain::Map(entries) => entries.clone(),
            _ => Vec::new(),
        };
        let mut add = |name: &str, value: Plain| names.push((name.to_owned(), value));
        let text = |text: &str| Plain::Text(text.to_owned());
        let configured = |name: &str| settings.configuration.get(name).cloned();
        add("__config__", (*settings.configuration).clone());
        add("__version__", text(DOCASSEMBLE));
        add("__architecture__", text(std::env::consts::ARCH));
        for (kind, name) in [("parent", self.parent), ("interview", self.interview)] {
            add(&format!("__{kind}_filename__"), text(name.as_str()));
            add(&format!("__{kind}_package__"), text(name.package()));
        }
        add("__filename__", text(self.file.as_str()));
        add("__current_package__", text(self.file.package()));
        add("__hostname__", configured("external hostname").unwrap_or_else(|| text(settings.host())));
        add("__debug__", Plain::Bool(settings.debug));
        Plain::Map(names)
    }
}

/// The release of docassemble that the engine follows; `docassemble.base.__version__` says the same.
const DOCASSEMBLE: &str = "1.10.5";

/// What Jinja2 makes of a file, and the reader again, with what was read for it.
pub(crate) fn rendered(
    floor: &Arc<InterviewFloor>,
    settings: &Settings,
    family: &Family<'_>,
    reader: Reader,
    sources: &Arc<dyn Sources>,
) -> (Result<String, String>, Reader) {
    let engine = EngineHost::at_import(family.file, sources, settings);
    let mut host = ModuleHost { reader, engine, refused: None };
    let limits = Limits { fuel: FUEL, ..Limits::default() };
    let mut vm = Vm::new(floor, limits, &mut host);
    let made = run(&mut vm, family, settings);
    let made = made.map_err(|raised| vm.error(raised).to_string());
    drop(vm);
    let made = match host.refused.take() {
        Some(refused) => Err(refused.message),
        None => made,
    };
    (made, host.reader)
}

fn run(vm: &mut Vm<'_>, family: &Family<'_>, settings: &Settings) -> PyResult<String> {
    let module = vm.import(SOURCE_HELPERS_MODULE)?;
    let rendered = vm.get_attr(module, "rendered")?;
    let name = vm.str(family.file.as_str())?;
    vm.root(name);
    let names = from_plain(vm, &family.names(settings))?;
    vm.root(names);
    let text = vm.call(rendered, &[name, names])?;
    vm.to_str(text)
}

/// `jinja_run(name, context)`: what a file says, with the names of a context.
fn jinja_run(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, context] = args.bind(vm, "jinja_run", ["name", "context"], 2)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let Some(host) = vm.host().as_any_mut().downcast_mut::<ModuleHost>() else {
        return Err(vm.runtime_error("Jinja2 makes files only while an interview is read"));
    };
    let found = host.reader.find(host.engine.interview(), &name);
    let file = match found {
        Ok(Some((file, source))) => Ok((file, source)),
        Ok(None) => Err(name.clone()),
        Err(refused) => {
            host.refused = Some(refused);
            Err(name.clone())
        }
    };
    let (file, source) = match file {
        Ok(found) => found,
        Err(name) => return Err(not_found(vm, &name)),
    };
    vm.produce(source.text.len())?;
    let template = match JinjaTemplate::parse_source(&source.text, file.as_str()) {
        Ok(template) => template,
        Err(error) => return Err(vm.raise("RuntimeError", error.to_string())),
    };
    let namespace = vm.dict()?;
    vm.root(namespace);
    vm.dict_set_str(namespace, "_c", context.unwrap_or(Value::None))?;
    vm.run_template(template.code(), namespace)
}

fn not_found(vm: &mut Vm<'_>, name: &str) -> da_python::machine::Raised {
    let text = match vm.str(name) {
        Ok(text) => text,
        Err(raised) => return raised,
    };
    match vm.find_class("jinja2.exceptions", "TemplateNotFound") {
        Ok(Some(class)) => vm.raise_class(class, vec![text], None),
        Ok(None) => vm.runtime_error(format!("there is no file {name}")),
        Err(raised) => raised,
    }
}
