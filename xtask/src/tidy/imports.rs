//! Who may import whom: the workspace's edges against the table in ARCHITECTURE.md.
//! It must never let an edge through that the table does not hold.

use super::{Complaints, fence};
use crate::metadata::{Kind, Metadata};

pub(super) fn check(architecture: &str, metadata: &Metadata) -> Result<Complaints, String> {
    let table = fence::read(architecture, "imports")?;
    let mut complaints = Complaints::new();
    for (id, member) in metadata.members() {
        let Some(line) = table.get(&member.name) else {
            complaints.push(format!("{} is not in the import table of ARCHITECTURE.md", member.name));
            continue;
        };
        for (_, needed, kind) in metadata.needs(id).filter(|(_, needed, _)| needed.is_member) {
            let allowed = line.words.contains(&needed.name) || (kind == Kind::Dev && line.tests.contains(&needed.name));
            if !allowed {
                let tests = if kind == Kind::Dev { " in its tests" } else { "" };
                complaints.push(format!("{} must not import {}{tests}", member.name, needed.name));
            }
        }
    }
    Ok(complaints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tests::graph;

    const TABLE: &str = "```imports\nda-a:\nda-b: da-a | tests: da-kit\nda-kit: da-a da-b\n```\n";

    #[test]
    fn edges_of_the_table_pass() {
        let metadata = graph(&["da-b -> da-a", "da-b => da-kit", "da-b => da-a", "da-kit -> da-b", "da-a -> serde"]);
        assert_eq!(check(TABLE, &metadata).unwrap(), Complaints::new());
    }

    #[test]
    fn a_new_edge_is_refused_and_what_tests_may_use_stays_in_tests() {
        let metadata = graph(&["da-a -> da-b", "da-b -> da-kit", "da-a => da-kit", "da-new -> serde"]);
        assert_eq!(
            check(TABLE, &metadata).unwrap(),
            [
                "da-a must not import da-b",
                "da-a must not import da-kit in its tests",
                "da-b must not import da-kit",
                "da-new is not in the import table of ARCHITECTURE.md"
            ]
        );
    }
}
