//! Hostile source ends in an error, on a small stack; bad source ends in CPython's words.

use crate::machine::{Mode, SyntaxError, compile};

const DEEP: usize = 100_000;

/// What happens to a source on a thread with 256 KiB of stack.
fn on_a_small_stack(source: String, mode: Mode) -> Result<(), SyntaxError> {
    std::thread::Builder::new()
        .stack_size(256 << 10)
        .spawn(move || compile(&source, "f", mode).map(|_| ()))
        .unwrap()
        .join()
        .unwrap()
}

fn nested(open: &str, middle: &str, close: &str) -> String {
    format!("{}{middle}{}", open.repeat(DEEP), close.repeat(DEEP))
}

#[test]
fn a_hundred_thousand_levels_of_anything_are_an_error_and_no_abort() {
    let indented: String = (0..600).map(|level| format!("{}if a:\n", " ".repeat(level))).collect();
    let elifs = format!("if a: pass\n{}", "elif a: pass\n".repeat(DEEP));
    let decorators = format!("{}def f(): pass", "@a\n".repeat(DEEP));
    let shapes = [
        ("lists", nested("[", "", "]")),
        ("unclosed lists", "[".repeat(DEEP)),
        ("parentheses", nested("(", "1", ")")),
        ("dicts", nested("{1:", "1", "}")),
        ("sets", nested("{", "1", "}")),
        ("tuples", nested("(1, ", "1", ")")),
        ("minus", nested("-", "1", "")),
        ("not", nested("not ", "1", "")),
        ("invert", nested("~", "1", "")),
        ("sums", nested("1+", "1", "")),
        ("powers", nested("1**", "1", "")),
        ("attributes", format!("a{}", ".a".repeat(DEEP))),
        ("calls", format!("a{}", "()".repeat(DEEP))),
        ("calls in calls", nested("a(", "", ")")),
        ("indexes", format!("a{}", "[0]".repeat(DEEP))),
        ("indexes in indexes", nested("a[", "0", "]")),
        ("lambdas", nested("lambda: ", "1", "")),
        ("lambdas with commas", nested("lambda a, b: ", "1", "")),
        ("lambdas as defaults", nested("lambda a=", "1", ": 0")),
        ("ternaries", nested("1 if 1 else ", "1", "")),
        ("walrus", nested("(a := ", "1", ")")),
        ("await", nested("await ", "a", "")),
        ("yield", nested("(yield ", "1", ")")),
        ("stars", format!("a({}1)", "*".repeat(DEEP))),
        ("comprehensions", nested("[a for a in ", "b", "]")),
        ("f-strings", nested("f'{", "1", "}'")),
        ("f-string specifications", format!("f'{}{}'", "{a:".repeat(DEEP), "}".repeat(DEEP))),
        ("patterns", format!("match a:\n case {}: pass", nested("[", "", "]"))),
        ("alternatives in patterns", format!("match a:\n case {}: pass", nested("(1|", "2", ")"))),
        ("class patterns", format!("match a:\n case {}: pass", nested("A(", "", ")"))),
        ("subscript annotations", format!("a: {}", nested("a[", "b", "]"))),
        ("blocks", indented),
        ("elif", elifs),
        ("decorators", decorators),
        ("statements before invalid text", format!("{}$", nested("(", "", ")"))),
        ("mixed brackets", "([{".repeat(DEEP)),
        ("blocks in an open bracket", format!("(\n{}", "while a,:\n ".repeat(DEEP))),
    ];
    for (shape, source) in shapes {
        assert!(on_a_small_stack(source, Mode::Module).is_err(), "{shape}");
    }
}

#[test]
fn nested_finally_bodies_cannot_grow_without_bound() {
    let mut source = String::new();
    for level in 0..60 {
        let indent = " ".repeat(level);
        source.push_str(&format!("{indent}try: pass\n{indent}finally:\n"));
    }
    source.push_str(&format!("{}pass\n", " ".repeat(60)));
    let error = on_a_small_stack(source, Mode::Module).unwrap_err();
    assert_eq!(error.message, "code is too large ('finally' bodies are nested too deeply)");
}

