//! Generators: frames that are put aside and taken up again.
//!
//! A loop over a generator and `yield from` take the frame up without recursion in Rust.

use super::Vm;
use super::frame::{Frame, Handler, Outcome, Then};
use crate::code::Op;
use crate::error::{PyResult, Raised};
use crate::heap::Handle;
use crate::value::{Object, Tracer, Value};

/// A generator. While it waits it holds its frame, and what that had on the stacks of the machine.
#[derive(Debug, Clone)]
pub struct Generator {
    /// The function that it was made by; keeps its code's namespace alive.
    function: Value,
    /// Names that were given to it: `__name__`, `__qualname__`, or `Unset`.
    names: [Value; 2],
    state: State,
    frame: Option<Box<Frame>>,
    stack: Vec<Value>,
    handling: Vec<Value>,
    guards: Vec<Handler>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It has not begun.
    New,
    /// It waits.
    Suspended,
    Running,
    Done,
}

/// What it costs to go on with a generator.
const RESUMING: u64 = 12;

impl Generator {
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.visit(self.function);
        self.names.iter().chain(&self.stack).chain(&self.handling).for_each(|value| tracer.visit(*value));
        if let Some(frame) = &self.frame {
            tracer.visit(frame.globals);
        }
    }

    pub(crate) fn size(&self) -> usize {
        size_of::<Self>() + self.stack.capacity() * size_of::<Value>()
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
        let frame = self.frame.as_ref()?;
        let waits = matches!(frame.code.ops.get(frame.ip as usize), Some(Op::YieldFrom));
        self.stack.last().copied().filter(|_| waits)
    }

    /// Its frame and what lies in its part of the stack, while it waits.
    pub(super) fn suspended(&self) -> Option<(&Frame, &[Value])> {
        self.frame.as_ref().map(|frame| (&**frame, &*self.stack))
    }

    /// Whether it waits after it has begun.
    pub(crate) fn is_suspended(&self) -> bool {
        self.state == State::Suspended
    }

    /// Whether it is being run.
    pub(crate) fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// The name of its function.
    pub(crate) fn qualname(&self) -> Option<std::sync::Arc<str>> {
        self.frame.as_ref().map(|frame| frame.code.qualname.clone())
    }
}

impl Vm<'_> {
    /// Turns a frame that was just set up into a generator and takes it off the stack.
    pub(super) fn make_generator(&mut self, mut frame: Box<Frame>, function: Value) -> PyResult {
        let stack = self.stack[frame.base as usize..].to_vec();
        self.stack.truncate(frame.floor as usize);
        frame.generator = true;
        self.make(Object::Generator(Box::new(Generator {
            function,
            names: [Value::Unset; 2],
            state: State::New,
            frame: Some(frame),
            stack,
            handling: Vec::new(),
            guards: Vec::new(),
        })))
    }

    /// The frame of a suspended generator, put on the stack; `None` when the generator is over.
    fn take_up(&mut self, handle: Handle, then: Then) -> PyResult<Option<(Box<Frame>, bool)>> {
        let Vm { heap, stack, handling, guards, .. } = self;
        let Object::Generator(generator) = heap.get_mut(handle) else { return Ok(None) };
        let started = generator.state == State::Suspended;
        if generator.state == State::Running {
            return Err(self.value_error("generator already executing"));
        }
        let Some(mut frame) = generator.frame.take() else { return Ok(None) };
        generator.state = State::Running;
        frame.floor = stack.len() as u32;
        frame.base = frame.floor + 1;
        frame.handling = handling.len() as u32;
        frame.guards = guards.len() as u32;
        frame.then = then;
        stack.push(Value::Ref(handle));
        stack.extend_from_slice(&generator.stack);
        generator.stack.clear();
        handling.append(&mut generator.handling);
        guards.append(&mut generator.guards);
        Ok(Some((frame, started)))
    }

    /// Sets a generator up to go on with `sent`; `None` when it is over.
    pub(super) fn resume(&mut self, handle: Handle, sent: Value, then: Then) -> PyResult<Option<Box<Frame>>> {
        if !sent.is_none()
            && let Object::Generator(generator) = self.heap.get(handle)
            && generator.state == State::New
        {
            return Err(self.type_error("can't send non-None value to a just-started generator"));
        }
        self.pay(RESUMING)?;
        let Some((frame, started)) = self.take_up(handle, then)? else { return Ok(None) };
        if started {
            self.stack.push(sent);
        }
        Ok(Some(frame))
    }

    /// `yield from`: goes into the inner generator, or hands the next value out.
    pub(super) fn yield_from(&mut self, frame: &mut Box<Frame>, roots: usize) -> PyResult<Option<Outcome>> {
        let (iterator, sent) = (self.peek(1), self.top());
        if let Value::Ref(handle) = iterator
            && let Object::Generator(_) = self.heap.get(handle)
        {
            self.stack.pop();
            if let Some(inner) = self.resume(handle, sent, Then::Delegate)? {
                self.go_into(frame, inner, roots)?;
                return Ok(None);
            }
            self.replace(1, Value::None);
            return Ok(None);
        }
        let result = if sent.is_none() {
            self.next_or_result(iterator)?
        } else {
            let sent = self.call_method(iterator, "send", &[sent]);
            self.result_of_stop(sent)?
        };
        match result {
            Ok(value) => {
                self.stack.pop();
                frame.ip -= 1;
                Ok(self.hand_out(frame, value))
            }
            Err(returned) => {
                self.replace(2, returned);
                Ok(None)
            }
        }
    }

    /// Puts a generator's frame aside.
    pub(super) fn suspend(&mut self, frame: Box<Frame>) {
        let Vm { heap, stack, handling, guards, .. } = self;
        let (floor, base) = (frame.floor as usize, frame.base as usize);
        if let Some(Value::Ref(handle)) = stack.get(floor).copied()
            && let Object::Generator(generator) = heap.get_mut(handle)
        {
            generator.state = State::Suspended;
            generator.stack.extend_from_slice(&stack[base..]);
            generator.handling.extend(handling.drain(frame.handling as usize..));
            generator.guards.extend(guards.drain(frame.guards as usize..));
            generator.frame = Some(frame);
        }
        stack.truncate(floor);
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
        mut frame: Box<Frame>,
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
                if self.hand_out(&mut frame, value).is_some() {
                    self.suspend(frame);
                }
                Ok(Outcome::Yielded(value))
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
        if !matches!(self.heap.get(handle), Object::Generator(g) if g.frame.is_some()) {
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
