//! Lists of sessions: what can be told about each, a page at a time, and the deletion of what a list tells.
//!
//! A session is opened only with the secret that the caller brings; one that it does not open is told as not valid.

mod query;
mod tell;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use da_core::{Caller, InterviewName, Plain, SessionId, User, UserId};
use da_interview::Interview;
use da_store::{Tie, TieFilter, Wrap};

pub use query::{BadQuery, SessionQuery};

use crate::account::{is_self, may};
use crate::app::Inner;
use crate::next_page::{code_of, number_of};
use crate::{App, AppError};

/// So many sessions stand on a page (docassemble's `pagination limit`).
const PAGE: usize = 100;

/// So many pages are looked through for one, so that nobody waits for whoever asks for what there is not. What comes of it may be
/// less than a page; it says where to go on.
const PAGES: usize = 50;

/// Who may see the sessions of everybody.
const SEEING: &[&str] = &["admin", "advocate"];

/// Whose sessions are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of everybody.
    Everybody,
    /// Those that a user is tied to.
    User(UserId),
}

/// Which sessions are meant: what is given must fit.
#[derive(Debug, Clone)]
pub struct SessionFilter {
    /// Whose.
    pub whose: Whose,
    /// Of this interview.
    pub interview: Option<String>,
    /// This one.
    pub session: Option<String>,
    /// With this tag.
    pub tag: Option<String>,
    /// For which this holds.
    pub query: Option<Arc<SessionQuery>>,
}

