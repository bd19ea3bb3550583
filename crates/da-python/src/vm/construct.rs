//! Calling a class: making an instance and initialising it.

use super::Vm;
use super::call::Prepared;
use super::frame::Then;
use super::slots;
use crate::error::PyResult;
use crate::native::Args;
use crate::types;
use crate::value::{
    BoundMethod, Builtin, ClassKind, ExceptionData, Inner, Instance, Module, Object, Origin, Property, Value,
};
use std::sync::Arc;

/// What it costs to call a class, and to make an instance of one that Python code made.
const CONSTRUCTING: u64 = 12;
const INSTANCE: u64 = 30;

impl Vm<'_> {
    /// Calls the class at `slot`. `None` when what lies there was replaced by another callable, which
    /// is to be called instead.
    pub(super) fn construct(&mut self, slot: usize, given: Option<&mut Args>) -> PyResult<Option<Prepared>> {
        self.pay(CONSTRUCTING)?;
        let class = self.stack[slot];
        if given.is_none()
            && class.is(self.class_of(Builtin::Str))
            && let [value] = self.stack[slot + 1..]
            && let Some(text) = self.plain_str(value)?
        {
            return Ok(Some(self.done(slot, text)));
        }
        if let Some(call) = self.special(class, "__call__") {
            self.stack[slot] = call;
            match given {
                Some(args) => args.positional.insert(0, class),
                None => self.stack.insert(slot + 1, class),
            }
            return Ok(None);
        }
        let args = match given {
            Some(args) => {
                let args = std::mem::take(args);
                self.keep_args(slot, &args);
                args
            }
            None => self.positional_args(slot),
        };
        if class.is(self.class_of(Builtin::Super)) {
            return Ok(Some(Prepared::Native(&slots::SUPER, args)));
        }
        let exact = self.as_class(class).is_some_and(|data| data.origin == Origin::Builtin);
        if exact {
            let value = self.deeper(|vm| vm.construct_builtin(class, &args))?;
            self.reuse(args);
            return Ok(Some(self.done(slot, value)));
        }
        self.construct_instance(slot, class, args).map(Some)
    }

    fn done(&mut self, slot: usize, value: Value) -> Prepared {
        self.stack.truncate(slot);
        self.stack.push(value);
        Prepared::Done
    }

    fn construct_instance(&mut self, slot: usize, class: Value, mut args: Args) -> PyResult<Prepared> {
        self.pay(INSTANCE)?;
        let new = self.class_lookup(class, "__new__".into()).filter(|found| found.origin != Origin::Builtin);
        let mut init = self.class_lookup(class, "__init__".into()).filter(|found| found.origin != Origin::Builtin);
        let instance = match new {
            None => self.new_default(class, &args, init.is_some())?,
            Some(new) => {
                let new = match self.heap.object(new.value) {
                    Some(Object::StaticMethod(function)) => *function,
                    Some(Object::ClassMethod(_)) => self.bind_to_class(new.value, class)?,
                    _ => new.value,
                };
                let mut with_class = args.clone();
                with_class.positional.insert(0, class);
                let made = self.call_with(new, with_class)?;
                if !self.derives(self.type_of(made), class) {
                    return Ok(self.done(slot, made));
                }
                let made_of = self.type_of(made);
                if !made_of.is(class) {
                    init =
                        self.class_lookup(made_of, "__init__".into()).filter(|found| found.origin != Origin::Builtin);
                }
                made
            }
        };
        let Some(init) = init else {
            if new.is_none() {
                self.refuse_arguments(class, &args)?;
            } else if self.as_class(class).is_some_and(|class| slots::is_filled_later(class.kind)) {
                // Keywords were for the `__new__` of the class.
                self.fill_container(instance, &Args::of(&args.positional))?;
            }
            return Ok(self.done(slot, instance));
        };
        if self.as_function(init.value).is_some() {
            args.positional.insert(0, instance);
            self.stack.truncate(slot);
            self.stack.extend([instance, init.value]);
            return self.bound_frame_at(slot, slot + 1, args, Then::Init);
        }
        self.stack[slot] = instance;
        let bound = self.bind(init, instance, class)?;
        let result = self.call_with(bound, args)?;
        if !result.is_none() {
            let name = self.type_name(result);
            return Err(self.type_error(format!("__init__() should return None, not '{name}'")));
        }
        Ok(self.done(slot, instance))
    }

    /// Makes an instance by the rules of `type.__call__`.
    pub(crate) fn construct_plainly(&mut self, class: Value, args: Args) -> PyResult {
        let slot = self.stack.len();
        self.stack.push(class);
        self.keep_args(slot, &args);
        let prepared = self.construct_instance(slot, class, args);
        self.complete(slot, prepared)
    }

    fn refuse_arguments(&mut self, class: Value, args: &Args) -> PyResult<()> {
        let plain = self.as_class(class).is_some_and(|class| class.kind == ClassKind::Plain);
        if plain && (!args.positional.is_empty() || !args.keywords.is_empty()) {
            let name = self.as_class(class).map(|class| class.name.to_string()).unwrap_or_default();
            return Err(self.type_error(format!("{name}() takes no arguments")));
        }
        Ok(())
    }

    /// An instance as the language's own `__new__` makes it. `initialised` says that an `__init__` of
    /// the class will fill it.
    pub(crate) fn new_default(&mut self, class: Value, args: &Args, initialised: bool) -> PyResult {
        let Some(data) = self.as_class(class) else {
            return Err(self.type_error("object.__new__(X): X is not a type object"));
        };
        let is_property = data.kind == ClassKind::Builtin(Builtin::Property);
        let inner = match data.kind {
            ClassKind::Plain => Inner::Nothing,
            ClassKind::Exception => {
                let args = args.positional.clone();
                let context = self.handling.last().copied();
                Inner::Exception(Box::new(ExceptionData { args, context, ..ExceptionData::default() }))
            }
            ClassKind::Native => {
                let name = data.name.clone();
                return Err(self.type_error(format!("cannot create '{name}' instances")));
            }
            ClassKind::Builtin(Builtin::Type) => return self.type_new(class, args),
            ClassKind::Builtin(b) => {
                let filled_later = initialised && slots::is_filled_later(data.kind);
                let value = if filled_later {
                    types::construct(self, b, &Args::default())?
                } else if initialised && matches!(b, Builtin::Tuple | Builtin::FrozenSet | Builtin::Float) {
                    // Keywords are for the `__init__` of the class.
                    self.construct_plain(b, &Args::of(&args.positional))?
                } else {
                    self.construct_plain(b, args)?
                };
                Inner::Builtin(self.builtin(value))
            }
        };
        let made = self.make(Object::Instance(Box::new(Instance {
            class,
            attributes: Value::None,
            slots: Value::None,
            inner,
        })))?;
        if is_property {
            self.document_property(made)?;
        }
        Ok(made)
    }

    /// An instance of a subclass of `property` takes the docstring of its getter for its own.
    fn document_property(&mut self, made: Value) -> PyResult<()> {
        let Some(Object::Property(property)) = self.object(made) else { return Ok(()) };
        let (get, doc) = (property.get, property.doc);
        if get.is_none() || !doc.is_none() {
            return Ok(());
        }
        match self.get_attr_opt(get, "__doc__")? {
            None | Some(Value::None) => Ok(()),
            Some(doc) => self.set_attr(made, "__doc__", doc),
        }
    }

    /// Calls a class of the language itself.
    pub(crate) fn construct_builtin(&mut self, class: Value, args: &Args) -> PyResult {
        let Some(data) = self.as_class(class) else { return Ok(Value::None) };
        match data.kind {
            ClassKind::Builtin(b) => self.construct_plain(b, args),
            ClassKind::Exception => {
                let class = slots::class_of_os_error(self, class, args);
                let made = self.new_default(class, args, false)?;
                self.initialise_exception(made, class, args)?;
                Ok(made)
            }
            _ => {
                if !args.positional.is_empty() || !args.keywords.is_empty() {
                    return Err(self.type_error("object() takes no arguments"));
                }
                self.new_default(class, args, false)
            }
        }
    }

    /// Keywords that some exceptions take become attributes.
    pub(super) fn initialise_exception(&mut self, made: Value, class: Value, args: &Args) -> PyResult<()> {
        for (name, value) in &args.keywords {
            let known = match &**name {
                "name" | "obj" => ["NameError", "AttributeError", "ImportError"].as_slice(),
                "path" => &["ImportError"],
                _ => &[],
            };
            if !known.iter().any(|base| self.derives(class, self.classes.exception(base))) {
                let named = ["NameError", "AttributeError", "ImportError"];
                if let Some(base) = named.iter().find(|base| self.derives(class, self.classes.exception(base))) {
                    return Err(self.type_error(format!("'{name}' is an invalid keyword argument for {base}")));
                }
                let class = self.as_class(class).map(|class| class.name.to_string()).unwrap_or_default();
                return Err(self.type_error(format!("{class}() takes no keyword arguments")));
            }
            let attributes = self.own_attributes(made)?;
            self.dict_set_str(attributes, name, *value)?;
        }
        if self.derives(class, self.classes.exception("SyntaxError")) {
            self.take_place(made, args)?;
        }
        slots::take_files(self, made, class, args)?;
        let coding = self.derives(class, self.classes.exception("UnicodeError"));
        for (name, wanted) in [("UnicodeEncodeError", 5), ("UnicodeDecodeError", 5), ("UnicodeTranslateError", 4)] {
            let given = args.positional.len();
            if coding && given != wanted && self.derives(class, self.classes.exception(name)) {
                return Err(self.type_error(format!("function takes exactly {wanted} arguments ({given} given)")));
            }
        }
        Ok(())
    }

    /// `SyntaxError(message, (file, line, column, text, ...))`
    fn take_place(&mut self, made: Value, args: &Args) -> PyResult<()> {
        let [_, place] = args.positional[..] else { return Ok(()) };
        let place = self.collect(place)?;
        const NAMES: [&str; 6] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
        if !matches!(place.len(), 4 | 6) {
            let given = place.len();
            let message = if given == 5 {
                "end_offset must be provided when end_lineno is provided".to_owned()
            } else {
                let (bound, most) = if given < 4 { ("at least", 4) } else { ("at most", 6) };
                format!("function takes {bound} {most} arguments ({given} given)")
            };
            return Err(self.type_error(message));
        }
        let attributes = self.own_attributes(made)?;
        for (name, value) in NAMES.iter().zip(place) {
            self.dict_set_str(attributes, name, value)?;
        }
        Ok(())
    }

    fn construct_plain(&mut self, b: Builtin, args: &Args) -> PyResult {
        match b {
            Builtin::Type => match args.positional[..] {
                [value] if args.keywords.is_empty() => Ok(self.type_of(value)),
                [_, _, _] => self.type_new(self.class_of(Builtin::Type), args),
                _ => Err(self.type_error("type() takes 1 or 3 arguments")),
            },
            Builtin::Property => {
                let [get, set, delete, doc] = args.bind(self, "property", ["fget", "fset", "fdel", "doc"], 0)?;
                let or_none = |v: Option<Value>| v.unwrap_or(Value::None);
                let (get, set, delete, doc) = (or_none(get), or_none(set), or_none(delete), or_none(doc));
                self.make(Object::Property(Box::new(Property { get, set, delete, doc, name: Value::None })))
            }
            Builtin::StaticMethod => {
                let [function] = args.bind(self, "staticmethod", ["function"], 1)?;
                self.make(Object::StaticMethod(function.unwrap_or(Value::None)))
            }
            Builtin::ClassMethod => {
                let [function] = args.bind(self, "classmethod", ["function"], 1)?;
                self.make(Object::ClassMethod(function.unwrap_or(Value::None)))
            }
            Builtin::Method => {
                let [function, receiver] = args.bind(self, "method", ["function", "instance"], 2)?;
                let (Some(function), Some(receiver)) = (function, receiver) else { return Ok(Value::None) };
                self.make(Object::BoundMethod(BoundMethod { receiver, function }))
            }
            Builtin::Module => {
                let [name, doc] = args.bind(self, "module", ["name", "doc"], 1)?;
                let name_value = name.unwrap_or(Value::None);
                let Some(name) = self.text(name_value) else {
                    return Err(self.type_error("module() argument 'name' must be str"));
                };
                let namespace = self.dict()?;
                self.set_name(namespace, "__name__", name_value)?;
                self.set_name(namespace, "__doc__", doc.unwrap_or(Value::None))?;
                self.make(Object::Module(Box::new(Module { name: Arc::clone(&name), namespace })))
            }
            Builtin::NoneType => Ok(Value::None),
            Builtin::Traceback => self.traceback_of_parts(args),
            Builtin::NotImplementedType
            | Builtin::Ellipsis
            | Builtin::Cell
            | Builtin::Function
            | Builtin::NativeFunction
            | Builtin::Iterator
            | Builtin::DictKeys
            | Builtin::DictValues
            | Builtin::DictItems
            | Builtin::Generator
            | Builtin::Code
            | Builtin::Frame
            | Builtin::Weak
            | Builtin::Member => {
                let name = self.as_class(self.class_of(b)).map(|class| class.name.to_string()).unwrap_or_default();
                Err(self.type_error(format!("cannot create '{name}' instances")))
            }
            _ => types::construct(self, b, args),
        }
    }
}
