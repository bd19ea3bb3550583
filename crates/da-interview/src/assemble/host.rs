//! [`EngineHost`]: the door between Python code and the engine during one evaluation.
//!
//! It holds what functions written in Rust need beside the heap.

use super::Ended;
use crate::block::Program;
use crate::context::{Context, Settings, World};
use crate::error::{SourceError, SourceErrorKind};
use crate::functions::Facts;
use crate::interview::Interview;
use crate::source::{ModuleHost, SourceFile, Sources, module_source};
use da_core::{Effect, InterviewName, Keeping, LogMessage, Plain};
use da_python::machine::{Host, HttpFailure, HttpRequest, HttpResponse, ModuleSource, Value, Vm};
use hashbrown::HashSet;
use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the engine keeps while Python runs.
pub(crate) struct EngineHost {
    pub(super) world: Arc<dyn World>,
    pub(super) sources: Arc<dyn Sources>,
    interview: InterviewName,
    now: i64,
    timezone: String,
    /// `log()` lines for the person.
    pub(crate) messages: Vec<LogMessage>,
    effects: Vec<Effect>,
    /// The language of the evaluation.
    pub(crate) language: String,
    /// How many `defined()` and the like are looking without asking.
    pub(crate) probing: u32,
    /// The groups whose members are being asked for, by their names, and the depths at which that began.
    pub(crate) gathering: Vec<(Arc<str>, u32)>,
    /// How many variables are being sought for one another at this moment.
    pub(crate) depth: u32,
    /// Whether an object without a name was made since variables were last looked through for them.
    pub(crate) has_unnamed: bool,
    /// The user's data, by the names of `user_info()`.
    pub(crate) user: Vec<(&'static str, String)>,
    /// Whether mail is sent.
    pub(crate) sends_mail: bool,
    /// The interview's configuration as `get_config` may see it.
    pub(crate) configuration: Arc<Plain>,
    /// To whom the pictures of the screen are owed.
    pub(crate) attributions: Vec<String>,
    /// Addresses, for the functions that make links.
    pub(crate) links: Links,
    /// The circumstances, for the functions that ask for them.
    pub(crate) facts: Facts,
    /// What `set_save_status` chose.
    pub(crate) keeping: Keeping,
    /// Whether a form of a page was sent.
    pub(crate) by_form: bool,
    /// Whether a worker evaluates, and nobody looks at a screen.
    pub(crate) is_worker: bool,
    /// What the work ended with.
    pub(crate) ended: Option<Ended>,
    /// Whether an action was asked for and is not carried out yet.
    pub(crate) has_action: bool,
    /// The variable that `force_ask` asks for although it may be defined.
    pub(crate) forced: Option<String>,
    /// What was asked for out of turn: that nothing defines it is no error.
    pub(crate) forgiven: Option<String>,
    /// The blocks, for texts that are made when they are used.
    pub(crate) program: Arc<Program>,
    random: RandomPool,
    /// The variables of the session, which the machine keeps for as long as it lives.
    pub(crate) variables: Option<Value>,
    /// The user's privileges.
    pub(crate) privileges: Vec<String>,
    /// Variables that `reconsider` forgot in this evaluation.
    pub(crate) reconsidered: HashSet<String>,
}

/// What links are made of.
pub(crate) struct Links {
    url_root: String,
    /// The path before every address, without a slash at its end.
    root: String,
}

impl Links {
    fn of(settings: &Settings) -> Self {
        let root = settings.root.trim_end_matches('/').to_owned();
        Links { url_root: format!("{}{root}", settings.url_root.trim_end_matches('/')), root }
    }

    /// What an address begins with, from outside of this server or on it.
    pub(crate) fn base(&self, external: bool) -> &str {
        if external { &self.url_root } else { &self.root }
    }
}

/// The world of modules while they are imported: names that are made there differ, and are no secret.
#[derive(Default)]
struct NoWorld {
    drawn: AtomicU64,
}

impl World for NoWorld {
    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let drawn = self.drawn.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
            *byte = drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[0];
        }
    }

    fn log(&self, _: &str) {}

    fn time_is_up(&self) -> bool {
        false
    }
}

/// Random bytes, fetched a little at a time.
#[derive(Default)]
pub(crate) struct RandomPool {
    bytes: Vec<u8>,
}

impl RandomPool {
    const FETCH: usize = 64;

    fn fill(&mut self, world: &dyn World, out: &mut [u8]) {
        if out.len() > Self::FETCH {
            return world.random(out);
        }
        if self.bytes.len() < out.len() {
            self.bytes.resize(Self::FETCH, 0);
            world.random(&mut self.bytes);
        }
        let rest = self.bytes.len() - out.len();
        out.copy_from_slice(&self.bytes[rest..]);
        self.bytes.truncate(rest);
    }
}

impl EngineHost {
    pub(crate) fn new(interview: &Interview, context: &Context<'_>) -> Self {
        let (settings, facts) = (context.settings, Facts::of(context));
        EngineHost {
            now: context.now.timestamp_micros(),
            user: user_data(context),
            sends_mail: settings.sends_mail,
            program: Arc::clone(&interview.program),
            privileges: privileges(context),
            ..EngineHost::idle((&context.world, &interview.sources), &interview.name, settings, facts)
        }
    }

    /// The state while the top levels of modules run: nobody asks, there is no session, and nothing of it is kept.
    pub(crate) fn at_import(name: &InterviewName, sources: &Arc<dyn Sources>, settings: &Settings) -> Self {
        let world: Arc<dyn World> = Arc::new(NoWorld::default());
        EngineHost::idle((&world, sources), name, settings, Facts::at_import(settings))
    }