#[test]
fn long_code_that_is_not_deep_compiles() {
    let flat = [
        "a = 1\n".repeat(20_000),
        format!("a = [{}]", "1, ".repeat(50_000)),
        format!("a = ({})", "'text'\n".repeat(20_000)),
        format!("a = f'{}'", "{a}".repeat(2_000)),
        format!("a = ({})", "f'{a}'\n".repeat(2_000)),
        format!("a = {}b", "b and ".repeat(5_000)),
        format!("a = {}b", "b < ".repeat(5_000)),
        format!("f({})", "a(b), ".repeat(5_000)),
        format!("x = {{{}}}", "'a': [1, {'b': 2}],\n".repeat(5_000)),
        format!("if a: pass\n{}", "elif a: pass\n".repeat(2_500)),
        format!("f({})", (0..1000).map(|n| format!("a{n}=1,")).collect::<String>()),
    ];
    for source in flat {
        let result = on_a_small_stack(source.clone(), Mode::Module);
        assert!(result.is_ok(), "{:?} for {}", result, &source[..30]);
    }
}

#[test]
fn the_deepest_code_that_is_allowed_compiles_on_a_small_stack() {
    let shapes = [
        format!("{}1{}", "[".repeat(199), "]".repeat(199)),
        format!("{}1", "-".repeat(199)),
        format!("{}1", "lambda: ".repeat(199)),
        format!("a{}", ".a()".repeat(99)),
        format!("{}1{}", "f(x=".repeat(199), ")".repeat(199)),
        format!("{}b{}", "[a for a in ".repeat(60), "]".repeat(60)),
        (0..99).map(|level| format!("{}if a:\n", " ".repeat(level))).collect::<String>() + &" ".repeat(99) + "a",
        (0..99).map(|level| format!("{}def f():\n", " ".repeat(level))).collect::<String>() + &" ".repeat(99) + "a",
        (0..99).map(|level| format!("{}class A:\n", " ".repeat(level))).collect::<String>() + &" ".repeat(99) + "a",
    ];
    for source in shapes {
        let result = on_a_small_stack(source.clone(), Mode::Module);
        assert!(result.is_ok(), "{:?} for {}", result, &source[..30]);
    }
}

#[test]
fn source_that_is_too_long_is_refused_before_it_is_read() {
    let error = on_a_small_stack(" ".repeat((2 << 20) + 1), Mode::Module).unwrap_err();
    assert_eq!(error.message, "source is too long (2097153 bytes; at most 2097152)");
    let guard = crate::machine::Guard { max_bytes: 4, max_depth: 200 };
    let error = crate::machine::compile_guarded("a = 1", "f", Mode::Module, &|line| line, &guard).unwrap_err();
    assert_eq!(error.message, "source is too long (5 bytes; at most 4)");
}

#[test]
fn errors_are_worded_as_in_cpython() {
    let cases = include_str!("messages.txt");
    let mut shown = String::new();
    for case in cases.split("\n\n").map(str::trim_end).filter(|case| !case.is_empty()) {
        let (source, expected) = case.rsplit_once("\n=> ").unwrap();
        let error = compile(source, "f", Mode::Module).map_or_else(
            |error| format!("{} at {}:{}", error.message, error.line, error.column),
            |_| "compiles".to_owned(),
        );
        if error != expected {
            shown.push_str(&format!("{source}\n=> {error}\n   not {expected}\n\n"));
        }
    }
    assert!(shown.is_empty(), "{shown}");
}

#[test]
fn an_error_says_file_line_column_and_text() {
    let map = |line: u32| line + 40;
    let error = crate::machine::compile_with_lines("a = 1\nb = é + )\n", "demo.yml", Mode::Module, &map).unwrap_err();
    assert_eq!(error.to_string(), "unmatched ')' (demo.yml, line 42)");
    assert_eq!((error.line, error.column, error.text.as_str()), (42, 9, "b = é + )"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_repetition_of_fragments_aborts(
        fragments in proptest::collection::vec(proptest::sample::select(FRAGMENTS.to_vec()), 1..5),
        before in proptest::sample::select(FRAGMENTS.to_vec()),
        after in proptest::sample::select(FRAGMENTS.to_vec()),
    ) {
        let source = format!("{before}{}{after}", fragments.concat().repeat(4_000));
        let _ = on_a_small_stack(source.clone(), Mode::Module);
        let _ = on_a_small_stack(source, Mode::Template);
    }
}

const FRAGMENTS: [&str; 48] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "a",
    "1",
    ",",
    ":",
    ".",
    " if ",
    " else ",
    "lambda ",
    "lambda:",
    "not ",
    "-",
    "+",
    "**",
    "*",
    "f'",
    "'",
    "f'{",
    "}'",
    "\"\"\"",
    "f\"\"\"{",
    ":=",
    "=",
    "\n",
    "\n ",
    "\n  ",
    ";",
    "await ",
    "yield ",
    " for a in ",
    " async for a in ",
    "if a:",
    "while a:",
    "def f():",
    "class A:",
    "try:",
    "finally:",
    "match a:\n ",
    "case ",
    "|",
    "@",
    "\\\n",
    "#",
];
