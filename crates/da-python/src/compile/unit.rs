//! The code of one function, class or module while it is emitted.
//!
//! Constants and names are kept once each. Jumps hold labels until the unit is done.

use super::scope::ScopeId;
use super::symbol::Symbol;
use super::unwind::Block;
use crate::code::{Code, CodeKind, Const, Lines, Name, Op, Ops, Params};
use hashbrown::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// A place in the code that jumps go to, bound once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label(u32);

/// What makes two constants one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ConstKey {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(u64),
    Str(Symbol),
}

pub(super) struct Unit<'a> {
    pub(super) scope: ScopeId,
    pub(super) kind: CodeKind,
    pub(super) name: Name,
    pub(super) qualname: Arc<str>,
    pub(super) params: Params,
    pub(super) doc: Option<Arc<str>>,
    /// The line where it begins.
    pub(super) first_line: u32,
    /// What has to be undone when control leaves, innermost last.
    pub(super) blocks: Vec<Block<'a>>,
    ops: Vec<Op>,
    lines: Vec<u32>,
    labels: Vec<u32>,
    consts: Vec<Const>,
    const_index: HashMap<ConstKey, u32>,
    names: Vec<Name>,
    name_index: HashMap<Symbol, u32>,
    /// Hidden locals in use, and the most that were.
    used: u32,
    most: u32,
}

fn index_of(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl Unit<'_> {
    pub(super) fn new(scope: ScopeId, kind: CodeKind, name: Name, qualname: Arc<str>) -> Self {
        Unit {
            scope,
            kind,
            name,
            qualname,
            params: Params::default(),
            doc: None,
            first_line: 1,
            blocks: Vec::new(),
            ops: Vec::with_capacity(32),
            lines: Vec::with_capacity(32),
            labels: Vec::new(),
            consts: Vec::new(),
            const_index: HashMap::new(),
            names: Vec::new(),
            name_index: HashMap::new(),
            used: 0,
            most: 0,
        }
    }

    /// Stands where a unit was taken from.
    pub(super) fn empty() -> Self {
        Unit::new(ScopeId(0), CodeKind::Module, Name::new(""), Arc::from(""))
    }

    pub(super) fn push(&mut self, op: Op, line: u32) {
        self.ops.push(op);
        self.lines.push(line);
    }

    pub(super) fn label(&mut self) -> Label {
        self.labels.push(u32::MAX);
        Label(index_of(self.labels.len() - 1))
    }

    /// Binds a label to what is emitted next.
    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = index_of(self.ops.len());
    }

    pub(super) fn constant(&mut self, key: ConstKey, make: impl FnOnce() -> Const) -> u32 {
        if let Some(index) = self.const_index.get(&key) {
            return *index;
        }
        let index = self.add_constant(make());
        self.const_index.insert(key, index);
        index
    }

    pub(super) fn add_constant(&mut self, constant: Const) -> u32 {
        self.consts.push(constant);
        index_of(self.consts.len() - 1)
    }

    pub(super) fn name(&mut self, symbol: Symbol, name: &Name) -> u32 {
        if let Some(index) = self.name_index.get(&symbol) {
            return *index;
        }
        let index = index_of(self.names.len());
        self.names.push(name.clone());
        self.name_index.insert(symbol, index);
        index
    }

    /// Takes a hidden local; its index counts from the end of the named ones.
    pub(super) fn take_temporary(&mut self) -> u32 {
        self.used += 1;
        self.most = self.most.max(self.used);
        self.used - 1
    }

    pub(super) fn temporaries_in_use(&self) -> u32 {
        self.used
    }

    pub(super) fn release_temporaries(&mut self, used: u32) {
        self.used = used;
    }

    pub(super) fn temporaries(&self) -> u32 {
        self.most
    }

    /// The finished code, its labels resolved.
    pub(super) fn into_code(
        mut self,
        file: &Arc<str>,
        locals: Box<[Name]>,
        cells: Box<[Name]>,
        cell_params: Box<[(u32, u32)]>,
        free: Box<[Name]>,
    ) -> Code {
        for op in &mut self.ops {
            if let Some(target) = jump_target(op) {
                *target = self.labels[*target as usize];
            }
        }
        let Params { positional, keyword_only, args, kwargs, .. } = self.params;
        let others = keyword_only > 0 || args || kwargs || !cells.is_empty() || !free.is_empty();
        let plain = if self.kind == CodeKind::Function && !others { positional } else { u32::MAX };
        Code {
            hints: self.ops.iter().map(|_| AtomicU32::new(0)).collect(),
            plain,
            name: self.name,
            qualname: self.qualname,
            file: Arc::clone(file),
            ops: Ops::new(&self.ops, &self.consts),
            lines: Lines::new(&self.lines),
            first_line: self.first_line,
            consts: self.consts.into(),
            names: self.names.into(),
            params: self.params,
            locals,
            cells,
            cell_params,
            free,
            kind: self.kind,
            doc: self.doc,
        }
    }
}

impl Label {
    /// The label as an operand, until the unit is done.
    pub(super) fn operand(self) -> u32 {
        self.0
    }
}

fn jump_target(op: &mut Op) -> Option<&mut u32> {
    match op {
        Op::Jump(target)
        | Op::JumpIfTrue(target)
        | Op::JumpIfFalse(target)
        | Op::JumpIfTrueOrPop(target)
        | Op::JumpIfFalseOrPop(target)
        | Op::ForIter(target)
        | Op::PushHandler(target) => Some(target),
        _ => None,
    }
}
