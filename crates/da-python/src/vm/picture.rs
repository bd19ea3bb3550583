//! Pictures of frames, and tracebacks made of them.
//!
//! While an exception passes frames, only their code and line are noted; objects are made when somebody asks. A picture never
//! changes the frame that it shows.

use super::Vm;
use super::frame::Frame;
use crate::code::{Code, CodeKind};
use crate::error::PyResult;
use crate::heap::Handle;
use crate::native::Args;
use crate::value::{FramePicture, Object, Traceback, TracebackLine, Value};
use std::sync::Arc;

/// More links than this a traceback is not followed.
const LINKS: usize = 100_000;

impl Vm<'_> {
    /// A picture of the frame that is so many calls below the code that asks, with those below it; `None` when there are
    /// not that many.
    ///
    /// # Errors
    /// `Limit::Memory`, `Limit::Fuel`
    pub(crate) fn frame_picture(&mut self, depth: usize) -> PyResult<Option<Value>> {
        let Some(top) = self.frames.len().checked_sub(depth.saturating_add(1)) else { return Ok(None) };
        let mut back = Value::None;
        for place in 0..=top {
            self.pay(2)?;
            let frame = self.frames[place].clone();
            let until = frame.operands();
            let values = self.stack.get(frame.base as usize..until).map(<[Value]>::to_vec).unwrap_or_default();
            let locals = self.variables(&frame, &values)?;
            back = self.picture_of(&frame, locals, back)?;
        }
        Ok(Some(back))
    }

    /// A picture of the frame of a generator; `None` when it is over.
    ///
    /// # Errors
    /// `Limit::Memory`, `Limit::Fuel`
    pub(crate) fn generator_picture(&mut self, handle: Handle) -> PyResult<Option<Value>> {
        let Object::Generator(generator) = self.heap.get(handle) else { return Ok(None) };
        if let Some((frame, values)) = generator.suspended() {
            let (frame, values) = (frame.clone(), values.to_vec());
            let locals = self.variables(&frame, &values)?;
            return self.picture_of(&frame, locals, Value::None).map(Some);
        }
        let of = |frame: &Frame| frame.generator && self.stack[frame.floor as usize].is(Value::Ref(handle));
        match self.frames.iter().rev().position(|frame| of(frame)) {
            Some(depth) => self.frame_picture(depth),
            None => Ok(None),
        }
    }

    fn picture_of(&mut self, frame: &Frame, locals: Value, back: Value) -> PyResult {
        let code = Arc::clone(&frame.code);
        let instruction = i64::from(frame.ip) - 1;
        self.make(Object::Frame(Box::new(FramePicture { code, instruction, globals: frame.globals, locals, back })))
    }

    /// The variables of a frame: its namespace, or a dict of what its locals and cells hold.
    pub(super) fn variables(&mut self, frame: &Frame, values: &[Value]) -> PyResult {
        if !frame.names.is_none() {
            return Ok(frame.names);
        }
        let code = Arc::clone(&frame.code);
        let dict = self.dict()?;
        self.pay(values.len() as u64 / 4)?;
        let names = code.locals.iter().chain(&code.cells).chain(&code.free);
        for (place, (name, value)) in names.zip(values).enumerate() {
            let value = match self.heap.object(*value) {
                Some(Object::Cell(inside)) if place >= code.locals.len() => inside.unwrap_or(Value::Unset),
                _ => *value,
            };
            if !matches!(value, Value::Unset) && !name.text().starts_with('.') {
                self.set_name(dict, name, value)?;
            }
        }
        Ok(dict)
    }

    /// `__traceback__` of an exception: what it was given, and a link for each frame that it passed since.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub(crate) fn traceback(&mut self, exception: Value) -> PyResult {
        let Some(data) = self.as_exception(exception) else { return Ok(Value::None) };
        let mut link = data.shown.unwrap_or(Value::None);
        if data.passed.is_empty() {
            return Ok(link);
        }
        for passed in data.passed.clone() {
            let is_module = matches!(passed.code.kind, CodeKind::Module | CodeKind::Expression);
            let locals = if is_module { passed.globals } else { Value::None };
            let (instruction, line) = (i64::from(passed.instruction), i64::from(passed.line()));
            let (code, globals, back) = (passed.code, passed.globals, Value::None);
            let frame =
                self.make(Object::Frame(Box::new(FramePicture { code, instruction, globals, locals, back })))?;
            link = self.make(Object::Traceback(Box::new(Traceback { frame, instruction, line, next: link })))?;
        }
        if let Some(data) = self.as_exception_mut(exception) {
            data.passed.clear();
            data.shown = Some(link);
        }
        Ok(link)
    }

    /// Gives an exception a traceback in place of its own; `None` takes it away.
    ///
    /// # Errors
    /// `TypeError` for what is neither.
    pub(crate) fn set_traceback(&mut self, exception: Value, traceback: Value) -> PyResult<()> {
        let shown = match self.heap.object(traceback) {
            Some(Object::Traceback(_)) => Some(traceback),
            _ if traceback.is_none() => None,
            _ => return Err(self.type_error("__traceback__ must be a traceback or None")),
        };
        if let Some(data) = self.as_exception_mut(exception) {
            data.passed.clear();
            data.shown = shown;
        }
        Ok(())
    }

    /// Where an exception passed, as plain data, the innermost first.
    pub(crate) fn traceback_lines(&self, exception: Value) -> Vec<TracebackLine> {
        let Some(data) = self.as_exception(exception) else { return Vec::new() };
        let mut lines = Vec::new();
        let mut link = data.shown.unwrap_or(Value::None);
        while let Some(Object::Traceback(this)) = self.heap.object(link) {
            if lines.len() == LINKS {
                break;
            }
            if let Some(Object::Frame(frame)) = self.heap.object(this.frame) {
                lines.push(line_of(&frame.code, u32::try_from(this.line).unwrap_or(0)));
            }
            link = this.next;
        }
        lines.reverse();
        lines.extend(data.passed.iter().map(|passed| line_of(&passed.code, passed.line())));
        lines
    }

    /// `traceback(tb_next, tb_frame, tb_lasti, tb_lineno)`
    pub(super) fn traceback_of_parts(&mut self, args: &Args) -> PyResult {
        let names = ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"];
        let [next, frame, instruction, line] =
            args.bind(self, "traceback", names, 4)?.map(|value| value.unwrap_or(Value::None));
        self.check_next(next, "traceback object or None")?;
        if !matches!(self.heap.object(frame), Some(Object::Frame(_))) {
            let given = self.type_name(frame);
            return Err(self.type_error(format!("traceback() argument 'tb_frame' must be frame, not {given}")));
        }
        let (instruction, line) = (self.index(instruction)?, self.index(line)?);
        self.make(Object::Traceback(Box::new(Traceback { frame, instruction, line, next })))
    }

    fn check_next(&mut self, next: Value, wanted: &str) -> PyResult<()> {
        if next.is_none() || matches!(self.heap.object(next), Some(Object::Traceback(_))) {
            return Ok(());
        }
        let given = self.type_name(next);
        Err(self.type_error(format!("expected {wanted}, got '{given}'")))
    }

    /// Sets `tb_next` of a link.
    ///
    /// # Errors
    /// `TypeError` for what is no traceback, `ValueError` for a link that leads back here.
    pub(super) fn set_next_link(&mut self, link: Value, next: Value) -> PyResult<()> {
        self.check_next(next, "traceback object")?;
        let mut seen = next;
        while let Some(Object::Traceback(this)) = self.heap.object(seen) {
            if seen.is(link) {
                return Err(self.value_error("traceback loop detected"));
            }
            seen = this.next;
            self.pay(1)?;
        }
        if let Value::Ref(handle) = link
            && let Object::Traceback(link) = self.heap.get_mut(handle)
        {
            link.next = next;
        }
        Ok(())
    }
}

fn line_of(code: &Code, line: u32) -> TracebackLine {
    TracebackLine { file: Arc::clone(&code.file), line, function: Arc::clone(code.name.shared()) }
}
