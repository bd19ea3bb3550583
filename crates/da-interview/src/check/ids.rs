//! Ids that two blocks have.

use std::collections::HashMap;

use super::{Finding, Severity};
use crate::block::{Block, Program};

/// A finding for each block whose id another block has already. Translations of one block share its id.
pub(super) fn twice(program: &Program) -> Vec<Finding> {
    let mut first: HashMap<(&str, &str), &Block> = HashMap::new();
    let mut findings = Vec::new();
    for block in program.order.iter().filter_map(|id| program.block(*id)) {
        let Some(id) = block.modifiers.id.as_deref() else { continue };
        match first.get(&(id, block.modifiers.language.as_str())) {
            None => {
                first.insert((id, block.modifiers.language.as_str()), block);
            }
            Some(other) => findings.push(Finding {
                severity: Severity::Warning,
                kind: "duplicate-id",
                file: block.file.to_string(),
                line: Some(block.line),
                message: format!("The id '{id}' is already that of the block at {}, line {}.", other.file, other.line),
                point: None,
            }),
        }
    }
    findings
}
