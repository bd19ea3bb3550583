//! Through the JSON API, as a front end of somebody else's would.

use da_app::case::{Case, Deed, Stage, told};
use da_app::view;
use da_core::{Answer as Answers, Outcome, Plain, SessionId};
use serde_json::{Value, json};

use super::{Memory, repeats, same, wrong};
use crate::{Answer, Session, TestApp, User};

/// Walks.
pub(super) async fn walk(mut app: TestApp, stages: &[Stage], memory: Memory) -> Result<(), String> {
    // The texts of refusals say why, there.
    app.api.edition = da_api::Edition::Later;
    let mut session = None;
    for stage in stages {
        let answer = take(&app, &mut session, &stage.deed).await;
        compare(&app, session.as_ref(), stage, &answer).await?;
        if let (Memory::Encoded, Some(session), true) = (memory, &session, repeats(stage)) {
            let again = session.question(&app.administrator()).await;
            compare(&app, Some(session), stage, &again).await.map_err(|error| format!("loaded again: {error}"))?;
        }
        if memory == Memory::Stored {
            app.restart();
        }
    }
    Ok(())
}

async fn take(app: &TestApp, session: &mut Option<Session>, deed: &Deed) -> Answer {
    let user = app.administrator();
    if let Deed::Begin(arguments) = deed {
        let more: String = arguments.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
        let begun = user.get(&format!("/api/session/new?i={}{more}", Case::INTERVIEW)).await;
        if begun.status != 200 {
            return begun;
        }
        *session = Some(Session::of(&begun.json()));
    }
    let session = session.as_ref().expect("a session that could not begin has no second step");
    match deed {
        Deed::Begin(_) | Deed::Refused(..) | Deed::Show => session.question(&user).await,
        Deed::Act(action) => {
            let arguments = view::to_json(&action.arguments);
            let asked = json!({"action": action.name, "arguments": arguments, "persistent": 1});
            let acted = user.post("/api/session/action", session.body(&asked)).await;
            // What an action leads to is the next question.
            if acted.status == 204 { session.question(&user).await } else { acted }
        }
        Deed::Answer(answer, _) => session.answer(&user, body(answer)).await,
        Deed::Back => session.back(&user).await,
        Deed::Variables => session.variables(&user).await,
    }
}

fn body(answer: &Answers) -> Value {
    let Answers { variables, question_name, delete_variables, event_list, .. } = answer;
    let variables = view::to_json(&Plain::Map(variables.clone()));
    let mut body = json!({"variables": variables, "delete_variables": delete_variables, "event_list": event_list});
    if let Some(name) = question_name {
        body["question_name"] = json!(name);
    }
    body
}

async fn compare(app: &TestApp, session: Option<&Session>, stage: &Stage, answer: &Answer) -> Result<(), String> {
    let caller = app.app().caller_by_key(crate::KEY, &da_app::CameFrom::default()).await.unwrap();
    let text = |name: &str| session.and_then(|session| session.names[name].as_str()).unwrap_or_default().to_owned();
    let (id, secret) = (text("session"), text("secret"));
    let secrets = [("session", id.as_str()), ("secret", secret.as_str())];
    let status = match &stage.outcome {
        Ok(Outcome::Response(response)) => response.status,
        Ok(Outcome::Nothing) => 204,
        Ok(_) => 200,
        Err(_) => 400,
    };
    if answer.status != status {
        return Err(wrong(stage, &format!("answered with {} instead of {status}: {}", answer.status, answer.body)));
    }
    match &stage.outcome {
        Ok(Outcome::Response(_)) => same::text(stage, &same::body(stage), &answer.body),
        Ok(outcome) => same::text(
            stage,
            &told::pretty(&told::outcome(outcome, &caller), &[("session", SessionId::in_memory().as_str())]),
            &told::pretty(&told::without_own(answer.json()), &secrets),
        ),
        Err(failure) if answer.body.contains(&json!(failure.message).to_string().trim_matches('"').to_owned()) => {
            Ok(())
        }
        Err(failure) => Err(wrong(stage, &format!("{} does not say {:?}", answer.body, failure.message))),
    }
}

/// Percent-encoding of a value in a query.
pub(super) fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
