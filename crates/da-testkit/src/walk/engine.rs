//! Through the engine alone, again: what it shows does not depend on what was kept in memory.

use da_app::case::{Case, Stage, Walker};

use super::{Memory, complaint, same, wrong};
use crate::engine;

/// Walks again.
pub(super) fn walk(case: &Case, stages: &[Stage], memory: Memory) -> Result<(), String> {
    let mut walker = case.walker(&engine(), &[]).map_err(complaint)?;
    for stage in stages {
        let outcome = walker.take(&stage.deed);
        same::outcome(stage, &outcome, &[])?;
        if memory == Memory::Encoded {
            encode(&mut walker).map_err(|error| wrong(stage, &error))?;
        }
    }
    Ok(())
}

/// Reads the answers and writes them again; what is written must be what was read.
fn encode(walker: &mut Walker) -> Result<(), String> {
    let Ok(walk) = walker.walk() else { return Ok(()) };
    let Some(before) = walk.answers().cloned() else { return Ok(()) };
    walk.variables().map_err(|error| error.message)?;
    if walk.answers() == Some(&before) {
        Ok(())
    } else {
        Err("the answers are not written as they were read".to_owned())
    }
}
