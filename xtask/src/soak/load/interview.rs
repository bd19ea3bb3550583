//! The interview that all sessions are of: it takes any variable, and counts.
//! It must never come to an end: every session can be answered for as long as a run lasts.

use crate::repo;
use crate::scratch::Scratch;

/// Its name.
pub(super) const NAME: &str = "docassemble.soak:data/questions/count.yml";

/// Its tag, by which it is found in lists.
pub(super) const TAG: &str = "soak";

const TEXT: &str = "\
metadata:
  title: Soak
  tags:
    - soak
---
mandatory: True
code: |
  count = 0
---
mandatory: True
question: The count is ${ count }.
---
event: add
code: |
  count += 1
";

/// Writes the package that it is in; the folder goes with what is returned.
pub(super) fn write() -> Result<Scratch, String> {
    let scratch = Scratch::new("soak")?;
    repo::write(&scratch.path().join("docassemble/soak/data/questions/count.yml"), TEXT)?;
    Ok(scratch)
}
