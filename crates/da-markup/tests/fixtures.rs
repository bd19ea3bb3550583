//! The fixtures of `fixtures/mako`: variables, a template, and the text that it writes.
//!
//! Each file has the parts `--- variables` (Python), `--- template` and `--- output`.
#![expect(clippy::disallowed_methods, reason = "the fixtures are files; the crate itself reads none")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::Arc;

use da_markup::Template;
use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Vm, compile};

/// What a template writes.
fn written(floor: &Arc<InterviewFloor>, variables: &str, template: &str, file: &str) -> String {
    let template = Template::parse(template, file, 1).unwrap_or_else(|error| panic!("{error}"));
    let code = template.code().unwrap_or_else(|| panic!("{file} is no template"));
    let mut host = NoHost;
    let mut vm = Vm::new(floor, Limits::default(), &mut host);
    let namespace = vm.new_namespace().unwrap();
    vm.exec(&compile(variables, file, Mode::Module).unwrap(), namespace).unwrap();
    match vm.run_template(code, namespace) {
        Ok(text) => vm.text(text).unwrap().to_string(),
        Err(raised) => panic!("{file}: {}", vm.error(raised)),
    }
}

#[test]
fn every_fixture_writes_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mako");
    let ground = GroundBuilder::new().standard_library().build().unwrap();
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = text.split_once("--- template\n").unwrap();
        let (template, output) = rest.split_once("--- output\n").unwrap();
        let (_, variables) = head.split_once("--- variables\n").unwrap();
        assert_eq!(written(&floor, variables, template, &path.display().to_string()), output, "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 9);
}
