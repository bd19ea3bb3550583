//! The names that a template of a document asks for: what its author has to define.

use std::sync::Arc;

use da_core::InterviewName;
use da_markup::JinjaTemplate;
use da_python::machine::{InterviewFloor, Limits, Vm};

use crate::assemble::EngineHost;
use crate::context::Settings;
use crate::engine::Engine;
use crate::source::{ModuleHost, Reader, Sources, Texts};

/// The modules whose names every interview has.
const STANDING: [&str; 2] = ["docassemble.base.util", "builtins"];

impl Engine {
    /// The names that a Jinja2 template reads and does not set itself, each once, as they come. The functions and classes that every
    /// interview has are not among them. Nothing of it is evaluated; `file` is what an error calls it.
    ///
    /// # Errors
    /// What is wrong with the template, in words.
    ///
    /// ```
    /// let engine = da_interview::Engine::new().unwrap();
    /// let text = "{{ currency(fee) }} {% for child in client.children %}{{ child }}{% endfor %}";
    /// assert_eq!(engine.template_names(text, "a.docx").unwrap(), ["fee", "client"]);
    /// assert_eq!(engine.template_names("{{", "a.docx").unwrap_err(), "there is no }} to {{ (a.docx, line 1)");
    /// ```
    pub fn template_names(&self, template: &str, file: &str) -> Result<Vec<String>, String> {
        let template = JinjaTemplate::parse(template, file).map_err(|error| error.to_string())?;
        let interview =
            InterviewName::parse("docassemble.base:data/questions/none.yml").map_err(|error| error.to_string())?;
        let sources: Arc<dyn Sources> = Arc::new(Texts::default());
        let engine = EngineHost::at_import(&interview, &sources, &Settings::default());
        let mut host = ModuleHost { reader: Reader::new(&sources), engine, refused: None };
        let floor = InterviewFloor::build(self.ground(), &[], Limits::default(), &mut host);
        let floor = floor.map_err(|error| error.to_string())?;
        let mut vm = Vm::new(&floor, Limits::default(), &mut host);
        Ok(names_from_outside(&mut vm, &template))
    }
}

/// The names that a template reads, does not set itself, and that not every interview has.
pub(crate) fn names_from_outside(vm: &mut Vm<'_>, template: &JinjaTemplate) -> Vec<String> {
    let read = template.code().names_read();
    let names = read.iter().map(|(name, _)| name.text());
    let names = names.filter(|name| !name.starts_with('_') && !template.gives(name));
    let mut stands = |name: &str| {
        STANDING.iter().any(|module| vm.import(module).and_then(|module| vm.get_attr(module, name)).is_ok())
    };
    names.filter(|name| !stands(name)).map(str::to_owned).collect()
}
