//! The loop that runs instructions.
//!
//! Operands stay on the stack until an operation is done, so that what it calls cannot lose them.

use super::Vm;
use super::call::Prepared;
use super::frame::{Frame, Handler, Outcome, Then};
use super::run::Step;
use crate::code::{BinaryOp, CompareOp, Const, Op};
use crate::error::{Limit, PyResult, Raised};
use crate::native::Args;
use crate::value::{Object, Value};

impl Vm<'_> {
    /// Runs instructions until something other than the next one comes.
    #[expect(clippy::too_many_lines, reason = "one arm for each instruction")]
    pub(super) fn instructions(&mut self, frame: &mut Frame, roots: usize) -> PyResult<Step> {
        loop {
            let Some(op) = frame.code.ops.get(frame.ip as usize).copied() else {
                match self.go_back(frame, Value::None)? {
                    Some(outcome) => return Ok(Step::Leave(outcome)),
                    None => continue,
                }
            };
            frame.ip += 1;
            if self.fuel == 0 {
                return Err(Raised::Limit(Limit::Fuel));
            }
            self.fuel -= 1;
            match op {
                Op::Nop => {}
                Op::Pop => {
                    self.stack.pop();
                }
                Op::Dup => self.stack.push(self.top()),
                Op::DupTwo => {
                    let (below, top) = (self.peek(1), self.top());
                    self.stack.extend([below, top]);
                }
                Op::Swap => self.rotate(2),
                Op::RotThree => self.rotate(3),
                Op::RotFour => self.rotate(4),
                Op::Const(index) => {
                    let value = match frame.code.consts.get(index as usize) {
                        Some(Const::Int(number)) => Value::Int(*number),
                        Some(Const::None) | None => Value::None,
                        Some(constant) => self.constant(constant)?,
                    };
                    self.stack.push(value);
                }
                Op::LoadLocal(index) => {
                    let value = self.stack[frame.base as usize + index as usize];
                    if let Value::Unset = value {
                        return Err(self.unbound_local(frame.code.locals[index as usize].text()));
                    }
                    self.stack.push(value);
                }
                Op::StoreLocal(index) => {
                    let value = self.pop();
                    self.stack[frame.base as usize + index as usize] = value;
                }
                Op::DeleteLocal(index) => self.delete_local(frame, index)?,
                Op::LoadLocalOrGlobal(index) => self.load_local_or_global(frame, index)?,
                Op::LoadCell(index) => {
                    let value = self.load_cell(frame, index)?;
                    self.stack.push(value);
                }
                Op::LoadCellOrGlobal(index) => self.load_cell_or_global(frame, index)?,
                Op::StoreCell(index) => self.store_cell(frame, index),
                Op::DeleteCell(index) => self.delete_cell(frame, index)?,
                Op::LoadClosure(index) => self.stack.push(self.stack[frame.cell(index)]),
                Op::LoadClassCell(index) => self.load_class_cell(frame, index)?,
                Op::LoadGlobal(index) => {
                    let value = self.load_global(frame.globals, &frame.code.names[index as usize])?;
                    self.stack.push(value);
                }
                Op::StoreGlobal(index) => {
                    self.set_name(frame.globals, &frame.code.names[index as usize], self.top())?;
                    self.stack.pop();
                }
                Op::DeleteGlobal(index) => {
                    self.delete_name(frame.globals, &frame.code.names[index as usize])?;
                }
                Op::LoadName(index) => {
                    let name = &frame.code.names[index as usize];
                    let value = self.load_name(frame.names, frame.globals, name)?;
                    self.stack.push(value);
                }
                Op::StoreName(index) => {
                    self.store_name(frame.names, &frame.code.names[index as usize], self.top())?;
                    self.stack.pop();
                }
                Op::DeleteName(index) => self.delete_name(frame.names, &frame.code.names[index as usize])?,
                Op::LoadAttr(index) => {
                    let value = self.attribute(self.top(), (&frame.code.names[index as usize]).into())?;
                    self.replace(1, value);
                }
                Op::StoreAttr(index) => {
                    let (value, object) = (self.peek(1), self.top());
                    self.store_attribute(object, (&frame.code.names[index as usize]).into(), value)?;
                    self.drop_top(2);
                }
                Op::DeleteAttr(index) => {
                    self.delete_attribute(self.top(), (&frame.code.names[index as usize]).into())?;
                    self.stack.pop();
                }
                Op::LoadMethod(index) => {
                    let (function, receiver) = self.load_method(self.top(), &frame.code.names[index as usize])?;
                    self.replace(1, function);
                    self.stack.push(receiver);
                }
                Op::LoadItem => {
                    let value = self.get_item(self.peek(1), self.top())?;
                    self.replace(2, value);
                }
                Op::StoreItem => {
                    self.set_item(self.peek(1), self.top(), self.peek(2))?;
                    self.drop_top(3);
                }
                Op::DeleteItem => {
                    self.del_item(self.peek(1), self.top())?;
                    self.drop_top(2);
                }
                Op::BuildSlice => {
                    let slice = self.build_slice()?;
                    self.replace(3, slice);
                }
                Op::Binary(op) => {
                    let value = match self.two_ints().and_then(|(a, b)| of_ints(op, a, b)) {
                        Some(number) => Value::Int(number),
                        None => self.binary(op, self.peek(1), self.top())?,
                    };
                    self.replace(2, value);
                }
                Op::InPlace(op) => {
                    let value = match self.two_ints().and_then(|(a, b)| of_ints(op, a, b)) {
                        Some(number) => Value::Int(number),
                        None => self.in_place(op, self.peek(1), self.top())?,
                    };
                    self.replace(2, value);
                }
                Op::Unary(op) => {
                    let value = self.unary(op, self.top())?;
                    self.replace(1, value);
                }
                Op::Compare(op) => {
                    let value = match self.two_ints().and_then(|(a, b)| compared(op, a, b)) {
                        Some(holds) => Value::Bool(holds),
                        None => self.compare(op, self.peek(1), self.top())?,
                    };
                    self.replace(2, value);
                }
                Op::Jump(target) => {
                    if target < frame.ip {
                        self.safe_point(roots)?;
                    }
                    frame.ip = target;
                }
                Op::JumpIfTrue(target) => {
                    let truth = self.truth_of_top()?;
                    self.stack.pop();
                    if truth {
                        if target < frame.ip {
                            self.safe_point(roots)?;
                        }
                        frame.ip = target;
                    }
                }
                Op::JumpIfFalse(target) => {
                    let truth = self.truth_of_top()?;
                    self.stack.pop();
                    if !truth {
                        if target < frame.ip {
                            self.safe_point(roots)?;
                        }
                        frame.ip = target;
                    }
                }
                Op::JumpIfTrueOrPop(target) => {
                    if self.truth_of_top()? {
                        frame.ip = target;
                    } else {
                        self.stack.pop();
                    }
                }
                Op::JumpIfFalseOrPop(target) => {
                    if self.truth_of_top()? {
                        self.stack.pop();
                    } else {
                        frame.ip = target;
                    }
                }
                Op::GetIter => {
                    let iterator = self.iter(self.top())?;
                    self.replace(1, iterator);
                }
                Op::ForIter(target) => {
                    let iterator = self.top();
                    if let Value::Ref(handle) = iterator
                        && let Object::Generator(_) = self.heap.get(handle)
                    {
                        match self.resume(handle, Value::None, Then::Next(target))? {
                            Some(inner) => self.go_into(frame, inner, roots)?,
                            None => {
                                self.stack.pop();
                                frame.ip = target;
                            }
                        }
                    } else {
                        match self.next(iterator)? {
                            Some(item) => self.stack.push(item),
                            None => {
                                self.stack.pop();
                                frame.ip = target;
                            }
                        }
                    }
                }
                Op::Return => {
                    let value = self.pop();
                    if let Some(outcome) = self.go_back(frame, value)? {
                        return Ok(Step::Leave(outcome));
                    }
                }
                Op::Yield => {
                    let value = self.pop();
                    if let Some(outcome) = self.hand_out(frame, value) {
                        return Ok(Step::Leave(outcome));
                    }
                }
                Op::YieldFrom => {
                    if let Some(outcome) = self.yield_from(frame, roots)? {
                        return Ok(Step::Leave(outcome));
                    }
                }
                Op::Call(count) => {
                    let slot = self.stack.len() - 1 - count as usize;
                    if let Some(new) = self.plain_frame(slot) {
                        self.go_into(frame, new, roots)?;
                        continue;
                    }
                    match self.prepare(slot)? {
                        Prepared::Done => {}
                        Prepared::Frame(new) => self.go_into(frame, new, roots)?,
                        Prepared::Native(function, args) => return Ok(Step::Native(function, args, slot)),
                    }
                }
                Op::CallMethod(count) => {
                    let slot = self.method_slot(count as usize);
                    if let Some(new) = self.plain_frame(slot) {
                        self.go_into(frame, new, roots)?;
                        continue;
                    }
                    match self.prepare(slot)? {
                        Prepared::Done => {}
                        Prepared::Frame(new) => self.go_into(frame, new, roots)?,
                        Prepared::Native(function, args) => return Ok(Step::Native(function, args, slot)),
                    }
                }
                Op::CallKeywords { count, names } => {
                    let slot = self.stack.len() - 1 - count as usize;
                    let args = self.keyword_args(&frame.code, slot, names as usize)?;
                    if let Some(step) = self.prepared(frame, slot, args, roots)? {
                        return Ok(step);
                    }
                }
                Op::CallMethodKeywords { count, names } => {
                    let slot = self.method_slot(count as usize);
                    let args = self.keyword_args(&frame.code, slot, names as usize)?;
                    if let Some(step) = self.prepared(frame, slot, args, roots)? {
                        return Ok(step);
                    }
                }
                Op::CallSpread => {
                    let slot = self.stack.len() - 3;
                    let args = self.spread_args(slot)?;
                    if let Some(step) = self.prepared(frame, slot, args, roots)? {
                        return Ok(step);
                    }
                }
                Op::PushHandler(target) => {
                    let height = (self.stack.len() - frame.operands()) as u32;
                    let handling = self.handling.len() as u32 - frame.handling;
                    frame.handlers.push(Handler { target, height, handling });
                }
                Op::PopHandler => {
                    frame.handlers.pop();
                }
                Op::EndHandler => {
                    if self.handling.len() > frame.handling as usize {
                        self.handling.pop();
                    }
                }
                Op::BuildClass(count) => {
                    let slot = self.stack.len() - 2 - count as usize;
                    let body = self.class_body(slot, None)?;
                    self.go_into(frame, body, roots)?;
                }
                Op::BuildClassSpread => {
                    let slot = self.stack.len() - 4;
                    let args = self.spread_args(slot + 1)?;
                    let body = self.class_body(slot, Some(args))?;
                    self.go_into(frame, body, roots)?;
                }
                other => self.rare(frame, other)?,
            }
        }
    }

    /// Goes on with what was called; a native function is for whoever owns the frame.
    fn prepared(&mut self, frame: &mut Frame, slot: usize, args: Args, roots: usize) -> PyResult<Option<Step>> {
        match self.prepare_with(slot, args)? {
            Prepared::Done => {}
            Prepared::Frame(new) => self.go_into(frame, new, roots)?,
            Prepared::Native(function, args) => return Ok(Some(Step::Native(function, args, slot))),
        }
        Ok(None)
    }

    /// `yield from`: goes into the inner generator, or hands the next value out.
    fn yield_from(&mut self, frame: &mut Frame, roots: usize) -> PyResult<Option<Outcome>> {
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
}

/// What loops do to whole numbers most; nothing when it does not fit 64 bits.
#[inline]
fn of_ints(op: BinaryOp, a: i64, b: i64) -> Option<i64> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        _ => None,
    }
}

#[inline]
fn compared(op: CompareOp, a: i64, b: i64) -> Option<bool> {
    match op {
        CompareOp::Eq => Some(a == b),
        CompareOp::Ne => Some(a != b),
        CompareOp::Lt => Some(a < b),
        CompareOp::Le => Some(a <= b),
        CompareOp::Gt => Some(a > b),
        CompareOp::Ge => Some(a >= b),
        _ => None,
    }
}
