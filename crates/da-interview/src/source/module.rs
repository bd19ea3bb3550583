//! Python modules of packages: `docassemble.mine.tools` is `tools.py` in the package `docassemble.mine`.
//!
//! A module is source text here. Nothing is run.

use std::any::Any;
use std::sync::Arc;

use da_python::machine::{Host, ModuleSource};

use super::{Reader, SourceFile};
use crate::assemble::EngineHost;
use crate::error::SourceError;

/// Finds the source of a module with `read`, which is given a package and a path inside it.
///
/// # Errors
/// What `read` refuses.
pub(crate) fn module_source(
    name: &str,
    mut read: impl FnMut(&str, &str) -> Result<Option<SourceFile>, SourceError>,
) -> Result<Option<ModuleSource>, SourceError> {
    let Some((package, path)) = split(name) else { return Ok(None) };
    let candidates = match path.as_str() {
        "" => vec![("__init__.py".to_owned(), true)],
        path => vec![(format!("{path}/__init__.py"), true), (format!("{path}.py"), false)],
    };
    for (path, is_package) in candidates {
        if let Some(file) = read(&package, &path)? {
            let name = format!("{package}:{path}");
            return Ok(Some(ModuleSource { file: Arc::from(name), text: file.text, is_package }));
        }
    }
    Ok(None)
}

/// A package has a name of two parts; what follows is a path inside it.
fn split(name: &str) -> Option<(String, String)> {
    let mut parts = name.split('.');
    let (first, second) = (parts.next()?, parts.next()?);
    Some((format!("{first}.{second}"), parts.collect::<Vec<_>>().join("/")))
}

/// The door of the modules that an interview imports, while their top levels run: they see no clock and
/// have no effect, and what they import is read with the interview's other files.
pub(crate) struct ModuleHost {
    pub(crate) reader: Reader,
    /// What the engine's functions find when they are called there.
    pub(crate) engine: EngineHost,
    /// A file that is there and could not be read.
    pub(crate) refused: Option<SourceError>,
}

impl Host for ModuleHost {
    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        match module_source(name, |package, path| self.reader.read_path(package, path)) {
            Ok(found) => found,
            Err(error) => {
                self.refused = Some(error);
                None
            }
        }
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileVersion;

    #[test]
    fn a_module_is_looked_for_as_a_folder_and_then_as_a_file() {
        let mut asked = Vec::new();
        let mut ask = |name: &str, has: &str| {
            let found = module_source(name, |package, path| {
                asked.push(format!("{package}:{path}"));
                let file = SourceFile { version: FileVersion(1), text: Arc::from("") };
                Ok((path == has).then_some(file))
            });
            found.unwrap().map(|source| (source.file.to_string(), source.is_package))
        };
        assert_eq!(ask("docassemble.mine.tools", "tools.py"), Some(("docassemble.mine:tools.py".to_owned(), false)));
        assert_eq!(ask("docassemble.mine.a.b", "").map(|_| ()), None);
        assert_eq!(ask("docassemble.mine", "__init__.py"), Some(("docassemble.mine:__init__.py".to_owned(), true)));
        assert_eq!(ask("json", "").map(|_| ()), None);
        assert_eq!(
            asked,
            [
                "docassemble.mine:tools/__init__.py",
                "docassemble.mine:tools.py",
                "docassemble.mine:a/b/__init__.py",
                "docassemble.mine:a/b.py",
                "docassemble.mine:__init__.py"
            ]
        );
    }
}
