//! Through the use cases: sealed and saved after every step, and read by a server that was not there before.

use da_app::case::{Case, Deed, Failure, Stage};
use da_app::{Act, AppError, Begin, SessionAt};
use da_core::{Caller, Outcome};

use super::same;
use crate::TestApp;

/// Walks.
pub(super) async fn walk(mut app: TestApp, stages: &[Stage]) -> Result<(), String> {
    let mut at: Option<SessionAt> = None;
    for stage in stages {
        let outcome = take(&app, &mut at, &stage.deed).await;
        let outcome = outcome.map_err(|error| Failure { message: error.public().to_owned(), place: None });
        let session = at.as_ref().map(|at| at.id.to_string()).unwrap_or_default();
        same::outcome(stage, &outcome, &[("session", &session)])?;
        app.restart();
    }
    Ok(())
}

async fn take(app: &TestApp, at: &mut Option<SessionAt>, deed: &Deed) -> Result<Outcome, AppError> {
    let app = app.app();
    let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    if let Deed::Begin(arguments) = deed {
        let interview = Case::INTERVIEW.to_owned();
        let begin = Begin { interview, url_args: arguments.clone(), ..Begin::default() };
        let started = app.session_new(&caller, begin).await?;
        *at = Some(started.at);
        return Ok(started.outcome);
    }
    let at = at.as_ref().expect("a session that could not begin has no second step");
    match deed {
        Deed::Begin(_) => Ok(Outcome::Nothing),
        Deed::Answer(answer, _) => app.session_answer(&caller, at, answer.clone()).await,
        Deed::Refused(..) | Deed::Show => app.session_show(&caller, at).await,
        Deed::Act(action) => {
            let (name, arguments) = (action.name.clone(), action.arguments.clone());
            let act = Act { name, arguments, persistent: action.persistent, overwrite: false, read_only: false };
            app.session_act(&caller, at, act).await
        }
        Deed::Back => app.session_back(&caller, at, true).await,
        Deed::Variables => app.session_variables(&caller, at).await.map(Outcome::Variables),
    }
}
