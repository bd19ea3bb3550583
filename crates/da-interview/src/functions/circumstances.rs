//! The circumstances of an evaluation, for the functions that ask where, when and for whom it is.
//!
//! Facts only, read once from the context; nothing here changes the evaluation.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use crate::context::{Context, Settings};
use crate::interview::Interview;
use da_core::{Caller, InterviewName, Plain};
use da_markup::Template;
use da_python::native::{Args, NativeFunction};
use da_python::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("session_id", |vm, _| tell(vm, |facts| &facts.session)),
    function("session_uid", |vm, _| tell(vm, |facts| &facts.session_uid)),
    function("interview_name", |vm, _| tell(vm, |facts| &facts.interview)),
    function("interview_package", |vm, _| tell(vm, |facts| &facts.package)),
    function("learning_store", |vm, _| tell(vm, |facts| &facts.learning_store)),
    function("get_timezone", |vm, _| tell(vm, |facts| &facts.timezone)),
    function("get_locale", |vm, _| tell(vm, |facts| &facts.locale)),
    function("get_country", |vm, _| tell(vm, |facts| &facts.country)),
    function("device", device),
    function("link_base", link_base),
    function("screen_part", screen_part),
    function("metadata_tags", metadata_tags),
];

/// What an evaluation is told about its circumstances.
pub(crate) struct Facts {
    session: String,
    /// Tells this user's events in the session from those of others.
    session_uid: String,
    interview: String,
    package: String,
    /// Where the examples of the interview belong.
    learning_store: String,
    timezone: String,
    locale: String,
    country: String,
    /// The server's address, and the path below which it answers; neither ends in a slash.
    url_root: String,
    root: String,
    /// `default screen parts` that are no templates.
    screen_parts: Vec<(String, String)>,
    tags: Vec<String>,
}

impl Facts {
    pub(crate) fn of(interview: &Interview, context: &Context<'_>) -> Self {
        let settings = context.settings;
        let parts = &interview.program.parts;
        let root = settings.root.trim_end_matches('/').to_owned();
        let literal = |(name, text): &(String, Template)| {
            let text = text.for_language(&settings.language);
            text.literal().map(|words| (name.clone(), words.trim().to_owned()))
        };
        Facts {
            session: context.session.as_str().to_owned(),
            session_uid: match context.caller {
                Caller::User(user) | Caller::Limited { user, .. } => user.email.clone(),
                Caller::Anonymous { visitor, .. } => visitor.clone(),
            },
            interview: interview.name.as_str().to_owned(),
            package: interview.name.package().to_owned(),
            learning_store: parts.learning_store.clone().unwrap_or_else(|| usual_learning_store(&interview.name)),
            timezone: settings.timezone.clone(),
            locale: settings.locale.clone(),
            country: settings.country.clone(),
            url_root: format!("{}{root}", settings.url_root.trim_end_matches('/')),
            root,
            screen_parts: parts
                .up_to(&settings.language)
                .flat_map(|parts| &parts.screen_parts)
                .filter_map(literal)
                .collect(),
            tags: interview.metadata().tags(),
        }
    }

    /// What modules see while they are imported.
    pub(crate) fn at_import(name: &InterviewName, settings: &Settings) -> Self {
        let root = settings.root.trim_end_matches('/').to_owned();
        Facts {
            session: String::new(),
            session_uid: String::new(),
            interview: name.as_str().to_owned(),
            package: name.package().to_owned(),
            learning_store: usual_learning_store(name),
            timezone: settings.timezone.clone(),
            locale: settings.locale.clone(),
            country: settings.country.clone(),
            url_root: format!("{}{root}", settings.url_root.trim_end_matches('/')),
            root,
            screen_parts: Vec::new(),
            tags: Vec::new(),
        }
    }
}

impl Facts {
    /// What tells this user's events in the session from those of others.
    pub(crate) fn session_uid(&self) -> &str {
        &self.session_uid
    }
}

/// Where the examples of an interview belong if nothing is said: a file among the sources of its package.
fn usual_learning_store(name: &InterviewName) -> String {
    let file = name.path().rsplit('/').next().unwrap_or_default();
    format!("{}:data/sources/ml-{}.json", name.package(), file.split('.').next().unwrap_or(file))
}

fn tell(vm: &mut Vm<'_>, which: fn(&Facts) -> &String) -> PyResult<Value> {
    let told = which(&EngineHost::of(vm).facts).clone();
    vm.str(told)
}

/// `device(which)`: what the request says of where it comes from; empty when there is none.
fn device(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [which] = args.bind(vm, "device", ["which"], 1)?;
    let which = vm.to_str(which.unwrap_or(Value::None))?;
    let world = EngineHost::of(vm).world();
    let told = world.device().map(|device| match which.as_str() {
        "address" => device.address.clone(),
        "agent" => device.agent.clone(),
        "languages" => device.languages.clone(),
        _ => device.referrer.clone(),
    });
    vm.str(told.unwrap_or_default())
}

/// `link_base(external)`: what an address of this server begins with.
fn link_base(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [external] = args.bind(vm, "link_base", ["external"], 1)?;
    let facts = &EngineHost::of(vm).facts;
    let base = if matches!(external, Some(Value::True)) { &facts.url_root } else { &facts.root }.clone();
    vm.str(base)
}

/// `screen_part(name)`: a part of the screen as the interview has it by default.
fn screen_part(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "screen_part", ["name"], 1)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let parts = &EngineHost::of(vm).facts.screen_parts;
    match parts.iter().find(|(known, _)| *known == name).map(|(_, said)| said.clone()) {
        Some(said) => vm.str(said),
        None => Ok(Value::None),
    }
}

/// `metadata_tags()`: the tags that the interview gives its sessions.
fn metadata_tags(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let tags = EngineHost::of(vm).facts.tags.clone();
    from_plain(vm, &Plain::from(tags))
}
