//! What a list costs: every statement of one finds its rows by an index and in its order, however many rows there are.
//!
//! SQLite says so itself (`EXPLAIN QUERY PLAN`); PostgreSQL has the same indexes, and plans by what stands in its tables.

use crate::place::{Place, interview, new_session, now};
use da_core::{SessionId, UserId};
use da_store::{DatabaseUrl, Store, TieFilter, Tied};
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use std::cell::RefCell;

thread_local! {
    /// The statements of this thread, as long as somebody listens.
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

fn ear() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        let InstrumentationEvent::StartQuery { query, .. } = event else { return };
        let text = query.to_string();
        let statement = text.split(" -- binds:").next().unwrap_or_default().to_owned();
        HEARD.with_borrow_mut(|heard| heard.iter_mut().for_each(|heard| heard.push(statement.clone())));
    }))
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How SQLite goes about the statements of some work.
fn plans(place: &Place, work: impl FnOnce()) -> Vec<String> {
    HEARD.set(Some(Vec::new()));
    work();
    let statements = HEARD.take().unwrap();
    let DatabaseUrl::Sqlite(file) = &place.url else { return Vec::new() };
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    let mut plans = Vec::new();
    for statement in statements.iter().filter(|statement| statement.starts_with("SELECT")) {
        let lines: Vec<Line> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection).unwrap();
        plans.extend(lines.into_iter().map(|line| line.detail));
    }
    plans
}

fn ties(store: &Store, user: bool, by_interview: bool, session: bool) {
    let filter = TieFilter {
        user: user.then_some(UserId(1)),
        interview: by_interview.then(|| interview().as_str().to_owned()),
        session: session.then(|| SessionId::parse("s").unwrap()),
    };
    store.ties(&filter, 0, 100).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_looks_at_rows_that_it_does_not_tell() {
    set_default_instrumentation(ear).unwrap();
    let place = Place::sqlite();
    let store = place.store();
    let id = new_session(&store, "s").await;
    let ann = crate::lists::user(&store, "ann@example.com").await;
    store.tie(&id, Tied::User(ann)).await.unwrap();
    let told = [
        ((false, false, false), "session_tie USING INTEGER PRIMARY KEY (rowid>?)"),
        ((true, false, false), "session_tie USING INDEX session_tie_by_user (user_id=?"),
        ((false, true, false), "session_tie USING INDEX session_tie_by_interview (interview=?"),
        ((true, true, false), "session_tie USING INDEX session_tie_by_user_and_interview (user_id=? AND interview=?"),
        ((false, false, true), "session_tie USING INDEX session_tie_by_session (session_id=?"),
        ((true, true, true), "session_tie USING INDEX session_tie_by_session (session_id=?"),
    ];
    for ((user, by_interview, session), expected) in told {
        let plans = plans(&place, || ties(&store, user, by_interview, session));
        assert!(plans[0].starts_with(&format!("SEARCH {expected}")), "{plans:?}");
        assert_only_searches(&plans);
    }
    let rest = plans(&place, || {
        store.tied_interviews(None).unwrap();
        store.tied_interviews(Some(UserId(1))).unwrap();
        store.sessions_before(now(), None, 100).unwrap();
        store.users(true, UserId(0), Some(100)).unwrap();
        store.wraps(&[SessionId::parse("s").unwrap()]).unwrap();
        store.keys_of(UserId(1)).unwrap();
        store.session(&SessionId::parse("s").unwrap(), &interview()).unwrap();
    });
    assert!(rest.len() >= 7, "{rest:?}");
    assert_only_searches(&rest);
}

fn assert_only_searches(plans: &[String]) {
    let bad = |plan: &&String| plan.starts_with("SCAN") || plan.contains("TEMP B-TREE");
    assert_eq!(plans.iter().find(bad), None, "{plans:?}");
}