/// How closely a list looks at its sessions.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// What may open them.
    pub secret: Option<String>,
    /// Whether it is found out which of them it opens.
    pub tries_secret: bool,
    /// Whether their variables are told.
    pub dictionary: bool,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSession {
    /// The interview.
    pub filename: String,
    /// The session.
    pub session: SessionId,
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The tags: the session's own, where it was opened and has some.
    pub tags: Vec<String>,
    /// What the interview says about itself.
    pub metadata: Vec<(String, Plain)>,
    /// Whether everything could be read.
    pub valid: bool,
    /// Whether only a secret opens it.
    pub encrypted: bool,
    /// When it was begun: in UTC, and as the caller's clock showed it.
    pub started: (NaiveDateTime, String),
    /// When it was last written to.
    pub modified: (NaiveDateTime, String),
    /// The user.
    pub user: Option<UserId>,
    /// The user's address.
    pub email: Option<String>,
    /// A number that tells one visitor without an account from the next.
    pub visitor: Option<i64>,
    /// The variables, where they are wanted; none of a session that did not open.
    pub dictionary: Option<Plain>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSessions {
    /// The sessions, in the order in which people came to them.
    pub sessions: Vec<ListedSession>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl App {
    /// A page of the sessions that fit a filter; `after` is what the page before says about the next one (anything else
    /// counts as nothing).
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for sessions that are not the caller's, except for administrators and
    /// advocates.
    pub async fn session_list(
        &self,
        caller: &Caller,
        filter: SessionFilter,
        look: Look,
        after: Option<&str>,
    ) -> Result<ListedSessions, AppError> {
        authorise(caller, filter.whose, SEEING, &["access_sessions"])?;
        let after = after.and_then(number_of).unwrap_or(0);
        let (app, who) = (self.clone(), caller.clone());
        self.0.evaluations.run(move || app.0.session_page_of(&who, &filter, &look, after)).await
    }

    /// Takes away the ties of a list, and with the last tie of a session the session. `allowed` are the privileges that
    /// may do so to the sessions of others.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess), a database that cannot be written.
    pub async fn session_delete_all(
        &self,
        caller: &Caller,
        filter: SessionFilter,
        allowed: &[&str],
    ) -> Result<(), AppError> {
        authorise(caller, filter.whose, allowed, &["edit_sessions"])?;
        self.untie_all(filter).await
    }

    /// Takes away the ties that fit a filter, whoever asks.
    pub(crate) async fn untie_all(&self, filter: SessionFilter) -> Result<(), AppError> {
        let mut after = 0;
        loop {
            let (app, filter) = (self.clone(), filter.clone());
            // A page at a time, so that nobody who wants to write waits for long.
            let page = move || {
                let page = app.0.ties(&app.0.sources(&filter, false)?, after, PAGE)?;
                let last = page.last().map(|tie| tie.number);
                Ok::<_, AppError>((last, app.0.fitting(page, filter.query.as_deref(), &mut Accounts::new())?))
            };
            let (last, fitting) = self.0.evaluations.run(page).await?;
            let Some(last) = last else { return Ok(()) };
            after = last;
            let gone = self.0.store.untie(fitting.iter().map(|tie| tie.number).collect()).await?;
            self.0.contents.delete(gone.blobs).await;
            gone.sessions.iter().for_each(|session| self.0.pages.forget(session));
        }
    }
}

fn authorise(caller: &Caller, whose: Whose, others: &[&str], permissions: &[&str]) -> Result<(), AppError> {
    match whose {
        Whose::User(id) if is_self(caller, id) => Ok(()),
        _ => may(caller, others, permissions),
    }
}

/// The accounts that a query asks for, each read once.
type Accounts = HashMap<UserId, User>;

/// The interviews of a list, each read once.
type Interviews = HashMap<String, Option<Arc<Interview>>>;

impl Inner {
    fn session_page_of(
        &self,
        caller: &Caller,
        filter: &SessionFilter,
        look: &Look,
        mut after: i64,
    ) -> Result<ListedSessions, AppError> {
        let sources = self.sources(filter, look.dictionary)?;
        let clock = self.clock_of(caller);
        let mut interviews = Interviews::new();
        let mut accounts = Accounts::new();
        let mut sessions = Vec::new();
        for _ in 0..PAGES {
            let mut ties = self.ties(&sources, after, PAGE + 1)?;
            let more = ties.len() > PAGE;
            ties.truncate(PAGE);
            let last = ties.last().map_or(after, |tie| tie.number);
            let ties = self.fitting(ties, filter.query.as_deref(), &mut accounts)?;
            let wraps = self.wraps(&ties, look)?;
            for tie in ties {
                if sessions.len() == PAGE {
                    return Ok(ListedSessions { sessions, next: Some(code_of(after)) });
                }
                after = tie.number;
                let interview = interviews.entry(tie.interview.clone()).or_insert_with(|| self.named(&tie.interview));
                let told = self.tell(caller, &tie, interview.as_ref(), (look, wraps.get(&tie.session), clock))?;
                if filter.tag.as_ref().is_none_or(|tag| told.tags.contains(tag)) {
                    sessions.push(told);
                }
            }
            // What did not fit is not looked at again.
            after = last;
            if !more || sessions.len() == PAGE {
                return Ok(ListedSessions { sessions, next: more.then(|| code_of(after)) });
            }
        }
        Ok(ListedSessions { sessions, next: Some(code_of(after)) })
    }

    /// What the rows of a list are read by. A tag that the interview gives is looked for by its interviews; a session's
    /// own tags show only when it is opened.
    fn sources(&self, filter: &SessionFilter, opened: bool) -> Result<Vec<TieFilter>, AppError> {
        let user = match filter.whose {
            Whose::Everybody => None,
            Whose::User(user) => Some(user),
        };
        let session = match &filter.session {
            // What cannot be a session is none.
            Some(name) => match SessionId::parse(name) {
                Some(session) => Some(session),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        let of = |interview: Option<String>| TieFilter { user, interview, session: session.clone() };
        let named = filter
            .interview
            .as_ref()
            .map(|name| InterviewName::parse(name).map_or_else(|_| name.clone(), |name| name.as_str().to_owned()));
        let Some(tag) = filter.tag.as_ref().filter(|_| !opened) else { return Ok(vec![of(named)]) };
        let candidates = match named {
            Some(name) => vec![name],
            None => self.store.tied_interviews(user)?,
        };
        let has_tag =
            |name: &String| self.named(name).is_some_and(|interview| interview.metadata().tags().contains(tag));
        Ok(candidates.into_iter().filter(has_tag).map(|name| of(Some(name))).collect())
    }

    /// The ties of all sources, in the order of their numbers.
    fn ties(&self, sources: &[TieFilter], after: i64, most: usize) -> Result<Vec<Tie>, AppError> {
        let mut found = Vec::new();
        for source in sources {
            found.extend(self.store.ties(source, after, most)?);
        }
        found.sort_by_key(|tie| tie.number);
        found.truncate(most);
        Ok(found)
    }

    /// Those of a page that fit a query.
    fn fitting(
        &self,
        mut ties: Vec<Tie>,
        query: Option<&SessionQuery>,
        accounts: &mut Accounts,
    ) -> Result<Vec<Tie>, AppError> {
        let Some(query) = query else { return Ok(ties) };
        if query.asks_for_users() {
            let unknown = ties.iter().filter_map(|tie| tie.user).filter(|user| !accounts.contains_key(user));
            let unknown: HashSet<UserId> = unknown.collect();
            accounts.extend(self.store.people(&unknown)?.into_iter().map(|user| (user.id, user)));
        }
        ties.retain(|tie| query.fits(tie, tie.user.and_then(|user| accounts.get(&user))));
        Ok(ties)
    }

    fn wraps(&self, ties: &[Tie], look: &Look) -> Result<HashMap<SessionId, Vec<Wrap>>, AppError> {
        if !look.tries_secret || look.dictionary {
            return Ok(HashMap::new());
        }
        let sessions: Vec<SessionId> = ties.iter().map(|tie| tie.session.clone()).collect();
        Ok(self.store.wraps(&sessions)?)
    }

    fn named(&self, name: &str) -> Option<Arc<Interview>> {
        self.interview(&InterviewName::parse(name).ok()?).ok()
    }

    /// The time zone of a caller, else that of the server.
    fn clock_of(&self, caller: &Caller) -> Tz {
        let own = caller.user().and_then(|user| user.timezone.parse().ok());
        own.or_else(|| self.settings.interview.timezone.parse().ok()).unwrap_or(Tz::UTC)
    }
}
