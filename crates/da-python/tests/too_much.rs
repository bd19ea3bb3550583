//! Programs that want too much: each must end in an exception or a limit, soon, and never abort.
//!
//! Not under the stressed collector, where the same work takes minutes: what is rooted is the business of the
//! other suites.
#![cfg(not(feature = "gc-stress"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use da_python::{Ground, GroundBuilder, InterviewFloor, Limits, Mode, NoHost, PyError, Vm, compile};
use std::sync::Arc;

const LIMITS: Limits = Limits { fuel: 3_000_000, memory: 6 << 20, recursion: 1000, native_depth: 180, output: 1 << 20 };

/// What the program ends in: `ok`, the name of a limit, or an exception's class.
fn end_of(ground: &Arc<Ground>, source: &str) -> String {
    let floor = InterviewFloor::build(ground, &[], LIMITS, &mut NoHost).unwrap();
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, LIMITS, &mut host);
    let namespace = vm.new_namespace().unwrap();
    let code = match compile(source, "program", Mode::Module) {
        Ok(code) => code,
        Err(error) => return format!("not compiled: {error}"),
    };
    match vm.exec(&code, namespace).map_err(|raised| vm.error(raised)) {
        Ok(()) => "ok".to_owned(),
        Err(PyError::Limit(limit)) => format!("{limit:?}"),
        Err(PyError::Exception { class, .. }) => class.to_string(),
    }
}

