//! The loop that runs instructions.
//!
//! Operands stay on the stack until an operation is done, so that what it calls cannot lose them. Where the loop is (the next
//! instruction, the top of the stack) it keeps to itself; whatever calls, raises or collects is told before.

use super::Vm;
use super::frame::{Frame, Handler, Outcome, Then};
use super::quickly::{compared, of_ints, truth};
use crate::code::{Code, Const, Op, plain};
use crate::error::{Limit, PyResult, Raised};
use crate::types::iterator;
use crate::value::{Object, Value};

/// What an instruction costs beside itself that is not done at once, and one that calls.
const SLOWLY: u64 = 8;
const CALL: u64 = 8;

impl Vm<'_> {
    /// Runs instructions until something other than the next one comes.
    ///
    /// They are paid for in runs: what lies between two jumps, when the second is taken.
    #[expect(clippy::too_many_lines, reason = "one arm for each instruction")]
    pub(super) fn instructions(&mut self, frame: &mut Box<Frame>, roots: usize) -> PyResult<Outcome> {
        'frames: loop {
            let code: &Code = &frame.code;
            let base = frame.base as usize;
            let (mut ip, mut top) = (frame.ip as usize, self.stack.len());
            let mut paid = ip;

            macro_rules! pay {
                () => {
                    match self.fuel.checked_sub((ip - paid) as u64) {
                        Some(left) => self.fuel = left,
                        None => {
                            self.fuel = 0;
                            return Err(Raised::Limit(Limit::Fuel));
                        }
                    }
                };
            }
            // Tells where the loop is, and does not come back to it.
            macro_rules! leave {
                () => {{
                    pay!();
                    frame.ip = ip as u32;
                    self.stack.set_top(top);
                }};
            }
            // As `leave`, for a call of a plain function, which notes by itself where it comes back to.
            macro_rules! call {
                ($slot:expr) => {{
                    pay!();
                    self.fuel = self.fuel.saturating_sub(CALL);
                    self.stack.set_top(top);
                    let slot = $slot;
                    if self.go_into_plain(frame, ip, slot, roots)? {
                        continue 'frames;
                    }
                    frame.ip = ip as u32;
                    if let Some(Object::Native(function)) = self.heap.object(self.stack.at(slot)) {
                        let function = *function;
                        self.call_native(frame, function, slot, roots)?;
                        continue 'frames;
                    }
                    let prepared = self.prepare(slot)?;
                    self.go_on_with(frame, prepared, slot, roots)?;
                    continue 'frames;
                }};
            }
            // Does what needs the stack as it is, and cannot raise.
            macro_rules! calmly {
                ($what:expr) => {{
                    self.stack.set_top(top);
                    $what;
                    top = self.stack.len();
                }};
            }
            // Does what may call, raise or collect.
            macro_rules! slowly {
                ($what:expr) => {{
                    frame.ip = ip as u32;
                    self.stack.set_top(top);
                    let result = $what;
                    top = self.stack.len();
                    self.fuel = self.fuel.saturating_sub(SLOWLY);
                    // What raises was done too: a run of instructions that ends so is not for nothing.
                    if result.is_err() {
                        pay!();
                    }
                    result
                }};
            }
            macro_rules! jump {
                ($target:expr) => {{
                    let target = $target as usize;
                    pay!();
                    if target < ip {
                        self.heap.roots.truncate(roots);
                        if self.rest_is_due() {
                            slowly!(self.safe_point(roots))?;
                        }
                    }
                    ip = target;
                    paid = target;
                }};
            }
            macro_rules! push {
                ($value:expr) => {{
                    let value = $value;
                    self.stack.put(top, value);
                    top += 1;
                }};
            }
            // A local that has a value.
            macro_rules! local {
                ($index:expr, $or:expr) => {
                    match self.stack.at(base + $index as usize) {
                        Value::Unset => $or,
                        value => value,
                    }
                };
            }

            'next: loop {
                let Some(mut op) = code.ops.quick.get(ip).copied() else {
                    leave!();
                    match self.go_back(frame, Value::None)? {
                        Some(outcome) => return Ok(outcome),
                        None => continue 'frames,
                    }
                };
                ip += 1;
                // What a quick instruction cannot do, the plain one in its place does.
                macro_rules! plainly {
                    () => {{
                        op = plain(op, code.ops.quick.get(ip));
                        continue;
                    }};
                }
                loop {
                    match op {
                        Op::LoadLocal(index) => {
                            let value = local!(index, {
                                leave!();
                                return Err(self.unbound_local(code.locals[index as usize].text()));
                            });
                            push!(value);
                        }
                        Op::LoadLocals { first, second } => {
                            let (first, second) = (local!(first, plainly!()), local!(second, plainly!()));
                            push!(first);
                            push!(second);
                            ip += 1;
                        }
                        Op::StoreLocal(index) => {
                            top -= 1;
                            self.stack.put(base + index as usize, self.stack.at(top));
                        }
                        Op::StoreLoad { to, from } => {
                            let value = self.stack.at(top - 1);
                            self.stack.put(base + to as usize, value);
                            let value = local!(from, plainly!());
                            self.stack.put(top - 1, value);
                            ip += 1;
                        }
                        Op::Const(index) => {
                            let value = match code.consts.get(index as usize) {
                                Some(Const::Int(number)) => Value::Int(*number),
                                Some(Const::None) | None => Value::None,
                                Some(Const::Str(text)) => match self.heap.text_at(text, &code.hints[ip - 1]) {
                                    Some(text) => Value::Ref(text),
                                    None => Value::Ref(slowly!(self.heap.intern_at(text, &code.hints[ip - 1]))?),
                                },
                                Some(constant) => slowly!(self.constant(constant))?,
                            };
                            push!(value);
                        }
                        Op::Pop => top -= 1,
                        Op::Dup => push!(self.stack.at(top - 1)),
                        Op::DupTwo => {
                            push!(self.stack.at(top - 2));
                            push!(self.stack.at(top - 2));
                        }
                        Op::Swap => {
                            let (a, b) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            self.stack.put(top - 2, b);
                            self.stack.put(top - 1, a);
                        }
                        Op::RotThree => calmly!(self.rotate(3)),
                        Op::RotFour => calmly!(self.rotate(4)),
                        Op::Nop => {}
                        Op::BinaryLocals { op, a, b } => {
                            let (a, b) = (self.stack.at(base + a as usize), self.stack.at(base + b as usize));
                            let Some(value) = of_ints(op, a, b) else { plainly!() };
                            push!(value);
                            ip += 2;
                        }
                        Op::BinaryLocalInt { op, local, int } => {
                            let a = self.stack.at(base + local as usize);
                            let Some(value) = of_ints(op, a, Value::Int(int.into())) else { plainly!() };
                            push!(value);
                            ip += 2;
                        }
                        Op::BinaryLocal { op, local } => {
                            let (a, b) = (self.stack.at(top - 1), self.stack.at(base + local as usize));
                            let Some(value) = of_ints(op, a, b) else { plainly!() };
                            self.stack.put(top - 1, value);
                            ip += 1;
                        }
                        Op::BinaryInt { op, int, .. } => {
                            let Some(value) = of_ints(op, self.stack.at(top - 1), Value::Int(int.into())) else {
                                plainly!()
                            };
                            self.stack.put(top - 1, value);
                            ip += 1;
                        }
                        Op::Binary(op) => {
                            let (a, b) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let value = match of_ints(op, a, b) {
                                Some(value) => value,
                                None => slowly!(self.binary(op, a, b))?,
                            };
                            top -= 1;
                            self.stack.put(top - 1, value);
                        }
                        Op::InPlace(op) => {
                            let (a, b) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let value = match of_ints(op, a, b) {
                                Some(value) => value,
                                None => slowly!(self.in_place(op, a, b))?,
                            };
                            top -= 1;
                            self.stack.put(top - 1, value);
                        }
                        Op::Unary(op) => {
                            let value = slowly!(self.unary(op, self.top()))?;
                            self.stack.put(top - 1, value);
                        }
                        Op::CompareLocalIntJump { op, local, int, target } => {
                            let a = self.stack.at(base + local as usize);
                            let Some(holds) = compared(op, a, Value::Int(int.into())) else { plainly!() };
                            ip += 3;
                            if !holds {
                                jump!(target);
                            }
                        }
                        Op::CompareLocalsJump { op, a, b, target } => {
                            let (a, b) = (self.stack.at(base + a as usize), self.stack.at(base + b as usize));
                            let Some(holds) = compared(op, a, b) else { plainly!() };
                            ip += 3;
                            if !holds {
                                jump!(target);
                            }
                        }
                        Op::CompareJump { op, target } => {
                            let (a, b) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let Some(holds) = compared(op, a, b) else { plainly!() };
                            top -= 2;
                            ip += 1;
                            if !holds {
                                jump!(target);
                            }
                        }
                        Op::Compare(op) => {
                            let (a, b) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let value = match compared(op, a, b) {
                                Some(holds) => Value::from(holds),
                                None => slowly!(self.compare(op, a, b))?,
                            };
                            top -= 1;
                            self.stack.put(top - 1, value);
                        }
                        Op::Jump(target) => jump!(target),
                        Op::JumpIfTrue(target) => {
                            let holds = match truth(self.stack.at(top - 1)) {
                                Some(holds) => holds,
                                None => slowly!(self.truth(self.top()))?,
                            };
                            top -= 1;
                            if holds {
                                jump!(target);
                            }
                        }
                        Op::JumpIfFalse(target) => {
                            let holds = match truth(self.stack.at(top - 1)) {
                                Some(holds) => holds,
                                None => slowly!(self.truth(self.top()))?,
                            };
                            top -= 1;
                            if !holds {
                                jump!(target);
                            }
                        }
                        Op::JumpIfTrueOrPop(target) => {
                            if slowly!(self.truth(self.top()))? {
                                jump!(target);
                            } else {
                                top -= 1;
                            }
                        }
                        Op::JumpIfFalseOrPop(target) => {
                            if slowly!(self.truth(self.top()))? {
                                top -= 1;
                            } else {
                                jump!(target);
                            }
                        }
                        Op::LoadGlobal(index) => {
                            let (name, hint) = (&code.names[index as usize], &code.hints[ip - 1]);
                            let value = match self.global_at(frame.globals, name, hint) {
                                Some(value) => value,
                                None => slowly!(self.load_global_behind(frame.globals, name, hint))?,
                            };
                            push!(value);
                        }
                        Op::LoadLocalAttr { local, name } => {
                            let object = self.stack.at(base + local as usize);
                            let Some(value) =
                                self.attribute_at(object, &code.names[name as usize], &code.hints[ip - 1])
                            else {
                                plainly!()
                            };
                            push!(value);
                            ip += 1;
                        }
                        Op::LoadAttr(index) => {
                            let (name, object) = (&code.names[index as usize], self.stack.at(top - 1));
                            let value = match self.attribute_at(object, name, &code.hints[ip - 1]) {
                                Some(value) => value,
                                None => slowly!(self.attribute(object, name.into()))?,
                            };
                            self.stack.put(top - 1, value);
                        }
                        Op::StoreAttr(index) => {
                            let (name, hint) = (&code.names[index as usize], &code.hints[ip - 1]);
                            let (value, object) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            if !self.store_at(object, name, value, hint) {
                                slowly!(self.store_attribute(object, name.into(), value))?;
                            }
                            top -= 2;
                        }
                        Op::LoadLocalMethod { local, name } => {
                            let object = self.stack.at(base + local as usize);
                            let Some((function, receiver)) =
                                self.plain_method(object, (&code.names[name as usize]).into())
                            else {
                                plainly!()
                            };
                            push!(function);
                            push!(receiver);
                            ip += 1;
                        }
                        Op::LoadMethod(index) => {
                            let (name, object) = (&code.names[index as usize], self.stack.at(top - 1));
                            let (function, receiver) = match self.plain_method(object, name.into()) {
                                Some(found) => found,
                                None => slowly!(self.load_method(object, name))?,
                            };
                            self.stack.put(top - 1, function);
                            push!(receiver);
                        }
                        Op::LoadItem => {
                            let (object, key) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let value = match self.item_at(object, key) {
                                Some(value) => value,
                                None => slowly!(self.get_item(object, key))?,
                            };
                            top -= 1;
                            self.stack.put(top - 1, value);
                        }
                        Op::StoreItem => {
                            let (object, key) = (self.stack.at(top - 2), self.stack.at(top - 1));
                            let value = self.stack.at(top - 3);
                            if !self.store_item_at(object, key, value) {
                                slowly!(self.set_item(object, key, value))?;
                            }
                            top -= 3;
                        }
                        Op::ListAppend(below) => {
                            top -= 1;
                            let (list, value) = (self.stack.at(top - 1 - below as usize), self.stack.at(top));
                            slowly!(self.list_push(list, value))?;
                        }
                        Op::ForIterStore { local, .. } => {
                            let Some(item) = iterator::step(&mut self.heap, self.stack.at(top - 1)) else { plainly!() };
                            self.stack.put(base + local as usize, item);
                            ip += 1;
                        }
                        Op::ForIterPair { .. } => {
                            let Some((first, second)) = iterator::step_pair(&mut self.heap, self.stack.at(top - 1))
                            else {
                                plainly!()
                            };
                            push!(second);
                            push!(first);
                            ip += 1;
                        }
                        Op::ForIter(target) => {
                            let iterator = self.stack.at(top - 1);
                            if let Some(item) = iterator::step(&mut self.heap, iterator) {
                                push!(item);
                                break;
                            }
                            if let Value::Ref(handle) = iterator
                                && let Object::Generator(_) = self.heap.get(handle)
                            {
                                leave!();
                                if let Some(inner) = self.resume(handle, Value::None, Then::Next(target))? {
                                    self.go_into(frame, inner, roots)?;
                                    continue 'frames;
                                }
                                paid = ip;
                                top -= 1;
                                jump!(target);
                                break;
                            }
                            match slowly!(self.next(iterator))? {
                                Some(item) => push!(item),
                                None => {
                                    top -= 1;
                                    jump!(target);
                                }
                            }
                        }
                        Op::GetIter => {
                            let iterator = slowly!(self.iter(self.top()))?;
                            self.stack.put(top - 1, iterator);
                        }
                        Op::Call(count) => call!(top - 1 - count as usize),
                        Op::CallMethod(count) => call!(self.method_slot(count as usize)),
                        Op::CallKeywords { count, names } => {
                            leave!();
                            let slot = top - 1 - count as usize;
                            let args = self.keyword_args(code, slot, names as usize)?;
                            self.prepared(frame, slot, args, roots)?;
                            continue 'frames;
                        }
                        Op::CallMethodKeywords { count, names } => {
                            leave!();
                            let slot = self.method_slot(count as usize);
                            let args = self.keyword_args(code, slot, names as usize)?;
                            self.prepared(frame, slot, args, roots)?;
                            continue 'frames;
                        }
                        Op::CallSpread => {
                            leave!();
                            let slot = top - 3;
                            let args = self.spread_args(slot)?;
                            self.prepared(frame, slot, args, roots)?;
                            continue 'frames;
                        }
                        Op::ReturnLocal(local) => {
                            let value = local!(local, plainly!());
                            ip += 1;
                            leave!();
                            match self.go_back(frame, value)? {
                                Some(outcome) => return Ok(outcome),
                                None => continue 'frames,
                            }
                        }
                        Op::Return => {
                            top -= 1;
                            leave!();
                            let value = self.stack.at(top);
                            match self.go_back(frame, value)? {
                                Some(outcome) => return Ok(outcome),
                                None => continue 'frames,
                            }
                        }
                        Op::Yield => {
                            top -= 1;
                            leave!();
                            let value = self.stack.at(top);
                            match self.hand_out(frame, value) {
                                Some(outcome) => return Ok(outcome),
                                None => continue 'frames,
                            }
                        }
                        Op::YieldFrom => {
                            leave!();
                            match self.yield_from(frame, roots)? {
                                Some(outcome) => return Ok(outcome),
                                None => continue 'frames,
                            }
                        }
                        Op::LoadName(index) => {
                            let (name, hint) = (&code.names[index as usize], &code.hints[ip - 1]);
                            let value = match self.global_at(frame.names, name, hint) {
                                Some(value) => value,
                                None => slowly!(self.load_name(frame.names, frame.globals, name))?,
                            };
                            push!(value);
                        }
                        Op::StoreName(index) => {
                            slowly!(self.store_name(frame.names, &code.names[index as usize], self.top()))?;
                            top -= 1;
                        }
                        Op::DeleteName(index) => {
                            slowly!(self.delete_name(frame.names, &code.names[index as usize]))?;
                        }
                        Op::StoreGlobal(index) => {
                            slowly!(self.set_name(frame.globals, &code.names[index as usize], self.top()))?;
                            top -= 1;
                        }
                        Op::DeleteGlobal(index) => {
                            slowly!(self.delete_name(frame.globals, &code.names[index as usize]))?;
                        }
                        Op::DeleteLocal(index) => slowly!(self.delete_local(frame, index))?,
                        Op::LoadLocalOrGlobal(index) => slowly!(self.load_local_or_global(frame, index))?,
                        Op::LoadCell(index) => {
                            let value = slowly!(self.load_cell(frame, index))?;
                            push!(value);
                        }
                        Op::LoadCellOrGlobal(index) => slowly!(self.load_cell_or_global(frame, index))?,
                        Op::StoreCell(index) => calmly!(self.store_cell(frame, index)),
                        Op::DeleteCell(index) => slowly!(self.delete_cell(frame, index))?,
                        Op::LoadClosure(index) => push!(self.stack.at(frame.cell(index))),
                        Op::LoadClassCell(index) => slowly!(self.load_class_cell(frame, index))?,
                        Op::DeleteAttr(index) => {
                            slowly!(self.delete_attribute(self.top(), (&code.names[index as usize]).into()))?;
                            top -= 1;
                        }
                        Op::DeleteItem => {
                            slowly!(self.del_item(self.peek(1), self.top()))?;
                            top -= 2;
                        }
                        Op::BuildSlice => {
                            let slice = slowly!(self.build_slice())?;
                            top -= 2;
                            self.stack.put(top - 1, slice);
                        }
                        Op::PushHandler(target) => {
                            let height = (top - frame.operands()) as u32;
                            let handling = self.handling.len() as u32 - frame.handling;
                            self.guards.push(Handler { target, height, handling });
                        }
                        Op::PopHandler => {
                            self.guards.pop();
                        }
                        Op::EndHandler => {
                            if self.handling.len() > frame.handling as usize {
                                self.handling.pop();
                            }
                        }
                        Op::BuildClass(count) => {
                            leave!();
                            let slot = top - 2 - count as usize;
                            let body = self.class_body(slot, None)?;
                            self.go_into(frame, body, roots)?;
                            continue 'frames;
                        }
                        Op::BuildClassSpread => {
                            leave!();
                            let slot = top - 4;
                            let args = self.spread_args(slot + 1)?;
                            let body = self.class_body(slot, Some(args))?;
                            self.go_into(frame, body, roots)?;
                            continue 'frames;
                        }
                        other => slowly!(self.rare(frame, other))?,
                    }
                    continue 'next;
                }
            }
        }
    }
}
