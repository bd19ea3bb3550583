//! Scopes, and where each of their names lives.
//!
//! A scope is filled while the tree is walked ([`analyse`](super::analyse)) and settled afterwards:
//! only then is it known which names inner functions capture. Nothing here emits code.

use super::symbol::Symbol;
use hashbrown::HashMap;

/// The index of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScopeId(pub(super) u32);

/// What a scope belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    /// A module, block or expression: names live in its namespace.
    Module,
    /// A template: a function whose unset names are looked up as globals.
    Template,
    /// A class body.
    Class,
    /// A function or lambda.
    Function,
    /// A comprehension or generator expression.
    Comprehension,
}

impl ScopeKind {
    /// Whether names are locals here.
    pub(super) fn is_function(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }
}

/// What was seen of a name in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags(u16);

impl Flags {
    pub(super) const NONE: Flags = Flags(0);
    /// It is assigned.
    pub(super) const ASSIGNED: Flags = Flags(1);
    /// It is a parameter.
    pub(super) const PARAMETER: Flags = Flags(2);
    /// It is read.
    pub(super) const READ: Flags = Flags(4);
    /// It is declared `global`.
    pub(super) const GLOBAL: Flags = Flags(8);
    /// It is declared `nonlocal`.
    pub(super) const NONLOCAL: Flags = Flags(16);
    /// It is annotated.
    pub(super) const ANNOTATED: Flags = Flags(32);
    /// It is a variable of a comprehension.
    pub(super) const ITERATION: Flags = Flags(64);
    /// An inner function captures it from here.
    pub(super) const CAPTURED: Flags = Flags(128);
    /// It comes from an outer function, for this scope or for one inside.
    pub(super) const FREE: Flags = Flags(256);
    /// Unset, it is looked up as a global.
    pub(super) const FALLBACK: Flags = Flags(512);
    /// Read here, it was found in an outer function.
    pub(super) const OUTER: Flags = Flags(1024);

    pub(super) fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    fn is_bound(self) -> bool {
        self.has(Flags(Flags::ASSIGNED.0 | Flags::PARAMETER.0)) && !self.has(Flags(Flags::GLOBAL.0 | Flags::NONLOCAL.0))
    }
}

/// Where a name lives, as seen from one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the local mapping, else global.
    Name,
    Global,
    Local(u32),
    /// A local that, unset, is a global.
    LocalOrGlobal(u32),
    /// By index among `cells`, then `free`.
    Cell(u32),
    CellOrGlobal(u32),
    /// Read in a class body: its mapping, then the cell.
    ClassCell(u32),
}

struct Entry {
    symbol: Symbol,
    flags: Flags,
    /// Its index among locals, cells or free names, once settled.
    slot: u32,
}

/// A scope.
pub(super) struct Scope<'a> {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    /// The class whose name mangles private names here.
    pub(super) private: Option<&'a str>,
    /// Whether there is a `yield` in it.
    pub(super) generator: bool,
    pub(super) locals: Vec<Symbol>,
    pub(super) cells: Vec<Symbol>,
    pub(super) free: Vec<Symbol>,
    entries: Vec<Entry>,
    /// Filled once a scope has more names than are quickly looked through.
    index: HashMap<Symbol, u32>,
}

const SMALL: usize = 12;

impl<'a> Scope<'a> {
    pub(super) fn new(kind: ScopeKind, parent: Option<ScopeId>, private: Option<&'a str>) -> Self {
        Scope {
            kind,
            parent,
            private,
            generator: false,
            locals: Vec::new(),
            cells: Vec::new(),
            free: Vec::new(),
            entries: Vec::new(),
            index: HashMap::new(),
        }
    }

    fn find(&self, symbol: Symbol) -> Option<usize> {
        if self.entries.len() <= SMALL {
            self.entries.iter().position(|entry| entry.symbol == symbol)
        } else {
            self.index.get(&symbol).map(|index| *index as usize)
        }
    }

    /// What is known of a name.
    pub(super) fn flags(&self, symbol: Symbol) -> Flags {
        self.find(symbol).map_or(Flags::NONE, |index| self.entries[index].flags)
    }

