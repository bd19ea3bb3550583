//! What small programs are compiled to.
//!
//! A file of `programs/` is one program; its snapshot is its disassembly.

use super::{Mode, compile, compile_with_lines};
use crate::code::{Code, Const, Op};

const PROGRAMS: [(&str, Mode, &str); 14] = [
    ("assignment", Mode::Module, include_str!("programs/assignment.py")),
    ("branches", Mode::Module, include_str!("programs/branches.py")),
    ("loops", Mode::Module, include_str!("programs/loops.py")),
    ("calls", Mode::Module, include_str!("programs/calls.py")),
    ("functions", Mode::Module, include_str!("programs/functions.py")),
    ("classes", Mode::Module, include_str!("programs/classes.py")),
    ("comprehensions", Mode::Module, include_str!("programs/comprehensions.py")),
    ("exceptions", Mode::Module, include_str!("programs/exceptions.py")),
    ("finally", Mode::Module, include_str!("programs/finally.py")),
    ("with", Mode::Module, include_str!("programs/with.py")),
    ("matching", Mode::Module, include_str!("programs/matching.py")),
    ("imports", Mode::Module, include_str!("programs/imports.py")),
    ("template", Mode::Template, include_str!("programs/template.py")),
    ("expression", Mode::Expression, include_str!("programs/expression.py")),
];

#[test]
fn programs_are_compiled_as_their_snapshots_show() {
    for (name, mode, source) in PROGRAMS {
        let code = compile(source, name, mode).unwrap();
        insta::assert_snapshot!(name, format!("{source}\n{code}"));
    }
}

#[test]
fn lines_are_those_of_the_file_that_the_code_stands_in() {
    let code = compile_with_lines("a = 1\nb = 2", "demo.yml", Mode::Module, &|line| line + 10).unwrap();
    assert_eq!((code.lines.at(0), code.lines.at(code.ops.len() - 1)), (11, 12));
}

/// Every jump lands inside the code, every index names something, and no path changes the height of
/// the stack in two ways.
fn check(code: &Code) {
    let names = code.names.len();
    let cells = code.cells.len() + code.free.len();
    for op in code.ops.iter() {
        match op {
            Op::Jump(at)
            | Op::JumpIfTrue(at)
            | Op::JumpIfFalse(at)
            | Op::ForIter(at)
            | Op::PushHandler(at)
            | Op::JumpIfTrueOrPop(at)
            | Op::JumpIfFalseOrPop(at) => assert!((at as usize) < code.ops.len()),
            Op::Const(index) => assert!((index as usize) < code.consts.len()),
            Op::LoadLocal(index) | Op::StoreLocal(index) | Op::DeleteLocal(index) | Op::LoadLocalOrGlobal(index) => {
                assert!((index as usize) < code.locals.len());
            }
            Op::LoadCell(index)
            | Op::StoreCell(index)
            | Op::DeleteCell(index)
            | Op::LoadCellOrGlobal(index)
            | Op::LoadClosure(index)
            | Op::LoadClassCell(index) => assert!((index as usize) < cells),
            Op::LoadName(index) | Op::StoreName(index) | Op::LoadGlobal(index) | Op::LoadAttr(index) => {
                assert!((index as usize) < names);
            }
            _ => {}
        }
    }
    heights(code);
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            check(inner);
        }
    }
}

