//! Instructions that do what several do.
//!
//! Each stands in the place of the first of them, and the others stay where they are: jumps, lines and handlers mean the same in
//! both forms. A quick one never raises and never runs Python code; when it cannot, the plain ones run instead.

use super::{BinaryOp, CompareOp, Const, Op};

/// The instructions of a piece of code, held in their quick form alone: the plain one is read back from it.
#[derive(Debug)]
pub struct Ops {
    pub(crate) quick: Box<[Op]>,
}

impl Ops {
    pub(crate) fn new(plain: &[Op], consts: &[Const]) -> Self {
        let quick = (0..plain.len()).map(|place| quick(&plain[place..], consts).unwrap_or(plain[place]));
        Ops { quick: quick.collect() }
    }

    /// The instruction at a place.
    pub fn get(&self, place: usize) -> Option<Op> {
        Some(plain(*self.quick.get(place)?, self.quick.get(place + 1)))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Op> {
        (0..self.quick.len()).filter_map(|place| self.get(place))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.quick.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.quick.is_empty()
    }
}

/// The first of the instructions that this one stands for. What follows tells which way a comparison was turned.
pub(crate) fn plain(quick: Op, next: Option<&Op>) -> Op {
    match quick {
        Op::LoadLocals { first: local, .. }
        | Op::ReturnLocal(local)
        | Op::LoadLocalAttr { local, .. }
        | Op::LoadLocalMethod { local, .. }
        | Op::BinaryLocals { a: local, .. }
        | Op::BinaryLocalInt { local, .. }
        | Op::BinaryLocal { local, .. }
        | Op::CompareLocalIntJump { local, .. }
        | Op::CompareLocalsJump { a: local, .. } => Op::LoadLocal(local.into()),
        Op::StoreLoad { to, .. } => Op::StoreLocal(to.into()),
        Op::BinaryInt { constant, .. } => Op::Const(constant.into()),
        Op::CompareJump { op, .. } if matches!(next, Some(Op::JumpIfTrue(_))) => Op::Compare(turned(op)),
        Op::CompareJump { op, .. } => Op::Compare(op),
        Op::ForIterStore { target, .. } | Op::ForIterPair { target } => Op::ForIter(target),
        op => op,
    }
}

/// What stands for the first of these, if something does.
fn quick(ops: &[Op], consts: &[Const]) -> Option<Op> {
    match *ops {
        [Op::LoadLocal(local), Op::Return, ..] => Some(Op::ReturnLocal(short(local)?)),
        [Op::LoadLocal(local), Op::LoadAttr(name), ..] => {
            Some(Op::LoadLocalAttr { local: short(local)?, name: short(name)? })
        }
        [Op::LoadLocal(local), Op::LoadMethod(name), ..] => {
            Some(Op::LoadLocalMethod { local: short(local)?, name: short(name)? })
        }
        [Op::LoadLocal(local), Op::Binary(op) | Op::InPlace(op), ..] if is_quick(op) => {
            Some(Op::BinaryLocal { op, local: short(local)? })
        }
        [Op::LoadLocal(a), Op::LoadLocal(b), ref rest @ ..] => two_locals(short(a)?, short(b)?, rest),
        [Op::LoadLocal(local), Op::Const(constant), ref rest @ ..] => {
            local_and_int(short(local)?, int(consts, constant)?, rest)
        }
        [Op::Const(constant), Op::Binary(op) | Op::InPlace(op), ..] if is_quick(op) => {
            Some(Op::BinaryInt { op, constant: short(constant)?, int: int(consts, constant)? })
        }
        [Op::StoreLocal(to), Op::LoadLocal(from), ..] => Some(Op::StoreLoad { to: short(to)?, from: short(from)? }),
        [Op::ForIter(target), Op::Unpack(2), ..] => Some(Op::ForIterPair { target }),
        [Op::ForIter(target), Op::StoreLocal(local), ..] => Some(Op::ForIterStore { local: short(local)?, target }),
        [Op::Compare(op), Op::JumpIfFalse(target), ..] => Some(Op::CompareJump { op, target }),
        [Op::Compare(op), Op::JumpIfTrue(target), ..] => Some(Op::CompareJump { op: turned(op), target }),
        _ => None,
    }
}

fn two_locals(a: u16, b: u16, rest: &[Op]) -> Option<Op> {
    match *rest {
        [Op::Binary(op) | Op::InPlace(op), ..] if is_quick(op) => return Some(Op::BinaryLocals { op, a, b }),
        // What follows the second is better done with it.
        [Op::LoadAttr(_) | Op::LoadMethod(_), ..] => return None,
        _ => {}
    }
    match compare_and_jump(rest) {
        Some((op, target)) => Some(Op::CompareLocalsJump { op, a, b, target }),
        None => Some(Op::LoadLocals { first: a, second: b }),
    }
}

fn local_and_int(local: u16, int: i32, rest: &[Op]) -> Option<Op> {
    if let [Op::Binary(op) | Op::InPlace(op), ..] = *rest {
        return is_quick(op).then_some(Op::BinaryLocalInt { op, local, int });
    }
    let (op, target) = compare_and_jump(rest)?;
    Some(Op::CompareLocalIntJump { op, local, int: i16::try_from(int).ok()?, target })
}

fn compare_and_jump(ops: &[Op]) -> Option<(CompareOp, u16)> {
    match *ops {
        [Op::Compare(op), Op::JumpIfFalse(target), ..] => Some((op, short(target)?)),
        [Op::Compare(op), Op::JumpIfTrue(target), ..] => Some((turned(op), short(target)?)),
        _ => None,
    }
}

/// The comparison that holds when this one does not. (Of whole numbers: others are compared by the plain ones.)
fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Eq => CompareOp::Ne,
        CompareOp::Ne => CompareOp::Eq,
        CompareOp::Lt => CompareOp::Ge,
        CompareOp::Le => CompareOp::Gt,
        CompareOp::Gt => CompareOp::Le,
        CompareOp::Ge => CompareOp::Lt,
        CompareOp::Is => CompareOp::IsNot,
        CompareOp::IsNot => CompareOp::Is,
        CompareOp::In => CompareOp::NotIn,
        CompareOp::NotIn => CompareOp::In,
    }
}

