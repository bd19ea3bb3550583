//! Which names from outside a piece of code reads, found without running it.

use super::{Code, CodeKind, Const, Name, Op};

impl Code {
    /// The names that the code, or a function or class inside it, takes from the globals, each with the line of its
    /// first reading. A name that a module or class body itself assigns is not one of them.
    ///
    /// ```
    /// use da_python::{Mode, compile};
    /// let code = compile("total = price * 2\ndef f(x):\n    return x + tax\n", "example", Mode::Module)?;
    /// let names: Vec<_> = code.names_read().into_iter().map(|(name, line)| (name.text().to_owned(), line)).collect();
    /// assert_eq!(names, [("price".to_owned(), 1), ("tax".to_owned(), 3)]);
    /// # Ok::<(), da_python::SyntaxError>(())
    /// ```
    pub fn names_read(&self) -> Vec<(Name, u32)> {
        let mut read = Vec::new();
        self.collect(&mut read);
        if self.kind == CodeKind::Module {
            let assigned = self.names_of(|op| match op {
                Op::StoreName(index) | Op::StoreGlobal(index) => Some(*index),
                _ => None,
            });
            read.retain(|(name, _)| !assigned.iter().any(|(known, _)| known == name));
        }
        read
    }

    fn collect(&self, read: &mut Vec<(Name, u32)>) {
        let stored = match self.kind {
            CodeKind::Class => self.names_of(|op| if let Op::StoreName(index) = op { Some(*index) } else { None }),
            _ => Vec::new(),
        };
        let own = self.names_of(|op| match op {
            Op::LoadGlobal(index) | Op::LoadName(index) => Some(*index),
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

    fn names_of(&self, index: impl Fn(&Op) -> Option<u32>) -> Vec<(Name, u32)> {
        let found = self.ops.iter().zip(&self.lines).filter_map(|(op, line)| Some((index(op)?, *line)));
        found.filter_map(|(index, line)| Some((self.names.get(index as usize)?.clone(), line))).collect()
    }
}
