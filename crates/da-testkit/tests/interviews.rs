//! The cases of `fixtures/interviews`: each is written down once, and then walked through every door with every memory.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read fails them all")]

use std::path::Path;
use std::process::ExitCode;

use da_testkit::{Case, Door, Memory, record, walk};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/interviews");
    let folders = Case::folders(&folder).unwrap();
    let cases = folders.iter().map(|folder| Case::read(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}")));
    let trials = cases.flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials(case: Case) -> Vec<Trial> {
    let mut trials = vec![];
    for door in Door::of(&case) {
        for memory in Memory::ALL {
            let (case, name) = (case.clone(), format!("{}::{}_{}", case.name, door.name(), memory.name()));
            trials.push(Trial::test(name, move || {
                if (door, memory) == (Door::Engine, Memory::Kept) {
                    return reviewed(&case);
                }
                actix_web::rt::System::new().block_on(walk(&case, door, memory)).map_err(Failed::from)
            }));
        }
    }
    trials
}

/// What is shown is what was reviewed.
fn reviewed(case: &Case) -> Result<(), Failed> {
    let record = record(case)?;
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(case.snapshots());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("walk", record));
    Ok(())
}
