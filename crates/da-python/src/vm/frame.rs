//! [`Frame`]: a piece of code that runs, or waits for one that it called.
//!
//! Whatever a frame needs to stay alive (its function, its namespaces) lies on the value stack
//! between its floor and its base, so that the collector need not know frames.

use crate::code::Code;
use crate::value::Value;
use std::sync::Arc;

/// A running or waiting piece of code. Its part of the value stack is
/// `floor: what keeps it alive | base: locals, cells, free cells | operands`.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) code: Arc<Code>,
    /// The next instruction.
    pub(crate) ip: u32,
    /// The place of the first local.
    pub(crate) base: u32,
    /// The stack is cut to here when it ends.
    pub(crate) floor: u32,
    /// How many exceptions were being handled when it began.
    pub(crate) handling: u32,
    /// The namespace of globals.
    pub(crate) globals: Value,
    /// The namespace of names, if that is another one than locals.
    pub(crate) names: Value,
    /// How many guards there were when it began; those above are its own.
    pub(crate) guards: u32,
    pub(crate) then: Then,
    /// Native code called it: its result goes there, whatever becomes of it.
    pub(crate) leave: bool,
    /// Whether it is a generator's; the generator lies at the floor.
    pub(crate) generator: bool,
}

impl Frame {
    /// A frame at the bottom of the stack.
    pub(crate) fn begun(code: Arc<Code>, globals: Value) -> Frame {
        Frame {
            code,
            ip: 0,
            base: 0,
            floor: 0,
            handling: 0,
            globals,
            names: Value::None,
            guards: 0,
            then: Then::Push,
            leave: false,
            generator: false,
        }
    }

    /// The place of the first operand.
    pub(crate) fn operands(&self) -> usize {
        self.base as usize + self.code.locals.len() + self.code.cells.len() + self.code.free.len()
    }

    /// The place of a cell.
    pub(crate) fn cell(&self, index: u32) -> usize {
        self.base as usize + self.code.locals.len() + index as usize
    }
}

/// A guard against exceptions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handler {
    pub(crate) target: u32,
    /// How many operands stay.
    pub(crate) height: u32,
    /// How many exceptions were being handled.
    pub(crate) handling: u32,
}

/// What becomes of a frame's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// It is pushed for the frame that called.
    Push,
    /// It goes to native code.
    Leave,
    /// It must be `None`; the new instance at the floor is the result.
    Init,
    /// The class whose parts lie at the floor is made.
    Class,
    /// A generator's: what it yields is the next item of a loop, which ends with it at the target.
    Next(u32),
    /// A generator's: what it yields, the generator that called yields too.
    Delegate,
    /// A generator's that is being closed: when it ends, so does the generator that called.
    Close,
}

/// What running a frame for native code came to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outcome {
    /// It returned.
    Returned(Value),
    /// It is a generator's and yielded.
    Yielded(Value),
}
