//! What the figures are held to, each rule with what was measured.
//! It must never call a rule kept that could not be measured.

use super::Measured;
use super::counters::Counters;
use super::load::{Kind, Phase};
use super::report::{middle_number, ratio};
use super::rule::{self, Rule};
use std::time::Duration;

/// The rules as text, and how many are broken.
pub(super) fn text(runs: &[Measured]) -> (String, usize) {
    rule::table(&rules(runs))
}

fn rules(runs: &[Measured]) -> [Rule; 6] {
    let post = |connections: usize| each(runs, |kind| kind == Kind::Post, connections, |counted| counted.commits);
    let engine = each(runs, |kind| kind == Kind::Question, 1, |counted| counted.engine_us);
    let memory = middle_number(runs.iter().filter_map(|run| run.memory).map(|kb| ratio(kb, 1024)));
    let seconds = |of: fn(&Measured) -> Duration| middle_number(runs.iter().map(|run| of(run).as_secs_f64()));
    [
        Rule::at_most("a POST makes at most one commit", post(1), 1.0, ""),
        Rule::at_most("64 sessions at once make at most one commit for eight POSTs", post(64), 0.125, ""),
        Rule::at_most("the engine takes at most 100 us for a small question", engine, 100.0, " us"),
        Rule::at_most("the server holds less than 64 MB", memory, 64.0, " MB"),
        Rule::at_most("the first start takes less than 1 s", seconds(|run| run.started_in), 1.0, " s"),
        Rule::at_most("later starts take less than 200 ms", seconds(|run| run.started_again_in), 0.2, " s"),
    ]
}

/// The median over the runs of a count for each request.
fn each(runs: &[Measured], of_kind: impl Fn(Kind) -> bool, connections: usize, of: fn(Counters) -> u64) -> Option<f64> {
    let is_meant = |phase: &&Phase| of_kind(phase.kind) && phase.connections == connections;
    let phases = runs.iter().flat_map(|run| run.phases.iter().find(is_meant));
    middle_number(phases.filter_map(|phase| phase.counted.map(|counted| ratio(of(counted), phase.requests))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(kind: Kind, connections: usize, commits: u64, engine_us: u64) -> Phase {
        let time = Duration::from_micros(500);
        let counted = Some(Counters { commits, requests: 100, engine_us, crypto_us: 1, database_us: 1 });
        Phase { kind, connections, median: time, mean: time, p99: time, per_second: 1.0, requests: 100, counted }
    }

    #[test]
    fn a_rule_is_kept_or_broken_by_the_median_and_broken_where_nothing_was_measured() {
        let run = Measured {
            phases: vec![
                phase(Kind::Question, 1, 0, 12_000),
                phase(Kind::Post, 1, 100, 0),
                phase(Kind::Post, 64, 12, 0),
            ],
            fsync: Duration::from_micros(700),
            memory: None,
            started_in: Duration::from_millis(90),
            started_again_in: Duration::from_millis(20),
            answered_again_in: Duration::from_millis(70),
        };
        let expected = "\
rule                                                         measured
----------------------------------------------------------------------------------
a POST makes at most one commit                              1.000          kept
64 sessions at once make at most one commit for eight POSTs  0.120          kept
the engine takes at most 100 us for a small question         120.000 us     BROKEN
the server holds less than 64 MB                             not available  BROKEN
the first start takes less than 1 s                          0.090 s        kept
later starts take less than 200 ms                           0.020 s        kept
";
        assert_eq!(text(&[run]), (expected.to_owned(), 2));
    }
}
