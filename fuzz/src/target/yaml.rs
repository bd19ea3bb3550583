//! YAML that a script reads and writes: what was read, written and read again is the same.

use super::text;
use crate::machine;

const PROGRAM: &str = "
import yaml
again = True
for load in (yaml.safe_load, yaml.full_load, lambda text: list(yaml.safe_load_all(text))):
    try:
        value = load(text)
    except Exception:
        continue
    try:
        written = yaml.safe_dump(value, allow_unicode=len(text) % 2 == 0, default_flow_style=len(text) % 3 == 0)
    except Exception:
        continue
    again = again and repr(yaml.safe_load(written)) == repr(value)
";

pub(super) fn run(bytes: &[u8]) {
    let Some(source) = text(bytes) else { return };
    machine::with(|vm, namespace| {
        let Ok(value) = vm.str(source) else { return };
        if vm.dict_set_str(namespace, "text", value).is_ok() {
            machine::execute(vm, namespace, PROGRAM);
        }
        let again = vm.dict_get_str(namespace, "again");
        assert!(!matches!(again, Some(da_python::machine::Value::False)), "another value was read back");
    });
}
