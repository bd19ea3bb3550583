//! What an interview reaches beside its session: values that are kept, other sessions, accounts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use da_app::{App, AppSettings, Begin, CameFrom, FirstAccount, KeptAmount, KeptQuota, SessionAt};
use da_core::{Answer, Caller, Outcome, Plain};
use da_testkit::{Place, parts};

/// An interview whose session somebody uses.
struct Used {
    app: App,
    caller: Caller,
    at: SessionAt,
}

impl Used {
    async fn begun(place: &Place, interview: String, caller: Option<Caller>) -> Used {
        Used::begun_with(place, interview, caller, |_| {}).await
    }

    async fn begun_with(
        place: &Place,
        interview: String,
        caller: Option<Caller>,
        set: impl FnOnce(&mut AppSettings),
    ) -> Used {
        let mut parts = parts(place, &place.url());
        set(&mut parts.settings);
        let app = App::new(parts);
        let caller =
            caller.unwrap_or_else(|| Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() });
        let begun = app.session_new(&caller, Begin { interview, ..Begin::default() }).await.unwrap();
        Used { app, caller, at: begun.at }
    }

    /// The lines under the question that an answer leads to.
    async fn answered(&self, variable: &str, value: Plain) -> Vec<String> {
        let answer = Answer { variables: vec![(variable.to_owned(), value)], ..Answer::default() };
        lines(&self.app.session_answer(&self.caller, &self.at, answer).await.unwrap())
    }
}

