//! The fixtures of `fixtures/mako`: variables, a template, and the text that it writes.
//!
//! Each file has the parts `--- variables` (Python), `--- template` and `--- output`.
#![expect(clippy::disallowed_methods, reason = "the fixtures are files; the crate itself reads none")]

use std::path::Path;

use da_markup::Template;

#[test]
fn every_fixture_is_a_template_whose_python_compiles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mako");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, rest) = text.split_once("--- template\n").unwrap();
        let (template, _) = rest.split_once("--- output\n").unwrap();
        let parsed =
            Template::parse(template, &path.display().to_string(), 1).unwrap_or_else(|error| panic!("{error}"));
        assert!(parsed.literal().is_none(), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 6);
}
