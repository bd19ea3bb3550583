//! Source that Jinja2 makes YAML of, with the file that it includes, imports or extends: the first file again.

use std::sync::Arc;

use da_core::InterviewName;
use da_interview::{Sources, Texts};
use da_testkit::engine;

use super::text;

pub(super) fn run(bytes: &[u8]) {
    let Some(source) = text(bytes) else { return };
    let texts = Texts::default()
        .with("docassemble.mine", "data/questions/interview.yml", &format!("# use jinja\n{source}"))
        .with("docassemble.mine", "data/questions/other.yml", source);
    let sources: Arc<dyn Sources> = Arc::new(texts);
    let name = InterviewName::parse("docassemble.mine:data/questions/interview.yml").unwrap();
    if let Err(error) = engine().load(&name, &sources) {
        drop(error.to_string());
    }
}
