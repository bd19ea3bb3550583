//! From YAML to the first screen: a file of an author.

use da_app::view;
use da_core::{Caller, Outcome};

use super::text;
use crate::session;

pub(super) fn run(bytes: &[u8]) {
    let Some(source) = text(bytes) else { return };
    match session::load(source) {
        Err(error) => drop(error.to_string()),
        Ok(interview) => {
            let Ok(turn) = session::begin(&interview) else { return };
            if let Outcome::Screen(screen) = &turn.outcome {
                let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
                drop(view::question(screen, &caller).to_string());
            }
        }
    }
}
