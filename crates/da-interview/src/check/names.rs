//! Names that are read and that nothing defines.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use da_python::machine::{Limits, Vm};

use super::spelling::nearest;
use super::{Finding, Severity, Vocabulary};
use crate::assemble::EngineHost;
use crate::block::BlockKind;
use crate::context::Settings;
use crate::interview::Interview;
use crate::names::INDEX_LETTERS;
use crate::schedule::full_name;
use crate::source::{ModuleHost, Reader};

/// Names that the engine itself sets or that every interview may read without defining them.
const STANDING: [&str; 18] = [
    "STOP_RENDERING",
    "_internal",
    "allow_cron",
    "cron_allow",
    "docassemble",
    "i",
    "incoming_email",
    "menu_items",
    "multi_user",
    "nav",
    "role",
    "role_event",
    "role_needed",
    "row_index",
    "row_item",
    "speak_text",
    "url_args",
    "x",
];

/// A warning for each name that is read and that nothing defines, at its first place in each file.
pub(super) fn undefined(interview: &Interview) -> Vec<Finding> {
    let mut host = door(interview);
    let mut known = Known::new(interview, &mut host);
    let mut unknown: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for read in &interview.program().reads {
        if !known.has(&read.name) {
            let line = unknown.entry((&read.file, &read.name)).or_insert(read.line);
            *line = read.line.min(*line);
        }
    }
    let candidates = known.candidates();
    let finding = |((file, name), line): ((&str, &str), u32)| {
        let meant = nearest(name, candidates.iter().map(String::as_str));
        let meant = meant.map_or_else(String::new, |near| format!(" Did you mean '{near}'?"));
        Finding {
            severity: Severity::Warning,
            kind: "undefined-name",
            file: file.to_owned(),
            line: Some(line),
            message: format!("Nothing defines '{name}'.{meant}"),
            point: None,
        }
    };
    unknown.into_iter().map(finding).collect()
}

/// All names of an interview.
pub(super) fn vocabulary(interview: &Interview) -> Vocabulary {
    let mut host = door(interview);
    let mut known = Known::new(interview, &mut host);
    let program = interview.program();
    let mut told = Vocabulary { modules: known.imported.iter().cloned().collect(), ..Vocabulary::default() };
    for block in &program.blocks {
        let defined = block.fields_used.defined.iter().filter(|name| !name.starts_with('_'));
        told.variables.extend(defined.cloned());
    }
    told.images.extend(program.parts.images.iter().map(|image| image.name.clone()));
    known.sort_into(&mut told);
    for read in &program.reads {
        if known.has(&read.name) {
            told.used.insert(read.name.clone());
        } else {
            told.undefined.insert(read.name.clone());
        }
    }
    told
}

/// The door of a machine that only looks at modules.
pub(super) fn door(interview: &Interview) -> ModuleHost {
    let engine = EngineHost::at_import(&interview.name, &interview.sources, &Settings::default());
    ModuleHost { reader: Reader::new(&interview.sources), engine, refused: None }
}

/// What is defined somewhere.
struct Known<'i, 'h> {
    /// A machine in which the interview's modules are.
    vm: Vm<'h>,
    /// The first parts of variables that blocks define.
    roots: HashSet<&'i str>,
    /// Modules that are bound by their names (`imports`).
    imported: HashSet<String>,
    /// The modules whose names every block sees.
    modules: Vec<String>,
    /// What was looked up already.
    seen: BTreeMap<String, bool>,
}

impl<'i, 'h> Known<'i, 'h> {
    fn new(interview: &'i Interview, host: &'h mut ModuleHost) -> Self {
        let program = interview.program();
        let mut roots: HashSet<&str> = STANDING.into_iter().chain(INDEX_LETTERS).collect();
        let mut imported = HashSet::new();
        let mut modules = vec!["docassemble.base.util".to_owned(), "builtins".to_owned()];
        for block in &program.blocks {
            let used = &block.fields_used;
            roots.extend(used.defined.iter().chain(&used.touched).map(|name| root(name)));
            match &block.kind {
                BlockKind::Modules(names) => modules.extend(names.iter().map(|name| full_name(block.package(), name))),
                BlockKind::Imports(names) => {
                    imported.extend(names.iter().map(|name| root(&full_name(block.package(), name)).to_owned()));
                }
                _ => {}
            }
        }
        // Of what is not here, nobody knows which names it would have.
        let absent = interview.floor.absent();
        modules.retain(|module| !absent.iter().any(|name| **name == **module));
        let vm = Vm::new(&interview.floor, Limits::default(), host);
        Known { vm, roots, imported, modules, seen: BTreeMap::new() }
    }

    fn has(&mut self, name: &str) -> bool {
        if name.starts_with("__") || self.roots.contains(name) || self.imported.contains(name) {
            return true;
        }
        if let Some(seen) = self.seen.get(name) {
            return *seen;
        }
        let found = self.is_in_a_module(name);
        self.seen.insert(name.to_owned(), found);
        found
    }

    fn is_in_a_module(&mut self, name: &str) -> bool {
        let vm = &mut self.vm;
        self.modules.iter().any(|module| vm.import(module).and_then(|module| vm.get_attr(module, name)).is_ok())
    }

    /// What the modules whose names every block sees have, each in the list of its kind. A module that says `__all__` has
    /// what it says.
    fn sort_into(&mut self, told: &mut Vocabulary) {
        for module in self.modules.iter().filter(|module| *module != "builtins") {
            let vm = &mut self.vm;
            let Ok(module) = vm.import(module) else { continue };
            let all = vm.get_attr_opt(module, "__all__").ok().flatten().and_then(|all| vm.collect(all).ok());
            let names: Vec<Arc<str>> = match all {
                Some(all) => all.into_iter().filter_map(|name| vm.text(name)).collect(),
                None => vm.dir(module).unwrap_or_default(),
            };
            for name in names.iter().filter(|name| !name.starts_with('_')) {
                let Ok(value) = vm.get_attr(module, name) else { continue };
                let list = match &*vm.type_name(value) {
                    "function" | "builtin_function_or_method" => &mut told.functions,
                    "module" => &mut told.modules,
                    _ if vm.as_class(value).is_some() => &mut told.classes,
                    _ => continue,
                };
                list.insert(name.to_string());
            }
        }
    }

    /// What may have been meant.
    fn candidates(&self) -> Vec<String> {
        let mut all: Vec<String> = self.roots.iter().map(|name| (*name).to_owned()).collect();
        all.extend(self.seen.iter().filter(|(_, found)| **found).map(|(name, _)| name.clone()));
        all.sort();
        all
    }
}

/// `client` of `client.name.first`, `fruit` of `fruit[0]`.
fn root(name: &str) -> &str {
    name.split(['.', '[']).next().unwrap_or(name)
}
