//! The standard library: what must be fast is here, a file per module; the rest is Python of our own
//! in `prelude/`, over these.

mod bytes;
mod digest;

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
];

impl GroundBuilder {
    /// Adds the standard library, so that what is added after it may import it.
    #[must_use]
    pub fn standard_library(self) -> Self {
        let natives = self.native_module("_bytes", |module| module.functions(bytes::FUNCTIONS));
        PRELUDE.iter().fold(natives, |builder, (name, source)| builder.frozen_module(name, source))
    }
}
