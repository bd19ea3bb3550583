//! Names of one compilation, interned: every text is hashed and allocated once.
//!
//! A [`Symbol`] means nothing outside the [`Symbols`] that made it.

use crate::code::{Name, hash_text};
use hashbrown::HashTable;

/// An interned name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Symbol(u32);

/// The interned names.
#[derive(Default)]
pub(super) struct Symbols {
    names: Vec<Name>,
    table: HashTable<u32>,
}

impl Symbols {
    /// The symbol of a text.
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        let hash = hash_text(text);
        let names = &self.names;
        if let Some(index) = self.table.find(hash, |index| names[*index as usize].text() == text) {
            return Symbol(*index);
        }
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Name::new(text));
        let names = &self.names;
        self.table.insert_unique(hash, index, |index| names[*index as usize].hash());
        Symbol(index)
    }

    /// The symbol of an identifier in the body of class `private`: `__x` becomes `_Class__x`.
    pub(super) fn mangle(&mut self, private: Option<&str>, text: &str) -> Symbol {
        match private {
            Some(class) if text.starts_with("__") && !text.ends_with("__") => match class.trim_start_matches('_') {
                "" => self.intern(text),
                class => self.intern(&format!("_{class}{text}")),
            },
            _ => self.intern(text),
        }
    }

    /// The name of a symbol.
    pub(super) fn name(&self, symbol: Symbol) -> &Name {
        &self.names[symbol.0 as usize]
    }

    /// The text of a symbol.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.name(symbol).text()
    }
}
