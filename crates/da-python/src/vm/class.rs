//! Making classes.

use super::Vm;
use super::call::Prepared;
use super::frame::{Frame, Then};
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::value::{Builtin, Class, Hooks, Object, Origin, Value};
use std::sync::Arc;

/// Where the parts of a class lie above the floor of its body's frame.
const NAME: usize = 1;
const BASES: usize = 2;
const KEYWORDS: usize = 3;
const METACLASS: usize = 4;
const NAMESPACE: usize = 5;
/// What it costs to make a class, and to give it an attribute.
const CLASS: u64 = 200;
const ATTRIBUTE: u64 = 10;
/// Under which name the namespace of a class body holds the cell of `__class__`.
const CLASS_CELL: &str = "__classcell__";

impl Vm<'_> {
    /// The frame of a class body; `function name bases...` lie at the slot, or the arguments are given.
    pub(super) fn class_body(&mut self, slot: usize, args: Option<Args>) -> PyResult<Box<Frame>> {
        let mut args = match args {
            Some(args) => args,
            None => self.positional_args(slot + 1),
        };
        self.stack.truncate(slot + 2);
        let stated = self.tuple(args.positional.clone())?;
        self.root(stated);
        let bases = self.resolve_bases(&args.positional)?;
        let stands_for_others = bases.len() != args.positional.len()
            || bases.iter().zip(&args.positional).any(|(base, stated)| !base.is(*stated));
        let explicit = args.keywords.iter().position(|(name, _)| &**name == "metaclass");
        let explicit = explicit.map(|place| args.keywords.remove(place).1);
        let metaclass = self.metaclass_for(&bases, explicit)?;
        let bases = self.tuple(bases)?;
        let keywords = self.dict()?;
        for (name, value) in &args.keywords {
            self.dict_set_str(keywords, name, *value)?;
        }
        self.stack.extend([bases, keywords, metaclass]);
        let name = self.stack[slot + NAME];
        let namespace = self.prepare_namespace(metaclass, name, bases, &args)?;
        self.stack.push(namespace);
        if stands_for_others {
            self.store_name(namespace, &crate::code::Name::new("__orig_bases__"), stated)?;
        }
        self.stack.push(self.stack[slot]);
        let Some(function) = self.as_function(self.stack[slot]) else {
            return Err(self.type_error("a class body must be a function"));
        };
        let (code, globals) = (Arc::clone(&function.code), function.globals);
        if let Some(module) = self.heap.find_name(globals, "__name__".into()) {
            self.store_name(namespace, &crate::code::Name::new("__module__"), module)?;
        }
        let base = self.stack.len();
        match self.frame(slot, base, code, globals, Then::Class)? {
            Prepared::Frame(mut frame) => {
                frame.names = namespace;
                Ok(frame)
            }
            _ => Err(self.type_error("a class body cannot yield")),
        }
    }

    fn prepare_namespace(&mut self, metaclass: Value, name: Value, bases: Value, args: &Args) -> PyResult {
        if let Some(found) = self.class_lookup(metaclass, "__prepare__".into())
            && found.origin != Origin::Builtin
        {
            let prepare = self.attribute(metaclass, "__prepare__".into())?;
            return self.call_with(prepare, Args { positional: vec![name, bases], keywords: args.keywords.clone() });
        }
        self.dict()
    }

    /// Bases that are not classes say by `__mro_entries__` what they stand for.
    fn resolve_bases(&mut self, bases: &[Value]) -> PyResult<Vec<Value>> {
        let mut resolved = Vec::with_capacity(bases.len());
        for base in bases {
            if self.as_class(*base).is_some() {
                resolved.push(*base);
                continue;
            }
            let all = self.tuple(bases.to_vec())?;
            // Asked of the thing itself, unlike other special names: `NamedTuple` is a function that has one.
            let Ok(entries) = self.attribute(*base, "__mro_entries__".into()) else {
                return Err(self.type_error("bases must be types"));
            };
            let entries = self.call(entries, &[all])?;
            resolved.extend(self.collect(entries)?);
        }
        Ok(resolved)
    }

    fn metaclass_for(&mut self, bases: &[Value], explicit: Option<Value>) -> PyResult {
        let mut winner = explicit.unwrap_or_else(|| self.class_of(Builtin::Type));
        if self.as_class(winner).is_none() {
            return Ok(winner);
        }
        for base in bases {
            let other = self.type_of(*base);
            if self.derives(winner, other) {
                continue;
            }
            if !self.derives(other, winner) {
                return Err(self.type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                     metaclasses of all its bases",
                ));
            }
            winner = other;
        }
        Ok(winner)
    }

    /// Makes the class when its body has run; `cell` is where `super()` will look for it.
    pub(super) fn finish_class(&mut self, floor: usize, cell: Value) -> PyResult {
        let part = |vm: &Self, place: usize| vm.stack[floor + place];
        let (name, bases, namespace) = (part(self, NAME), part(self, BASES), part(self, NAMESPACE));
        let (keywords, metaclass) = (part(self, KEYWORDS), part(self, METACLASS));
        self.stack.push(cell);
        // `type.__new__` fills it, so that methods that run while the class is made can say `super()`.
        let inside = self.builtin(namespace);
        if matches!(self.heap.object(cell), Some(Object::Cell(_))) && self.as_dict(inside).is_some() {
            self.set_name(inside, CLASS_CELL, cell)?;
        }
        let class = self.call_metaclass(metaclass, name, bases, namespace, keywords)?;
        self.root(class);
        if let Some(Object::Cell(inside)) = self.heap.object(cell)
            && self.as_class(class).is_some()
            && !inside.is_some_and(|inside| inside.is(class))
        {
            let inside = *inside;
            return Err(self.wrong_class_cell(name, class, inside)?);
        }
        Ok(class)
    }

    fn wrong_class_cell(&mut self, name: Value, class: Value, inside: Option<Value>) -> PyResult<Raised> {
        let (name, class) = (self.repr(name)?, self.repr(class)?);
        Ok(match inside {
            None => self.runtime_error(format!(
                "__class__ not set defining {name} as {class}. Was __classcell__ propagated to type.__new__?"
            )),
            Some(inside) => {
                let inside = self.repr(inside)?;
                self.type_error(format!("__class__ set to {inside} defining {name} as {class}"))
            }
        })
    }

    fn fill_class_cell(&mut self, cell: Value, class: Value) -> PyResult<()> {
        if let Value::Ref(handle) = cell
            && let Some(Object::Cell(_)) = self.heap.object(cell)
            && let Object::Cell(inside) = self.heap.get_mut(handle)
        {
            *inside = Some(class);
            return Ok(());
        }
        let found = self.type_of(cell);
        let found = self.repr(found)?;
        Err(self.type_error(format!("type.__new__: __classcell__ must be a nonlocal cell, not {found}")))
    }

    fn call_metaclass(
        &mut self,
        metaclass: Value,
        name: Value,
        bases: Value,
        namespace: Value,
        keywords: Value,
    ) -> PyResult {
        let mut args = Args::of(&[name, bases, namespace]);
        let entries: Vec<(Value, Value)> =
            self.as_dict(keywords).map(|d| d.iter().map(|e| (e.key, e.value)).collect()).unwrap_or_default();
        for (key, value) in entries {
            if let Some(key) = self.text(key) {
                args.keywords.push((key, value));
            }
        }
        if metaclass.is(self.class_of(Builtin::Type)) {
            return self.type_new(metaclass, &args);
        }
        self.call_with(metaclass, args)
    }

    /// `type.__new__(metaclass, name, bases, namespace, **keywords)`
    pub(crate) fn type_new(&mut self, metaclass: Value, args: &Args) -> PyResult {
        let [name, bases, namespace] = args.positional[..] else {
            return Err(self.type_error("type.__new__() takes exactly 3 arguments (1 given)"));
        };
        let Some(name) = self.text(name) else {
            let given = self.type_name(name);
            return Err(self.type_error(format!("type.__new__() argument 1 must be str, not {given}")));
        };
        self.pay(CLASS)?;
        let mut bases = self.as_tuple(bases).map(<[Value]>::to_vec).unwrap_or_default();
        if bases.is_empty() {
            bases.push(self.class_of(Builtin::Object));
        }
        let winner = self.metaclass_for(&bases, Some(metaclass))?;
        if !winner.is(metaclass)
            && let Some(new) = self.class_lookup(winner, "__new__".into()).filter(|new| new.origin == Origin::Script)
        {
            // The metaclass of a base has the word.
            let new = self.bind_to_class(new.value, winner)?;
            let mut all = Args { positional: vec![winner], keywords: args.keywords.clone() };
            all.positional.extend_from_slice(&args.positional);
            return self.call_with(new, all);
        }
        let metaclass = winner;
        let attributes = self.class_namespace(namespace)?;
        let class = self.describe_class(&name, &bases, attributes, metaclass)?;
        let made = self.make(Object::Class(Box::new(class)))?;
        self.add_members(made, &bases)?;
        let mro = self.resolved_order(made, &bases)?;
        self.heap.charge(mro.len() * size_of::<Value>())?;
        if let Some(class) = self.as_class_mut(made) {
            class.mro = mro.into_boxed_slice();
        }
        self.update_hooks(made);
        if let Some(cell) = self.dict_get_str(namespace, CLASS_CELL) {
            self.fill_class_cell(cell, made)?;
        }
        self.name_descriptors(made, attributes)?;
        self.tell_bases(made, args)?;
        Ok(made)
    }

    /// A copy of the namespace of a body, with the methods that are class or static methods by their names.
    fn class_namespace(&mut self, namespace: Value) -> PyResult {
        let attributes = self.dict()?;
        self.pay(self.as_dict(namespace).map_or(0, |d| d.places() as u64 * ATTRIBUTE))?;
        let entries: Vec<(Value, Value)> =
            self.as_dict(namespace).map(|d| d.iter().map(|e| (e.key, e.value)).collect()).unwrap_or_default();
        let mut eq_without_hash = false;
        for (key, value) in entries {
            let Some(name) = self.text(key) else { continue };
            if &*name == CLASS_CELL {
                continue;
            }
            let is_function = self.as_function(value).is_some();
            let value = match &*name {
                "__new__" if is_function => self.make(Object::StaticMethod(value))?,
                "__init_subclass__" | "__class_getitem__" if is_function => self.make(Object::ClassMethod(value))?,
                _ => value,
            };
            eq_without_hash |= &*name == "__eq__";
            self.dict_set_str(attributes, &name, value)?;
        }
        if eq_without_hash && self.dict_get_str(attributes, "__hash__").is_none() {
            self.dict_set_str(attributes, "__hash__", Value::None)?;
        }
        Ok(attributes)
    }

    fn describe_class(
        &mut self,
        name: &Arc<str>,
        bases: &[Value],
        attributes: Value,
        metaclass: Value,
    ) -> PyResult<Class> {
        let text = |vm: &Self, key: &str| vm.dict_get_str(attributes, key).and_then(|v| vm.text(v));
        let qualname = match self.dict_get_str(attributes, "__qualname__") {
            None => Arc::clone(name),
            Some(qualname) => match self.text(qualname) {
                Some(qualname) => qualname,
                None => {
                    let given = self.type_name(qualname);
                    return Err(self.type_error(format!("type __qualname__ must be a str, not {given}")));
                }
            },
        };
        let module = match text(self, "__module__") {
            Some(module) => module,
            None => {
                let globals = self.frame_globals();
                let found = globals.and_then(|globals| self.dict_get_str(globals, "__name__"));
                let module = found.and_then(|v| self.text(v)).unwrap_or_else(|| Arc::from("builtins"));
                let value = self.name(&*module)?;
                self.dict_set_str(attributes, "__module__", value)?;
                module
            }
        };
        self.remove_name(attributes, "__qualname__");
        let kind = self.kind_of_bases(bases)?;
        let slots = match self.dict_get_str(attributes, "__slots__") {
            Some(slots) => Some(self.slot_names(name, slots, bases, kind)?),
            None => None,
        };
        Ok(Class {
            name: Arc::clone(name),
            qualname,
            module,
            bases: bases.into(),
            mro: Box::default(),
            attributes,
            kind,
            metaclass,
            origin: Origin::Script,
            hooks: Hooks::default(),
            slots,
        })
    }

    fn name_descriptors(&mut self, class: Value, attributes: Value) -> PyResult<()> {
        let entries: Vec<(Value, Value)> =
            self.as_dict(attributes).map(|d| d.iter().map(|e| (e.key, e.value)).collect()).unwrap_or_default();
        for (key, value) in entries {
            let told = self.call_special(value, "__set_name__", &[class, key]);
            if let Err(raised) = told {
                return Err(self.refused_name(raised, value, class, key)?);
            }
            if matches!(self.object(value), Some(Object::Property(_))) && self.special(value, "__set_name__").is_none()
            {
                self.name_property(value, key);
            }
        }
        Ok(())
    }

    /// What a class statement raises when a `__set_name__` raised.
    fn refused_name(&mut self, raised: Raised, value: Value, class: Value, key: Value) -> PyResult<Raised> {
        let Raised::Exception(cause) = raised else { return Ok(raised) };
        let (kind, key) = (self.type_name(value), self.repr(key)?);
        let class = self.as_class(class).map(|class| class.name.to_string()).unwrap_or_default();
        let raised = self.runtime_error(format!("Error calling __set_name__ on '{kind}' instance {key} in '{class}'"));
        if let Raised::Exception(error) = raised
            && let Some(data) = self.as_exception_mut(error)
        {
            (data.cause, data.context, data.suppress_context) = (Some(cause), Some(cause), true);
        }
        Ok(raised)
    }

    /// Tells a property the name that it has in its class.
    pub(crate) fn name_property(&mut self, property: Value, name: Value) {
        if let Value::Ref(handle) = self.builtin(property)
            && let Object::Property(property) = self.heap.get_mut(handle)
        {
            property.name = name;
        }
    }

    fn tell_bases(&mut self, class: Value, args: &Args) -> PyResult<()> {
        let Some(data) = self.as_class(class) else { return Ok(()) };
        let found = self.lookup_in(data.mro.get(1..).unwrap_or_default(), "__init_subclass__".into());
        match found {
            Some(found) if found.origin != Origin::Builtin => {
                let bound = self.bind_to_class(found.value, class)?;
                self.call_with(bound, Args { positional: Vec::new(), keywords: args.keywords.clone() }).map(|_| ())
            }
            _ if args.keywords.is_empty() => Ok(()),
            _ => {
                let name = data.name.clone();
                Err(self.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")))
            }
        }
    }

    /// Sets a class attribute.
    pub(crate) fn set_class_attribute(&mut self, class: Value, name: &str, value: Value) -> PyResult<()> {
        let Some(data) = self.as_class(class) else { return Ok(()) };
        self.set_name(data.attributes, name, value)?;
        self.hooks_changed(class, name)
    }

    /// Notes a change of an attribute: what was found in classes may be another thing now, and a special method that decides
    /// about attributes decides in those classes too that derive from this one.
    pub(crate) fn hooks_changed(&mut self, class: Value, name: &str) -> PyResult<()> {
        self.in_classes.clear();
        if !matches!(name, "__getattr__" | "__getattribute__" | "__setattr__" | "__delattr__" | "__class__") {
            return Ok(());
        }
        self.update_hooks(class);
        if self.as_class(class).is_some_and(|class| class.origin == Origin::Script) {
            for derived in self.derived_from(class)? {
                self.update_hooks(derived);
            }
        }
        Ok(())
    }

    /// Notes which of the special methods that decide about attributes a class has or inherits.
    pub(crate) fn update_hooks(&mut self, class: Value) {
        self.in_classes.clear();
        let has =
            |vm: &Self, name: &str| vm.class_lookup(class, name.into()).is_some_and(|f| f.origin != Origin::Builtin);
        let hooks = Hooks {
            get: has(self, "__getattribute__"),
            miss: has(self, "__getattr__"),
            set: has(self, "__setattr__"),
            delete: has(self, "__delattr__"),
            class: has(self, "__class__"),
        };
        if let Some(class) = self.as_class_mut(class) {
            class.hooks = hooks;
        }
    }
}
