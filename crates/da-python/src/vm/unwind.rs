//! How frames end: by returning, by yielding, by an exception.

use super::Vm;
use super::frame::{Frame, Outcome, Then};
use crate::error::{PyResult, Raised};
use crate::value::{Passed, Value};
use std::sync::Arc;

/// More lines than this a traceback does not keep.
const TRACEBACK: usize = 400;

/// What it costs to make an exception and to look for who handles it.
const UNWINDING: u64 = 60;

impl Vm<'_> {
    /// Ends a frame with a value and goes on with the one that called it; an outcome for native code
    /// if that called.
    pub(super) fn finish(&mut self, frame: &mut Box<Frame>, mut value: Value) -> PyResult<Option<Outcome>> {
        if frame.generator {
            self.finish_generator(frame);
        }
        self.handling.truncate(frame.handling as usize);
        self.guards.truncate(frame.guards as usize);
        let floor = frame.floor as usize;
        match frame.then {
            Then::Push => {
                self.stack.truncate(floor);
                self.stack.push(value);
            }
            Then::Leave => {
                self.stack.truncate(floor);
                return Ok(Some(Outcome::Returned(value)));
            }
            Then::Init => {
                if !value.is_none() {
                    let name = self.type_name(value);
                    return Err(self.type_error(format!("__init__() should return None, not '{name}'")));
                }
                self.stack.truncate(floor + 1);
                value = self.top();
            }
            Then::Class => {
                self.stack.truncate(frame.base as usize);
                self.root(value);
                let class = self.finish_class(floor, value)?;
                self.stack.truncate(floor);
                self.stack.push(class);
            }
            Then::Next(target) => {
                self.stack.truncate(floor);
                self.stack.pop();
                if !self.pop_frame(frame) {
                    return Ok(Some(Outcome::Returned(value)));
                }
                frame.ip = target;
                return Ok(None);
            }
            Then::Delegate => {
                self.stack.truncate(floor);
                self.replace(1, value);
            }
            Then::Close => {
                self.stack.truncate(floor);
                if !self.pop_frame(frame) {
                    return Ok(Some(Outcome::Returned(value)));
                }
                return Err(self.raise_with("GeneratorExit", Vec::new(), None));
            }
        }
        if frame.leave {
            self.stack.truncate(floor);
            return Ok(Some(Outcome::Returned(value)));
        }
        if self.pop_frame(frame) { Ok(None) } else { Ok(Some(Outcome::Returned(value))) }
    }

    /// Hands a generator's value out to whoever waits for it. When that is native code, whoever owns the frame puts it aside.
    pub(super) fn hand_out(&mut self, frame: &mut Box<Frame>, value: Value) -> Option<Outcome> {
        loop {
            let then = frame.then;
            if then == Then::Leave {
                return Some(Outcome::Yielded(value));
            }
            let Some(caller) = self.frames.pop() else { return Some(Outcome::Yielded(value)) };
            let inner = std::mem::replace(frame, caller);
            self.suspend(inner);
            if matches!(then, Then::Delegate | Then::Close) {
                // The instruction is run again when it is taken up.
                frame.ip -= 1;
                continue;
            }
            self.stack.push(value);
            return None;
        }
    }

    fn pop_frame(&mut self, frame: &mut Box<Frame>) -> bool {
        match self.frames.pop() {
            Some(caller) => {
                let ended = std::mem::replace(frame, caller);
                self.let_go(ended);
                true
            }
            None => false,
        }
    }

    /// Finds who handles what was raised; `Err` when it goes to native code.
    pub(super) fn unwind(&mut self, frame: &mut Box<Frame>, mut raised: Raised) -> Result<(), Raised> {
        let mut keep = std::mem::take(&mut self.raised_again);
        if let (Raised::Exception(_), Err(limit)) = (raised, self.pay(UNWINDING)) {
            raised = limit;
        }
        loop {
            if let Raised::Exception(exception) = raised {
                if !std::mem::take(&mut keep) {
                    self.add_traceback(exception, frame);
                }
                if self.guards.len() > frame.guards as usize
                    && let Some(handler) = self.guards.pop()
                {
                    self.stack.truncate(frame.operands() + handler.height as usize);
                    self.handling.truncate((frame.handling + handler.handling) as usize);
                    self.handling.push(exception);
                    self.stack.push(exception);
                    frame.ip = handler.target;
                    return Ok(());
                }
                if frame.generator && self.is_stop_iteration(&raised) {
                    raised = self.stop_inside_generator(exception);
                }
            }
            self.abandon(frame);
            if frame.leave || frame.then == Then::Leave || !self.pop_frame(frame) {
                return Err(raised);
            }
        }
    }

    fn stop_inside_generator(&mut self, stop: Value) -> Raised {
        let raised = self.runtime_error("generator raised StopIteration");
        if let Raised::Exception(error) = raised
            && let Some(data) = self.as_exception_mut(error)
        {
            data.cause = Some(stop);
            data.context = Some(stop);
            data.suppress_context = true;
        }
        raised
    }

    /// Takes a frame that will not go on off the stack.
    pub(super) fn abandon(&mut self, frame: &Frame) {
        if frame.generator {
            self.finish_generator(frame);
        }
        self.handling.truncate(frame.handling as usize);
        self.guards.truncate(frame.guards as usize);
        self.stack.truncate(frame.floor as usize);
    }

    fn add_traceback(&mut self, exception: Value, frame: &Frame) {
        if let Some(data) = self.as_exception_mut(exception)
            && data.passed.len() < TRACEBACK
        {
            let (code, instruction) = (Arc::clone(&frame.code), frame.ip.saturating_sub(1));
            data.passed.push(Passed { code, instruction, globals: frame.globals });
        }
    }
}
