//! The loop that runs frames: what a call, a return, a generator and an exception do to them.

use super::Vm;
use super::call::Prepared;
use super::frame::{Frame, Outcome, Then};
use crate::error::{Limit, PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::{Object, Value};
use std::sync::Arc;

/// Why the loop of instructions is left.
pub(super) enum Step {
    /// A native function is called with what lies above this place.
    Native(&'static NativeFunction, Args, usize),
    /// What native code called has come to this.
    Leave(Outcome),
}

impl Vm<'_> {
    /// Runs a frame for native code; `pending` is raised in it first.
    pub(super) fn enter(&mut self, frame: Frame, pending: Option<Raised>) -> PyResult<Outcome> {
        if self.depth >= self.limits.native_depth {
            self.abandon(&frame);
            return Err(self.recursion_error());
        }
        self.depth += 1;
        let result = stacker::maybe_grow(128 << 10, 2 << 20, || self.run(frame, pending));
        self.depth -= 1;
        result
    }

    fn run(&mut self, mut frame: Frame, pending: Option<Raised>) -> PyResult<Outcome> {
        let roots = self.heap.roots.len();
        let mut raised = pending;
        loop {
            let step = match raised.take() {
                Some(raised) => Err(raised),
                None => self.instructions(&mut frame, roots),
            };
            match step {
                Ok(Step::Native(function, args, slot)) => {
                    self.frames.push(frame);
                    let result = (function.run)(self, &args);
                    frame = match self.frames.pop() {
                        Some(frame) => frame,
                        None => return Err(Raised::Limit(Limit::Depth)),
                    };
                    self.reuse(args);
                    raised = match result {
                        Ok(value) => {
                            self.stack.truncate(slot);
                            self.stack.push(value);
                            self.safe_point(roots).err()
                        }
                        Err(raised) => Some(raised),
                    };
                }
                Ok(Step::Leave(outcome)) => {
                    if let Outcome::Yielded(_) = outcome {
                        self.suspend(frame);
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

    /// Goes into a Python function that is given exactly its parameters and captures nothing, as most are: its arguments lie where
    /// its locals are to be. Says whether it is one.
    ///
    /// Nothing here copies what was just written in pieces as one: that would wait for the cache.
    #[inline(always)]
    pub(super) fn go_into_plain(&mut self, frame: &mut Frame, ip: usize, slot: usize, roots: usize) -> PyResult<bool> {
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
        let code = match self.spare_code.take() {
            Some(code) if Arc::ptr_eq(&code, &function.code) => code,
            _ => Arc::clone(&function.code),
        };
        let new = Frame {
            ip: 0,
            base: slot as u32 + 1,
            floor: slot as u32,
            handling: self.handling.len() as u32,
            guards: self.guards.len() as u32,
            globals: function.globals,
            names: Value::None,
            then: Then::Push,
            leave: false,
            generator: false,
            code,
        };
        if locals > given {
            self.stack.resize(slot + 1 + locals, Value::Unset);
        }
        self.frames.push(std::mem::replace(frame, new));
        if let Some(caller) = self.frames.last_mut() {
            caller.ip = ip as u32;
        }
        self.heap.roots.truncate(roots);
        if self.rest_is_due() {
            self.safe_point(roots)?;
        }
        Ok(true)
    }

    /// Goes on in the frame of what was called; the one that called waits.
    #[inline]
    pub(super) fn go_into(&mut self, frame: &mut Frame, new: Frame, roots: usize) -> PyResult<()> {
        if self.frames.len() + 1 >= self.limits.recursion as usize {
            self.abandon(&new);
            return Err(self.recursion_error());
        }
        self.frames.push(std::mem::replace(frame, new));
        self.safe_point(roots)
    }

    /// Goes on with what was called; a native function is for whoever owns the frame.
    pub(super) fn prepared(
        &mut self,
        frame: &mut Frame,
        slot: usize,
        args: Args,
        roots: usize,
    ) -> PyResult<Option<Step>> {
        match self.prepare_with(slot, args)? {
            Prepared::Done => {}
            Prepared::Frame(new) => self.go_into(frame, new, roots)?,
            Prepared::Native(function, args) => return Ok(Some(Step::Native(function, args, slot))),
        }
        Ok(None)
    }

    /// Ends a frame with a value and goes on with the one that called it; an outcome for native code if that called.
    #[inline]
    pub(super) fn go_back(&mut self, frame: &mut Frame, value: Value) -> PyResult<Option<Outcome>> {
        if frame.then == Then::Push
            && !frame.generator
            && !frame.leave
            && let Some(caller) = self.frames.pop()
        {
            self.handling.truncate(frame.handling as usize);
            self.guards.truncate(frame.guards as usize);
            self.stack.truncate(frame.floor as usize);
            self.stack.push(value);
            self.spare_code = Some(std::mem::replace(frame, caller).code);
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
        self.look_at_clock()
    }
}
