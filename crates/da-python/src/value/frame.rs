//! The data of frames and tracebacks as scripts see them. The frames that run are the machine's own (`vm::frame`): here are only
//! pictures of them, which say what was and change nothing.

use super::Value;
use crate::code::Code;
use std::sync::Arc;

/// A picture of a frame: what ran, and where it was when somebody asked.
#[derive(Debug, Clone)]
pub struct FramePicture {
    /// What ran.
    pub code: Arc<Code>,
    /// The instruction that it had come to; -1 before the first.
    pub instruction: i64,
    /// The namespace of globals: a dict.
    pub globals: Value,
    /// Its variables: a dict; `None` when the frame is over and they are gone.
    pub locals: Value,
    /// The frame that called it, or `None`.
    pub back: Value,
}

impl FramePicture {
    /// The line that it was at.
    pub fn line(&self) -> u32 {
        line_of(&self.code, self.instruction.max(0) as usize)
    }
}

/// A link of a traceback: a frame that an exception passed, and the link of the frame that it came from.
#[derive(Debug, Clone, Copy)]
pub struct Traceback {
    /// The picture of the frame.
    pub frame: Value,
    /// The instruction.
    pub instruction: i64,
    /// The line.
    pub line: i64,
    /// The next link, nearer to where the exception was raised, or `None`.
    pub next: Value,
}

/// A frame that an exception passed, before anybody asked for the traceback.
#[derive(Debug, Clone)]
pub struct Passed {
    /// What ran.
    pub code: Arc<Code>,
    /// The instruction.
    pub instruction: u32,
    /// The namespace of globals.
    pub globals: Value,
}

impl Passed {
    /// The line.
    pub fn line(&self) -> u32 {
        line_of(&self.code, self.instruction as usize)
    }
}

fn line_of(code: &Code, instruction: usize) -> u32 {
    code.lines.at(instruction)
}
