//! Blocks that define variables which nothing mentions.
//!
//! It looks at words, not at meaning: a block is reported only when no other place of the interview mentions the last word of any variable
//! that the block defines. What is reported is therefore hardly ever wrong; what is not may still be unreachable.

use std::collections::HashMap;

use da_core::InterviewName;

use super::{Finding, Severity};
use crate::block::{Block, BlockKind, Switch};
use crate::interview::Interview;
use crate::prelude;

/// A note for each question, template or piece of code that nothing asks for.
pub(super) fn never_asked(interview: &Interview) -> Vec<Finding> {
    let program = interview.program();
    let words = Words::of(interview);
    let blocks = program.order.iter().filter_map(|id| program.block(*id));
    let unreached = blocks.filter(|block| can_be_asked(block, interview.name()) && !words.mention_any(block));
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
fn can_be_asked(block: &Block, interview: &InterviewName) -> bool {
    // Questions that are there for many interviews to include need not all be asked by this one.
    let is_own = *block.file == *interview.as_str();
    let is_asked = matches!(
        block.kind,
        BlockKind::Question(_) | BlockKind::Code(_) | BlockKind::Template(_) | BlockKind::Table(_) | BlockKind::Data(_)
    );
    let runs_by_itself = !matches!((&block.modifiers.initial, &block.modifiers.mandatory), (Switch::Off, Switch::Off));
    is_own && is_asked && !runs_by_itself && block.modifiers.events.is_empty() && !block.fields_used.defined.is_empty()
}

/// Attributes that groups ask for of themselves.
const ASKED: [&str; 9] = [
    "complete",
    "gathered",
    "new_item",
    "new_item_name",
    "new_item_value",
    "revisit",
    "target_number",
    "there_are_any",
    "there_is_another",
];

/// How often each word stands in the interview's files, and in the engine's own Python, which asks for attributes
/// (`there_is_another` and its like).
struct Words {
    files: HashMap<String, usize>,
    engine: HashMap<String, usize>,
}

impl Words {
    fn of(interview: &Interview) -> Self {
        let (mut files, mut engine) = (HashMap::new(), HashMap::new());
        for file in interview.files.iter() {
            // A file that has changed or gone since it was read is no reason to fail.
            if let Ok(file) = interview.sources.read(&file.package, &file.path) {
                count(&mut files, &file.text);
            }
        }
        for (_, source) in prelude::MODULES {
            count(&mut engine, source);
        }
        for word in ASKED {
            *engine.entry(word.to_owned()).or_default() += 1;
        }
        Words { files, engine }
    }

    /// Whether the last word of one of the block's variables stands anywhere but in the block itself.
    fn mention_any(&self, block: &Block) -> bool {
        let mut own = HashMap::new();
        count(&mut own, &block.source);
        block.fields_used.defined.iter().any(|variable| {
            let Some(word) = words(&without_indexes(variable)).last().map(str::to_owned) else { return true };
            let is_attribute = variable.contains('.');
            self.files.get(&word) > own.get(&word) || (is_attribute && self.engine.contains_key(&word))
        })
    }
}

/// `fruit.name` of `fruit[i].name`: an item is asked for by whoever mentions the group.
fn without_indexes(variable: &str) -> String {
    let mut depth = 0usize;
    let outside = |c: &char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    variable.chars().filter(outside).collect()
}

fn count(counts: &mut HashMap<String, usize>, text: &str) {
    for word in words(text) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| c != '_' && !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
