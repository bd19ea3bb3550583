//! The table at the end of a long command: suite, ran, or not run and why.
//! It must never call a suite good that did not run although a floor is committed for it.

use std::fmt::Write as _;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    Passed,
    Failed,
    /// With the reason.
    NotRun(String),
}

/// One line of the table. A suite that is not made of tests counts as one test.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) suite: &'static str,
    pub(crate) state: State,
    pub(crate) detail: String,
    pub(crate) time: Duration,
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// A number is committed below which this suite must not fall, so it has to run.
    pub(crate) has_floor: bool,
}

impl Row {
    pub(crate) fn of(suite: &'static str, outcome: Result<String, String>, time: Duration) -> Self {
        let (state, detail) = match outcome {
            Ok(words) => (State::Passed, words),
            Err(words) => (State::Failed, words),
        };
        let good = state == State::Passed;
        Self { suite, state, detail, time, passed: u64::from(good), failed: u64::from(!good), has_floor: false }
    }

    pub(crate) fn not_run(suite: &'static str, why: &str) -> Self {
        let state = State::NotRun(why.to_owned());
        Self { suite, state, detail: String::new(), time: Duration::ZERO, passed: 0, failed: 0, has_floor: false }
    }

    pub(crate) fn is_failure(&self) -> bool {
        match self.state {
            State::Passed => false,
            State::Failed => true,
            State::NotRun(_) => self.has_floor,
        }
    }

    fn cells(&self) -> [String; 4] {
        let (state, detail) = match &self.state {
            State::Passed => ("ran", self.detail.clone()),
            State::Failed => ("ran, FAILED", self.detail.clone()),
            State::NotRun(why) if self.has_floor => ("NOT RUN, has a floor", why.clone()),
            State::NotRun(why) => ("not run", why.clone()),
        };
        let time = if self.time.is_zero() { String::new() } else { format!("{:.0} s", self.time.as_secs_f64()) };
        [self.suite.to_owned(), state.to_owned(), time, detail]
    }
}

/// Passed and failed over all rows; a floor that nobody measured counts as failed.
pub(crate) fn count(rows: &[Row]) -> (u64, u64) {
    let passed = rows.iter().map(|row| row.passed).sum();
    let failed = rows.iter().map(|row| if row.is_failure() { row.failed.max(1) } else { row.failed }).sum();
    (passed, failed)
}

pub(crate) fn suites(rows: &[Row]) -> String {
    let head = ["suite", "state", "time", "what it says"].map(str::to_owned);
    let lines: Vec<[String; 4]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    aligned(&lines)
}

/// Columns as wide as their widest cell; the first line is the head.
pub(crate) fn aligned<const N: usize>(lines: &[[String; N]]) -> String {
    let mut width = [0; N];
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            width[column] = width[column].max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let mut row = String::new();
        for (cell, width) in line.iter().zip(width) {
            let _ = write!(row, "{cell:width$}  ");
        }
        text.push_str(row.trim_end());
        text.push('\n');
        if number == 0 {
            text.push_str(&"-".repeat(width.iter().sum::<usize>() + 2 * (N - 1)));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_with_a_floor_that_did_not_run_is_a_failure() {
        let mut row = Row::not_run("conformance", "no folder");
        assert!(!row.is_failure());
        row.has_floor = true;
        assert!(row.is_failure());
        assert_eq!(count(&[row]), (0, 1));
    }

    #[test]
    fn a_table_shows_who_ran_and_why_the_others_did_not() {
        let rows = [
            Row::of("tidy", Ok("clean".to_owned()), Duration::from_secs(2)),
            Row::not_run("browser", "no chromedriver"),
        ];
        let want = "suite    state    time  what it says\n\
                    ---------------------------------------\n\
                    tidy     ran      2 s   clean\n\
                    browser  not run        no chromedriver\n";
        assert_eq!(suites(&rows), want);
        assert_eq!(count(&rows), (1, 0));
    }
}
