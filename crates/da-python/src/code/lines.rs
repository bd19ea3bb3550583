//! [`Lines`]: the line of each instruction, held once for the instructions of a line.
//!
//! It is looked at when something is told about a line, never while instructions run.

/// The lines of a piece of code.
#[derive(Debug)]
pub struct Lines {
    /// Where each run of one line begins, and the line.
    runs: Box<[(u32, u32)]>,
}

impl Lines {
    /// From the line of each instruction.
    pub(crate) fn new(lines: &[u32]) -> Self {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (place, line) in (0u32..).zip(lines) {
            if runs.last().is_none_or(|(_, last)| last != line) {
                runs.push((place, *line));
            }
        }
        Lines { runs: runs.into() }
    }

    /// The line of the instruction at a place; that of the last instruction for what lies behind it, and 0 where there is none.
    pub fn at(&self, place: usize) -> u32 {
        let following = self.runs.partition_point(|(start, _)| *start as usize <= place);
        following.checked_sub(1).map_or(0, |run| self.runs[run].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn code_without_instructions_has_no_line() {
        assert_eq!(Lines::new(&[]).at(0), 0);
    }

    proptest! {
        #[test]
        fn each_instruction_has_its_line(lines in prop::collection::vec(1u32..4, 1..40)) {
            let told = Lines::new(&lines);
            let read: Vec<u32> = (0..lines.len()).map(|place| told.at(place)).collect();
            prop_assert_eq!(read, lines);
        }
    }
}
