//! The facade as an embedder meets it: sessions are data, what fails changes nothing, and nothing is shared by accident.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_python::{
    Data, Host, Limit, Limits, ModuleSource, NoHost, Program, PyError, Python, Session, SnapshotError, Stopped,
};
use proptest::prelude::*;
use std::any::Any;

fn block(source: &str) -> Program {
    Program::block(source, "test.py").unwrap()
}

fn value(session: &mut Session, expression: &str) -> Data {
    session.run(&Program::expression(expression, "test.py").unwrap(), &mut NoHost).unwrap()
}

/// A host with one module, and whatever was printed.
struct Shelf {
    module: &'static str,
    printed: String,
}

impl Shelf {
    fn with(module: &'static str) -> Shelf {
        Shelf { module, printed: String::new() }
    }
}

impl Host for Shelf {
    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        let source = || ModuleSource { file: "people.py".into(), text: self.module.into(), is_package: false };
        (name == "people").then(source)
    }

    fn write(&mut self, text: &str) {
        self.printed.push_str(text);
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[test]
fn a_session_goes_from_thread_to_thread() {
    fn moves<T: Send + Sync + 'static>(_: &T) {}
    let python = Python::new().unwrap();
    let session = python.session(Limits::default());
    moves(&python);
    moves(&session);
    moves(&block("n = 1"));
    let count = block("n = globals().get('n', 0) + 1");
    let mut sessions = vec![session.clone(), session];
    for _ in 0..3 {
        let threads: Vec<_> = sessions
            .into_iter()
            .map(|mut session| {
                let count = count.clone();
                std::thread::spawn(move || {
                    session.run(&count, &mut NoHost).unwrap();
                    session
                })
            })
            .collect();
        sessions = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    }
    assert!(sessions.iter_mut().all(|session| session.get("n").unwrap() == Some(Data::Int(3))));
}

#[test]
fn whatever_stops_a_program_leaves_the_session_as_it_was() {
    let python = Python::new().unwrap();
    let limits = Limits { fuel: 200_000, memory: 1 << 20, output: 1000, ..Limits::default() };
    let mut session = python.session(limits);
    session.set("a", Data::from(1)).unwrap();
    let before = session.bytes().to_vec();
    for (source, expected) in [
        ("a = 2\nwhile True: pass", Stopped::Program(PyError::Limit(Limit::Fuel))),
        ("a = 2\nb = 'x' * 10**7", Stopped::Program(PyError::Limit(Limit::Memory))),
        ("a = 2\nprint('x' * 2000)", Stopped::Program(PyError::Limit(Limit::Output))),
    ] {
        assert_eq!(session.run(&block(source), &mut NoHost), Err(expected), "{source}");
        assert_eq!(session.bytes(), before, "{source}");
    }
    let error = session.run(&block("a = 2\n1 / 0"), &mut NoHost).unwrap_err();
    assert_eq!(error.to_string(), "ZeroDivisionError: division by zero");
    assert_eq!(session.get("a").unwrap(), Some(Data::Int(1)));
}

#[test]
fn instances_of_classes_of_modules_are_kept_and_find_their_class_again() {
    let mut shelf = Shelf::with("class Person:\n    def __str__(self):\n        return self.name\n");
    let python = Python::with_modules(&["people"], &mut shelf).unwrap();
    let mut session = python.session(Limits::default());
    let source = "from people import Person\nann = Person()\nann.name = 'Ann'\nagain = [ann, ann]\nprint(ann)";
    session.run(&block(source), &mut shelf).unwrap();
    assert_eq!(shelf.printed, "Ann\n");
    assert_eq!(value(&mut session, "again[0] is again[1] is ann"), Data::Bool(true));
    let ann = Data::Other { class: "Person".to_owned(), text: "Ann".to_owned() };
    assert_eq!(session.get("ann").unwrap(), Some(ann.clone()));
    assert_eq!(session.set("other", ann).unwrap_err(), Stopped::NoValue("Person".to_owned()));
    // Where the class is gone, that is told by its name.
    let mut shelf = Shelf::with("pass");
    let without = Python::with_modules(&["people"], &mut shelf).unwrap();
    let error = without.reopen(session.bytes(), Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "the snapshot needs the class Person of people, which there is not");
}

#[test]
fn what_is_nested_without_end_is_refused_both_ways() {
    let python = Python::new().unwrap();
    let mut session = python.session(Limits::default());
    session.run(&block("a = []\na.append(a)"), &mut NoHost).unwrap();
    assert_eq!(session.get("a"), Err(Stopped::Nested));
    assert_eq!(value(&mut session, "len(a)"), Data::Int(1));
    let deep = (0..Data::DEEPEST).fold(Data::None, |inside, _| Data::List(vec![inside]));
    session.set("deep", deep.clone()).unwrap();
    assert_eq!(session.get("deep").unwrap(), Some(deep.clone()));
    assert_eq!(session.set("deep", Data::List(vec![deep])), Err(Stopped::Nested));
}

#[test]
fn a_container_that_is_emptied_while_it_is_read_is_read_as_it_was() {
    let python = Python::new().unwrap();
    let mut session = python.session(Limits::default());
    let source = "class Evil:\n    def __str__(self):\n        items.clear()\n        return 'evil'\n\
                  items = [Evil(), 'x' * 100, [1], {2: 3}]";
    let program = Program::expression("items", "test.py").unwrap();
    // The class belongs to the program and is not kept: all in one run.
    let both = block(&format!("{source}\nresult = items"));
    assert!(session.run(&both, &mut NoHost).is_ok());
    assert_eq!(session.left_out()[0].path, "Evil");
    let whole = format!("(exec({source:?}, globals()), items)[1]");
    let told = session.run(&Program::expression(&whole, "test.py").unwrap(), &mut NoHost).unwrap();
    let Data::List(items) = told else { panic!("{told:?}") };
    assert_eq!(
        items[1..],
        [Data::from("x".repeat(100)), Data::List(vec![Data::Int(1)]), Data::Map(vec![(Data::Int(2), Data::Int(3))])]
    );
    assert_eq!(session.run(&program, &mut NoHost).unwrap(), Data::List(Vec::new()));
}

#[test]
fn what_grows_on_its_way_out_is_held_by_the_limits() {
    let python = Python::new().unwrap();
    let mut session = python.session(Limits { memory: 4 << 20, ..Limits::default() });
    let full = Err(Stopped::Program(PyError::Limit(Limit::Memory)));
    session.run(&block("a = 0\nfor _ in range(24): a = [a, a]"), &mut NoHost).unwrap();
    assert_eq!(session.get("a").map(|_| ()), full);
    let long = "[type('x' * 10**5, (), {'__str__': lambda self: ''})()] * 100";
    let long = Program::expression(long, "test.py").unwrap();
    assert_eq!(session.run(&long, &mut NoHost).map(|_| ()), full);
    // What has room inside has room outside, however much was printed.
    session.set("text", Data::from("x".repeat(1 << 20))).unwrap();
    assert_eq!(session.get("text").unwrap().unwrap().as_text().map(str::len), Some(1 << 20));
}

#[test]
fn what_is_forgotten_while_it_is_read_is_read_all_the_same() {
    let source = "class Evil:\n    def __str__(self):\n        self.names.clear()\n        del self\n        [[n] for n in range(2000)]\n        return 'evil'\n";
    let mut shelf = Shelf::with(source);
    let python = Python::with_modules(&["people"], &mut shelf).unwrap();
    let mut session = python.session(Limits::default());
    session.run(&block("from people import Evil\np = Evil()\np.names = globals()"), &mut shelf).unwrap();
    let evil = Data::Other { class: "Evil".to_owned(), text: "evil".to_owned() };
    assert_eq!(session.get("p").unwrap(), Some(evil));
    assert_eq!(session.get("p").unwrap(), None);
}

#[test]
fn bytes_that_are_no_session_are_refused() {
    let python = Python::new().unwrap();
    let mut session = python.session(Limits::default());
    session.set("a", Data::from("text")).unwrap();
    let bytes = session.bytes();
    assert_eq!(python.reopen(b"?", Limits::default()).unwrap_err(), Stopped::Snapshot(SnapshotError::Version));
    for length in 1..bytes.len() {
        assert!(python.reopen(&bytes[..length], Limits::default()).is_err(), "{length}");
    }
}

/// Whatever an embedder may hand in.
fn data() -> impl Strategy<Value = Data> {
    let leaf = prop_oneof![
        Just(Data::None),
        any::<bool>().prop_map(Data::Bool),
        any::<i64>().prop_map(Data::Int),
        any::<f64>().prop_filter("equal to itself", |n| !n.is_nan()).prop_map(Data::Float),
        ".*".prop_map(Data::Text),
        any::<Vec<u8>>().prop_map(Data::Bytes),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let map = prop::collection::btree_map(".{0,5}", inner.clone(), 0..5);
        let entries = |map: std::collections::BTreeMap<String, Data>| {
            Data::Map(map.into_iter().map(|(key, value)| (Data::Text(key), value)).collect())
        };
        prop_oneof![prop::collection::vec(inner, 0..5).prop_map(Data::List), map.prop_map(entries)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_was_put_in_comes_out_and_outlives_the_session(data in data()) {
        let python = python();
        let mut session = python.session(Limits::default());
        session.set("it", data.clone()).unwrap();
        let mut again = python.reopen(session.bytes(), Limits::default()).unwrap();
        prop_assert_eq!(again.get("it").unwrap(), Some(data));
        prop_assert_eq!(again.bytes(), session.bytes());
    }
}

fn python() -> Python {
    static PYTHON: std::sync::OnceLock<Python> = std::sync::OnceLock::new();
    PYTHON.get_or_init(|| Python::new().unwrap()).clone()
}
