//! Templates of an author: read, and run as far as their names are known.

use da_markup::Template;

use super::text;
use crate::machine;

pub(super) fn run(bytes: &[u8]) {
    let Some(source) = text(bytes) else { return };
    match Template::parse(source, "fuzz.yml", 1) {
        Err(error) => drop(error.to_string()),
        Ok(Template::Literal(_) | Template::Translated(_)) => {}
        Ok(Template::Mako(template)) => machine::with(|vm, namespace| {
            if let Err(raised) = vm.run_template(template.code(), namespace) {
                drop(vm.error(raised).to_string());
            }
        }),
    }
}