/// Walks all paths and compares the heights of the stack where they meet.
fn heights(code: &Code) {
    let mut seen: Vec<Option<i64>> = vec![None; code.ops.len()];
    let mut guards: Vec<Option<Vec<i64>>> = vec![None; code.ops.len()];
    let mut paths = vec![(0usize, 0i64, Vec::<i64>::new())];
    while let Some((at, height, guard)) = paths.pop() {
        if let Some(before) = seen[at] {
            assert_eq!(before, height, "height at {at} of\n{code}");
            assert_eq!(guards[at].as_ref(), Some(&guard), "guards at {at} of\n{code}");
            continue;
        }
        seen[at] = Some(height);
        guards[at] = Some(guard.clone());
        let op = code.ops.get(at).unwrap();
        let (pops, pushes) = effect(op);
        assert!(height >= pops, "underflow at {at} of\n{code}");
        let after = height - pops + pushes;
        let mut inner = guard.clone();
        match op {
            Op::Return | Op::Raise | Op::RaiseFrom | Op::RaiseAgain | Op::Reraise | Op::RaiseAssertion => continue,
            Op::Jump(target) => {
                paths.push((target as usize, after, guard));
                continue;
            }
            Op::JumpIfTrue(target) | Op::JumpIfFalse(target) => paths.push((target as usize, after, guard)),
            Op::JumpIfTrueOrPop(target) | Op::JumpIfFalseOrPop(target) => {
                paths.push((target as usize, height, guard));
            }
            Op::ForIter(target) => paths.push((target as usize, height - 1, guard)),
            Op::PushHandler(target) => {
                paths.push((target as usize, height + 1, guard));
                inner.push(height);
            }
            Op::PopHandler => {
                let pushed_at = inner.pop();
                assert!(pushed_at.is_some_and(|pushed_at| pushed_at <= height), "guard at {at} of\n{code}");
            }
            _ => {}
        }
        paths.push((at + 1, after, inner));
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn effect(op: Op) -> (i64, i64) {
    match op {
        Op::Nop
        | Op::DeleteLocal(_)
        | Op::DeleteCell(_)
        | Op::DeleteGlobal(_)
        | Op::DeleteName(_)
        | Op::Jump(_)
        | Op::SetupAnnotations
        | Op::PushHandler(_)
        | Op::PopHandler
        | Op::EndHandler
        | Op::Reraise => (0, 0),
        Op::Pop
        | Op::StoreLocal(_)
        | Op::StoreCell(_)
        | Op::StoreGlobal(_)
        | Op::StoreName(_)
        | Op::DeleteAttr(_)
        | Op::JumpIfTrue(_)
        | Op::JumpIfFalse(_)
        | Op::JumpIfTrueOrPop(_)
        | Op::JumpIfFalseOrPop(_)
        | Op::Return
        | Op::RaiseAgain
        | Op::Raise
        | Op::RaiseAssertion
        | Op::ImportStar => (1, 0),
        Op::Dup
        | Op::LoadMethod(_)
        | Op::EnterWith
        | Op::ForIter(_)
        | Op::ImportFrom(_)
        | Op::MatchSequence { .. }
        | Op::MatchMapping => (1, 2),
        Op::DupTwo => (2, 4),
        Op::Swap | Op::MatchException => (2, 2),
        Op::CallExit => (2, 3),
        Op::RotThree => (3, 3),
        Op::RotFour => (4, 4),
        Op::Const(_)
        | Op::LoadLocal(_)
        | Op::LoadLocalOrGlobal(_)
        | Op::LoadCell(_)
        | Op::LoadCellOrGlobal(_)
        | Op::LoadClosure(_)
        | Op::LoadClassCell(_)
        | Op::LoadGlobal(_)
        | Op::LoadName(_)
        | Op::ImportName { .. } => (0, 1),
        Op::StoreAttr(_) | Op::DeleteItem | Op::RaiseFrom => (2, 0),
        Op::StoreItem => (3, 0),
        Op::LoadAttr(_) | Op::Unary(_) | Op::GetIter | Op::Yield | Op::ListToTuple => (1, 1),
        Op::LoadItem
        | Op::Binary(_)
        | Op::InPlace(_)
        | Op::Compare(_)
        | Op::ListExtend
        | Op::SetUpdate
        | Op::DictUpdate
        | Op::DictMerge
        | Op::YieldFrom => (2, 1),
        Op::BuildSlice | Op::CallSpread => (3, 1),
        Op::BuildClassSpread => (4, 1),
        Op::BuildTuple(n) | Op::BuildList(n) | Op::BuildSet(n) | Op::BuildString(n) => (i64::from(n), 1),
        Op::BuildDict(n) => (2 * i64::from(n), 1),
        Op::FormatValue { spec, .. } => (1 + i64::from(spec), 1),
        Op::ListAppend(n) | Op::SetAdd(n) => (i64::from(n) + 2, i64::from(n) + 1),
        Op::DictInsert(n) => (i64::from(n) + 3, i64::from(n) + 1),
        Op::Unpack(n) => (1, i64::from(n)),
        Op::UnpackRest { before, after } => (1, i64::from(before) + i64::from(after) + 1),
        Op::Call(n) => (i64::from(n) + 1, 1),
        Op::CallMethod(n) => (i64::from(n) + 2, 1),
        Op::CallKeywords { count, .. } => (i64::from(count) + 1, 1),
        Op::CallMethodKeywords { count, .. } => (i64::from(count) + 2, 1),
        Op::MakeFunction(flags) => (1 + i64::from(flags.count_ones()), 1),
        Op::BuildClass(n) => (i64::from(n) + 2, 1),
        Op::MatchKeys => (2, 3),
        Op::MatchRest => (2, 2),
        Op::MatchClass(_) => (3, 3),
        // Those that do what several do are never here.
        _ => (i64::MAX, 0),
    }
}

#[test]
fn every_path_through_the_programs_agrees_on_the_stack() {
    for (name, mode, source) in PROGRAMS {
        check(&compile(source, name, mode).unwrap());
    }
}

/// Programs made of nested statements that leave blocks in every way.
fn programs(depth: u32) -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    use proptest::prelude::*;
    let leaf = prop::sample::select(vec![
        "a.b += 1",
        "return f(a)",
        "return",
        "break",
        "continue",
        "raise",
        "raise A from b",
        "del a",
        "x, *y = a",
        "yield a",
        "a = yield from b",
        "z = [p for q in r if q for p in q]",
        "assert a, b",
        "c = d < e < f or g",
    ])
    .prop_map(|line| vec![line.to_owned()]);
    leaf.prop_recursive(depth, 48, 4, |inner| {
        let body = prop::collection::vec(inner, 1..4).prop_map(|blocks| {
            let lines = blocks.into_iter().flatten();
            lines.map(|line| format!(" {line}")).collect::<Vec<_>>()
        });
        let heads = prop::sample::select(vec![
            vec!["try:", "finally:"],
            vec!["try:", "except A as e:", "except:", "else:", "finally:"],
            vec!["try:", "except A:"],
            vec!["with a as b.c, d as e, f:"],
            vec!["with a:"],
            vec!["for a, b in c:", "else:"],
            vec!["while a and not b:", "else:"],
            vec!["while True:"],
            vec!["if a or b:", "elif c:", "else:"],
            vec!["def f(a, *b):"],
            vec!["for a in b:"],
        ]);
        (heads, prop::collection::vec(body, 5)).prop_map(|(heads, bodies)| {
            let parts = heads.into_iter().zip(bodies);
            parts.flat_map(|(head, body)| std::iter::once(head.to_owned()).chain(body)).collect()
        })
    })
}

proptest::proptest! {
    #[test]
    fn every_path_through_any_program_agrees_on_the_stack(lines in programs(5)) {
        let body: String = lines.iter().map(|line| format!("  {line}\n")).collect();
        let source = format!("def f():\n while 1:\n{body}");
        match compile(&source, "f", Mode::Module) {
            Ok(code) => check(&code),
            Err(error) => {
                let allowed = ["'break' outside loop", "'continue' not properly in loop"];
                let large = error.message.starts_with("code is too large");
                proptest::prop_assert!(large || allowed.contains(&error.message.as_str()), "{error:?}\n{source}");
            }
        }
    }
}
