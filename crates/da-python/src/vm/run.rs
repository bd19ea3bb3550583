//! The loop that runs frames: what a call, a return, a generator and an exception do to them.

use super::Vm;
use super::frame::{Frame, Outcome, Then};
use crate::error::{Limit, PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::Value;

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
                Ok(Step::Leave(outcome)) => return Ok(self.leave(roots, outcome)),
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

    /// Ends a frame with a value and goes on with the one that called it; an outcome for native code if that called.
    #[inline]
    pub(super) fn go_back(&mut self, frame: &mut Frame, value: Value) -> PyResult<Option<Outcome>> {
        if frame.then == Then::Push
            && !frame.generator
            && !frame.leave
            && let Some(caller) = self.frames.pop()
        {
            self.handling.truncate(frame.handling as usize);
            self.stack.truncate(frame.floor as usize);
            self.stack.push(value);
            *frame = caller;
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
