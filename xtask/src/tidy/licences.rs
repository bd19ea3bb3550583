//! The licence of every package that any platform could build.
//! It must never pass over a package because it says nothing.

use super::{Complaints, licence};
use crate::metadata::Metadata;

pub(super) fn check(metadata: &Metadata) -> Complaints {
    let mut complaints = Complaints::new();
    for package in metadata.packages.values() {
        let name = format!("{} {}", package.name, package.version);
        match package.licence.as_deref().map(|expression| (expression, licence::is_fine(expression))) {
            Some((_, Ok(true))) => {}
            Some((expression, Ok(false))) => {
                complaints.push(format!("{name} is licensed {expression}, which is not on the list"))
            }
            Some((_, Err(error))) => complaints.push(format!("{name}: {error}")),
            None => complaints.push(format!("{name} names no licence")),
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tests::graph;

    #[test]
    fn a_package_with_a_forbidden_or_missing_licence_is_named() {
        let mut metadata = graph(&["da-a -> bad", "da-a -> mute", "da-a -> fine"]);
        metadata.packages.get_mut("bad").unwrap().licence = Some("GPL-3.0-only".to_owned());
        metadata.packages.get_mut("mute").unwrap().licence = None;
        assert_eq!(
            check(&metadata),
            ["bad 1.0.0 is licensed GPL-3.0-only, which is not on the list", "mute 1.0.0 names no licence"]
        );
    }
}
