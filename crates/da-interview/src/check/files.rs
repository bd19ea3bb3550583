//! Reads one file of a package by itself: whether it parses, and what it imports. Nothing is run, not even top levels of modules,
//! and no `include` is followed.

use std::sync::Arc;

use da_core::InterviewName;
use da_python::machine::{Mode, compile};

use super::{Finding, Severity, of_fault};
use crate::block::BlockKind;
use crate::engine::Engine;
use crate::error::SourceErrorKind;
use crate::load;
use crate::schedule::full_name;
use crate::source::{Reader, Sources, module_source};

/// What one file of a package says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRead {
    /// `package:path` of the file.
    pub file: String,
    /// How many pieces of Python it has: a module is one, an interview has one for each block of code, expression and template.
    pub pieces: usize,
    /// What does not parse.
    pub faults: Vec<Finding>,
    /// What it imports, by full name, with the line; each module once.
    pub imports: Vec<(String, u32)>,
}

impl Engine {
    /// Reads a file: a module (`.py`) or an interview. Nothing is run.
    pub fn read_file(&self, package: &str, path: &str, sources: &Arc<dyn Sources>) -> FileRead {
        let file = format!("{package}:{path}");
        if path.ends_with(".py") { module(package, path, file, sources) } else { interview(self, file, sources) }
    }

    /// Whether a module can be imported: one that is compiled in, or one of a package.
    pub fn has_module(&self, name: &str, sources: &Arc<dyn Sources>) -> bool {
        if name == "docassemble" || self.ground().has_module(name) {
            return true;
        }
        let mut reader = Reader::new(sources);
        matches!(module_source(name, |package, path| reader.read_path(package, path)), Ok(Some(_)))
    }
}

fn module(package: &str, path: &str, file: String, sources: &Arc<dyn Sources>) -> FileRead {
    let finding = |kind, line, message: String| Finding {
        severity: Severity::Error,
        kind,
        file: file.clone(),
        line,
        message,
        point: None,
    };
    let source = match sources.read(package, path) {
        Ok(source) => source,
        Err(error) => {
            let faults = vec![finding("unreadable-file", None, error.message)];
            return FileRead { file, faults, ..FileRead::default() };
        }
    };
    match compile(&source.text, &file, Mode::Module) {
        Ok(code) => {
            let imports = code.imports().into_iter();
            let imports = imports.map(|import| (import.from_module(&inside(package, path)), import.line)).collect();
            FileRead { file, pieces: 1, faults: Vec::new(), imports: once(imports) }
        }
        Err(error) => {
            let faults = vec![finding("python", Some(error.line), error.message.clone())];
            FileRead { file, pieces: 1, faults, imports: Vec::new() }
        }
    }
}

/// The package that a module's relative imports start from: `docassemble.x.sub` for `sub/mod.py` and `sub/__init__.py`.
fn inside(package: &str, path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.is_empty() { package.to_owned() } else { format!("{package}.{}", folder.replace('/', ".")) }
}

fn interview(engine: &Engine, file: String, sources: &Arc<dyn Sources>) -> FileRead {
    let name = match InterviewName::parse(&file) {
        Ok(name) => name,
        Err(error) => {
            let finding = Finding {
                severity: Severity::Error,
                kind: "missing-file",
                file: file.clone(),
                line: None,
                message: error.to_string(),
                point: None,
            };
            return FileRead { file, faults: vec![finding], ..FileRead::default() };
        }
    };
    let (program, faults) = load::read_alone(engine, &name, sources);
    let mut imports = program.imports;
    for block in &program.blocks {
        if let BlockKind::Modules(names) | BlockKind::Imports(names) = &block.kind {
            imports.extend(names.iter().map(|module| (full_name(block.package(), module), block.line)));
        }
    }
    let faults = faults
        .iter()
        .filter(|fault| fault.kind != SourceErrorKind::Missing)
        .map(|fault| of_fault(fault, &**sources))
        .collect();
    FileRead { file, pieces: program.pieces, faults, imports: once(imports) }
}

/// Each module once, at its first line.
fn once(mut imports: Vec<(String, u32)>) -> Vec<(String, u32)> {
    imports.sort();
    imports.dedup_by(|again, first| again.0 == first.0);
    imports
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Texts;

    #[test]
    fn a_file_tells_what_it_imports_without_running_anything() {
        let module = "import os.path, sqlalchemy\nfrom . import tools\nfrom ..y.z import a\ndef f():\n    import pandas as p\nraise SystemExit\n";
        let yaml = "modules:\n  - .tools\n---\ncode: |\n  import numpy\n---\nquestion: ${ 1 + }\n---\ninclude:\n  - none.yml\n";
        let texts = Texts::default()
            .with("docassemble.x", "sub/mod.py", module)
            .with("docassemble.x", "tools.py", "x = 1\n")
            .with("docassemble.x", "data/questions/a.yml", yaml);
        let (engine, sources): (_, Arc<dyn Sources>) = (Engine::new().unwrap(), Arc::new(texts));
        let read = engine.read_file("docassemble.x", "sub/mod.py", &sources);
        let names: Vec<(&str, u32)> = read.imports.iter().map(|(name, line)| (name.as_str(), *line)).collect();
        let expected =
            [("docassemble.x.sub", 2), ("docassemble.x.y.z", 3), ("os.path", 1), ("pandas", 5), ("sqlalchemy", 1)];
        assert_eq!((names.as_slice(), read.pieces), (&expected[..], 1));
        let read = engine.read_file("docassemble.x", "data/questions/a.yml", &sources);
        assert_eq!(read.imports, [("docassemble.x.tools".to_owned(), 1), ("numpy".to_owned(), 5)]);
        assert_eq!((read.faults.len(), read.faults[0].line), (1, Some(7)), "{:?}", read.faults);
        let there = ["os.path", "docassemble.x.tools", "docassemble.base.util", "numpy", "docassemble.y"];
        assert_eq!(there.map(|name| engine.has_module(name, &sources)), [true, true, true, false, false]);
    }
}
