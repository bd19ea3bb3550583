//! Other sessions: begun, looked at, answered, acted in, gone back in, listed, deleted.

use std::sync::Arc;

use da_core::{Answer, Caller, Outcome, Plain};

use super::given::Given;
use super::{Door, Refusal, refused, unknown};
use crate::session::{Act, Begin, ListedSession, Look, SessionAt, SessionFilter, SessionQuery, Whose};
use crate::view;

impl Door {
    pub(super) fn sessions(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        let app = self.app()?;
        match what {
            "create" => {
                let url_args =
                    given.map("url_args").into_iter().map(|(name, value)| (name, value.form_text())).collect();
                let secret = given.maybe("secret").or_else(|| self.at.secret.clone());
                let device = Arc::clone(&self.at.device);
                let begin = Begin { interview: given.text("i")?, secret, url_args, device };
                let started = self.wait(app.session_new(&self.caller, begin))?;
                Ok(Plain::Text(started.at.id.as_str().to_owned()))
            }
            "variables" => self.wait(app.session_variables(&self.caller, &self.at_of(given)?)),
            "set" => {
                let at = self.other(given)?;
                let answer = Answer {
                    variables: given.map("variables"),
                    raw: !given.is_true("process_objects"),
                    question_name: given.maybe("question_name"),
                    delete_variables: given.texts("delete"),
                    only_set: true,
                    overwrite: given.is_true("overwrite"),
                    ..Answer::default()
                };
                self.wait(app.session_answer(&self.caller, &at, answer)).map(|_| Plain::Null)
            }
            "question" => {
                let outcome = self.wait(app.session_show(&self.caller, &self.other(given)?))?;
                Ok(told(&outcome, &self.caller))
            }
            "back" => self.wait(app.session_back(&self.caller, &self.other(given)?, false)).map(|_| Plain::Null),
            "act" => {
                let act = Act {
                    name: given.text("action")?,
                    arguments: Plain::Map(given.map("arguments")),
                    persistent: given.is_true("persistent"),
                    overwrite: given.is_true("overwrite"),
                    read_only: given.is_true("read_only"),
                };
                self.wait(app.session_act(&self.caller, &self.other(given)?, act)).map(|_| Plain::Null)
            }
            "list" => self.listed(given),
            "delete" => self.deleted(given),
            _ => Err(unknown(what)),
        }
    }

    /// The session that is meant; what opens this one opens others of the same person.
    fn at_of(&self, given: &Given<'_>) -> Result<SessionAt, Refusal> {
        let secret = given.maybe("secret").or_else(|| self.at.secret.clone());
        let at = SessionAt::parse(&given.text("i")?, &given.text("session")?, secret).map_err(refused)?;
        Ok(at.asked_from(&self.at.device))
    }

    /// The same, which must not be this one: it waits for itself.
    fn other(&self, given: &Given<'_>) -> Result<SessionAt, Refusal> {
        let at = self.at_of(given)?;
        if at.id == self.at.id {
            return Err("this is done in another session than the present one".to_owned());
        }
        Ok(at)
    }

    fn filter(&self, given: &Given<'_>) -> Result<SessionFilter, Refusal> {
        let whose = match (given.get("user_id"), self.caller.user()) {
            (Some(Plain::Text(all)), _) if all == "all" => Whose::Everybody,
            (Some(_), _) => Whose::User(super::accounts::number(given, "user_id")?),
            (None, Some(user)) => Whose::User(user.id),
            (None, None) => return Err("whoever is not signed in has no list of interviews".to_owned()),
        };
        let query = given.maybe("query").map(|query| SessionQuery::parse(&query));
        let query = query.transpose().map_err(|bad| format!("this is no session query: {bad}"))?.map(Arc::new);
        Ok(SessionFilter {
            whose,
            interview: given.maybe("i"),
            session: given.maybe("session"),
            tag: given.maybe("tag"),
            query,
        })
    }

    fn listed(&self, given: &Given<'_>) -> Result<Plain, Refusal> {
        let app = self.app()?;
        let secret = given.maybe("secret").or_else(|| self.at.secret.clone());
        let look = Look { secret, tries_secret: true, dictionary: given.is_true("include_dict") };
        let next = given.maybe("next_id");
        let page = self.wait(app.session_list(&self.caller, self.filter(given)?, look, next.as_deref()))?;
        let keeps = |session: &ListedSession| session.valid || !given.is_true("exclude_invalid");
        let sessions = page.sessions.into_iter().filter(keeps).map(plain).collect();
        Ok(Plain::List(vec![Plain::List(sessions), page.next.map_or(Plain::Null, Plain::Text)]))
    }

    /// Deletes sessions; how many there were.
    fn deleted(&self, given: &Given<'_>) -> Result<Plain, Refusal> {
        let app = self.app()?;
        let filter = self.filter(given)?;
        let mut count = 0;
        let mut next = None;
        loop {
            let list = app.session_list(&self.caller, filter.clone(), Look::default(), next.as_deref());
            let page = self.wait(list)?;
            count += page.sessions.len();
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        self.wait(app.session_delete_all(&self.caller, filter, &["admin"]))?;
        Ok(Plain::Int(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

/// A screen as the API tells it.
fn told(outcome: &Outcome, caller: &Caller) -> Plain {
    let json = match outcome {
        Outcome::Screen(screen) | Outcome::Refused { screen, .. } => view::question(screen, caller),
        Outcome::UndefinedVariable { variable, message_log } => view::undefined_variable(variable, message_log),
        Outcome::Variables(variables) => return variables.clone(),
        Outcome::Response(_) | Outcome::Nothing => return Plain::Null,
    };
    view::from_json(&json)
}

fn plain(session: ListedSession) -> Plain {
    let text = |text: String| Plain::Text(text);
    let mut entries = vec![
        ("filename".to_owned(), text(session.filename)),
        ("session".to_owned(), text(session.session.as_str().to_owned())),
        ("modtime".to_owned(), text(session.modified.1)),
        ("starttime".to_owned(), text(session.started.1)),
        ("utc_modtime".to_owned(), text(session.modified.0.and_utc().to_rfc3339())),
        ("utc_starttime".to_owned(), text(session.started.0.and_utc().to_rfc3339())),
        ("title".to_owned(), text(session.title)),
        ("subtitle".to_owned(), session.subtitle.map_or(Plain::Null, Plain::Text)),
        ("tags".to_owned(), Plain::from(session.tags)),
        ("metadata".to_owned(), Plain::Map(session.metadata)),
        ("valid".to_owned(), Plain::Bool(session.valid)),
        ("user_id".to_owned(), session.user.map_or(Plain::Null, |user| Plain::Int(user.0))),
        ("temp_user_id".to_owned(), session.visitor.map_or(Plain::Null, Plain::Int)),
        ("email".to_owned(), session.email.map_or(Plain::Null, Plain::Text)),
    ];
    if let Some(dictionary) = session.dictionary {
        entries.push(("dict".to_owned(), dictionary));
    }
    Plain::Map(entries)
}
