//! What `repr` shows of plain values, `eval`, `ast.literal_eval`, `json` and `pickle` read back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use da_python::machine::code::Code;
use da_python::machine::{Ground, GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Value, Vm, compile};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static GROUND: LazyLock<Arc<Ground>> = LazyLock::new(|| GroundBuilder::new().standard_library().build().unwrap());
static FLOOR: LazyLock<Arc<InterviewFloor>> =
    LazyLock::new(|| InterviewFloor::build(&GROUND, &[], Limits::default(), &mut NoHost).unwrap());
static PROGRAM: LazyLock<Arc<Code>> = LazyLock::new(|| compile(CHECKS, "checks", Mode::Module).unwrap());

/// `inf` and `nan` are what `repr` shows of floats that no literal stands for.
const CHECKS: &str = "
import ast, copy, json, pickle
inf, nan = float('inf'), float('nan')
shown = repr(x)
wrong = []
for name, back in (('eval', lambda: eval(shown)), ('pickle', lambda: pickle.loads(pickle.dumps(x))), ('deepcopy', lambda: copy.deepcopy(x))):
    if repr(back()) != shown:
        wrong.append((name, shown, back()))
if 'inf' not in shown and 'nan' not in shown and repr(ast.literal_eval(shown)) != shown:
    wrong.append(('literal_eval', shown, ast.literal_eval(shown)))
try:
    written = json.dumps(x)
except TypeError:
    written = None
if written is not None and json.dumps(json.loads(written)) != written:
    wrong.append(('json', written))
assert not wrong, wrong
";

/// A plain value.
#[derive(Debug, Clone)]
enum Plain {
    None,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Plain>),
    Tuple(Vec<Plain>),
    Dict(Vec<(String, Plain)>),
    Numbered(Vec<(i64, Plain)>),
    Set(Vec<i64>),
}

fn plain() -> impl Strategy<Value = Plain> {
    let leaf = prop_oneof![
        Just(Plain::None),
        any::<bool>().prop_map(Plain::Bool),
        any::<i128>().prop_map(Plain::Int),
        (-5_i128..5).prop_map(Plain::Int),
        any::<f64>().prop_map(Plain::Float),
        "(?s).{0,12}".prop_map(Plain::Text),
        "['\"\\\\\\n\\x00-\\x20\u{7f}-\u{ad}\u{2028}\u{1f600}]{0,6}".prop_map(Plain::Text),
        prop::collection::vec(any::<u8>(), 0..12).prop_map(Plain::Bytes),
        prop::collection::vec(any::<i64>(), 0..5).prop_map(Plain::Set),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Plain::List),
            prop::collection::vec(inner.clone(), 0..5).prop_map(Plain::Tuple),
            prop::collection::vec(("[a-c']{0,2}", inner.clone()), 0..5).prop_map(Plain::Dict),
            prop::collection::vec((-3_i64..9, inner), 0..5).prop_map(Plain::Numbered),
        ]
    })
}

/// The value as source text; texts and bytes are told by their numbers, so that nothing here is `repr`'s own work.
fn source(value: &Plain) -> String {
    let all = |values: &[Plain]| values.iter().map(|value| source(value) + ",").collect::<String>();
    match value {
        Plain::None => "None".to_owned(),
        Plain::Bool(true) => "True".to_owned(),
        Plain::Bool(false) => "False".to_owned(),
        Plain::Int(number) => number.to_string(),
        Plain::Float(number) if number.is_finite() => format!("{number:e}"),
        Plain::Float(number) => format!("float('{number}')"),
        Plain::Text(text) => {
            let codes = text.chars().map(|c| format!("chr({}),", u32::from(c))).collect::<String>();
            format!("''.join(({codes}))")
        }
        Plain::Bytes(bytes) => format!("bytes({bytes:?})"),
        Plain::List(values) => format!("[{}]", all(values)),
        Plain::Tuple(values) => format!("({})", all(values)),
        Plain::Dict(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("\"{key}\":{},", source(value)));
            format!("{{{}}}", pairs.collect::<String>())
        }
        Plain::Numbered(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{key}:{},", source(value)));
            format!("{{{}}}", pairs.collect::<String>())
        }
        Plain::Set(numbers) => format!("set({numbers:?})"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_written_and_copied_reads_back_as_the_same(value in plain()) {
        let mut host = NoHost;
        let mut vm = Vm::new(&FLOOR, Limits::default(), &mut host);
        let namespace = vm.new_namespace().unwrap();
        let made = compile(&format!("x = {}", source(&value)), "value", Mode::Module).unwrap();
        vm.exec(&made, namespace).map_err(|raised| vm.error(raised)).unwrap();
        prop_assert!(!matches!(vm.dict_get_str(namespace, "x"), None | Some(Value::Unset)));
        let checked = vm.exec(&PROGRAM, namespace).map_err(|raised| vm.error(raised).to_string());
        prop_assert_eq!(checked, Ok(()));
    }
}
