//! What differs between the two kinds of templates that are written in Jinja2.
//!
//! In the template of a document a name is a variable of the interview, unless the template itself gives it a meaning, and what
//! is missing is noticed. The source of an interview is plain Jinja2: its names stand in the context, what is missing is empty, and
//! files include, import and extend one another.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::mako::string_literal;

/// What Jinja2 has beside the names of a template.
pub(super) const GLOBALS: [&str; 5] = ["cycler", "joiner", "loop", "namespace", "self"];

/// One of the two kinds.
#[derive(Debug, Clone)]
pub(super) enum Dialect {
    /// The template of a document; the names that it gives a meaning to itself.
    Document(Rc<BTreeSet<String>>),
    /// The source of an interview.
    Source,
}

impl Dialect {
    /// A document's template of which nothing is known yet.
    pub(super) fn document() -> Self {
        Dialect::Document(Rc::default())
    }

    /// What the Python of a template begins with.
    pub(super) fn head(&self) -> Vec<String> {
        let import = |module, names: &[&str]| format!("from {module} import {}", names.join(", "));
        match self {
            Dialect::Document(_) => {
                vec![import(super::HELPERS_MODULE, &super::HELPERS), "_c = _jinja_context()".to_owned()]
            }
            Dialect::Source => vec![import(super::SOURCE_HELPERS_MODULE, &super::SOURCE_HELPERS)],
        }
    }

    /// The value of a name.
    pub(super) fn name(&self, name: String) -> String {
        match self {
            Dialect::Source => format!("_c[{}]", string_literal(&name)),
            Dialect::Document(own) if own.contains(&name) || GLOBALS.contains(&name.as_str()) => {
                format!("_c.seen({}, lambda: {name})", string_literal(&name))
            }
            Dialect::Document(_) => name,
        }
    }

    /// An item.
    pub(super) fn item(&self, value: &str, parts: &[String]) -> String {
        match (self, parts) {
            (Dialect::Source, [index]) => format!("_jinja_item({value}, {index})"),
            _ => format!("{value}[{}]", parts.join(":")),
        }
    }

    /// Whether files include, import and extend one another.
    pub(super) fn has_files(&self) -> bool {
        matches!(self, Dialect::Source)
    }
}
