//! Screens that end the interview or lead elsewhere.

use super::{Evaluation, Flow, Signal};
use crate::block::BlockId;
use da_core::{Outcome, Plain, Screen, ScreenKind};

/// The screen of docassemble's word for a way out (`exit`, `logout`, ...).
pub(crate) fn way_out(word: &str) -> Option<ScreenKind> {
    Some(match word {
        "exit" | "interview_exit" => ScreenKind::Exit,
        "logout" => ScreenKind::Logout,
        "exit_logout" => ScreenKind::ExitLogout,
        "restart" => ScreenKind::Restart,
        "leave" => ScreenKind::Leave,
        "refresh" => ScreenKind::Refresh,
        "signin" => ScreenKind::SignIn,
        "register" => ScreenKind::Register,
        "new_session" => ScreenKind::NewSession,
        "wait" => ScreenKind::Wait,
        _ => return None,
    })
}

impl Evaluation<'_, '_> {
    /// The end that an exit button leads to; `continue` means that the question is passed over.
    pub(crate) fn exit(
        &mut self,
        outer: BlockId,
        chosen: BlockId,
        command: &str,
        url: Option<String>,
    ) -> Flow<Outcome> {
        let Some(kind) = way_out(command) else {
            self.mark_answered(outer)?;
            return Err(Signal::StartOver);
        };
        let name = self.block(chosen).name.clone();
        self.end(kind, name, url.unwrap_or_default()).map(|screen| Outcome::Screen(Box::new(screen)))
    }

    /// A screen that ends the interview or leads elsewhere.
    pub(crate) fn end(&mut self, kind: ScreenKind, question_name: String, url: String) -> Flow<Screen> {
        let steps = self.steps();
        Ok(Screen {
            kind,
            question_name,
            language: "*".to_owned(),
            question: url,
            continue_label: super::ask::CONTINUE.to_owned(),
            can_go_back: steps > 1,
            back_title: super::ask::BACK_TITLE.to_owned(),
            corner_back_label: super::ask::BACK.to_owned(),
            progress: Plain::Int(0),
            frame: self.frame(steps)?,
            ..Screen::default()
        })
    }
}
