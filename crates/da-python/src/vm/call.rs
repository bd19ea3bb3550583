//! Calls: from the callable on the stack to a frame, a native function or a finished value.

use super::Vm;
use super::frame::{Frame, Outcome, Then};
use crate::code::{Code, CodeKind, Const};
use crate::error::{PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::{Object, Value};
use std::sync::Arc;

/// What a call came to.
pub(super) enum Prepared {
    /// The result is on the stack, in the callable's place.
    Done,
    /// A frame that is to run.
    Frame(Box<Frame>),
    /// A native function that is to run.
    Native(&'static NativeFunction, Args),
}

/// Callables that call callables that ...
const CHAIN: usize = 64;
/// What a call of native code by native code costs, as much as the instructions that it stands for.
pub(super) const NATIVE_CALL: u64 = 20;
/// What native code costs that is run one level deeper.
const DEEPER: u64 = 4;
/// Vectors of arguments that are kept for the next call.
const SPARE: usize = 16;

impl Vm<'_> {
    /// Calls with arguments by position.
    ///
    /// # Errors
    /// What the call raises.
    pub fn call(&mut self, callable: Value, args: &[Value]) -> PyResult {
        let slot = self.stack.len();
        self.stack.push(callable);
        self.stack.extend_from_slice(args);
        let prepared = match self.plain_frame(slot) {
            Some(frame) => Ok(Prepared::Frame(frame)),
            None => self.prepare(slot),
        };
        self.complete(slot, prepared)
    }

    /// Calls with any arguments.
    ///
    /// # Errors
    /// What the call raises.
    pub fn call_with(&mut self, callable: Value, args: Args) -> PyResult {
        let slot = self.stack.len();
        self.stack.push(callable);
        let prepared = self.prepare_with(slot, args);
        self.complete(slot, prepared)
    }

    /// `v.name(*args)`
    ///
    /// # Errors
    /// `AttributeError`, and what the call raises.
    pub fn call_method(&mut self, v: Value, name: &str, args: &[Value]) -> PyResult {
        let slot = self.stack.len();
        let name = crate::code::Name::new(name);
        let (function, receiver) = self.load_method(v, &name)?;
        self.stack.push(function);
        if !matches!(receiver, Value::Unset) {
            self.stack.push(receiver);
        }
        self.stack.extend_from_slice(args);
        let prepared = self.prepare(slot);
        self.complete(slot, prepared)
    }

    pub(super) fn complete(&mut self, slot: usize, prepared: PyResult<Prepared>) -> PyResult {
        let result = match prepared {
            Ok(Prepared::Done) => Ok(self.pop()),
            Ok(Prepared::Frame(mut frame)) => {
                frame.leave = true;
                self.enter(frame, None).map(|outcome| match outcome {
                    Outcome::Returned(value) | Outcome::Yielded(value) => value,
                })
            }
            Ok(Prepared::Native(function, args)) => {
                let held = self.heap.roots.len();
                let result = self.pay(NATIVE_CALL).and_then(|()| self.deeper(|vm| (function.run)(vm, &args)));
                self.reuse(args);
                self.heap.roots.truncate(held);
                result
            }
            Err(raised) => Err(raised),
        };
        self.stack.truncate(slot);
        match result {
            Ok(value) => Ok(self.root(value)),
            Err(raised) => {
                if let Raised::Exception(exception) = raised {
                    self.root(exception);
                }
                Err(raised)
            }
        }
    }

    /// Runs native code one level deeper, to a bounded depth.
    pub(crate) fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> PyResult<T>) -> PyResult<T> {
        self.deeper_in("", f)
    }

    /// As [`Vm::deeper`]; the message of the error ends in `what`.
    pub(crate) fn deeper_in<T>(&mut self, what: &str, f: impl FnOnce(&mut Self) -> PyResult<T>) -> PyResult<T> {
        if self.depth >= self.limits.native_depth {
            return Err(self.raise("RecursionError", format!("maximum recursion depth exceeded{what}")));
        }
        self.pay(DEEPER)?;
        self.depth += 1;
        let result = stacker::maybe_grow(128 << 10, 2 << 20, || f(self));
        self.depth -= 1;
        result
    }

    /// The frame of a Python function that is given exactly its parameters and captures nothing, as most are: its arguments
    /// lie where its locals are to be.
    #[inline]
    pub(super) fn plain_frame(&mut self, slot: usize) -> Option<Box<Frame>> {
        let Some(Object::Function(function)) = self.heap.object(self.stack[slot]) else { return None };
        let base = slot + 1;
        if function.code.plain as usize != self.stack.len() - base {
            return None;
        }
        let (code, globals) = (Arc::clone(&function.code), function.globals);
        self.stack.resize(base + code.locals.len(), Value::Unset);
        Some(self.frame_of(Frame {
            ip: 0,
            base: base as u32,
            floor: slot as u32,
            handling: self.handling.len() as u32,
            globals,
            names: Value::None,
            guards: self.guards.len() as u32,
            then: Then::Push,
            leave: false,
            generator: false,
            code,
        }))
    }

    /// Sets up the call of what lies at `slot` with what lies above it.
    pub(super) fn prepare(&mut self, slot: usize) -> PyResult<Prepared> {
        for _ in 0..CHAIN {
            let callable = self.stack[slot];
            match self.heap.object(callable) {
                Some(Object::Function(function)) => {
                    let given = self.stack.len() - slot - 1;
                    let params = function.code.params;
                    let simple = params.keyword_only == 0 && !params.args && !params.kwargs;
                    if simple && params.positional as usize == given {
                        let code = Arc::clone(&function.code);
                        let globals = function.globals;
                        return self.frame(slot, slot + 1, code, globals, Then::Push);
                    }
                    let args = self.positional_args(slot);
                    return self.bound_frame(slot, args, Then::Push);
                }
                Some(Object::Native(function)) => {
                    let function = *function;
                    let args = self.positional_args(slot);
                    return Ok(Prepared::Native(function, args));
                }
                Some(Object::BoundMethod(method)) => {
                    let method = *method;
                    self.stack[slot] = method.function;
                    self.stack.insert(slot + 1, method.receiver);
                }
                Some(Object::StaticMethod(function)) => self.stack[slot] = *function,
                Some(Object::Class(_)) => {
                    if let Some(prepared) = self.construct(slot, None)? {
                        return Ok(prepared);
                    }
                }
                _ => {
                    let Some(function) = self.special(callable, "__call__") else {
                        return Err(self.not_callable(callable));
                    };
                    self.stack[slot] = function;
                    self.stack.insert(slot + 1, callable);
                }
            }
        }
        Err(self.recursion_error())
    }

    /// Sets up the call of what lies at `slot` with these arguments; what lies above it is dropped.
    pub(super) fn prepare_with(&mut self, slot: usize, mut args: Args) -> PyResult<Prepared> {
        for _ in 0..CHAIN {
            let callable = self.stack[slot];
            if args.keywords.is_empty() {
                self.stack.truncate(slot + 1);
                self.stack.extend_from_slice(&args.positional);
                self.reuse(args);
                return self.prepare(slot);
            }
            match self.heap.object(callable) {
                Some(Object::Function(_)) => return self.bound_frame(slot, args, Then::Push),
                Some(Object::Native(function)) => {
                    let function = *function;
                    self.keep_args(slot, &args);
                    return Ok(Prepared::Native(function, args));
                }
                Some(Object::BoundMethod(method)) => {
                    let method = *method;
                    self.stack[slot] = method.function;
                    args.positional.insert(0, method.receiver);
                }
                Some(Object::StaticMethod(function)) => self.stack[slot] = *function,
                Some(Object::Class(_)) => {
                    if let Some(prepared) = self.construct(slot, Some(&mut args))? {
                        return Ok(prepared);
                    }
                }
                _ => {
                    let Some(function) = self.special(callable, "__call__") else {
                        return Err(self.not_callable(callable));
                    };
                    self.stack[slot] = function;
                    args.positional.insert(0, callable);
                }
            }
        }
        Err(self.recursion_error())
    }

    fn not_callable(&mut self, callable: Value) -> Raised {
        let name = self.type_name(callable);
        self.type_error(format!("'{name}' object is not callable"))
    }

    /// Puts arguments above the slot, where the collector sees them.
    pub(super) fn keep_args(&mut self, slot: usize, args: &Args) {
        self.stack.truncate(slot + 1);
        self.stack.extend_from_slice(&args.positional);
        self.stack.extend(args.keywords.iter().map(|(_, value)| *value));
    }

    /// A copy of what lies above the slot, as arguments.
    pub(super) fn positional_args(&mut self, slot: usize) -> Args {
        let mut positional = self.spare.pop().unwrap_or_default();
        positional.extend_from_slice(&self.stack[slot + 1..]);
        Args { positional, keywords: Vec::new() }
    }

    pub(super) fn reuse(&mut self, args: Args) {
        self.keep_spare(args.positional);
    }

    /// Keeps a vector that is not needed any more for whoever needs one next.
    pub(super) fn keep_spare(&mut self, mut values: Vec<Value>) {
        if self.spare.len() < SPARE && values.capacity() <= 64 {
            values.clear();
            self.spare.push(values);
        }
    }

    /// What lies above the slot, the last ones named by a constant of the code.
    pub(super) fn keyword_args(&mut self, code: &Code, slot: usize, names: usize) -> PyResult<Args> {
        let mut args = self.positional_args(slot);
        if let Some(Const::Tuple(names)) = code.consts.get(names) {
            let first = args.positional.len().saturating_sub(names.len());
            let values = args.positional.split_off(first);
            for (name, value) in names.iter().zip(values) {
                if let Const::Str(name) = name {
                    args.keywords.push((Arc::clone(name.shared()), value));
                }
            }
        }
        Ok(args)
    }

    /// The arguments of the list and the dict above the slot.
    pub(super) fn spread_args(&mut self, slot: usize) -> PyResult<Args> {
        let (list, dict) = (self.stack[slot + 1], self.stack[slot + 2]);
        let mut args = Args { positional: self.as_list(list).cloned().unwrap_or_default(), keywords: Vec::new() };
        let entries: Vec<(Value, Value)> = match self.as_dict(dict) {
            Some(dict) => dict.iter().map(|entry| (entry.key, entry.value)).collect(),
            None => Vec::new(),
        };
        for (key, value) in entries {
            match self.text(key) {
                Some(name) => args.keywords.push((name, value)),
                None => return Err(self.type_error("keywords must be strings")),
            }
        }
        Ok(args)
    }

    /// A frame of a function's code whose arguments lie at `base`; of the stack what is above
    /// `floor` is the frame's.
    pub(super) fn frame(
        &mut self,
        floor: usize,
        base: usize,
        code: Arc<Code>,
        globals: Value,
        then: Then,
    ) -> PyResult<Prepared> {
        let function = self.stack[base - 1];
        self.stack.resize(base + code.locals.len(), Value::Unset);
        self.push_cells(&code, base)?;
        if !code.free.is_empty()
            && let Some(function) = self.as_function(function)
        {
            let closure = function.closure.clone();
            self.stack.extend_from_slice(&closure);
        }
        let generator = code.kind == CodeKind::Generator;
        let frame = self.frame_of(Frame {
            ip: 0,
            base: base as u32,
            floor: floor as u32,
            handling: self.handling.len() as u32,
            globals,
            names: Value::None,
            guards: self.guards.len() as u32,
            then,
            leave: false,
            generator: false,
            code,
        });
        if !generator {
            return Ok(Prepared::Frame(frame));
        }
        let made = self.make_generator(frame, function)?;
        self.stack.push(made);
        Ok(Prepared::Done)
    }

    fn push_cells(&mut self, code: &Code, base: usize) -> PyResult<()> {
        let first = self.stack.len();
        for _ in 0..code.cells.len() {
            let cell = self.make(Object::Cell(None))?;
            self.stack.push(cell);
        }
        for &(cell, local) in &code.cell_params {
            let value = std::mem::replace(&mut self.stack[base + local as usize], Value::Unset);
            if let Value::Ref(handle) = self.stack[first + cell as usize]
                && let Object::Cell(inside) = self.heap.get_mut(handle)
            {
                *inside = if let Value::Unset = value { None } else { Some(value) };
            }
        }
        Ok(())
    }
}
