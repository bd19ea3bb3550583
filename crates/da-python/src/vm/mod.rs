//! The virtual machine: runs [`Code`](crate::code::Code) over a [`Heap`].
//!
//! A Python call never recurses in Rust; native code that calls back into Python does, to a bounded
//! depth. Nothing here opens a door to the outside other than the [`Host`].

mod absent;
mod assign;
mod attribute;
mod behind;
mod bind;
mod call;
mod class;
mod compare;
mod construct;
mod evaluate;
mod frame;
mod generator;
mod global;
mod import;
mod in_classes;
mod instance_check;
mod instruction;
mod item;
mod iterate;
mod layout;
mod look;
mod lookup;
mod make;
mod mapping;
mod names;
mod operators;
mod order;
mod pattern;
mod pay;
mod picture;
mod quickly;
mod raise;
mod raising;
mod rare;
mod run;
pub(crate) mod slots;
mod stack;
mod text;
mod unwind;

pub(crate) use frame::Outcome;
pub use generator::Generator;
use in_classes::InClasses;
pub(crate) use iterate::STEP;

use crate::code::Name;
use crate::error::{Limit, PyResult, Raised};
use crate::ground::{Classes, Ground, InterviewFloor, Modules};
use crate::heap::Heap;
use crate::host::Host;
use crate::limits::Limits;
use crate::value::Value;
use std::sync::Arc;

/// How often the clock is looked at, in fuel.
const CLOCK: u64 = 20_000;

/// One evaluation: a heap of its own over an interview's frozen floor.
pub struct Vm<'h> {
    pub(crate) heap: Heap,
    pub(crate) host: &'h mut dyn Host,
    pub(crate) limits: Limits,
    pub(crate) classes: Arc<Classes>,
    /// The ground that it stands on; none while that is built.
    pub(crate) ground: Option<Arc<Ground>>,
    /// The namespace of built-in names.
    pub(crate) builtins: Value,
    /// Modules of the frozen floors, the nearer first, and those imported in this evaluation.
    below: [Arc<Modules>; 2],
    modules: Modules,
    /// How many digits of a whole number are converted to and from text; 0 is no limit.
    pub(crate) most_digits: usize,
    /// Whether the modules of an interview are being imported, before anybody runs it.
    pub(crate) lays_floor: bool,
    fuel: u64,
    /// When the fuel is below this, the clock is looked at.
    next_clock: u64,
    written: usize,
    stack: stack::Stack,
    #[expect(clippy::vec_box, reason = "calling, returning and yielding move a pointer, not a frame")]
    frames: Vec<Box<frame::Frame>>,
    /// Frames that ended, for those that begin next: the code of the one that ended last is often the next that is called.
    #[expect(clippy::vec_box, reason = "they move between here and the frames that run")]
    idle: Vec<Box<frame::Frame>>,
    /// Guards against exceptions, of all frames.
    guards: Vec<frame::Handler>,
    /// Native calls inside each other.
    depth: u32,
    /// Vectors for the arguments of native functions.
    spare: Vec<Vec<Value>>,
    /// Where texts are put together.
    scratch: String,
    /// What is raised next keeps the traceback that it has.
    raised_again: bool,
    /// What was found in classes.
    in_classes: InClasses,
    /// Exceptions being handled, the newest last.
    handling: Vec<Value>,
    pins: Vec<Value>,
    /// Containers whose `repr` is being made, so that one inside itself ends.
    pub(crate) showing: Vec<crate::heap::Handle>,
}

/// A name and its hash, borrowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameRef<'a> {
    pub(crate) text: &'a str,
    pub(crate) hash: u64,
    /// The text as code has it, if it comes from there.
    pub(crate) shared: Option<&'a Arc<str>>,
}

impl<'a> From<&'a Name> for NameRef<'a> {
    fn from(name: &'a Name) -> Self {
        NameRef { text: name.text(), hash: name.hash(), shared: Some(name.shared()) }
    }
}

impl<'a> From<&'a str> for NameRef<'a> {
    fn from(text: &'a str) -> Self {
        NameRef { text, hash: crate::code::hash_text(text), shared: None }
    }
}