    /// The state in which nobody asks for anything.
    fn idle(
        (world, sources): (&Arc<dyn World>, &Arc<dyn Sources>),
        name: &InterviewName,
        settings: &Settings,
        facts: Facts,
    ) -> Self {
        EngineHost {
            world: Arc::clone(world),
            sources: Arc::clone(sources),
            interview: name.clone(),
            now: 0,
            timezone: settings.timezone.clone(),
            messages: Vec::new(),
            effects: Vec::new(),
            language: settings.language.clone(),
            probing: 0,
            gathering: Vec::new(),
            depth: 0,
            has_unnamed: false,
            user: Vec::new(),
            sends_mail: false,
            configuration: Arc::clone(&settings.configuration),
            attributions: Vec::new(),
            links: Links::of(settings),
            facts,
            keeping: Keeping::Usual,
            by_form: false,
            is_worker: false,
            ended: None,
            has_action: false,
            forced: None,
            forgiven: None,
            program: Arc::default(),
            random: RandomPool::default(),
            variables: None,
            privileges: Vec::new(),
            reconsidered: HashSet::new(),
        }
    }

    /// The engine's own state behind a machine's door.
    #[expect(clippy::panic, reason = "the engine makes every machine itself, with one of its two hosts")]
    pub(crate) fn of<'v>(vm: &'v mut Vm<'_>) -> &'v mut EngineHost {
        let host = vm.host().as_any_mut();
        let found = if host.is::<ModuleHost>() {
            host.downcast_mut::<ModuleHost>().map(|host| &mut host.engine)
        } else {
            host.downcast_mut()
        };
        match found {
            Some(host) => host,
            None => panic!("a machine of the engine without its host"),
        }
    }

    /// The same, if there is one: the top levels of modules run without.
    pub(crate) fn find<'v>(vm: &'v mut Vm<'_>) -> Option<&'v mut EngineHost> {
        vm.host().as_any_mut().downcast_mut()
    }

    /// Begins to try blocks at a depth. What was being gathered there or deeper is not any more: whoever wants it
    /// starts over.
    pub(crate) fn seek_at(&mut self, depth: u32) {
        self.depth = depth;
        self.gathering.retain(|(_, begun)| *begun < depth);
    }

    /// The interview that is evaluated, or whose modules are imported.
    pub(crate) fn interview(&self) -> &InterviewName {
        &self.interview
    }

    /// The name of the server's time zone.
    pub(crate) fn own_timezone(&self) -> &str {
        &self.timezone
    }

    /// The door to the world.
    pub(crate) fn world(&self) -> Arc<dyn World> {
        Arc::clone(&self.world)
    }

    /// What is to be done in the world afterwards.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Adds an effect.
    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// A file of a package, as it is now.
    pub(crate) fn file(&self, package: &str, path: &str) -> Result<Option<SourceFile>, SourceError> {
        match self.sources.read(package, path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind == SourceErrorKind::Missing => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A random text of letters.
    pub(crate) fn random_letters(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let mut text = String::with_capacity(length);
        let mut bytes = [0; 16];
        while text.len() < length {
            self.random.fill(&*self.world, &mut bytes);
            // Bytes beyond the last whole multiple of 52 would make some letters likelier.
            let fair = bytes.iter().filter(|&&byte| byte < 208);
            text.extend(fair.take(length - text.len()).map(|byte| char::from(LETTERS[usize::from(byte % 52)])));
        }
        text
    }
}

fn user_data(context: &Context<'_>) -> Vec<(&'static str, String)> {
    let Some(user) = context.caller.user() else { return Vec::new() };
    vec![
        ("id", user.id.to_string()),
        ("email", user.email.clone()),
        ("first_name", user.first_name.clone()),
        ("last_name", user.last_name.clone()),
        ("country", user.country.clone()),
        ("subdivision_first", user.subdivision_first.clone()),
        ("subdivision_second", user.subdivision_second.clone()),
        ("subdivision_third", user.subdivision_third.clone()),
        ("organization", user.organization.clone()),
        ("language", user.language.clone()),
        ("timezone", user.timezone.clone()),
    ]
}

fn privileges(context: &Context<'_>) -> Vec<String> {
    let held = context.caller.user().map(|user| user.privileges.iter().map(|privilege| privilege.0.clone()));
    held.map(Iterator::collect).unwrap_or_default()
}

impl Host for EngineHost {
    fn now(&mut self) -> Option<i64> {
        Some(self.now)
    }

    fn timezone(&mut self) -> Option<String> {
        Some(self.timezone.clone())
    }

    fn random(&mut self, bytes: &mut [u8]) -> bool {
        self.random.fill(&*self.world, bytes);
        true
    }

    fn write(&mut self, text: &str) {
        self.world.log(text.trim_end());
    }

    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        match module_source(name, |package, path| self.file(package, path)) {
            Ok(found) => found,
            Err(error) => {
                self.world.log(&error.to_string());
                None
            }
        }
    }

    fn read_file(&mut self, path: &str) -> Option<Result<Vec<u8>, String>> {
        self.content(path)
    }

    fn write_file(&mut self, path: &str, content: Vec<u8>) -> Option<Result<(), String>> {
        self.put_content(path, content)
    }

    fn file_size(&mut self, path: &str) -> Option<u64> {
        self.size(path)
    }

    fn http(&mut self, request: &HttpRequest) -> Result<HttpResponse, HttpFailure> {
        self.world.http(request)
    }

    fn time_is_up(&mut self) -> bool {
        self.world.time_is_up()
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
