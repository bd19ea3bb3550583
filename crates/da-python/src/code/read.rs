//! Which names from outside a piece of code reads, and what it imports, found without running it.

use super::{Code, CodeKind, Const, Name, Op};

/// Something that code imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The dotted name, empty for `from . import a`.
    pub name: String,
    /// How many dots stand before it.
    pub level: u8,
    /// The line.
    pub line: u32,
}

impl Import {
    /// The full name, for a module of `package`.
    ///
    /// ```
    /// use da_python::machine::code::Import;
    /// let import = Import { name: "tools".to_owned(), level: 2, line: 1 };
    /// assert_eq!(import.from_module("docassemble.x.sub"), "docassemble.x.tools");
    /// ```
    pub fn from_module(&self, package: &str) -> String {
        if self.level == 0 {
            return self.name.clone();
        }
        let parts: Vec<&str> = package.split('.').collect();
        let kept = parts.len().saturating_sub(usize::from(self.level) - 1);
        let mut parts = parts[..kept].to_vec();
        parts.extend(Some(self.name.as_str()).filter(|name| !name.is_empty()));
        parts.join(".")
    }
}

impl Code {
    /// What the code, or a function or class inside it, imports, in the order of the source.
    ///
    /// ```
    /// use da_python::machine::{Mode, compile};
    /// let code = compile("import os.path\ndef f():\n    from . import tools\n", "example", Mode::Module)?;
    /// let imports: Vec<_> = code.imports().into_iter().map(|i| (i.name, i.level, i.line)).collect();
    /// assert_eq!(imports, [("os.path".to_owned(), 0, 1), (String::new(), 1, 3)]);
    /// # Ok::<(), da_python::machine::SyntaxError>(())
    /// ```
    pub fn imports(&self) -> Vec<Import> {
        let mut found = Vec::new();
        for (place, op) in self.ops.iter().enumerate() {
            if let Op::ImportName { name, level, .. } = op
                && let Some(name) = self.names.get(name as usize)
            {
                found.push(Import { name: name.text().to_owned(), level, line: self.lines.at(place) });
            }
        }
        for constant in &self.consts {
            if let Const::Code(inner) = constant {
                found.extend(inner.imports());
            }
        }
        found
    }

    /// The names that the code, or a function or class inside it, takes from the globals, each with the line of its
    /// first reading. A name that a module or class body itself assigns is not one of them.
    ///
    /// ```
    /// use da_python::machine::{Mode, compile};
    /// let code = compile("total = price * 2\ndef f(x):\n    return x + tax\n", "example", Mode::Module)?;
    /// let names: Vec<_> = code.names_read().into_iter().map(|(name, line)| (name.text().to_owned(), line)).collect();
    /// assert_eq!(names, [("price".to_owned(), 1), ("tax".to_owned(), 3)]);
    /// # Ok::<(), da_python::machine::SyntaxError>(())
    /// ```
    pub fn names_read(&self) -> Vec<(Name, u32)> {
        let mut read = Vec::new();
        self.collect(&mut read);
        if self.kind == CodeKind::Module {
            let assigned = self.names_of(|op| match op {
                Op::StoreName(index) | Op::StoreGlobal(index) => Some(index),
                _ => None,
            });
            read.retain(|(name, _)| !assigned.iter().any(|(known, _)| known == name));
        }
        read
    }

    fn collect(&self, read: &mut Vec<(Name, u32)>) {
        let stored = match self.kind {
            CodeKind::Class => self.names_of(|op| if let Op::StoreName(index) = op { Some(index) } else { None }),
            _ => Vec::new(),
        };
        let own = self.names_of(|op| match op {
            Op::LoadGlobal(index) | Op::LoadName(index) => Some(index),
            _ => None,
        });
        for (name, line) in own {
            let known = stored.iter().any(|(stored, _)| *stored == name) || read.iter().any(|(seen, _)| *seen == name);
            if !known {
                read.push((name, line));
            }
        }
        for constant in &self.consts {
            if let Const::Code(inner) = constant {
                inner.collect(read);
            }
        }
    }

    fn names_of(&self, index: impl Fn(Op) -> Option<u32>) -> Vec<(Name, u32)> {
        let found = self.ops.iter().enumerate().filter_map(|(place, op)| Some((index(op)?, self.lines.at(place))));
        found.filter_map(|(index, line)| Some((self.names.get(index as usize)?.clone(), line))).collect()
    }
}
