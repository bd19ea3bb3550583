//! Snapshots of what programs made.

use crate::machine::{
    ClassBuilder, Ground, GroundBuilder, Host, InterviewFloor, Limits, Mode, ModuleSource, PyError, PyResult, Vm,
    compile,
};
use crate::native::{Args, NativeFunction};
use crate::snapshot::{Snapshot, SnapshotError};
use crate::value::{Inner, Instance, NativeData, Object, Tracer, Value};
use std::any::Any;
use std::sync::Arc;

const SHOP: &str = "
from calendar import Day

class Holiday(Day):
    pass

class Person:
    def __init__(self, name):
        self.name = name
    def greet(self):
        return 'Hello ' + self.name

class Key:
    class Inner:
        pass
    def __init__(self, number, owner=None):
        self.number = number
        self.owner = owner
    def __hash__(self):
        return hash(self.number)
    def __eq__(self, other):
        return isinstance(other, Key) and self.number == other.number

class Rows(list):
    pass

class Refused(ValueError):
    pass

class Broken:
    pass

def helper():
    pass

prices = [1, 2]
";

/// Gives the modules that it was made with.
struct Sources(Vec<(&'static str, &'static str)>);

impl Host for Sources {
    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        let (name, text) = self.0.iter().find(|(known, _)| *known == name)?;
        Some(ModuleSource { file: Arc::from(*name), text: Arc::from(*text), is_package: false })
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// A day, as native code keeps it.
#[derive(Debug, Clone)]
struct Day(u8);

impl NativeData for Day {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn boxed_clone(&self) -> Box<dyn NativeData> {
        Box::new(self.clone())
    }
    fn size(&self) -> usize {
        1
    }
    fn encode(&self) -> Option<Vec<u8>> {
        (self.0 != 0).then(|| vec![self.0])
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn new_day(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = vm.as_int(args.positional[1]).unwrap_or_default();
    let inner = Inner::Native(Box::new(Day(number as u8)));
    vm.make(Object::Instance(Box::new(Instance {
        class: args.positional[0],
        attributes: Value::None,
        slots: Value::None,
        inner,
    })))
}

fn number(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    Ok(Value::Int(vm.native::<Day>(args.positional[0]).map_or(0, |day| i64::from(day.0))))
}

fn restore_day(vm: &mut Vm<'_>, bytes: &[u8]) -> PyResult<Box<dyn NativeData>> {
    match bytes {
        [number] if *number < 100 => Ok(Box::new(Day(*number))),
        _ => Err(vm.value_error("not a day")),
    }
}

static NEW: [NativeFunction; 1] = [NativeFunction { name: "__new__", run: new_day }];
static GETTERS: [NativeFunction; 1] = [NativeFunction { name: "number", run: number }];

fn ground() -> Arc<Ground> {
    let builder = GroundBuilder::new().native_module("calendar", |module| {
        let day = ClassBuilder::new("Day").native().static_methods(&NEW).getters(&GETTERS).restore(restore_day);
        module.class(day).map(|_| ())
    });
    builder.build().unwrap()
}

fn floor(source: &'static str) -> Arc<InterviewFloor> {
    let mut host = Sources(vec![("shop", source)]);
    InterviewFloor::build(&ground(), &["shop".to_owned()], Limits::default(), &mut host).unwrap()
}

fn exec(vm: &mut Vm<'_>, namespace: Value, source: &str) -> Result<(), PyError> {
    let code = compile(source, "test", Mode::Module).unwrap();
    vm.exec(&code, namespace).map_err(|raised| vm.error(raised))
}

/// Runs a program and saves its namespace.
fn save(floor: &Arc<InterviewFloor>, source: &str) -> Snapshot {
    let mut host = Sources(vec![("later", "class Late:\n    pass\n")]);
    let mut vm = Vm::new(floor, Limits::default(), &mut host);
    let namespace = vm.new_namespace().unwrap();
    exec(&mut vm, namespace, source).unwrap();
    vm.snapshot(namespace).unwrap()
}

/// Reads a namespace back and runs a program in it.
fn resume(floor: &Arc<InterviewFloor>, bytes: &[u8], source: &str) -> Result<(), SnapshotError> {
    let mut host = Sources(vec![("later", "class Late:\n    pass\n")]);
    let mut vm = Vm::new(floor, Limits::default(), &mut host);
    let namespace = vm.restore(bytes)?;
    vm.pin(namespace);
    assert_eq!(vm.snapshot(namespace).unwrap().bytes, bytes);
    assert_eq!(exec(&mut vm, namespace, source), Ok(()));
    Ok(())
}

fn passes(before: &str, after: &str) {
    let floor = floor(SHOP);
    let snapshot = save(&floor, before);
    assert_eq!(resume(&floor, &snapshot.bytes, after), Ok(()));
}

#[test]
fn what_a_program_made_goes_on_where_it_stopped() {
    passes(
        "from shop import Person, Rows, Refused\n\
         ann = Person('Ann')\nann.friends = Rows([Person('Bob'), ann])\nann.friends.note = 'x'\n\
         e = Refused('no', ann)\nkind = Person\n",
        "assert ann.greet() == 'Hello Ann'\nassert ann.friends[1] is ann\nassert ann.friends.note == 'x'\n\
         assert isinstance(ann, kind)\nassert e.args[0] == 'no' and e.args[1] is ann\n\
         ann.friends.append(3)\nassert len(ann.friends) == 3\n",
    );
}

#[test]
fn keys_that_have_code_of_their_own_are_found_again() {
    passes(
        "from shop import Key, Person\n\
         d = {'a': 0, Key(1): 1, (2, Key(2)): 2, 'z': 3, frozenset([(1, 'x'), Key(4)]): 4, 5: 5}\n\
         p = Person('Ann')\nd[p] = 6\ns = {p, Key(7), (1, 2)}\np.inside = d\n\
         k = Key(9, d)\nd[k] = 9\n",
        "assert list(d.values()) == [0, 1, 2, 3, 4, 5, 6, 9]\n\
         assert d[Key(1)] == 1 and d[(2, Key(2))] == 2 and d[frozenset([Key(4), (1, 'x')])] == 4\n\
         assert d[p] == 6 and d[k] == 9 and d[Key(9)] == 9 and k.owner is d\n\
         assert p in s and Key(7) in s and (1, 2) in s and Key(8) not in s\n",
    );
}

#[test]
fn data_of_a_frozen_module_is_saved_as_data() {
    passes("import shop\nmine = shop.prices\nmine.append(3)\n", "assert mine == [1, 2, 3]\n");
}

#[test]
fn a_module_that_only_the_run_imported_is_imported_again() {
    passes("from later import Late\nx = Late()\n", "assert type(x).__name__ == 'Late'\n");
}

#[test]
fn built_in_classes_and_classes_inside_classes_are_found_by_name() {
    passes("x = [type(None), dict, ValueError]\n", "assert x == [type(None), dict, ValueError]\n");
    passes("from shop import Key\nx = Key.Inner()\n", "assert type(x).__qualname__ == 'Key.Inner'\n");
}

#[test]
fn native_data_is_read_back_by_its_class_or_the_one_that_it_extends() {
    passes(
        "from shop import Holiday\nfrom calendar import Day\nx = Day(7)\nx2 = x\ny = Holiday(8)\ny.note = 'free'\n",
        "assert x.number == 7 and x is x2\nassert y.number == 8 and y.note == 'free'\n",
    );
}

#[test]
fn what_is_code_is_left_out_with_its_place_and_kind() {
    let left_out = save(
        &floor(SHOP),
        "import shop\nfrom shop import Person\nfrom calendar import Day\n\
         def f():\n    yield 1\nclass Mine:\n    pass\n\
         case = Person('x')\ncase.helper = f\ncase.rows = [f(), len, case.greet]\n\
         d = {'keys': {}.keys(), 'it': iter([]), 3: Mine()}\nopen_day = Day(0)\n",
    )
    .left_out;
    let told: Vec<_> = left_out.iter().map(|left_out| format!("{}: {}", left_out.path, left_out.kind)).collect();
    assert_eq!(
        told,
        [
            "shop: module",
            "f: function",
            "Mine: the class Mine, which its module does not hold",
            "open_day: Day",
            "case.helper: function",
            "case.rows[0]: generator",
            "case.rows[1]: builtin_function_or_method",
            "case.rows[2]: method",
            "d['keys']: dict_keys",
            "d['it']: iterator",
            "d[3]: Mine, a class that its module does not hold",
        ]
    );
}

fn error_under(source: &'static str, before: &str) -> SnapshotError {
    let snapshot = save(&floor(SHOP), before);
    resume(&floor(source), &snapshot.bytes, "").unwrap_err()
}

#[test]
fn a_class_that_is_gone_or_is_something_else_is_an_error_that_names_it() {
    let before = "from shop import Person, Rows\nx = Person('Ann')\n";
    let error = error_under("", before);
    assert_eq!(error.to_string(), "the snapshot needs the class Person of shop, which there is not");
    let error = error_under("def Person():\n    pass\n", before);
    assert_eq!(error.to_string(), "the snapshot needs the class Person of shop, which is not a class");
    let error = error_under("class Person(list):\n    pass\nclass Rows:\n    pass\n", before);
    assert_eq!(error.to_string(), "the instances of the class Person of shop are not what they were");
    let bytes = save(&floor(SHOP), before).bytes;
    let bare = InterviewFloor::build(&ground(), &[], Limits::default(), &mut crate::NoHost).unwrap();
    let error = resume(&bare, &bytes, "").unwrap_err();
    assert!(matches!(error, SnapshotError::UnknownClass { .. }), "{error}");
}

#[test]
fn what_code_raises_while_reading_is_an_error() {
    let before = "from shop import Broken\nx = {Broken(): 1}\n";
    let broken = "class Broken:\n    def __hash__(self):\n        raise ValueError('no hash')\n";
    let error = error_under(broken, before);
    assert_eq!(error.to_string(), "code that the snapshot needs failed: ValueError: no hash");
}

#[test]
fn native_code_can_refuse_its_data() {
    let floor = floor(SHOP);
    let error = resume(&floor, &save(&floor, "from calendar import Day\nx = Day(200)\n").bytes, "").unwrap_err();
    assert_eq!(error.to_string(), "an instance of Day of calendar cannot be read back: ValueError: not a day");
}
