//! The loop that runs frames: what a call, a return, a generator and an exception do to them.

use super::Vm;
use super::call::{NATIVE_CALL, Prepared};
use super::frame::{Frame, Outcome, Then};
use crate::error::{PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::{Object, Value};
use std::sync::Arc;

/// What a call of a native function costs beside the instruction.
const CALLED: u64 = 10;
/// Frames that ended and are kept for others.
const IDLE: usize = 64;

impl Vm<'_> {
    /// Runs a frame for native code; `pending` is raised in it first.
    pub(super) fn enter(&mut self, frame: Box<Frame>, pending: Option<Raised>) -> PyResult<Outcome> {
        if self.depth >= self.limits.native_depth {
            self.abandon(&frame);
            return Err(self.recursion_error());
        }
        if let Err(limit) = self.pay(NATIVE_CALL) {
            self.abandon(&frame);
            return Err(limit);
        }
        self.depth += 1;
        let result = stacker::maybe_grow(128 << 10, 2 << 20, || self.run(frame, pending));
        self.depth -= 1;
        result
    }

    fn run(&mut self, mut frame: Box<Frame>, pending: Option<Raised>) -> PyResult<Outcome> {
        let roots = self.heap.roots.len();
        let mut raised = pending;
        loop {
            let left = match raised.take() {
                Some(raised) => Err(raised),
                None => self.instructions(&mut frame, roots),
            };
            match left {
                Ok(outcome) => {
                    match outcome {
                        Outcome::Yielded(_) => self.suspend(frame),
                        Outcome::Returned(_) => self.let_go(frame),
                    }
                    return Ok(self.leave(roots, outcome));
                }
                Err(raised) => {
                    if let Err(raised) = self.unwind(&mut frame, raised) {
                        self.heap.roots.truncate(roots);
                        if let Raised::Exception(exception) = raised {
                            self.root(exception);
                        }
                        return Err(raised);
                    }
                }
            }
        }
    }

    /// A frame in the place of one that ended.
    pub(super) fn frame_of(&mut self, frame: Frame) -> Box<Frame> {
        match self.idle.pop() {
            Some(mut idle) => {
                *idle = frame;
                idle
            }
            None => Box::new(frame),
        }
    }

    /// Keeps a frame that ended for one that begins.
    #[inline]
    pub(super) fn let_go(&mut self, frame: Box<Frame>) {
        if self.idle.len() < IDLE {
            self.idle.push(frame);
        }
    }

    /// Calls a native function with what lies above the slot; the frame that calls waits among the others meanwhile.
    #[inline]
    pub(super) fn call_native(
        &mut self,
        frame: &mut Box<Frame>,
        function: &'static NativeFunction,
        slot: usize,
        roots: usize,
    ) -> PyResult<()> {
        let args = self.positional_args(slot);
        self.call_native_with(frame, function, args, slot, roots)
    }

    /// As [`Vm::call_native`], with arguments of which some have names.
    #[inline]
    fn call_native_with(
        &mut self,
        frame: &mut Box<Frame>,
        function: &'static NativeFunction,
        args: Args,
        slot: usize,
        roots: usize,
    ) -> PyResult<()> {
        self.pay(CALLED)?;
        let idle = self.idle.pop().unwrap_or_else(|| frame.clone());
        self.frames.push(std::mem::replace(frame, idle));
        let result = (function.run)(self, &args);
        if let Some(own) = self.frames.pop() {
            let idle = std::mem::replace(frame, own);
            self.let_go(idle);
        }
        self.reuse(args);
        let value = result?;
        self.stack.truncate(slot);
        self.stack.push(value);
        self.safe_point(roots)
    }

    /// Goes into a Python function that is given exactly its parameters and captures nothing, as most are: its arguments lie where
    /// its locals are to be. Says whether it is one.
    ///
    /// Nothing here copies what was just written in pieces as one: that would wait for the cache.
    #[inline(always)]
    pub(super) fn go_into_plain(
        &mut self,
        frame: &mut Box<Frame>,
        ip: usize,
        slot: usize,
        roots: usize,
    ) -> PyResult<bool> {
        let Some(Object::Function(function)) = self.heap.object(self.stack.at(slot)) else { return Ok(false) };
        let (given, locals) = (function.code.plain as usize, function.code.locals.len());
        if slot + 1 + given != self.stack.len() {
            return Ok(false);
        }
        if self.frames.len() + 1 >= self.limits.recursion as usize {
            frame.ip = ip as u32;
            self.stack.truncate(slot);
            return Err(self.recursion_error());
        }
        let new = match self.idle.pop() {
            Some(mut idle) => {
                if !Arc::ptr_eq(&idle.code, &function.code) {
                    idle.code = Arc::clone(&function.code);
                }
                idle.globals = function.globals;
                idle
            }
            None => Box::new(Frame::begun(Arc::clone(&function.code), function.globals)),
        };
        let new = self.begin(new, slot);
        if locals > given {
            self.stack.resize(slot + 1 + locals, Value::Unset);
        }
        frame.ip = ip as u32;
        self.frames.push(std::mem::replace(frame, new));
        self.heap.roots.truncate(roots);
        if self.rest_is_due() {
            self.safe_point(roots)?;
        }
        Ok(true)
    }

    /// Sets a plain function's frame to its beginning, over the function at the slot.
    #[inline(always)]
    fn begin(&self, mut frame: Box<Frame>, slot: usize) -> Box<Frame> {
        frame.ip = 0;
        frame.base = slot as u32 + 1;
        frame.floor = slot as u32;
        frame.handling = self.handling.len() as u32;
        frame.guards = self.guards.len() as u32;
        frame.names = Value::None;
        frame.then = Then::Push;
        frame.leave = false;
        frame.generator = false;
        frame
    }

    /// Goes on in the frame of what was called; the one that called waits.
    #[inline]
    pub(super) fn go_into(&mut self, frame: &mut Box<Frame>, new: Box<Frame>, roots: usize) -> PyResult<()> {
        if self.frames.len() + 1 >= self.limits.recursion as usize {
            self.abandon(&new);
            return Err(self.recursion_error());
        }
        self.frames.push(std::mem::replace(frame, new));
        self.safe_point(roots)
    }

    /// Goes on with what is called with these arguments.
    pub(super) fn prepared(&mut self, frame: &mut Box<Frame>, slot: usize, args: Args, roots: usize) -> PyResult<()> {
        let prepared = self.prepare_with(slot, args)?;
        self.go_on_with(frame, prepared, slot, roots)
    }

    /// Goes on with what a call came to.
    pub(super) fn go_on_with(
        &mut self,
        frame: &mut Box<Frame>,
        prepared: Prepared,
        slot: usize,
        roots: usize,
    ) -> PyResult<()> {
        match prepared {
            Prepared::Done => Ok(()),
            Prepared::Frame(new) => self.go_into(frame, new, roots),
            Prepared::Native(function, args) => self.call_native_with(frame, function, args, slot, roots),
        }
    }

    /// Ends a frame with a value and goes on with the one that called it; an outcome for native code if that called.
    #[inline]
    pub(super) fn go_back(&mut self, frame: &mut Box<Frame>, value: Value) -> PyResult<Option<Outcome>> {
        if frame.then == Then::Push
            && !frame.generator
            && !frame.leave
            && let Some(caller) = self.frames.pop()
        {
            self.handling.truncate(frame.handling as usize);
            self.guards.truncate(frame.guards as usize);
            self.stack.truncate(frame.floor as usize);
            self.stack.push(value);
            let ended = std::mem::replace(frame, caller);
            self.let_go(ended);
            return Ok(None);
        }
        self.finish(frame, value)
    }

    fn leave(&mut self, roots: usize, outcome: Outcome) -> Outcome {
        self.heap.roots.truncate(roots);
        let (Outcome::Returned(value) | Outcome::Yielded(value)) = outcome;
        self.root(value);
        outcome
    }

    /// Collects if it is time to, and looks at the clock. Everything alive is on the stack.
    #[inline]
    pub(super) fn safe_point(&mut self, roots: usize) -> PyResult<()> {
        self.heap.roots.truncate(roots);
        self.rest();
        if self.heap.debt() > 0 {
            return self.pay(0);
        }
        self.look_at_clock()
    }
}
