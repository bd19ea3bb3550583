//! Code as text, one instruction a line, for tests and for reading what a block was compiled to.
//!
//! The format is for people; nothing reads it back.

use super::{Code, Const, Name, Op, Params};
use std::fmt;

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?}", self.qualname, self.kind)?;
        if self.params != Params::default() {
            write!(f, ", {}", self.params)?;
        }
        for (title, names) in [("locals", &self.locals), ("cells", &self.cells), ("free", &self.free)] {
            if !names.is_empty() {
                write!(f, "; {title}")?;
                names.iter().try_for_each(|name| write!(f, " {}", name.text()))?;
            }
        }
        writeln!(f, ")")?;
        let mut last = 0;
        for (index, op) in self.ops.iter().enumerate() {
            let line = self.lines.at(index);
            if line == last {
                write!(f, "     {index:>4}  ")?;
            } else {
                write!(f, "{line:>4} {index:>4}  ")?;
            }
            last = line;
            self.write_op(f, op)?;
            writeln!(f)?;
        }
        for constant in &self.consts {
            if let Const::Code(code) = constant {
                write!(f, "\n{code}")?;
            }
        }
        Ok(())
    }
}

impl Code {
    fn write_op(&self, f: &mut fmt::Formatter<'_>, op: Op) -> fmt::Result {
        write!(f, "{op:?}")?;
        let named = |names: &[Name], index: u32| names.get(index as usize).map(|name| name.text().to_owned());
        let shown = match op {
            Op::Const(index) => self.consts.get(index as usize).map(ToString::to_string),
            Op::LoadLocal(index) | Op::StoreLocal(index) | Op::DeleteLocal(index) | Op::LoadLocalOrGlobal(index) => {
                named(&self.locals, index)
            }
            Op::LoadCell(index)
            | Op::LoadCellOrGlobal(index)
            | Op::StoreCell(index)
            | Op::DeleteCell(index)
            | Op::LoadClosure(index)
            | Op::LoadClassCell(index) => match (index as usize).checked_sub(self.cells.len()) {
                Some(free) => self.free.get(free).map(|name| name.text().to_owned()),
                None => named(&self.cells, index),
            },
            Op::LoadGlobal(index)
            | Op::StoreGlobal(index)
            | Op::DeleteGlobal(index)
            | Op::LoadName(index)
            | Op::StoreName(index)
            | Op::DeleteName(index)
            | Op::LoadAttr(index)
            | Op::StoreAttr(index)
            | Op::DeleteAttr(index)
            | Op::LoadMethod(index)
            | Op::ImportFrom(index)
            | Op::ImportName { name: index, .. } => named(&self.names, index),
            Op::CallKeywords { names, .. } | Op::CallMethodKeywords { names, .. } => {
                self.consts.get(usize::from(names)).map(ToString::to_string)
            }
            _ => None,
        };
        shown.map_or(Ok(()), |shown| write!(f, " {shown}"))
    }
}

impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "params {}/{}", self.positional_only, self.positional)?;
        if self.keyword_only > 0 {
            write!(f, " +{} by keyword", self.keyword_only)?;
        }
        if self.args {
            write!(f, " *args")?;
        }
        if self.kwargs {
            write!(f, " **kwargs")?;
        }
        Ok(())
    }
}

impl fmt::Display for Const {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Const::None => write!(f, "None"),
            Const::Ellipsis => write!(f, "..."),
            Const::Bool(value) => write!(f, "{}", if *value { "True" } else { "False" }),
            Const::Int(value) => write!(f, "{value}"),
            Const::BigInt(value) => write!(f, "{value}"),
            Const::Float(value) => write!(f, "{value:?}"),
            Const::Imaginary(value) => write!(f, "{value:?}j"),
            Const::Str(text) => write!(f, "{text:?}"),
            Const::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Const::Code(code) => write!(f, "<{}>", code.qualname),
            Const::Tuple(items) => {
                write!(f, "(")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                write!(f, ")")
            }
        }
    }
}
