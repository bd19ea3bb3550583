//! Format strings: `%`, `str.format`, `format()` and `strftime`, over values of every kind.

use super::text;
use crate::machine;

const PROGRAM: &str = "
import datetime
moment = datetime.datetime(2024, 2, 29, 12, 30, 15, 250)
values = [True, 7, -3, 10 ** 30, 2.5, float('inf'), 'word', None, [1, 'a'], {'k': 'v'}, moment]
for value in values:
    for attempt in (lambda: text % value, lambda: text % (value, value), lambda: text % {'k': value},
                    lambda: text.format(value, k=value), lambda: format(value, text), lambda: f'{value:{text}}'):
        try:
            attempt()
        except Exception:
            pass
try:
    moment.strftime(text)
except Exception:
    pass
try:
    datetime.datetime.strptime('2024-02-29', text)
except Exception:
    pass
";

pub(super) fn run(bytes: &[u8]) {
    let Some(format) = text(bytes) else { return };
    machine::with(|vm, namespace| {
        let Ok(value) = vm.str(format) else { return };
        if vm.dict_set_str(namespace, "text", value).is_ok() {
            machine::execute(vm, namespace, PROGRAM);
        }
    });
}
