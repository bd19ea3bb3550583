//! The figures as text: a table, the machine's own cost beside it, and the rules that they are held to.
//! It must never print a figure that was not measured: what is not there is called not available.

use super::Measured;
use super::counters::Counters;
use super::load::Phase;
use crate::table;
use std::time::Duration;

pub(super) const FILE: &str = "docs/bench.md";
const ABSENT: &str = "not available";

pub(super) fn text(runs: &[Measured]) -> String {
    let head = [
        "request",
        "connections",
        "requests",
        "median",
        "p99",
        "per second",
        "commits each",
        "engine",
        "crypto",
        "database",
        "elsewhere",
    ];
    let mut lines = vec![head.map(str::to_owned)];
    let phases = runs.first().map_or(0, |run| run.phases.len());
    for index in 0..phases {
        lines.push(line(&runs.iter().filter_map(|run| run.phases.get(index)).collect::<Vec<_>>()));
    }
    let fsync = middle(runs.iter().map(|run| run.fsync));
    let start = middle(runs.iter().map(|run| run.started_in));
    let again = middle(runs.iter().map(|run| run.started_again_in));
    let answered = middle(runs.iter().map(|run| run.answered_again_in));
    let memory = middle(runs.iter().map(|run| run.memory))
        .flatten()
        .map_or(ABSENT.to_owned(), |kb| format!("{:.1} MB", kb_to_mb(kb)));
    format!(
        "{}\nfsync of 4 kB on this disk (median)  {}\npeak memory of the server            {memory}\nfirst start until it listens         {}\nlater start until it listens         {}\nlater start until its first question {}\n",
        table::aligned(&lines),
        micros(fsync.unwrap_or_default()),
        micros(start.unwrap_or_default()),
        micros(again.unwrap_or_default()),
        micros(answered.unwrap_or_default()),
    )
}

/// The medians over all runs of one row.
fn line(phases: &[&Phase]) -> [String; 11] {
    let name = phases.first().map_or("", |phase| phase.kind.name());
    let connections = phases.first().map_or(0, |phase| phase.connections);
    let time =
        |of: fn(&Phase) -> Duration| middle(phases.iter().map(|phase| of(phase))).map_or(ABSENT.to_owned(), micros);
    let rate = middle_number(phases.iter().map(|phase| phase.per_second));
    let each = |of: fn(Counters) -> u64| {
        let per_request = |phase: &&Phase| phase.counted.map(|counted| ratio(of(counted), phase.requests));
        phases.iter().map(per_request).collect::<Option<Vec<f64>>>().and_then(middle_number)
    };
    // Of the time that a client waits, how much goes where. Waiting for one's turn is elsewhere, and in the database.
    let waited = middle_number(phases.iter().map(|phase| phase.mean.as_secs_f64() * 1e6)).unwrap_or_default();
    let part = |us: f64| format!("{us:.0} us ({:.0}%)", 100.0 * us / waited.max(1.0));
    let share = |of: fn(Counters) -> u64| each(of).map_or(ABSENT.to_owned(), part);
    let rest = each(|counted| counted.engine_us + counted.crypto_us + counted.database_us);
    [
        name.to_owned(),
        connections.to_string(),
        middle(phases.iter().map(|phase| phase.requests)).unwrap_or_default().to_string(),
        time(|phase| phase.median),
        time(|phase| phase.p99),
        rate.map_or(ABSENT.to_owned(), |rate| format!("{rate:.0}")),
        each(|counted| counted.commits).map_or(ABSENT.to_owned(), |commits| format!("{commits:.3}")),
        share(|counted| counted.engine_us),
        share(|counted| counted.crypto_us),
        share(|counted| counted.database_us),
        rest.map_or(ABSENT.to_owned(), |known| part((waited - known).max(0.0))),
    ]
}

pub(super) fn middle<T: Ord>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    let index = values.len() / 2;
    values.into_iter().nth(index)
}

pub(super) fn middle_number(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[expect(clippy::cast_precision_loss, reason = "counts of one measuring are far below 2^52")]
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn kb_to_mb(kb: u64) -> f64 {
    ratio(kb, 1024)
}

pub(super) fn micros(time: Duration) -> String {
    let us = time.as_secs_f64() * 1e6;
    if us < 10_000.0 { format!("{us:.0} us") } else { format!("{:.1} ms", us / 1000.0) }
}

#[cfg(test)]
mod tests {
    use super::super::load::Kind;
    use super::*;

    fn measured(median: u64, counted: Option<Counters>) -> Measured {
        let phase = Phase {
            kind: Kind::Post,
            connections: 8,
            median: Duration::from_micros(median),
            mean: Duration::from_micros(1000),
            p99: Duration::from_millis(20),
            per_second: 1234.4,
            requests: 10,
            counted,
        };
        Measured {
            phases: vec![phase],
            fsync: Duration::from_micros(700),
            memory: Some(33_792),
            started_in: Duration::from_millis(90),
            started_again_in: Duration::from_millis(20),
            answered_again_in: Duration::from_millis(70),
        }
    }

    #[test]
    fn each_figure_is_the_median_of_its_runs() {
        let counted = Counters { commits: 2, requests: 10, engine_us: 400, crypto_us: 90, database_us: 1000 };
        let runs = [measured(900, Some(counted)), measured(100, Some(counted)), measured(300, Some(counted))];
        let text = text(&runs);
        let row = "POST     8            10        300 us  20.0 ms  1234        0.200         40 us (4%)  9 us (1%)  100 us (10%)  851 us (85%)";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("peak memory of the server            33.0 MB\n"), "{text}");
        assert!(text.contains("fsync of 4 kB on this disk (median)  700 us\n"), "{text}");
    }

    #[test]
    fn what_the_server_does_not_count_is_called_not_available() {
        assert!(
            text(&[measured(1, None)])
                .contains("1234        not available  not available  not available  not available  not available")
        );
    }
}
