//! Foreign crates that only some of ours may touch: actix, databases, ciphers, tokio.
//! It must never be satisfied by a detour: a crate that reaches a walled one through others of crates.io is refused too.

use super::{Complaints, fence};
use crate::metadata::{Kind, Metadata};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(architecture: &str, metadata: &Metadata) -> Result<Complaints, String> {
    let walls = fence::read(architecture, "walls")?;
    let mut complaints = Complaints::new();
    for (id, member) in metadata.members() {
        let reached = reach(metadata, id);
        for (families, line) in &walls {
            let inside = line.words.contains(&member.name);
            for ((needed, kind), through) in &reached {
                if !families.split_whitespace().any(|family| is_of(family, needed)) || inside {
                    continue;
                }
                if *kind == Kind::Dev && line.tests.contains(&member.name) {
                    continue;
                }
                let through = if through == needed { String::new() } else { format!(" (through {through})") };
                complaints.push(format!("{} must not reach {needed}{through}", member.name));
            }
        }
    }
    Ok(complaints)
}

/// Foreign crates that a member reaches without passing another member, with the direct dependency that leads there.
fn reach(metadata: &Metadata, id: &str) -> BTreeMap<(String, Kind), String> {
    let mut reached = BTreeMap::new();
    for (direct, package, kind) in metadata.needs(id).filter(|(_, package, _)| !package.is_member) {
        let mut todo = vec![direct];
        let mut seen = BTreeSet::new();
        while let Some(next) = todo.pop() {
            if !seen.insert(next) {
                continue;
            }
            if let Some(found) = metadata.packages.get(next) {
                reached.entry((found.name.clone(), kind)).or_insert_with(|| package.name.clone());
            }
            todo.extend(metadata.needs(next).filter(|(_, _, kind)| *kind == Kind::Normal).map(|(id, _, _)| id));
        }
    }
    reached
}

/// `actix-*` stands for all names that start with `actix-`.
fn is_of(family: &str, name: &str) -> bool {
    family.strip_suffix('*').map_or(family == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tests::graph;

    const WALLS: &str = "```walls\nactix-* tokio: da-web | tests: da-kit\ndiesel: da-store\n```\n";

    #[test]
    fn inside_the_walls_all_is_well() {
        let metadata = graph(&["da-web -> actix-web", "actix-web -> tokio", "da-store -> diesel", "da-kit => tokio"]);
        assert_eq!(check(WALLS, &metadata).unwrap(), Complaints::new());
    }

    #[test]
    fn a_walled_crate_is_refused_directly_and_through_others_but_not_through_our_own() {
        let metadata = graph(&[
            "da-a -> actix-web",
            "da-b -> reqwest",
            "reqwest -> tokio",
            "da-c -> da-store",
            "da-store -> diesel",
        ]);
        assert_eq!(
            check(WALLS, &metadata).unwrap(),
            ["da-a must not reach actix-web", "da-b must not reach tokio (through reqwest)"]
        );
    }
}
