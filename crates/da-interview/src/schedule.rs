//! [`Schedule`]: what runs by itself, worked out once when the interview is read.
//!
//! It holds numbers of blocks alone; whether a block is due is decided when its turn comes.

use crate::block::{Block, BlockId, BlockKind, Program, Reconsider, Switch};

/// What runs by itself, in the order of the files.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    /// What is done once per request, before the passes: imports, modules, variables that are forgotten.
    pub(crate) prologue: Vec<BlockId>,
    /// The blocks that are initial or mandatory, by themselves or under a condition.
    pub(crate) turns: Vec<BlockId>,
    /// The modules that the interview imports, by their full names, each once.
    pub(crate) modules: Vec<String>,
    /// Whether a block of code calls `process_action` itself, so that it decides when actions are carried out.
    pub(crate) acts_itself: bool,
}

impl Schedule {
    /// The schedule of a program.
    pub(crate) fn new(program: &Program) -> Self {
        let mut schedule = Schedule::default();
        for &id in &program.order {
            let block = &program[id];
            match &block.kind {
                BlockKind::Imports(names) | BlockKind::Modules(names) => {
                    for name in names {
                        let full = full_name(block.package(), name);
                        if !schedule.modules.contains(&full) {
                            schedule.modules.push(full);
                        }
                    }
                    schedule.prologue.push(id);
                }
                BlockKind::Reset(_) => schedule.prologue.push(id),
                _ if block.modifiers.reconsider == Reconsider::Always => schedule.prologue.push(id),
                _ => {}
            }
            if let BlockKind::Code(code) | BlockKind::EventCode(code) = &block.kind {
                schedule.acts_itself |= code.source.contains("process_action(");
            }
            if !matches!((&block.modifiers.initial, &block.modifiers.mandatory), (Switch::Off, Switch::Off)) {
                schedule.turns.push(id);
            }
        }
        schedule
    }
}

/// The first block that imports a module.
pub(crate) fn importer<'p>(program: &'p Program, module: &str) -> Option<&'p Block> {
    program.order.iter().map(|&id| &program[id]).find(|block| match &block.kind {
        BlockKind::Imports(names) | BlockKind::Modules(names) => {
            names.iter().any(|name| full_name(block.package(), name) == module)
        }
        _ => false,
    })
}

/// The full name of a module: `.mine` in a file of `docassemble.x` is `docassemble.x.mine`.
pub(crate) fn full_name(package: &str, module: &str) -> String {
    match module.strip_prefix('.') {
        Some(rest) => format!("{package}.{rest}"),
        None => module.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::program_of;

    #[test]
    fn only_what_runs_by_itself_is_scheduled() {
        let program = program_of(
            "modules:\n  - .mine\n  - docassemble.base.util\n---\nimports:\n  - .mine\n---\nreset:\n  - a\n---\n\
             code: b = 1\n---\nmandatory: True\ncode: c = 1\n---\ninitial: b\ncode: d = 1\n---\nreconsider: True\ncode: e = 1\n",
        );
        let schedule = Schedule::new(&program);
        assert_eq!(schedule.modules, ["docassemble.x.mine", "docassemble.base.util"]);
        assert_eq!(schedule.prologue, [BlockId(0), BlockId(1), BlockId(2), BlockId(6)]);
        assert_eq!(schedule.turns, [BlockId(4), BlockId(5)]);
    }
}
