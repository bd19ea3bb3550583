//! The targets, a file for each.

mod archive;
mod body;
mod docx;
mod format;
mod interview;
mod jinja;
mod mako;
mod markdown;
mod name;
mod package;
mod pdf;
mod picture;
mod python;
mod query;
mod sealed;
mod snapshot;
mod translations;
mod variables;
mod yaml;

/// A function of bytes.
pub struct Target {
    /// Its name, which is that of its corpus.
    pub name: &'static str,
    pub(crate) run: fn(&[u8]),
    /// Folders beside the corpus that hold seeds.
    pub(crate) fixtures: &'static [&'static str],
    /// How many mutations a test run tries: fewer where one takes longer.
    pub short_run: u32,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "archive", run: archive::run, fixtures: &[], short_run: 200 },
    Target { name: "body", run: body::run, fixtures: &[], short_run: 60 },
    Target { name: "docx", run: docx::run, fixtures: &[], short_run: 200 },
    Target { name: "format", run: format::run, fixtures: &[], short_run: 200 },
    Target { name: "interview", run: interview::run, fixtures: &["../fixtures/interviews"], short_run: 60 },
    Target {
        name: "jinja",
        run: jinja::run,
        fixtures: &["../fixtures/interviews/source_made_by_jinja"],
        short_run: 60,
    },
    Target { name: "mako", run: mako::run, fixtures: &["../fixtures/mako"], short_run: 200 },
    Target { name: "markdown", run: markdown::run, fixtures: &[], short_run: 200 },
    Target { name: "name", run: name::run, fixtures: &[], short_run: 100 },
    Target { name: "package", run: package::run, fixtures: &[], short_run: 200 },
    Target { name: "pdf", run: pdf::run, fixtures: &[], short_run: 400 },
    Target { name: "picture", run: picture::run, fixtures: &[], short_run: 200 },
    Target { name: "python", run: python::run, fixtures: &["../fixtures/python"], short_run: 100 },
    Target { name: "query", run: query::run, fixtures: &[], short_run: 400 },
    Target { name: "sealed", run: sealed::run, fixtures: &[], short_run: 200 },
    Target { name: "snapshot", run: snapshot::run, fixtures: &[], short_run: 200 },
    Target {
        name: "translations",
        run: translations::run,
        fixtures: &["../fixtures/interviews/texts_in_other_languages/sources"],
        short_run: 60,
    },
    Target { name: "variables", run: variables::run, fixtures: &[], short_run: 100 },
    Target { name: "yaml", run: yaml::run, fixtures: &[], short_run: 200 },
];

/// The text that bytes are, and nothing where they are none.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
