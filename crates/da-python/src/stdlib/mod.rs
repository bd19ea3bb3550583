//! The standard library: what must be fast is here, a file per module; the rest is Python of our own
//! in `prelude/`, over these.
//!
//! The native modules hold functions alone. What they work on are plain values (a `bytearray` for the
//! state of a random generator, a text for a pattern), so that it can be saved and copied like any
//! other value.

mod bytes;
mod clock;
mod digest;
mod json;
mod math;
mod random;
mod re;

use crate::ground::GroundBuilder;

/// The modules written in Python, in an order in which each may import those before it.
const PRELUDE: &[(&str, &str)] = &[
    ("string", include_str!("../prelude/string.py")),
    ("operator", include_str!("../prelude/operator.py")),
    ("functools", include_str!("../prelude/functools.py")),
    ("itertools", include_str!("../prelude/itertools.py")),
    ("copy", include_str!("../prelude/copy.py")),
    ("abc", include_str!("../prelude/abc.py")),
    ("types", include_str!("../prelude/types.py")),
    ("contextlib", include_str!("../prelude/contextlib.py")),
    ("enum", include_str!("../prelude/enum.py")),
    ("typing", include_str!("../prelude/typing.py")),
    ("dataclasses", include_str!("../prelude/dataclasses.py")),
    ("base64", include_str!("../prelude/base64.py")),
    ("hashlib", include_str!("../prelude/hashlib.py")),
    ("hmac", include_str!("../prelude/hmac.py")),
    ("secrets", include_str!("../prelude/secrets.py")),
    ("uuid", include_str!("../prelude/uuid.py")),
    ("html", include_str!("../prelude/html.py")),
    ("threading", include_str!("../prelude/threading.py")),
    ("collections", include_str!("../prelude/collections.py")),
    ("urllib", "'''URLs; see `urllib.parse`.'''"),
    ("urllib.parse", include_str!("../prelude/urllib/parse.py")),
    ("json", include_str!("../prelude/json.py")),
    ("random", include_str!("../prelude/random.py")),
    ("re", include_str!("../prelude/re.py")),
    ("time", include_str!("../prelude/time.py")),
    ("datetime", include_str!("../prelude/datetime.py")),
];

impl GroundBuilder {
    /// Adds the standard library, so that what is added after it may import it.
    #[must_use]
    pub fn standard_library(self) -> Self {
        let natives = self
            .native_module("_bytes", |module| module.functions(bytes::FUNCTIONS))
            .native_module("math", math::fill)
            .native_module("_json", |module| module.functions(json::FUNCTIONS))
            .native_module("_random", |module| module.functions(random::FUNCTIONS))
            .native_module("_re", |module| module.functions(re::FUNCTIONS))
            .native_module("_clock", |module| module.functions(clock::FUNCTIONS));
        PRELUDE.iter().fold(natives, |builder, (name, source)| builder.frozen_module(name, source))
    }
}
