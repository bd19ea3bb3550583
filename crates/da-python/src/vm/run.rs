//! The loop that runs frames: what a call, a return, a generator and an exception do to them.

use super::Vm;
use super::frame::{Frame, Outcome};
use crate::error::{Limit, PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::Value;

/// What comes after an instruction.
pub(super) enum Step {
    /// The next one.
    Go,
    /// The frame of what was called.
    Enter(Frame),
    /// A native function is called with what lies above this place.
    Native(&'static NativeFunction, Args, usize),
    /// The frame ends with this value.
    Return(Value),
    /// The frame, a generator's, hands this value out.
    Yield(Value),
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
        let mut step = match pending {
            Some(raised) => Err(raised),
            None => Ok(Step::Go),
        };
        loop {
            step = match step {
                Ok(Step::Go) => self.instructions(&mut frame, roots),
                Ok(Step::Enter(new)) => {
                    if self.frames.len() + 1 >= self.limits.recursion as usize {
                        self.abandon(&new);
                        Err(self.recursion_error())
                    } else {
                        self.frames.push(std::mem::replace(&mut frame, new));
                        self.safe_point(roots).map(|()| Step::Go)
                    }
                }
                Ok(Step::Native(function, args, slot)) => {
                    self.frames.push(frame);
                    let result = (function.run)(self, &args);
                    frame = match self.frames.pop() {
                        Some(frame) => frame,
                        None => return Err(Raised::Limit(Limit::Depth)),
                    };
                    self.reuse(args);
                    result.and_then(|value| {
                        self.stack.truncate(slot);
                        self.stack.push(value);
                        self.safe_point(roots).map(|()| Step::Go)
                    })
                }
                Ok(Step::Return(value)) => match self.finish(&mut frame, value) {
                    Ok(Some(outcome)) => return Ok(self.leave(roots, outcome)),
                    Ok(None) => Ok(Step::Go),
                    Err(raised) => Err(raised),
                },
                Ok(Step::Yield(value)) => match self.hand_out(&mut frame, value) {
                    Some(outcome) => return Ok(self.leave(roots, outcome)),
                    None => Ok(Step::Go),
                },
                Err(raised) => match self.unwind(&mut frame, raised) {
                    Ok(()) => Ok(Step::Go),
                    Err(raised) => {
                        self.heap.roots.truncate(roots);
                        if let Raised::Exception(exception) = raised {
                            self.root(exception);
                        }
                        return Err(raised);
                    }
                },
            }
        }
    }

    fn leave(&mut self, roots: usize, outcome: Outcome) -> Outcome {
        self.heap.roots.truncate(roots);
        let (Outcome::Returned(value) | Outcome::Yielded(value)) = outcome;
        self.root(value);
        outcome
    }

    /// Collects if it is time to, and looks at the clock. Everything alive is on the stack.
    pub(super) fn safe_point(&mut self, roots: usize) -> PyResult<()> {
        self.heap.roots.truncate(roots);
        self.rest();
        self.look_at_clock()
    }
}