    /// Notes something about a name.
    pub(super) fn add(&mut self, symbol: Symbol, flags: Flags) {
        if let Some(index) = self.find(symbol) {
            self.entries[index].flags.0 |= flags.0;
            return;
        }
        self.entries.push(Entry { symbol, flags, slot: 0 });
        if self.entries.len() == SMALL + 1 {
            self.index = (0u32..).zip(&self.entries).map(|(index, entry)| (entry.symbol, index)).collect();
        } else if self.entries.len() > SMALL {
            self.index.insert(symbol, u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX));
        }
    }

    /// Where a name lives.
    pub(super) fn place(&self, symbol: Symbol, reads: bool) -> Place {
        let Some(index) = self.find(symbol) else {
            return if self.kind.is_function() { Place::Global } else { Place::Name };
        };
        let Entry { flags, slot, .. } = self.entries[index];
        let fallback = flags.has(Flags::FALLBACK) && reads;
        match self.kind {
            _ if flags.has(Flags::GLOBAL) => Place::Global,
            ScopeKind::Module => Place::Name,
            ScopeKind::Class if flags.has(Flags::NONLOCAL) => Place::Cell(slot),
            ScopeKind::Class if flags.has(Flags::OUTER) => Place::ClassCell(slot),
            ScopeKind::Class => Place::Name,
            _ if flags.has(Flags(Flags::CAPTURED.0 | Flags::FREE.0)) && fallback => Place::CellOrGlobal(slot),
            _ if flags.has(Flags(Flags::CAPTURED.0 | Flags::FREE.0)) => Place::Cell(slot),
            _ if flags.is_bound() && fallback => Place::LocalOrGlobal(slot),
            _ if flags.is_bound() => Place::Local(slot),
            _ => Place::Global,
        }
    }

    /// The index of a cell for the closure of an inner function.
    pub(super) fn cell(&self, symbol: Symbol) -> Option<u32> {
        if let Some(index) = self.cells.iter().position(|cell| *cell == symbol) {
            return u32::try_from(index).ok();
        }
        let index = self.free.iter().position(|free| *free == symbol)?;
        u32::try_from(self.cells.len() + index).ok()
    }

    /// Gives every name its index, once all captures are known.
    fn settle(&mut self) {
        for index in 0..self.entries.len() {
            let Entry { symbol, flags, .. } = self.entries[index];
            let captured = flags.has(Flags::CAPTURED);
            if self.kind == ScopeKind::Template && flags.is_bound() {
                self.entries[index].flags.0 |= Flags::FALLBACK.0;
            }
            let local = self.kind.is_function() && flags.is_bound();
            if local && (!captured || flags.has(Flags::PARAMETER)) {
                self.entries[index].slot = u32::try_from(self.locals.len()).unwrap_or(u32::MAX);
                self.locals.push(symbol);
            }
            if captured {
                self.entries[index].slot = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
                self.cells.push(symbol);
            }
        }
        let own = self.cells.len();
        for index in 0..self.free.len() {
            if let Some(entry) = self.find(self.free[index]) {
                self.entries[entry].slot = u32::try_from(own + index).unwrap_or(u32::MAX);
            }
        }
    }
}

/// All scopes of one compilation, outer ones before inner ones.
#[derive(Default)]
pub(super) struct Scopes<'a> {
    all: Vec<Scope<'a>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn push(&mut self, scope: Scope<'a>) -> ScopeId {
        self.all.push(scope);
        ScopeId(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
    }

    pub(super) fn get(&self, id: ScopeId) -> &Scope<'a> {
        &self.all[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: ScopeId) -> &mut Scope<'a> {
        &mut self.all[id.0 as usize]
    }

    /// Finds the owner of every name that is read or declared `nonlocal`, then settles all indexes.
    pub(super) fn settle(&mut self, class_symbol: Symbol) {
        for scope in 0..self.all.len() {
            if self.all[scope].parent.is_none() {
                continue;
            }
            for entry in 0..self.all[scope].entries.len() {
                let Entry { symbol, flags, .. } = self.all[scope].entries[entry];
                if !flags.is_bound() && !flags.has(Flags(Flags::GLOBAL.0 | Flags::OUTER.0)) {
                    let searched = flags.has(Flags(Flags::READ.0 | Flags::NONLOCAL.0));
                    if searched {
                        self.capture(scope, symbol, class_symbol);
                    }
                }
            }
        }
        for scope in &mut self.all {
            scope.settle();
        }
    }

    /// Whether a scope outside `id` binds `symbol` for functions inside.
    pub(super) fn owner(&self, id: ScopeId, symbol: Symbol, class_symbol: Symbol) -> Option<ScopeId> {
        let mut next = self.get(id).parent;
        while let Some(id) = next {
            let scope = self.get(id);
            match scope.kind {
                ScopeKind::Module => return None,
                ScopeKind::Class if symbol == class_symbol => return Some(id),
                ScopeKind::Class => {}
                _ => {
                    let flags = scope.flags(symbol);
                    if flags.has(Flags::GLOBAL) {
                        return None;
                    }
                    if flags.is_bound() {
                        return Some(id);
                    }
                }
            }
            next = scope.parent;
        }
        None
    }

    fn capture(&mut self, scope: usize, symbol: Symbol, class_symbol: Symbol) {
        let id = ScopeId(u32::try_from(scope).unwrap_or(u32::MAX));
        let Some(owner) = self.owner(id, symbol, class_symbol) else { return };
        self.get_mut(owner).add(symbol, Flags::CAPTURED);
        let fallback = self.get(owner).kind == ScopeKind::Template;
        self.get_mut(id).add(symbol, Flags::OUTER);
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| *id != owner) {
            let scope = self.get_mut(id);
            if !scope.flags(symbol).has(Flags::FREE) {
                scope.free.push(symbol);
            }
            scope.add(symbol, if fallback { Flags(Flags::FREE.0 | Flags::FALLBACK.0) } else { Flags::FREE });
            next = scope.parent;
        }
    }
}
