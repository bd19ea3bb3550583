//! Generators: frames that are put aside and taken up again.
//!
//! A loop over a generator and `yield from` take the frame up without recursion in Rust.

use super::Vm;
use super::frame::{Frame, Outcome, Then};
use crate::code::Op;
use crate::error::{PyResult, Raised};
use crate::heap::Handle;
use crate::value::{Object, Tracer, Value};

/// A generator.
#[derive(Debug, Clone)]
pub struct Generator {
    /// The function that it was made by; keeps its code's namespace alive.
    function: Value,
    /// Names that were given to it: `__name__`, `__qualname__`, or `Unset`.
    names: [Value; 2],
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Suspended(Saved),
    Running,
    Done,
}

/// A frame that was put aside with its part of the stack.
#[derive(Debug, Clone)]
struct Saved {
    frame: Frame,
    stack: Vec<Value>,
    handling: Vec<Value>,
    started: bool,
}

impl Generator {
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.visit(self.function);
        self.names.iter().for_each(|name| tracer.visit(*name));
        if let State::Suspended(saved) = &self.state {
            saved.stack.iter().chain(&saved.handling).for_each(|value| tracer.visit(*value));
            tracer.visit(saved.frame.globals);
        }
    }

    pub(crate) fn size(&self) -> usize {
        let saved = match &self.state {
            State::Suspended(saved) => saved.stack.len() * size_of::<Value>(),
            State::Running | State::Done => 0,
        };
        size_of::<Self>() + saved
    }

    /// The function that it was made by.
    pub(crate) fn function(&self) -> Value {
        self.function
    }

    /// A name that was given to it, by its place.
    pub(crate) fn given_name(&self, place: usize) -> Value {
        self.names[place]
    }

    /// Gives it a name.
    pub(crate) fn rename(&mut self, place: usize, name: Value) {
        self.names[place] = name;
    }

    /// What it delegates to, if it does.
    pub(crate) fn delegate(&self) -> Option<Value> {
        let State::Suspended(saved) = &self.state else { return None };
        let waits = matches!(saved.frame.code.ops.get(saved.frame.ip as usize), Some(Op::YieldFrom));
        saved.stack.last().copied().filter(|_| waits)
    }

    /// Its frame and what lies in its part of the stack, while it waits.
    pub(super) fn suspended(&self) -> Option<(&Frame, &[Value])> {
        match &self.state {
            State::Suspended(saved) => Some((&saved.frame, &saved.stack)),
            State::Running | State::Done => None,
        }
    }

    /// Whether it waits after it has begun.
    pub(crate) fn is_suspended(&self) -> bool {
        matches!(&self.state, State::Suspended(saved) if saved.started)
    }

    /// Whether it is being run.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.state, State::Running)
    }

    /// The name of its function.
    pub(crate) fn qualname(&self) -> Option<std::sync::Arc<str>> {
        match &self.state {
            State::Suspended(saved) => Some(saved.frame.code.qualname.clone()),
            State::Running | State::Done => None,
        }
    }
}

