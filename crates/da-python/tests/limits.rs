//! Programs that use too much end in a limit or an exception, never in an abort.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use da_python::{GroundBuilder, Host, InterviewFloor, Limit, Limits, Mode, NoHost, PyError, Raised, Vm, compile};
use std::any::Any;

/// A host whose clock says so after some questions.
struct Impatient {
    asked: u32,
}

impl Host for Impatient {
    fn time_is_up(&mut self) -> bool {
        self.asked += 1;
        self.asked > 3
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn run_with(source: &str, limits: Limits, host: &mut dyn Host) -> Result<String, PyError> {
    let ground = GroundBuilder::new().build()?;
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost)?;
    let code = compile(source, "program", Mode::Module).unwrap();
    let mut vm = Vm::new(&floor, limits, host);
    let namespace = vm.new_namespace().unwrap();
    match vm.exec(&code, namespace) {
        Ok(()) => {
            let result = vm.dict_get_str(namespace, "result").unwrap();
            Ok(vm.to_str(result).map_err(|raised| vm.error(raised))?)
        }
        Err(raised) => Err(vm.error(raised)),
    }
}

fn run(source: &str) -> Result<String, PyError> {
    run_with(source, Limits { fuel: 20_000_000, memory: 8 << 20, ..Limits::default() }, &mut NoHost)
}

#[track_caller]
fn ends_in(source: &str, limit: Limit) {
    let fuel = if limit == Limit::Fuel { 100_000 } else { 3_000_000 };
    let limits = Limits { fuel, memory: 2 << 20, ..Limits::default() };
    assert_eq!(run_with(source, limits, &mut NoHost), Err(PyError::Limit(limit)), "{source}");
}

#[track_caller]
fn gives(source: &str, result: &str) {
    assert_eq!(run(source).as_deref(), Ok(result), "{source}");
}

#[test]
fn an_endless_loop_runs_out_of_fuel_and_cannot_catch_it() {
    ends_in("while True:\n    pass\n", Limit::Fuel);
    ends_in("try:\n    while True:\n        pass\nexcept BaseException:\n    result = 'caught'\n", Limit::Fuel);
    ends_in("try:\n    while True:\n        pass\nfinally:\n    result = 'finally'\n", Limit::Fuel);
    ends_in(
        "def f():\n    while True:\n        try:\n            while True: pass\n        finally:\n            continue\nf()",
        Limit::Fuel,
    );
}

#[test]
fn native_loops_pay_fuel_too() {
    ends_in("sum(range(10**10))", Limit::Fuel);
    ends_in("any(x < 0 for x in range(10**10))", Limit::Fuel);
    ends_in("list(filter(lambda x: False, range(10**10)))", Limit::Fuel);
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_allocated() {
    ends_in("x = 'a' * 10**10", Limit::Memory);
    ends_in("x = [0] * 10**9", Limit::Memory);
    ends_in("x = []\nwhile True:\n    x.append(1)\n", Limit::Memory);
    ends_in("x = []\ntry:\n    while True:\n        x.append([])\nexcept MemoryError:\n    pass", Limit::Memory);
    ends_in("x = {}\ni = 0\nwhile True:\n    x[i] = i\n    i += 1\n", Limit::Memory);
    ends_in("s = 'a'\nwhile True:\n    s += s\n", Limit::Memory);
    ends_in("x = list(range(10**9))", Limit::Memory);
}

#[test]
fn temporaries_run_in_constant_memory() {
    // Each program makes several times more than the 8 MiB that it may hold.
    gives("for i in range(30000):\n    x = [i, str(i), {'k': i}]\nresult = x", "[29999, '29999', {'k': 29999}]");
    gives("def f(i):\n    return [i] * 50\ni = 0\nwhile i < 20000:\n    f(i)\n    i += 1\nresult = i", "20000");
    gives("class A: pass\nfor i in range(20000):\n    a = A()\n    a.me = a\nresult = a.me is a", "True");
}

#[test]
fn endless_recursion_is_a_recursion_error_that_can_be_caught() {
    let program = |body: &str| {
        format!(
            "{body}\ntry:\n    go()\n    result = 'went on'\nexcept RecursionError as e:\n    result = str(e)[:32]\n"
        )
    };
    let message = "maximum recursion depth exceeded";
    for body in [
        "def go(): return go()",
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\ndef go(): return A().x",
        "class A:\n    def __eq__(self, other): return self == other\ndef go(): return A() == A()",
        "class A:\n    def __repr__(self): return repr(self)\ndef go(): return repr(A())",
        "class A:\n    def __lt__(self, other): return sorted([A(), A()])\ndef go(): return sorted([A(), A()])",
        "class A:\n    def __call__(self): return self()\ndef go(): return A()()",
        "class A:\n    def __init__(self): A()\ndef go(): return A()",
        "def go():\n    x = iter([])\n    for i in range(100000): x = map(str, x)\n    return list(x)",
        "def gen(n):\n    if n: yield from gen(n - 1)\n    yield n\ndef go(): return list(gen(100000))",
        "def go():\n    x = []\n    for i in range(100000): x = [x]\n    return repr(x)",
        "def go():\n    x = []; y = []\n    for i in range(100000): x = [x]; y = [y]\n    return x == y",
        "def go():\n    x = ()\n    for i in range(100000): x = (x,)\n    return hash(x)",
    ] {
        let ended = run_with(&program(body), Limits::default(), &mut NoHost);
        assert_eq!(ended.as_deref(), Ok(message), "{body}");
    }
}

#[test]
fn deep_structures_are_dropped_and_collected_without_recursion() {
    gives("x = []\nfor i in range(50000): x = [x]\nx = None\nresult = 'dropped'", "dropped");
    gives(
        "class A: pass\nx = None\nfor i in range(20000):\n    a = A()\n    a.next = x\n    x = a\nx = None\n\
         for i in range(50000): y = [i]\nresult = 'dropped'",
        "dropped",
    );
}

#[test]
fn a_list_that_contains_itself_can_be_printed() {
    gives("x = [1]\nx.append(x)\nresult = repr(x)", "[1, [...]]");
}

#[test]
fn big_powers_and_output_are_bounded() {
    assert!(matches!(run("x = 7**30000000"), Err(PyError::Limit(_))));
    let limits = Limits { output: 1000, ..Limits::default() };
    assert_eq!(run_with("while True: print('x' * 100)", limits, &mut NoHost), Err(PyError::Limit(Limit::Output)));
}

#[test]
fn the_wall_clock_is_a_limit() {
    let mut host = Impatient { asked: 0 };
    let ended = run_with("while True:\n    pass\n", Limits::default(), &mut host);
    assert_eq!(ended, Err(PyError::Limit(Limit::Time)));
}

#[test]
fn what_one_evaluation_changes_in_a_frozen_module_another_does_not_see() {
    let ground =
        GroundBuilder::new().frozen_module("shared", "words = ['a']\nclass Thing:\n    kind = 'plain'\n").build();
    let ground = ground.unwrap();
    let floor = InterviewFloor::build(&ground, &["shared".to_owned()], Limits::default(), &mut NoHost).unwrap();
    let source = "import shared\nshared.words.append('b')\nshared.Thing.kind += '!'\nshared.new = 1\n\
                  result = (shared.words, shared.Thing.kind, shared.Thing().kind)";
    let code = compile(source, "program", Mode::Module).unwrap();
    for _ in 0..2 {
        let mut host = NoHost;
        let mut vm = Vm::new(&floor, Limits::default(), &mut host);
        let namespace = vm.new_namespace().unwrap();
        vm.exec(&code, namespace).unwrap();
        let result = vm.dict_get_str(namespace, "result").unwrap();
        assert_eq!(vm.repr(result).unwrap(), "(['a', 'b'], 'plain!', 'plain!')");
    }
}

#[test]
fn what_is_missing_is_told_as_data() {
    use da_python::value::Missing;
    let ground = GroundBuilder::new().build().unwrap();
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost).unwrap();
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, Limits::default(), &mut host);
    let namespace = vm.new_namespace().unwrap();
    let mut missing = |source: &str| -> String {
        let code = compile(source, "block", Mode::Module).unwrap();
        let raised: Raised = vm.exec(&code, namespace).unwrap_err();
        let said = match vm.missing(&raised) {
            Some(Missing::Name(name)) => format!("name {name}"),
            Some(Missing::Local(name)) => format!("local {name}"),
            Some(Missing::Attribute { object, name }) => format!("attribute {name} of {}", vm.type_name(object)),
            Some(Missing::Item { object, key }) => {
                format!("item {} of {}", vm.repr(key).unwrap(), vm.type_name(object))
            }
            Some(Missing::Variable(name)) => format!("variable {name}"),
            None => "nothing".to_owned(),
        };
        format!("{said}: {}", vm.error(raised))
    };
    assert_eq!(missing("price + 1"), "name price: NameError: name 'price' is not defined");
    assert_eq!(
        missing("def f():\n    x = y\n    y = 1\nf()"),
        "local y: UnboundLocalError: cannot access local variable 'y' where it is not associated with a value"
    );
    assert_eq!(missing("class A: pass\nA().b"), "attribute b of A: AttributeError: 'A' object has no attribute 'b'");
    assert_eq!(missing("[1][2]"), "item 2 of list: IndexError: list index out of range");
    assert_eq!(missing("{'a': 1}['b']"), "item 'b' of dict: KeyError: 'b'");
    assert_eq!(missing("int('x')"), "nothing: ValueError: invalid literal for int() with base 10: 'x'");
}