fn lines(outcome: &Outcome) -> Vec<String> {
    let Outcome::Screen(screen) = outcome else { panic!("no screen: {outcome:?}") };
    screen.subquestion.clone().unwrap_or_default().trim().lines().map(|line| line.trim().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_beside_a_session_is_there_at_once_and_in_later_evaluations() {
    let place = Place::new();
    let interview = place.write("values.yml", include_str!("beside/values.yml"));
    let used = Used::begun(&place, interview.clone(), None).await;
    assert_eq!(
        used.answered("color", Plain::Text("red".to_owned())).await,
        [
            "['color', 'tasks'] {'name': 'red', 'shades': ['red 1', 'red 2']} ['seen', 'tasks'] False None",
            "[{'color': 'red'}] 1",
            "False 1",
            // Such an object is kept when its evaluation ends.
            "['red'] False []",
            "False",
        ]
    );
    assert_eq!(
        used.answered("seen_once", Plain::Bool(true)).await,
        [
            "['red 1', 'red 2'] ['seen', 'tasks'] [{'color': 'red'}]",
            "1 {'color': 'red'} None",
            "['red', 'more'] dark unset"
        ]
    );
    assert_eq!(used.answered("seen_twice", Plain::Bool(true)).await, ["['red', 'more'] True red"]);
    // None of it can be read in the database.
    let database = place.database_bytes();
    assert!(!database.windows(7).any(|bytes| bytes == b"shades'" || bytes == b"palette"));
    // What belongs to the interview outlives the session; what belongs to the session does not.
    used.app.session_delete(&used.at).await.unwrap();
    let next = Used::begun(&place, interview, None).await;
    let lines = next.answered("color", Plain::Text("blue".to_owned())).await;
    assert_eq!(lines[1..3], ["[{'color': 'red'}, {'color': 'blue'}] 2", "False 1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_there_is_room_for_is_an_error_of_the_interview() {
    let place = Place::new();
    let interview = place.write(
        "full.yml",
        "\
mandatory: True
code: |
  much
  store = DAStore('store', base='interview')
  told = []
  for name in ('a', 'b', 'a', 'c', 'n' * 1001):
    try:
      store.set(name, much)
      told.append('kept')
    except Exception as refusal:
      told.append(str(refusal))
  store.delete('b')
  store.set('c', 1)
---
question: How much?
fields:
  - Much: much
---
mandatory: True
question: At the end
subquestion: |
  ${ told }
  ${ store.keys() }
",
    );
    let most = KeptAmount { values: 2, bytes: 1 << 20 };
    let used = Used::begun_with(&place, interview, None, |settings| {
        settings.kept_quota = KeptQuota { scope: most, ..KeptQuota::default() };
    })
    .await;
    let full = "store: there is no room for it: at most 2 values of 1048576 bytes together are kept here";
    let long = "store: a name has 1000 bytes at most";
    assert_eq!(
        used.answered("much", Plain::Text("little".to_owned())).await,
        [format!("['kept', 'kept', 'kept', '{full}', '{long}']"), "['a', 'c']".to_owned()]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_visitor_keeps_goes_some_days_after_it_was_written() {
    let place = Place::new();
    let interview = place.write(
        "visitor.yml",
        "\
mandatory: True
code: |
  color
  DAStore('store').set('color', color)
  DAStore('store', base='interview').set('color', color)
---
question: Which color?
fields:
  - Color: color
---
mandatory: True
question: At the end
subquestion: ${ DAStore('store').get('color') } ${ DAStore('store', base='interview').get('color') }
",
    );
    let used = Used::begun_with(&place, interview, None, |settings| settings.visitor_days = 0).await;
    // The evaluation that keeps it has it; the next one, after no days, has not.
    assert_eq!(used.answered("color", Plain::Text("red".to_owned())).await, ["red red"]);
    assert_eq!(lines(&used.app.session_show(&used.caller, &used.at).await.unwrap()), ["None red"]);
    assert_eq!(used.app.kept_values_expire().await.unwrap(), 1);
    assert_eq!(used.app.kept_values_expire().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_interviews_keep_in_redis_is_kept_for_a_while_or_for_good() {
    let place = Place::new();
    let interview = place.write("redis.yml", include_str!("beside/redis.yml"));
    let used = Used::begun(&place, interview, None).await;
    assert_eq!(
        used.answered("fruit", Plain::Text("pear".to_owned())).await,
        [
            "docassemble.mine:data/questions/redis.yml:word {'word': 'pear', 'rows': [1, 2.5, None]} None None 2",
            "b'12' None True -1 -2",
            "[None, None, True] [True, -1, True, None] [1, None]",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interview_begins_other_sessions_and_works_in_them() {
    let place = Place::new();
    place.write("other.yml", include_str!("beside/other.yml"));
    let interview = place.write("sessions.yml", include_str!("beside/sessions.yml"));
    let used = Used::begun(&place, interview, None).await;
    assert_eq!(
        used.answered("word_for_it", Plain::Text("pears".to_owned())).await,
        [
            "It began with \"Which fruit?\", came to \"You have 2 pears, hello\" and had pears, 2 and",
            "{'said': 'hello'}; then 5, and 2.",
            "(DAException: other session: There is no such session.) (DAError: You cannot go back in the current interview session) \
             (DAException: other session: Interview docassemble.mine:data/questions/none.yml not found) \
             (DAException: account: Access denied.) (DAException: account: Access denied.)",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_makes_and_changes_accounts_in_an_interview() {
    let place = Place::new();
    let app = App::new(parts(&place, &place.url()));
    let key = app.account_first(FirstAccount::default()).await.unwrap().unwrap().api_key;
    let caller = app.caller_by_key(&key, &CameFrom::default()).await.unwrap();
    drop(app);
    let interview = place.write("accounts.yml", include_str!("beside/accounts.yml"));
    let used = Used::begun(&place, interview, Some(caller)).await;
    let shown = lines(&used.app.session_show(&used.caller, &used.at).await.unwrap());
    assert_eq!(
        shown,
        [
            "ann@example.com Ann [] True",
            "Anna ['editor']",
            "['admin@example.com', 'ann@example.com'] None",
            "True True",
            "manage_privileges: invalid command",
            "[] None",
        ]
    );
}
