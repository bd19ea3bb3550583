//! What an embedder relies on beside values: frozen modules are not changed, and what is missing is told as data.
//!
//! No test here needs the standard library.

use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Raised, Vm, compile};

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
    use da_python::machine::value::Missing;
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