/// Whether whole numbers know the operator without more.
fn is_quick(op: BinaryOp) -> bool {
    !matches!(op, BinaryOp::Div | BinaryOp::Pow | BinaryOp::MatMul | BinaryOp::LShift | BinaryOp::RShift)
}

/// The constant, if it is a whole number that is small.
fn int(consts: &[Const], index: u32) -> Option<i32> {
    match consts.get(index as usize)? {
        Const::Int(number) => i32::try_from(*number).ok(),
        _ => None,
    }
}

fn short(index: u32) -> Option<u16> {
    u16::try_from(index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_takes_eight_bytes() {
        assert_eq!(size_of::<Op>(), 8);
    }

    #[test]
    fn what_follows_a_quick_one_stays_where_it_is() {
        let ops = [
            Op::LoadLocal(0),
            Op::Const(0),
            Op::Compare(CompareOp::Lt),
            Op::JumpIfTrue(5),
            Op::LoadLocal(1),
            Op::Return,
        ];
        let quick = Ops::new(&ops, &[Const::Int(2)]);
        let whole = Op::CompareLocalIntJump { op: CompareOp::Ge, local: 0, int: 2, target: 5 };
        let jump = Op::CompareJump { op: CompareOp::Ge, target: 5 };
        assert_eq!(*quick.quick, [whole, Op::Const(0), jump, Op::JumpIfTrue(5), Op::ReturnLocal(1), Op::Return]);
    }

    #[test]
    fn what_does_not_fit_stays_plain() {
        let ops = [Op::LoadLocal(70_000), Op::Return];
        assert_eq!(*Ops::new(&ops, &[]).quick, ops);
    }

    #[test]
    fn the_plain_ones_are_read_back() {
        let numbers = [Op::LoadLocal(0), Op::Const(0), Op::Binary(BinaryOp::Add), Op::InPlace(BinaryOp::Sub)];
        let firsts = [Op::LoadLocal(1), Op::StoreLocal(2), Op::Compare(CompareOp::Le), Op::ForIter(3)];
        let seconds =
            [Op::LoadAttr(0), Op::LoadMethod(1), Op::JumpIfTrue(1), Op::JumpIfFalse(2), Op::Unpack(2), Op::Return];
        let all: Vec<Op> = numbers.into_iter().chain(firsts).chain(seconds).collect();
        let mut quick = 0;
        for first in &all {
            for second in &all {
                for third in &all {
                    let code = [*first, *second, *third, Op::JumpIfTrue(9)];
                    let ops = Ops::new(&code, &[Const::Int(7)]);
                    assert_eq!(ops.iter().collect::<Vec<_>>(), code);
                    quick += ops.quick.iter().zip(&code).filter(|(quick, plain)| quick != plain).count();
                }
            }
        }
        assert!(quick > 500, "{quick} quick ones");
    }
}
