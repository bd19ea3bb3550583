//! The part of docassemble's own modules that is written in Python: compiled into the binary, frozen
//! once, and open to authors, who may read, extend and override all of it.
//!
//! A file per thing; the files of one module share its namespace, in the order given here.

/// The modules: name and source, in the order in which they are made.
pub(crate) const MODULES: &[(&str, &str)] = &[
    ("zoneinfo", include_str!("zoneinfo.py")),
    ("dateutil", include_str!("dateutil/package.py")),
    ("dateutil.relativedelta", include_str!("dateutil/relativedelta.py")),
    ("dateutil.parser", include_str!("dateutil/parser.py")),
    ("docassemble.base.util", UTIL),
    ("docassemble.base.error", include_str!("error.py")),
    ("docassemble.base.core", include_str!("core.py")),
    ("docassemble.base.functions", include_str!("functions.py")),
    ("docassemble.base.legal", include_str!("legal.py")),
];

const UTIL: &str = concat!(
    include_str!("util/head.py"),
    include_str!("util/errors.py"),
    include_str!("util/words.py"),
    include_str!("util/number_words.py"),
    include_str!("util/money.py"),
    include_str!("util/nouns.py"),
    include_str!("util/verbs.py"),
    include_str!("util/phrases.py"),
    include_str!("util/joining.py"),
    include_str!("util/outline.py"),
    include_str!("util/text.py"),
    include_str!("util/date_words.py"),
    include_str!("util/date_patterns.py"),
    include_str!("util/dates.py"),
    include_str!("util/countries.py"),
    include_str!("util/subdivisions.py"),
    include_str!("util/places.py"),
    include_str!("util/phones.py"),
    include_str!("util/objects.py"),
    include_str!("util/lists.py"),
    include_str!("util/address.py"),
    include_str!("util/person_names.py"),
    include_str!("util/people.py"),
    include_str!("util/finance.py"),
    include_str!("util/who.py"),
    include_str!("util/variables.py"),
    include_str!("util/ending.py"),
    include_str!("util/session_state.py"),
    include_str!("util/actions.py"),
    include_str!("util/navigation.py"),
    include_str!("util/links.py"),
    include_str!("util/files.py"),
    include_str!("util/mail.py"),
    include_str!("util/background.py"),
    include_str!("util/outside.py"),
    include_str!("util/contexts.py"),
    include_str!("util/templates.py"),
    include_str!("util/hooks.py"),
    include_str!("util/public.py"),
);
