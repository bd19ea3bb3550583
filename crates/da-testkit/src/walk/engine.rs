//! Through the engine alone. The answers are a list, a step each, as the store has them.

use std::sync::Arc;

use da_core::{Answers, Caller, Command, InterviewName, Outcome, SessionId, Turn};
use da_interview::{Context, Interview, Settings, SourceError, Sources};

use super::{Deed, Failure, Memory, Stage, told};
use crate::{Case, Place, Shelf, engine, moment};

/// The name of the session of every walk through the engine.
pub(super) const SESSION: &str = "0engine0session0of0this0walk0000";

/// A walk.
pub(super) struct Walker {
    interview: Result<Arc<Interview>, SourceError>,
    steps: Vec<Answers>,
    world: Arc<Shelf>,
}

impl Walker {
    pub(super) fn new(place: &Place) -> Walker {
        let name = InterviewName::parse(Case::INTERVIEW).unwrap();
        let sources: Arc<dyn Sources> = Arc::new(place.packages());
        Walker { interview: engine().load(&name, &sources), steps: Vec::new(), world: Arc::default() }
    }

    /// Does what is to be done.
    pub(super) fn take(&mut self, deed: &Deed) -> Result<Outcome, Failure> {
        match deed {
            Deed::Begin(arguments) => self.add(Command::Begin { url_args: arguments.clone() }),
            Deed::Answer(answer, _) => self.add(Command::Answer(answer.clone())),
            Deed::Act(action) => self.add(Command::Action(action.clone())),
            Deed::Show | Deed::Refused(..) => self.renew(Command::Show, None),
            Deed::Variables => self.renew(Command::Variables, None),
            Deed::Back if self.steps.len() < 2 => Err(Failure { message: "Cannot go back".to_owned(), place: None }),
            Deed::Back => {
                let undone = self.steps.pop();
                self.renew(Command::Show, undone.as_ref())
            }
        }
    }

    /// Adds a step.
    fn add(&mut self, command: Command) -> Result<Outcome, Failure> {
        let turn = self.run(command, None)?;
        self.steps.push(turn.answers);
        Ok(turn.outcome)
    }

    /// Overwrites the newest step.
    fn renew(&mut self, command: Command, undone: Option<&Answers>) -> Result<Outcome, Failure> {
        let turn = self.run(command, undone)?;
        if let Some(newest) = self.steps.last_mut() {
            *newest = turn.answers;
        }
        Ok(turn.outcome)
    }

    fn run(&self, command: Command, undone: Option<&Answers>) -> Result<Turn, Failure> {
        let interview = self
            .interview
            .as_ref()
            .map_err(|error| Failure { message: error.message.clone(), place: Some(error.place.to_string()) })?;
        let caller = Caller::Anonymous { visitor: "somebody".to_owned() };
        let session = SessionId::parse(SESSION).unwrap();
        let settings = Settings::default();
        let context = Context {
            caller: &caller,
            session: &session,
            previous: undone,
            now: moment(),
            settings: &settings,
            world: self.world.clone(),
        };
        let failed = |error: da_interview::AssembleError| Failure {
            message: error.message.clone(),
            place: error.place.as_ref().map(ToString::to_string),
        };
        interview.run(self.steps.last(), command, &context).map_err(failed)
    }

    /// Reads the answers and writes them again; what is written must be what was read.
    fn encode(&mut self) -> Result<(), String> {
        let Some(before) = self.steps.last().cloned() else { return Ok(()) };
        self.renew(Command::Variables, None).map_err(|failure| failure.message)?;
        if self.steps.last() == Some(&before) {
            Ok(())
        } else {
            Err("the answers are not written as they were read".to_owned())
        }
    }
}

/// Walks again.
pub(super) fn walk(place: &Place, stages: &[Stage], memory: Memory) -> Result<(), String> {
    let mut walker = Walker::new(place);
    for stage in stages {
        let outcome = walker.take(&stage.deed);
        told::same(stage, &outcome, &[])?;
        if memory == Memory::Encoded {
            walker.encode().map_err(|error| stage.wrong(&error))?;
        }
    }
    Ok(())
}
