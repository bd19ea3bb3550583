//! The cases of a file of CPython's tests: which count, which are left out by a rule, and what came of them.
//! It must never look at a result before it leaves a case out.

use std::collections::{BTreeMap, BTreeSet};

/// Of a file's cases at most this share is left out.
const MOST_LEFT_OUT: (usize, usize) = (20, 100);

/// A case that passes on CPython.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) module: String,
    /// `Class.method`
    pub(super) name: String,
    /// Why it is left out.
    pub(super) left_out: Option<String>,
    /// What our machine says: why it failed, or nothing when it passed.
    pub(super) failure: Option<String>,
}

/// The cases that passed on CPython, of what `cases.py` printed.
pub(super) fn parse(printed: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for line in printed.lines() {
        let [module, name, outcome, mark] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("cases.py printed a line that is not four fields: `{line}`"));
        };
        if outcome == "passed" {
            let left_out = (mark == "cpython_only").then(|| mark.to_owned());
            let failure = Some("it did not run".to_owned());
            cases.push(Case { module: module.to_owned(), name: name.to_owned(), left_out, failure });
        }
    }
    Ok(cases)
}

/// Leaves out what is about CPython alone, then the cases with a word in their names, until the share is reached.
pub(super) fn leave_out(cases: &mut [Case], words: &[String]) {
    let mut most = cases.len() * MOST_LEFT_OUT.0 / MOST_LEFT_OUT.1;
    let (marked, others): (Vec<_>, Vec<_>) = cases.iter_mut().partition(|case| case.left_out.is_some());
    for case in marked {
        if most == 0 {
            case.left_out = None;
        }
        most = most.saturating_sub(1);
    }
    for case in others {
        let parts = parts(&case.name);
        let Some(word) = words.iter().find(|word| parts.contains(word.as_str())) else { continue };
        if most == 0 {
            break;
        }
        most -= 1;
        case.left_out = Some(word.clone());
    }
}

/// The words of a name, in small letters: `PickleTest.test_gc_2` is pickle, test, gc, 2.
fn parts(name: &str) -> BTreeSet<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = c;
    }
    spaced.split_whitespace().map(str::to_lowercase).collect()
}

/// Takes over what our machine printed: a name, an outcome and a reason a line.
pub(super) fn take_results(cases: &mut [Case], module: &str, printed: &str, ending: Option<&str>) {
    let mut results = BTreeMap::new();
    for line in printed.lines() {
        if let [name, outcome, reason] = line.split('\t').collect::<Vec<_>>()[..] {
            results.insert(name, if outcome == "passed" { None } else { Some(format!("{outcome}: {reason}")) });
        }
    }
    for case in cases.iter_mut().filter(|case| case.module == module && case.left_out.is_none()) {
        match results.get(&*case.name) {
            Some(failure) => case.failure.clone_from(failure),
            None => case.failure = ending.map(str::to_owned).or_else(|| Some("it did not run".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(names: &[&str]) -> Vec<Case> {
        let printed: String = names.iter().map(|name| format!("test.test_x\t{name}\n")).collect();
        parse(&printed).unwrap()
    }

    fn left_out(cases: &[Case]) -> Vec<&str> {
        cases.iter().filter(|case| case.left_out.is_some()).map(|case| &*case.name).collect()
    }

    #[test]
    fn only_what_passes_on_cpython_is_counted() {
        let cases = cases(&["A.a\tpassed\t", "A.b\tskipped\t", "A.c\tfailed\t", "A.d\tpassed\tcpython_only"]);
        assert_eq!(cases.iter().map(|case| &*case.name).collect::<Vec<_>>(), ["A.a", "A.d"]);
        assert_eq!(left_out(&cases), ["A.d"]);
        assert_eq!(parse("a\tb").unwrap_err(), "cases.py printed a line that is not four fields: `a\tb`");
    }

    #[test]
    fn a_name_is_left_out_for_a_whole_word_and_never_more_than_a_fifth_of_a_file() {
        let words = ["gc".to_owned(), "pickle".to_owned()];
        let mut few = cases(&[
            "A.gcd\tpassed\t",
            "A.test_gc\tpassed\t",
            "B.c\tpassed\t",
            "PickleTest.d\tpassed\t",
            "E.e\tpassed\t",
        ]);
        leave_out(&mut few, &words);
        assert_eq!(left_out(&few), ["A.test_gc"]);
        let mut marked = cases(&["A.a\tpassed\tcpython_only", "A.b\tpassed\t"]);
        leave_out(&mut marked, &words);
        assert_eq!(left_out(&marked), [""; 0]);
    }

    #[test]
    fn a_case_without_a_result_has_failed() {
        let mut cases = cases(&["A.a\tpassed\t", "A.b\tpassed\t", "A.c\tpassed\t"]);
        take_results(&mut cases, "test.test_x", "A.a\tpassed\t\nA.b\tskipped\tno\n", Some("the process ended"));
        let failures: Vec<_> = cases.iter().map(|case| case.failure.as_deref()).collect();
        assert_eq!(failures, [None, Some("skipped: no"), Some("the process ended")]);
    }
}
