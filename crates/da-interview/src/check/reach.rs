//! Blocks that define variables which nothing mentions.
//!
//! It looks at words, not at meaning: a block is reported only when no other place of the interview mentions the last word of any variable
//! that the block defines. What is reported is therefore hardly ever wrong; what is not may still be unreachable.

use std::collections::HashMap;

use super::{Finding, Severity};
use crate::block::{Block, BlockKind, Switch};
use crate::interview::Interview;
use crate::prelude;

/// A note for each question, template or piece of code that nothing asks for.
pub(super) fn never_asked(interview: &Interview) -> Vec<Finding> {
    let program = interview.program();
    let words = Words::of(interview);
    let blocks = program.order.iter().filter_map(|id| program.block(*id));
    let unreached = blocks.filter(|block| can_be_asked(block) && !words.mention_any(block));
    let finding = |block: &Block| {
        let names = block.fields_used.defined.join(", ");
        Finding {
            severity: Severity::Note,
            kind: "never-asked",
            file: block.file.to_string(),
            line: Some(block.line),
            message: format!("Nothing in the interview asks for what this block defines: {names}."),
            point: None,
        }
    };
    unreached.map(finding).collect()
}

/// Whether the block waits to be asked: it runs neither by itself nor as an event, which an address may call for.
fn can_be_asked(block: &Block) -> bool {
    let is_asked = matches!(
        block.kind,
        BlockKind::Question(_) | BlockKind::Code(_) | BlockKind::Template(_) | BlockKind::Table(_) | BlockKind::Data(_)
    );
    let runs_by_itself = !matches!((&block.modifiers.initial, &block.modifiers.mandatory), (Switch::Off, Switch::Off));
    is_asked && !runs_by_itself && block.modifiers.events.is_empty() && !block.fields_used.defined.is_empty()
}

/// How often each word stands in the interview's files, and in the engine's own Python, which asks for attributes
/// (`there_is_another` and its like).
struct Words {
    files: HashMap<String, usize>,
    engine: HashMap<String, usize>,
}

impl Words {
    fn of(interview: &Interview) -> Self {
        let (mut files, mut engine) = (HashMap::new(), HashMap::new());
        for file in &interview.files {
            // A file that has changed or gone since it was read is no reason to fail.
            if let Ok(file) = interview.sources.read(&file.package, &file.path) {
                count(&mut files, &file.text);
            }
        }
        for (_, source) in prelude::MODULES {
            count(&mut engine, source);
        }
        Words { files, engine }
    }

    /// Whether the last word of one of the block's variables stands anywhere but in the block itself.
    fn mention_any(&self, block: &Block) -> bool {
        let mut own = HashMap::new();
        count(&mut own, &block.source);
        block.fields_used.defined.iter().any(|variable| {
            let Some(word) = words(variable).last() else { return true };
            let is_attribute = variable.contains('.');
            self.files.get(word) > own.get(word) || (is_attribute && self.engine.contains_key(word))
        })
    }
}

fn count(counts: &mut HashMap<String, usize>, text: &str) {
    for word in words(text) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| c != '_' && !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
