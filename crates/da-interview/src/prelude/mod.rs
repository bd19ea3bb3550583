//! The part of docassemble's own modules that is written in Python: compiled into the binary, frozen
//! once, and open to authors, who may read, extend and override all of it.
//!
//! A file per thing; the files of one module share its namespace, in the order given here.

/// The modules: name and source.
pub(crate) const MODULES: &[(&str, &str)] =
    &[("docassemble.base.util", UTIL), ("docassemble.base.legal", include_str!("legal.py"))];

const UTIL: &str = concat!(
    include_str!("util/head.py"),
    include_str!("util/language.py"),
    include_str!("util/objects.py"),
    include_str!("util/lists.py"),
    include_str!("util/people.py"),
    include_str!("util/functions.py"),
    include_str!("util/templates.py"),
);