impl Vm<'_> {
    /// Turns a frame that was just set up into a generator and takes it off the stack.
    pub(super) fn make_generator(&mut self, mut frame: Frame, function: Value) -> PyResult {
        let mut stack = self.spare.pop().unwrap_or_default();
        stack.extend(self.stack.drain(frame.base as usize..));
        self.stack.truncate(frame.floor as usize);
        frame.generator = true;
        let saved = Saved { frame, stack, handling: Vec::new(), started: false };
        self.make(Object::Generator(Box::new(Generator {
            function,
            names: [Value::Unset; 2],
            state: State::Suspended(saved),
        })))
    }

    /// The frame of a suspended generator, put on the stack; `None` when the generator is over.
    fn take_up(&mut self, handle: Handle, then: Then) -> PyResult<Option<(Frame, bool)>> {
        let Object::Generator(generator) = self.heap.get_mut(handle) else { return Ok(None) };
        let saved = match std::mem::replace(&mut generator.state, State::Running) {
            State::Suspended(saved) => saved,
            State::Done => {
                generator.state = State::Done;
                return Ok(None);
            }
            State::Running => return Err(self.value_error("generator already executing")),
        };
        let Saved { mut frame, mut stack, handling, started } = saved;
        frame.floor = self.stack.len() as u32;
        frame.handling = self.handling.len() as u32;
        self.stack.push(Value::Ref(handle));
        frame.base = self.stack.len() as u32;
        self.stack.append(&mut stack);
        self.keep_spare(stack);
        self.handling.extend(handling);
        frame.then = then;
        Ok(Some((frame, started)))
    }

    /// Sets a generator up to go on with `sent`; `None` when it is over.
    pub(super) fn resume(&mut self, handle: Handle, sent: Value, then: Then) -> PyResult<Option<Frame>> {
        if !sent.is_none()
            && let Object::Generator(generator) = self.heap.get(handle)
            && matches!(&generator.state, State::Suspended(saved) if !saved.started)
        {
            return Err(self.type_error("can't send non-None value to a just-started generator"));
        }
        let Some((frame, started)) = self.take_up(handle, then)? else { return Ok(None) };
        if started {
            self.stack.push(sent);
        }
        Ok(Some(frame))
    }

    /// Puts a generator's frame aside.
    pub(super) fn suspend(&mut self, frame: Frame) {
        // Its own part of the stack goes into a vector that another frame left behind.
        let mut stack = self.spare.pop().unwrap_or_default();
        stack.extend(self.stack.drain(frame.base as usize..));
        let handling = match self.handling.len() > frame.handling as usize {
            true => self.handling.drain(frame.handling as usize..).collect(),
            false => Vec::new(),
        };
        let owner = self.stack.get(frame.floor as usize).copied();
        self.stack.truncate(frame.floor as usize);
        if let Some(Value::Ref(handle)) = owner
            && let Object::Generator(generator) = self.heap.get_mut(handle)
        {
            generator.state = State::Suspended(Saved { frame, stack, handling, started: true });
        }
    }

    /// Marks the generator of a frame that ended.
    pub(super) fn finish_generator(&mut self, frame: &Frame) {
        if let Some(Value::Ref(handle)) = self.stack.get(frame.floor as usize).copied()
            && let Object::Generator(generator) = self.heap.get_mut(handle)
        {
            generator.state = State::Done;
        }
    }

    /// `send`: the next value, or what the generator returned.
    pub(crate) fn generator_send(&mut self, handle: Handle, sent: Value) -> PyResult<Option<Outcome>> {
        match self.resume(handle, sent, Then::Leave)? {
            Some(frame) => self.enter(frame, None).map(Some),
            None => Ok(None),
        }
    }

    /// `throw`: raises an exception where the generator waits, in the innermost that it delegates to.
    pub(crate) fn generator_throw(&mut self, handle: Handle, exception: Value) -> PyResult<Outcome> {
        let raised = Raised::Exception(exception);
        let Some((mut frame, started)) = self.take_up(handle, Then::Leave)? else { return Err(raised) };
        if !started {
            self.finish_generator(&frame);
            self.stack.truncate(frame.floor as usize);
            return Err(raised);
        }
        let closes = self.exception_is(&raised, "GeneratorExit");
        let then = if closes { Then::Close } else { Then::Delegate };
        while matches!(frame.code.ops.get(frame.ip as usize), Some(Op::YieldFrom)) {
            let Some(inner_value) = self.stack.last().copied() else { break };
            let inner = match inner_value {
                Value::Ref(inner) if matches!(self.heap.get(inner), Object::Generator(_)) => inner,
                _ => return self.throw_into_iterator(frame, inner_value, exception, closes),
            };
            match self.take_up(inner, then) {
                Ok(Some((next, _))) => {
                    // As if the delegating instruction had been run again.
                    frame.ip += 1;
                    self.frames.push(std::mem::replace(&mut frame, next));
                }
                Ok(None) => {
                    frame.ip += 1;
                    break;
                }
                Err(raised) => return self.enter(frame, Some(raised)),
            }
        }
        self.link_context(exception);
        self.enter(frame, Some(raised))
    }

    /// Hands an exception to an iterator that is no generator and that the generator of this frame, the innermost, delegates to.
    fn throw_into_iterator(
        &mut self,
        mut frame: Frame,
        inner: Value,
        exception: Value,
        closes: bool,
    ) -> PyResult<Outcome> {
        let raised = Raised::Exception(exception);
        self.frames.push(frame);
        let answer = match self.get_attr_opt(inner, if closes { "close" } else { "throw" }) {
            Ok(None) => Err(raised),
            Ok(Some(close)) if closes => self.call(close, &[]).and(Err(raised)),
            Ok(Some(throw)) => {
                let answer = self.call(throw, &[exception]);
                self.result_of_stop(answer)
            }
            Err(raised) => Err(raised),
        };
        frame = match self.frames.pop() {
            Some(frame) => frame,
            None => return Err(raised),
        };
        match answer {
            // It goes on delegating, and everyone outside hands the value out.
            Ok(Ok(value)) => {
                self.root(value);
                Ok(self.hand_out(&mut frame, value).unwrap_or(Outcome::Yielded(value)))
            }
            Ok(Err(returned)) => {
                frame.ip += 1;
                self.replace(1, returned);
                self.enter(frame, None)
            }
            Err(other) => {
                frame.ip += 1;
                if let Raised::Exception(other) = other {
                    self.link_context(other);
                }
                self.enter(frame, Some(other))
            }
        }
    }

    /// `close`: raises `GeneratorExit` where it waits.
    pub(crate) fn generator_close(&mut self, handle: Handle) -> PyResult<()> {
        if !matches!(self.heap.get(handle), Object::Generator(g) if matches!(g.state, State::Suspended(_))) {
            return Ok(());
        }
        let exit = match self.raise_with("GeneratorExit", Vec::new(), None) {
            Raised::Exception(exit) => exit,
            limit => return Err(limit),
        };
        match self.generator_throw(handle, exit) {
            Ok(Outcome::Yielded(_)) => Err(self.runtime_error("generator ignored GeneratorExit")),
            Ok(Outcome::Returned(_)) => Ok(()),
            Err(raised) if self.exception_is(&raised, "GeneratorExit") || self.is_stop_iteration(&raised) => Ok(()),
            Err(raised) => Err(raised),
        }
    }
}
