//! Reading, storing and deleting names, wherever they live.

use super::scope::Place;
use super::symbol::Symbol;
use super::{Compiled, Compiler};
use crate::code::Op;

impl Compiler<'_, '_> {
    /// The symbol of an identifier, private names mangled.
    pub(super) fn symbol(&mut self, text: &str) -> Symbol {
        let private = self.scopes.get(self.unit.scope).private;
        self.symbols.mangle(private, text)
    }

    /// The index of a name in the present unit.
    pub(super) fn name_index(&mut self, symbol: Symbol) -> u32 {
        self.unit.name(symbol, self.symbols.name(symbol))
    }

    /// The index of an attribute's name.
    pub(super) fn attribute(&mut self, text: &str) -> u32 {
        let symbol = self.symbol(text);
        self.name_index(symbol)
    }

    pub(super) fn load(&mut self, symbol: Symbol) -> Compiled {
        let op = match self.scopes.get(self.unit.scope).place(symbol, true) {
            Place::Name => Op::LoadName(self.name_index(symbol)),
            Place::Global => Op::LoadGlobal(self.name_index(symbol)),
            Place::Local(index) => Op::LoadLocal(index),
            Place::LocalOrGlobal(index) => Op::LoadLocalOrGlobal(index),
            Place::Cell(index) => Op::LoadCell(index),
            Place::CellOrGlobal(index) => Op::LoadCellOrGlobal(index),
            Place::ClassCell(index) => Op::LoadClassCell(index),
        };
        self.emit(op)
    }

    pub(super) fn store(&mut self, symbol: Symbol) -> Compiled {
        let op = match self.scopes.get(self.unit.scope).place(symbol, false) {
            Place::Name => Op::StoreName(self.name_index(symbol)),
            Place::Global => Op::StoreGlobal(self.name_index(symbol)),
            Place::Local(index) | Place::LocalOrGlobal(index) => Op::StoreLocal(index),
            Place::Cell(index) | Place::CellOrGlobal(index) | Place::ClassCell(index) => Op::StoreCell(index),
        };
        self.emit(op)
    }

    pub(super) fn delete(&mut self, symbol: Symbol) -> Compiled {
        let op = match self.scopes.get(self.unit.scope).place(symbol, false) {
            Place::Name => Op::DeleteName(self.name_index(symbol)),
            Place::Global => Op::DeleteGlobal(self.name_index(symbol)),
            Place::Local(index) | Place::LocalOrGlobal(index) => Op::DeleteLocal(index),
            Place::Cell(index) | Place::CellOrGlobal(index) | Place::ClassCell(index) => Op::DeleteCell(index),
        };
        self.emit(op)
    }

    pub(super) fn load_text(&mut self, text: &str) -> Compiled {
        let symbol = self.symbol(text);
        self.load(symbol)
    }

    pub(super) fn store_text(&mut self, text: &str) -> Compiled {
        let symbol = self.symbol(text);
        self.store(symbol)
    }

    /// `name = None; del name`, the end of `except ... as name`: it cannot fail even when the body
    /// deleted the name.
    pub(super) fn unset(&mut self, symbol: Symbol) -> Compiled {
        self.emit_none()?;
        self.store(symbol)?;
        self.delete(symbol)
    }
}
