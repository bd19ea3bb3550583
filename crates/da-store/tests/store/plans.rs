//! What a list costs: every statement of one finds its rows by an index and in its order, however many rows there are.
//!
//! SQLite says so itself (`EXPLAIN QUERY PLAN`); PostgreSQL has the same indexes, and plans by what stands in its tables.

use crate::place::{Place, interview, new_session, now};
use da_core::{SessionId, UserId};
use da_store::{DatabaseUrl, KeptPlace, Store, TieFilter, Tied};
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection, set_default_instrumentation};
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use std::cell::RefCell;
use std::sync::Mutex;
use std::time::Duration;

/// Statements of any thread that look for the next job: SQLite's writer has one of its own.
static TAKING: Mutex<Vec<String>> = Mutex::new(Vec::new());

thread_local! {
    /// The statements of this thread, as long as somebody listens.
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

fn ear() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        let InstrumentationEvent::StartQuery { query, .. } = event else { return };
        let text = query.to_string();
        let statement = text.split(" -- binds:").next().unwrap_or_default().to_owned();
        if statement.starts_with("SELECT id FROM job") {
            TAKING.lock().unwrap().push(statement.clone());
        }
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
    let selects = statements.iter().filter(|statement| statement.starts_with("SELECT"));
    selects.flat_map(|statement| explained(place, statement)).collect()
}

/// How SQLite goes about a statement.
fn explained(place: &Place, statement: &str) -> Vec<String> {
    let DatabaseUrl::Sqlite(file) = &place.url else { return Vec::new() };
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    let lines: Vec<Line> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection).unwrap();
    lines.into_iter().map(|line| line.detail).collect()
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
        store.kept_value(&KeptPlace { scope: [1; 32], name: [1; 32] }, now()).unwrap();
        store.kept_names(&[1; 32], 0, now()).unwrap();
        store.kept_values(&[1; 32], 0, now()).unwrap();
        store.kept_in_scope(&[1; 32]).unwrap();
    });
    assert!(rest.len() >= 12, "{rest:?}");
    assert_only_searches(&rest);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_job_is_found_by_an_index_however_many_wait() {
    set_default_instrumentation(ear).unwrap();
    let place = Place::sqlite();
    let store = place.store();
    let next = plans(&place, || assert_eq!(store.job_next().unwrap(), None));
    assert_eq!(next, ["SCAN job USING INDEX job_by_due"]);
    store.job_take(Duration::ZERO).await.unwrap();
    let statement = TAKING.lock().unwrap().iter().find(|statement| statement.contains("due <= ?")).cloned().unwrap();
    assert_eq!(explained(&place, &statement), ["SEARCH job USING INDEX job_by_due (due<?)"]);
}

#[derive(QueryableByName)]
struct PlanLine {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

#[test]
fn postgresql_finds_the_next_job_by_the_same_index() {
    let Some(place) = Place::postgres() else { return };
    place.store();
    let DatabaseUrl::Postgres(url) = &place.url else { return };
    let mut connection = PgConnection::establish(url).unwrap();
    // With empty tables it would not care.
    connection.batch_execute("SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off").unwrap();
    let statement = "EXPLAIN SELECT id FROM job WHERE is_first AND due <= localtimestamp ORDER BY due, id LIMIT 1 \
                     FOR UPDATE SKIP LOCKED";
    let lines: Vec<PlanLine> = sql_query(statement).load(&mut connection).unwrap();
    let plan: Vec<String> = lines.into_iter().map(|line| line.line).collect();
    assert!(plan.iter().any(|line| line.contains("Index Scan using job_by_due on job")), "{plan:?}");
    assert!(!plan.iter().any(|line| line.contains("Sort") || line.contains("Seq Scan")), "{plan:?}");
}

fn assert_only_searches(plans: &[String]) {
    let bad = |plan: &&String| plan.starts_with("SCAN") || plan.contains("TEMP B-TREE");
    assert_eq!(plans.iter().find(bad), None, "{plans:?}");
}
