//! The loop that runs instructions.
//!
//! Operands stay on the stack until an operation is done, so that what it calls cannot lose them.

use super::Vm;
use super::call::Prepared;
use super::frame::{Frame, Handler, Then};
use super::run::Step;
use crate::code::{BinaryOp, CompareOp, Op};
use crate::error::{Limit, PyResult, Raised};
use crate::native::Args;
use crate::value::{Object, Value};

impl Vm<'_> {
    /// Runs instructions until something other than the next one comes.
    #[expect(clippy::too_many_lines, reason = "one arm for each instruction")]
    pub(super) fn instructions(&mut self, frame: &mut Frame, roots: usize) -> PyResult<Step> {
        loop {
            let Some(op) = frame.code.ops.get(frame.ip as usize).copied() else {
                return Ok(Step::Return(Value::None));
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
                        Some(constant) => self.constant(constant)?,
                        None => Value::None,
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
                    let (a, b) = (self.peek(1), self.top());
                    let value = match (op, a, b) {
                        (BinaryOp::Add, Value::Int(x), Value::Int(y)) => x.checked_add(y).map(Value::Int),
                        (BinaryOp::Sub, Value::Int(x), Value::Int(y)) => x.checked_sub(y).map(Value::Int),
                        _ => None,
                    };
                    let value = match value {
                        Some(value) => value,
                        None => self.binary(op, a, b)?,
                    };
                    self.replace(2, value);
                }
                Op::InPlace(op) => {
                    let value = self.in_place(op, self.peek(1), self.top())?;
                    self.replace(2, value);
                }
                Op::Unary(op) => {
                    let value = self.unary(op, self.top())?;
                    self.replace(1, value);
                }
                Op::Compare(op) => {
                    let (a, b) = (self.peek(1), self.top());
                    let value = match (op, a, b) {
                        (CompareOp::Lt, Value::Int(x), Value::Int(y)) => Value::Bool(x < y),
                        (CompareOp::Eq, Value::Int(x), Value::Int(y)) => Value::Bool(x == y),
                        _ => self.compare(op, a, b)?,
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
                            Some(frame) => return Ok(Step::Enter(frame)),
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
                Op::Return => return Ok(Step::Return(self.pop())),
                Op::Yield => return Ok(Step::Yield(self.pop())),
                Op::YieldFrom => {
                    if let Some(step) = self.yield_from(frame)? {
                        return Ok(step);
                    }
                }
                Op::Call(count) => {
                    let slot = self.stack.len() - 1 - count as usize;
                    match self.prepare(slot)? {
                        Prepared::Done => {}
                        Prepared::Frame(new) => return Ok(Step::Enter(new)),
                        Prepared::Native(function, args) => return Ok(Step::Native(function, args, slot)),
                    }
                }
                Op::CallMethod(count) => {
                    let slot = self.method_slot(count as usize);
                    match self.prepare(slot)? {
                        Prepared::Done => {}
                        Prepared::Frame(new) => return Ok(Step::Enter(new)),
                        Prepared::Native(function, args) => return Ok(Step::Native(function, args, slot)),
                    }
                }
                Op::CallKeywords { count, names } => {
                    let slot = self.stack.len() - 1 - count as usize;
                    return self.call_keywords(frame, slot, names);
                }
                Op::CallMethodKeywords { count, names } => {
                    let slot = self.method_slot(count as usize);
                    return self.call_keywords(frame, slot, names);
                }
                Op::CallSpread => {
                    let slot = self.stack.len() - 3;
                    let args = self.spread_args(slot)?;
                    return self.prepared(slot, args);
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
                    return self.class_body(slot, None).map(Step::Enter);
                }
                Op::BuildClassSpread => {
                    let slot = self.stack.len() - 4;
                    let args = self.spread_args(slot + 1)?;
                    return self.class_body(slot, Some(args)).map(Step::Enter);
                }
                other => self.rare(frame, other)?,
            }
        }
    }

    fn call_keywords(&mut self, frame: &Frame, slot: usize, names: u16) -> PyResult<Step> {
        let args = self.keyword_args(&frame.code, slot, names as usize)?;
        self.prepared(slot, args)
    }

    fn prepared(&mut self, slot: usize, args: Args) -> PyResult<Step> {
        Ok(match self.prepare_with(slot, args)? {
            Prepared::Done => Step::Go,
            Prepared::Frame(frame) => Step::Enter(frame),
            Prepared::Native(function, args) => Step::Native(function, args, slot),
        })
    }

    /// `yield from`: a step, or `None` when the inner iterator is over.
    fn yield_from(&mut self, frame: &mut Frame) -> PyResult<Option<Step>> {
        let (iterator, sent) = (self.peek(1), self.top());
        if let Value::Ref(handle) = iterator
            && let Object::Generator(_) = self.heap.get(handle)
        {
            self.stack.pop();
            if let Some(inner) = self.resume(handle, sent, Then::Delegate)? {
                return Ok(Some(Step::Enter(inner)));
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
                Ok(Some(Step::Yield(value)))
            }
            Err(returned) => {
                self.replace(2, returned);
                Ok(None)
            }
        }
    }
}
