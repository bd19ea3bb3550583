//! Operators, conversions and iteration: every expression of `operators/table.tsv`, evaluated after
//! `operators/classes.py`, gives the text or the error beside it. Both were checked with CPython 3.11.
//!
//! The table holds no outcome that differs from CPython's.

use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, PyError, Vm, compile};

const CLASSES: &str = include_str!("operators/classes.py");
const TABLE: &str = include_str!("operators/table.tsv");

fn outcome(vm: &mut Vm<'_>, namespace: da_python::machine::value::Value, expression: &str) -> String {
    let code = match compile(expression, "table", Mode::Expression) {
        Ok(code) => code,
        Err(error) => return error.to_string(),
    };
    let shown = vm.eval(&code, namespace).and_then(|value| vm.repr(value));
    match shown {
        Ok(text) => text,
        Err(raised) => match vm.error(raised) {
            PyError::Exception { class, message, .. } => format!("{class}: {message}"),
            PyError::Limit(limit) => limit.to_string(),
        },
    }
}

#[test]
fn operators_conversions_and_iteration_are_those_of_cpython() -> Result<(), Box<dyn std::error::Error>> {
    let ground = GroundBuilder::new().build()?;
    let mut host = NoHost;
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut host)?;
    let mut vm = Vm::new(&floor, Limits::default(), &mut host);
    let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
    let classes = compile(CLASSES, "classes.py", Mode::Module)?;
    vm.exec(&classes, namespace).map_err(|raised| vm.error(raised))?;
    let mut wrong = Vec::new();
    for line in TABLE.lines() {
        let (expression, expected) = line.split_once('\t').ok_or("a line without an outcome")?;
        let got = outcome(&mut vm, namespace, expression);
        if got != expected {
            wrong.push(format!("{expression}\n    expected {expected}\n    got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), TABLE.lines().count(), wrong.join("\n"));
    Ok(())
}