impl<'h> Vm<'h> {
    /// A machine for one evaluation. Copies nothing of what is frozen.
    pub fn new(floor: &Arc<InterviewFloor>, limits: Limits, host: &'h mut dyn Host) -> Self {
        let ground = floor.ground();
        let heap = Heap::new(Arc::clone(ground.floor()), Arc::clone(floor.floor()), limits.memory);
        let below = [Arc::clone(floor.modules()), Arc::clone(ground.modules())];
        let mut vm = Vm::over(heap, limits, host, Arc::clone(ground.classes()), ground.builtins(), below);
        vm.ground = Some(Arc::clone(ground));
        vm
    }

    pub(crate) fn over(
        heap: Heap,
        limits: Limits,
        host: &'h mut dyn Host,
        classes: Arc<Classes>,
        builtins: Value,
        below: [Arc<Modules>; 2],
    ) -> Self {
        Vm {
            heap,
            host,
            limits,
            classes,
            ground: None,
            builtins,
            below,
            modules: Modules::new(),
            most_digits: crate::types::int_text::MOST_DIGITS,
            lays_floor: false,
            fuel: limits.fuel,
            next_clock: limits.fuel,
            written: 0,
            stack: stack::Stack::default(),
            frames: Vec::new(),
            idle: Vec::new(),
            guards: Vec::new(),
            depth: 0,
            spare: Vec::new(),
            scratch: String::new(),
            raised_again: false,
            in_classes: InClasses::default(),
            handling: Vec::new(),
            pins: Vec::new(),
            showing: Vec::new(),
        }
    }

    /// The host.
    pub fn host(&mut self) -> &mut dyn Host {
        self.host
    }

    /// Keeps a value alive as long as this machine.
    pub fn pin(&mut self, value: Value) -> Value {
        self.pins.push(value);
        value
    }

    /// Keeps a value alive until the native call that runs now returns.
    pub fn root(&mut self, value: Value) -> Value {
        if let Value::Ref(handle) = value {
            self.heap.roots.push(handle);
        }
        value
    }

    /// Runs `f`; what is made or rooted in it is released after, except what `f` returns if the
    /// caller roots it.
    pub fn scope<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let held = self.heap.roots.len();
        let result = f(self);
        self.heap.roots.truncate(held);
        result
    }

    /// Pays for work that is not an instruction.
    ///
    /// # Errors
    /// `Limit::Fuel` when there is not that much left, `Limit::Time` when the host says that time is up.
    pub fn pay(&mut self, fuel: u64) -> PyResult<()> {
        match self.fuel.checked_sub(fuel.saturating_add(self.heap.settle())) {
            Some(left) => {
                self.fuel = left;
                self.look_at_clock()
            }
            None => {
                self.fuel = 0;
                Err(Raised::Limit(Limit::Fuel))
            }
        }
    }

    /// Asks the host for the time, if enough fuel was used since it was asked last.
    #[inline]
    fn look_at_clock(&mut self) -> PyResult<()> {
        if self.fuel < self.next_clock {
            self.next_clock = self.fuel.saturating_sub(CLOCK);
            return self.ask_the_time();
        }
        Ok(())
    }

    /// Asks the host for the time at once, before work whose length the fuel does not tell.
    ///
    /// # Errors
    /// `Limit::Time` when the host says that time is up.
    pub(crate) fn ask_the_time(&mut self) -> PyResult<()> {
        if self.host.time_is_up() { Err(Raised::Limit(Limit::Time)) } else { Ok(()) }
    }

    /// The safe point of a native loop: collects if it is time to. What the loop still needs is rooted.
    #[inline]
    pub(crate) fn rest(&mut self) {
        if self.heap.wants_collection() {
            self.collect_garbage();
        }
    }

    /// The fuel that is left.
    pub fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Writes text to the host.
    ///
    /// # Errors
    /// `Limit::Output` when more than the limit was written.
    pub fn write(&mut self, text: &str) -> PyResult<()> {
        self.produce(text.len())?;
        self.host.write(text);
        Ok(())
    }

    /// Counts bytes that native code is about to hand out of the machine, and pays for them.
    ///
    /// # Errors
    /// `Limit::Output` when more than the limit has left the machine, and what [`Vm::pay`] says.
    pub fn produce(&mut self, bytes: usize) -> PyResult<()> {
        self.written = self.written.saturating_add(bytes);
        if self.written > self.limits.output {
            return Err(Raised::Limit(Limit::Output));
        }
        self.pay(bytes as u64 / 64 + 1)
    }
}
