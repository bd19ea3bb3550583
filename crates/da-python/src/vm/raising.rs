//! Instructions that raise, match and handle exceptions, and those of `with`.

use super::Vm;
use crate::code::Op;
use crate::error::{PyResult, Raised};
use crate::value::{BoundMethod, Object, Value};

impl Vm<'_> {
    /// Instructions about exceptions.
    pub(super) fn raising(&mut self, op: Op) -> PyResult<()> {
        match op {
            Op::MatchException => {
                let matches = self.matches_exception(self.peek(1), self.top())?;
                self.replace(1, Value::from(matches));
                Ok(())
            }
            Op::Reraise => match self.handling.last().copied() {
                Some(exception) => {
                    self.raised_again = true;
                    Err(Raised::Exception(exception))
                }
                None => Err(self.runtime_error("No active exception to reraise")),
            },
            Op::RaiseAgain => {
                let exception = self.pop();
                self.handling.pop();
                self.raised_again = true;
                self.root(exception);
                Err(Raised::Exception(exception))
            }
            Op::Raise => {
                let exception = self.exception_to_raise(self.top())?;
                self.link_context(exception);
                Err(Raised::Exception(self.root(exception)))
            }
            Op::RaiseFrom => {
                let exception = self.exception_to_raise(self.peek(1))?;
                let cause = match self.top() {
                    Value::None => None,
                    cause => match self.exception_to_raise(cause) {
                        Ok(cause) => Some(cause),
                        Err(raised) if self.derives(cause, self.classes.exception("BaseException")) => {
                            return Err(raised);
                        }
                        Err(_) => return Err(self.type_error("exception causes must derive from BaseException")),
                    },
                };
                self.link_context(exception);
                if let Some(data) = self.as_exception_mut(exception) {
                    data.cause = cause;
                    data.suppress_context = true;
                }
                Err(Raised::Exception(self.root(exception)))
            }
            Op::EnterWith => self.enter_with(),
            Op::CallExit => self.call_exit(),
            Op::RaiseAssertion => {
                let message = self.top();
                let args = if message.is_none() { Vec::new() } else { vec![message] };
                Err(self.raise_with("AssertionError", args, None))
            }
            other => Err(self.raise("SystemError", format!("unknown instruction {other:?}"))),
        }
    }

    fn exception_to_raise(&mut self, v: Value) -> PyResult {
        if self.as_exception(v).is_some() {
            return Ok(v);
        }
        if self.derives(v, self.classes.exception("BaseException")) {
            let made = self.call(v, &[])?;
            if self.as_exception(made).is_some() {
                return Ok(made);
            }
            let (class, found) = (self.repr(v)?, self.type_of(made));
            let found = self.repr(found)?;
            let message = format!("calling {class} should have returned an instance of BaseException, not {found}");
            return Err(self.type_error(message));
        }
        Err(self.type_error("exceptions must derive from BaseException"))
    }

    /// The exception that is being handled becomes the context of another; a chain never comes back to its beginning.
    pub(super) fn link_context(&mut self, exception: Value) {
        let Some(context) = self.handling.last().copied() else { return };
        if context.is(exception) {
            return;
        }
        let mut link = context;
        // As many links as there can be without a cycle that was made by hand.
        for _ in 0..self.heap.top_places() {
            match self.as_exception(link).and_then(|data| data.context) {
                Some(next) if next.is(exception) => {
                    if let Some(data) = self.as_exception_mut(link) {
                        data.context = None;
                    }
                    break;
                }
                Some(next) => link = next,
                None => break,
            }
        }
        if let Some(data) = self.as_exception_mut(exception) {
            data.context = Some(context);
        }
    }

    fn matches_exception(&mut self, exception: Value, class: Value) -> PyResult<bool> {
        // A tuple holds classes alone, and no tuples of classes.
        self.pay(self.as_tuple(class).map_or(1, <[Value]>::len) as u64)?;
        let one = [class];
        let classes = self.as_tuple(class).unwrap_or(&one);
        let (of, base) = (self.type_of(exception), self.classes.exception("BaseException"));
        let matches = classes.iter().any(|class| self.derives(of, *class));
        if !classes.iter().all(|class| self.derives(*class, base)) {
            return Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"));
        }
        Ok(matches)
    }

    fn enter_with(&mut self) -> PyResult<()> {
        let manager = self.top();
        let class = self.type_of(manager);
        let enter = self.class_lookup(class, "__enter__".into());
        let exit = self.class_lookup(class, "__exit__".into());
        let (Some(enter), Some(exit)) = (enter, exit) else {
            let name = self.type_name(manager);
            let what = if enter.is_some() { " (missed __exit__ method)" } else { "" };
            let message = format!("'{name}' object does not support the context manager protocol{what}");
            return Err(self.type_error(message));
        };
        let exit = match self.heap.object(exit.value) {
            Some(Object::Function(_) | Object::Native(_)) => {
                self.make(Object::BoundMethod(BoundMethod { receiver: manager, function: exit.value }))?
            }
            _ => self.bind(exit, manager, class)?,
        };
        self.root(exit);
        let value = self.call_function(enter.value, manager, &[])?;
        self.replace(1, exit);
        self.stack.push(value);
        Ok(())
    }

    fn call_exit(&mut self) -> PyResult<()> {
        let (exit, exception) = (self.peek(1), self.top());
        let class = self.type_of(exception);
        let traceback = self.attribute(exception, "__traceback__".into())?;
        let result = self.call(exit, &[class, exception, traceback])?;
        let suppressed = self.truth(result)?;
        self.stack.push(Value::from(suppressed));
        Ok(())
    }
}
