//! The circumstances of an evaluation, for the functions that ask where, when and for whom it is.
//!
//! Facts only, read once from the context; nothing here changes the evaluation.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use crate::context::{Context, Settings};
use da_core::{Caller, InterviewName, Plain};
use da_markup::Template;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("session_id", |vm, _| tell(vm, |host| &host.facts.session)),
    function("session_uid", |vm, _| tell(vm, |host| &host.facts.session_uid)),
    function("interview_name", |vm, _| tell(vm, |host| host.interview().as_str())),
    function("interview_package", |vm, _| tell(vm, |host| host.interview().package())),
    function("learning_store", learning_store),
    function("get_timezone", |vm, _| tell(vm, |host| host.own_timezone())),
    function("get_locale", |vm, _| tell(vm, |host| &host.facts.locale)),
    function("get_country", |vm, _| tell(vm, |host| &host.facts.country)),
    function("device", device),
    function("link_base", link_base),
    function("screen_part", screen_part),
    function("metadata_tags", metadata_tags),
];

/// What an evaluation is told about its circumstances, beside what the interview says itself.
#[derive(Default)]
pub(crate) struct Facts {
    session: String,
    /// Tells this user's events in the session from those of others.
    session_uid: String,
    locale: String,
    country: String,
    /// The language of the server, whatever the evaluation chooses.
    language: String,
}

impl Facts {
    pub(crate) fn of(context: &Context<'_>) -> Self {
        Facts {
            session: context.session.as_str().to_owned(),
            session_uid: match context.caller {
                Caller::User(user) | Caller::Limited { user, .. } => user.email.clone(),
                Caller::Anonymous { visitor, .. } => visitor.clone(),
            },
            ..Facts::at_import(context.settings)
        }
    }

    /// What modules see while they are imported.
    pub(crate) fn at_import(settings: &Settings) -> Self {
        Facts {
            locale: settings.locale.clone(),
            country: settings.country.clone(),
            language: settings.language.clone(),
            ..Facts::default()
        }
    }

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

fn tell(vm: &mut Vm<'_>, which: fn(&EngineHost) -> &str) -> PyResult<Value> {
    let told = which(EngineHost::of(vm)).to_owned();
    vm.str(told)
}

/// `learning_store()`: where the examples of the interview belong.
fn learning_store(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let host = EngineHost::of(vm);
    let named = host.program.parts.learning_store.clone();
    let store = named.unwrap_or_else(|| usual_learning_store(host.interview()));
    vm.str(store)
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
    let base = EngineHost::of(vm).links.base(matches!(external, Some(Value::True))).to_owned();
    vm.str(base)
}

/// `screen_part(name)`: a part of the screen as the interview has it by default.
fn screen_part(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "screen_part", ["name"], 1)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    match EngineHost::of(vm).literal_screen_part(&name) {
        Some(said) => vm.str(said),
        None => Ok(Value::None),
    }
}

impl EngineHost {
    /// A part of the screen as the interview has it by default; those that are templates are made where the screen is.
    fn literal_screen_part(&self, name: &str) -> Option<String> {
        let language = &self.facts.language;
        let mut parts = self.program.parts.up_to(language).flat_map(|parts| &parts.screen_parts);
        let literal = |(known, text): &(String, Template)| {
            let words = if known == name { text.for_language(language).literal() } else { None };
            words.map(|words| words.trim().to_owned())
        };
        parts.find_map(literal)
    }
}

/// `metadata_tags()`: the tags that the interview gives its sessions.
fn metadata_tags(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let tags = EngineHost::of(vm).program.metadata.tags();
    from_plain(vm, &Plain::from(tags))
}