fn check(programs: &[(&str, &str)]) {
    let ground = GroundBuilder::new().standard_library().build().unwrap();
    let mut wrong = Vec::new();
    for (source, expected) in programs {
        let end = end_of(&ground, source);
        if end != *expected {
            wrong.push(format!("{source}\n  ended in {end}, not in {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn results_that_are_too_large_are_refused_before_they_are_made() {
    check(&[
        ("'a' * 10**10", "Memory"),
        ("b'a' * 10**12", "Memory"),
        ("[0] * 10**10", "Memory"),
        ("(0,) * 10**10", "Memory"),
        ("1 << 10**12", "Memory"),
        ("7 ** 10**9", "Memory"),
        ("bytes(10**12)", "Memory"),
        ("bytearray(10**12)", "Memory"),
        ("'%1000000000d' % 1", "Memory"),
        ("format(1, '>99999999999')", "Memory"),
        ("'{:>99999999999}'.format(1)", "Memory"),
        ("'a'.ljust(10**12)", "Memory"),
        ("'a'.center(10**12)", "Memory"),
        ("'a'.zfill(10**12)", "Memory"),
        ("'\\t'.expandtabs(10**12)", "Memory"),
        ("(1).to_bytes(10**12, 'big')", "Memory"),
        ("list(range(10**12))", "Memory"),
        ("'-'.join(['a' * 1000000] * 1000)", "Memory"),
        ("x = 'ab'\nwhile True: x = x.replace('a', x)", "Memory"),
        ("x = ['a']\nwhile True: x += x", "Memory"),
        ("x = ('a',)\nwhile True: x += x", "Memory"),
        ("x = [1]\nwhile True: x[len(x):] = x", "Memory"),
        ("x = []\nwhile True: x.append('abc')", "Memory"),
        ("x = {}\ni = 0\nwhile True: x[i] = i; i += 1", "Memory"),
        ("x = set()\ni = 0\nwhile True: x.add(i); i += 1", "Memory"),
        ("for v in (x := [1]): x.append(v)", "Memory"),
        ("', '.join(iter(str, 1))", "Memory"),
        ("str(10**5000)", "ValueError"),
        ("int('9' * 5000)", "ValueError"),
        ("x = ['ab' * 1000] * 1000\nstr([x] * 1000)", "Memory"),
    ]);
}

#[test]
fn work_without_end_runs_out_of_fuel() {
    check(&[
        ("while True: pass", "Fuel"),
        ("sum(range(10**10))", "Fuel"),
        ("max(range(10**10))", "Fuel"),
        ("any(x for x in iter(int, 1))", "Fuel"),
        ("all(iter(lambda: 1, 0))", "Fuel"),
        ("10**10 in (x for x in range(10**9))", "Fuel"),
        ("next(filter(None, iter(int, 1)))", "Fuel"),
        ("next(x for x in map(int, iter(str, 'a')) if x)", "ValueError"),
        ("try:\n    while True: pass\nexcept BaseException: print('caught')", "Fuel"),
        ("x = list(range(10000))\nfor i in range(10000): sorted(x, key=lambda v: -v)", "Fuel"),
        ("x = [0] * 100000\nfor i in range(100000): 1 in x", "Fuel"),
        ("x = 'a' * 1000000\nfor i in range(100000): 'b' in x", "Fuel"),
        ("x = ','.join(['a'] * 10000)\nfor i in range(10000): x.split(',')", "Fuel"),
        ("x = 3\nfor i in range(100): x = x * x", "Fuel"),
        ("class H:\n    def __hash__(self): return 1\nd = {}\nwhile True: d[H()] = 1", "Fuel"),
    ]);
}

#[test]
fn what_is_nested_too_deeply_is_a_recursion_error() {
    let nested = [
        ("x = iter([])\nfor i in range(20000): x = map(abs, x)\nlist(x)", "RecursionError"),
        ("x = iter([])\nfor i in range(20000): x = filter(None, x)\nlist(x)", "RecursionError"),
        ("x = iter([])\nfor i in range(20000): x = zip(x)\nlist(x)", "RecursionError"),
        ("x = iter([])\nfor i in range(20000): x = enumerate(x)\nlist(x)", "RecursionError"),
        ("def f(y): yield from y\nx = iter([1])\nfor i in range(20000): x = f(x)\nlist(x)", "RecursionError"),
        ("import itertools\nx = iter([])\nfor i in range(5000): x = itertools.chain(x)\nlist(x)", "RecursionError"),
        ("x = []\nfor i in range(20000): x = [x]\nrepr(x)", "RecursionError"),
        ("x = {}\nfor i in range(20000): x = {'a': x}\nstr(x)", "RecursionError"),
        ("x = []; y = []\nfor i in range(20000): x = [x]; y = [y]\nx == y", "RecursionError"),
        ("x = []; y = []\nfor i in range(20000): x = [x]; y = [y]\nx < y", "RecursionError"),
        ("x = ()\nfor i in range(20000): x = (x,)\nhash(x)", "RecursionError"),
        ("import copy\nx = []\nfor i in range(20000): x = [x]\ncopy.deepcopy(x)", "RecursionError"),
        ("x = int\nfor i in range(20000): x = (x,)\nisinstance('', x)", "RecursionError"),
        ("a = []; a.append(a); b = []; b.append(b)\na == b", "RecursionError"),
        ("a = []; a.append(a)\nrepr(a)", "ok"),
        ("a = {}; a['a'] = a\nrepr(a)", "ok"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().b", "RecursionError"),
        ("class A:\n    def __eq__(self, o): return self == o\nA() == A()", "RecursionError"),
        ("class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError"),
        ("class A:\n    def __len__(self): return len(self)\nlen(A())", "RecursionError"),
        ("class A:\n    def __iter__(self): return iter(self)\nlist(A())", "RecursionError"),
        ("class A:\n    def __hash__(self): return hash(self)\n{A(): 1}", "RecursionError"),
        ("class A:\n    def __format__(self, s): return format(self, s)\nf'{A()}'", "RecursionError"),
        ("class A:\n    def __index__(self): return [0][self]\n[0][A()]", "RecursionError"),
        ("def key(x): return sorted([x], key=key)\nsorted([1], key=key)", "RecursionError"),
        ("class A:\n    def __lt__(self, o): return sorted([self, o])\nsorted([A(), A()])", "RecursionError"),
        ("class A:\n    def __bool__(self): return not self\nnot A()", "RecursionError"),
        ("class A:\n    def __contains__(self, x): return x in self\n1 in A()", "RecursionError"),
        (
            "class A:\n    def __del__(self): pass\nx = None\nfor i in range(5000): y = A(); y.x = x; x = y\nx = None",
            "ok",
        ),
        ("eval('-' * 100000 + '1')", "SyntaxError"),
        ("eval('1+' * 100000 + '1')", "SyntaxError"),
        ("eval('a' + '.a' * 100000)", "SyntaxError"),
        ("eval('(' * 100000 + ')' * 100000)", "SyntaxError"),
        ("exec('if 1: pass\\n' + 'elif 1: pass\\n' * 20000)", "SyntaxError"),
        ("def f(n): return eval('f(n + 1)', {'f': f, 'n': n})\nf(0)", "RecursionError"),
    ];
    check(&nested);
}
