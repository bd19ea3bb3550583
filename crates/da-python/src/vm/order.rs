//! The order in which a class and what it derives from are looked through, and the bases that decide it.

use super::Vm;
use crate::error::{PyResult, Raised};
use crate::heap::Handle;
use crate::value::{Object, Origin, Value};
use hashbrown::HashMap;

/// What it costs to look at the frozen objects.
const LOOKING: u64 = 2_000;

fn handle(class: Value) -> Option<Handle> {
    match class {
        Value::Ref(handle) => Some(handle),
        _ => None,
    }
}

impl Vm<'_> {
    /// C3: the order in which a class and what it derives from are looked through.
    pub(crate) fn order_of_resolution(&mut self, class: Value, bases: &[Value]) -> PyResult<Vec<Value>> {
        let mut order = vec![class];
        let mro_of = |vm: &Self, base: Value| vm.as_class(base).map(|base| base.mro.to_vec()).unwrap_or_default();
        if let [base] = bases {
            order.append(&mut mro_of(self, *base));
            // Names that it does not have are looked for in all of them.
            self.pay(order.len() as u64 * 2)?;
            return Ok(order);
        }
        let mut lists: Vec<Vec<Value>> = bases.iter().map(|base| mro_of(self, *base)).collect();
        lists.push(bases.to_vec());
        let mut lists: Vec<&[Value]> = lists.iter().map(Vec::as_slice).collect();
        self.pay(lists.iter().map(|list| list.len()).sum::<usize>() as u64 * 8)?;
        // How often each class waits behind the head of a list.
        let mut waiting: HashMap<Option<Handle>, usize> = HashMap::new();
        for class in lists.iter().flat_map(|list| list.iter().skip(1)) {
            *waiting.entry(handle(*class)).or_default() += 1;
        }
        loop {
            lists.retain(|list| !list.is_empty());
            if lists.is_empty() {
                return Ok(order);
            }
            self.pay(lists.len() as u64 * 4)?;
            let is_free = |head: &Value| waiting.get(&handle(*head)).is_none_or(|count| *count == 0);
            let next = lists.iter().map(|list| list[0]).find(is_free);
            let Some(next) = next else { return Err(self.no_order(bases)) };
            order.push(next);
            for list in lists.iter_mut().filter(|list| list[0].is(next)) {
                *list = &list[1..];
                if let Some(count) = list.first().and_then(|head| waiting.get_mut(&handle(*head))) {
                    *count -= 1;
                }
            }
        }
    }

    fn no_order(&mut self, bases: &[Value]) -> Raised {
        let names: Vec<String> =
            bases.iter().filter_map(|base| self.as_class(*base)).map(|base| base.name.to_string()).collect();
        for (place, base) in bases.iter().enumerate() {
            if bases[..place].iter().any(|other| other.is(*base)) {
                let name = &names[place];
                return self.type_error(format!("duplicate base class {name}"));
            }
        }
        let names = names.join(", ");
        self.type_error(format!("Cannot create a consistent method resolution\norder (MRO) for bases {names}"))
    }

    /// The order of a class: C3's, or what `mro` of its metaclass says.
    pub(super) fn resolved_order(&mut self, class: Value, bases: &[Value]) -> PyResult<Vec<Value>> {
        let Some(own) = self.special(class, "mro") else { return self.order_of_resolution(class, bases) };
        let said = self.call_function(own, class, &[])?;
        let order = self.collect(said)?;
        for other in &order {
            if self.as_class(*other).is_none() {
                let given = self.type_name(*other);
                return Err(self.type_error(format!("mro() returned a non-class ('{given}')")));
            }
            let (mine, its) = (self.as_class(class).map(|c| c.kind), self.as_class(*other).map(|c| c.kind));
            if mine != its && its != Some(crate::value::ClassKind::Plain) {
                let other = self.class_name(*other);
                return Err(self.type_error(format!("mro() returned base with unsuitable layout ('{other}')")));
            }
        }
        Ok(order)
    }

    /// The classes that derive from a class, directly or not, those before that derive from fewer others.
    pub(super) fn derived_from(&mut self, class: Value) -> PyResult<Vec<Value>> {
        self.pay_for_looking_through()?;
        let derives = |handle: &crate::heap::Handle| match self.heap.get(*handle) {
            Object::Class(other) => !Value::Ref(*handle).is(class) && other.mro.iter().any(|base| base.is(class)),
            _ => false,
        };
        let mut found: Vec<Value> = self.heap.handles().filter(derives).map(Value::Ref).collect();
        found.sort_by_key(|class| self.as_class(*class).map_or(0, |class| class.mro.len()));
        Ok(found)
    }

    /// Pays for looking at every object, the frozen ones included.
    pub(crate) fn pay_for_looking_through(&mut self) -> PyResult<()> {
        self.pay(LOOKING + self.heap.top_places() as u64 / 8)
    }

    /// `class.__bases__ = bases`
    pub(super) fn set_bases(&mut self, class: Value, bases: Value) -> PyResult<()> {
        let name = self.class_name(class);
        let Some(data) = self.as_class(class) else { return Ok(()) };
        let kind = data.kind;
        if data.origin == Origin::Builtin {
            return Err(self.immutable(class, "__bases__"));
        }
        let Some(items) = self.as_tuple(bases).map(<[Value]>::to_vec) else {
            let given = self.type_name(bases);
            return Err(self.type_error(format!("can only assign tuple to {name}.__bases__, not {given}")));
        };
        if items.is_empty() {
            return Err(self.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
        }
        for base in &items {
            if self.as_class(*base).is_none() {
                let given = self.type_name(*base);
                return Err(self.type_error(format!("{name}.__bases__ must be tuple of classes, not '{given}'")));
            }
            if self.derives(*base, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
        }
        if self.kind_of_bases(&items)? != kind {
            let old = self.as_class(class).and_then(|class| class.bases.first().copied()).unwrap_or(Value::None);
            let built_in = |vm: &Self, class| vm.as_class(class).is_some_and(|class| class.origin == Origin::Builtin);
            let what = if built_in(self, items[0]) || built_in(self, old) { "deallocator" } else { "object layout" };
            let (new, old) = (self.class_name(items[0]), self.class_name(old));
            return Err(self.type_error(format!("__bases__ assignment: '{new}' {what} differs from '{old}'")));
        }
        self.reorder(class, items)
    }

    /// Gives a class other bases, and it and those that derive from it another order; nothing changes when that fails.
    fn reorder(&mut self, class: Value, bases: Vec<Value>) -> PyResult<()> {
        let mut changed = vec![class];
        changed.extend(self.derived_from(class)?);
        let mut before = Vec::new();
        let mut result = Ok(());
        for this in &changed {
            let Some(data) = self.as_class(*this) else { continue };
            let of = if this.is(class) { bases.clone() } else { data.bases.to_vec() };
            before.push((*this, data.bases.clone(), data.mro.clone()));
            // A metaclass may let go of them while it says the order, and they may have to come back.
            for held in data.bases.iter().chain(&data.mro).copied().collect::<Vec<_>>() {
                self.root(held);
            }
            if this.is(class)
                && let Some(data) = self.as_class_mut(*this)
            {
                data.bases = bases.clone().into_boxed_slice();
            }
            match self.resolved_order(*this, &of) {
                Ok(order) => {
                    self.heap.charge(order.len() * size_of::<Value>())?;
                    if let Some(data) = self.as_class_mut(*this) {
                        data.mro = order.into_boxed_slice();
                    }
                }
                Err(raised) => {
                    result = Err(raised);
                    break;
                }
            }
        }
        if result.is_err() {
            for (this, bases, mro) in before {
                if let Some(data) = self.as_class_mut(this) {
                    (data.bases, data.mro) = (bases, mro);
                }
            }
        }
        self.in_classes.clear();
        for this in changed {
            self.update_hooks(this);
        }
        result
    }
}
