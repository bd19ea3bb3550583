//! Two versions of one crate where one would do: refused unless xtask/duplicates.txt gives the reason.
//! The list may only shrink: a line must never stay when its reason is gone.

use super::Complaints;
use crate::metadata::Metadata;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LIST: &str = "xtask/duplicates.txt";

/// The versions of a crate that cannot stand for one another, each with the packages that need it.
type Series = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(list: &str, metadata: &Metadata) -> Result<Complaints, String> {
    let allowed = read(list)?;
    let found = duplicates(metadata);
    let mut complaints = Complaints::new();
    for (name, series) in &found {
        if !allowed.get(name).is_some_and(|versions| versions.iter().eq(series.keys())) {
            let part = |(version, users): (&String, &BTreeSet<String>)| {
                format!("{version} (for {})", users.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
            };
            let parts: Vec<String> = series.iter().map(part).collect();
            complaints.push(format!("{name} is built as {}; {LIST} has no such line", parts.join(" and ")));
        }
    }
    for name in allowed.keys().filter(|name| !found.contains_key(*name)) {
        complaints.push(format!("{name} is built in one version: take its line out of {LIST}"));
    }
    Ok(complaints)
}

fn duplicates(metadata: &Metadata) -> BTreeMap<String, Series> {
    let mut found: BTreeMap<String, Series> = BTreeMap::new();
    for (user, edges) in &metadata.edges {
        let user = metadata.packages.get(user).map_or("", |package| &package.name);
        for needed in edges.iter().filter_map(|(id, _)| metadata.packages.get(id)) {
            let users = found.entry(needed.name.clone()).or_default().entry(series(&needed.version)).or_default();
            users.insert(user.to_owned());
        }
    }
    found.retain(|_, series| series.len() > 1);
    found
}

/// What semantic versioning calls compatible: `1.4.2` is of `1`, `0.4.2` of `0.4`.
fn series(version: &str) -> String {
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        _ => version.to_owned(),
    }
}

/// Lines such as `syn 2 3  # who still needs the old one`.
fn read(list: &str) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut allowed = BTreeMap::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (entry, reason) = line.split_once('#').unwrap_or((line, ""));
        let mut words = entry.split_whitespace().map(str::to_owned);
        let name = words.next().filter(|_| !reason.trim().is_empty());
        let name = name.ok_or_else(|| format!("{LIST}: `{line}` needs a name, versions, and a reason after #"))?;
        allowed.insert(name, words.collect());
    }
    Ok(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tests::graph;

    fn two() -> Metadata {
        graph(&["da-a -> syn@2.0.0", "old -> syn@3.0.0", "syn@2.0.0 -> x", "syn@3.0.0 -> x"])
    }

    #[test]
    fn a_duplicate_needs_a_line_with_its_very_versions() {
        let complaint = "syn is built as 2 (for da-a) and 3 (for old); xtask/duplicates.txt has no such line";
        assert_eq!(check("", &two()).unwrap(), [complaint]);
        assert_eq!(check("syn 2 2.9 # macros", &two()).unwrap(), [complaint]);
        assert_eq!(check("# list\nsyn 2 3 # macros", &two()).unwrap(), Complaints::new());
    }

    #[test]
    fn a_line_without_need_or_reason_is_refused() {
        let complaint = "x is built in one version: take its line out of xtask/duplicates.txt";
        assert_eq!(check("syn 2 3 # macros\nx 1 2 # why", &two()).unwrap(), [complaint]);
        let error = "xtask/duplicates.txt: `syn 2 3` needs a name, versions, and a reason after #";
        assert_eq!(check("syn 2 3", &two()).unwrap_err(), error);
    }
}
