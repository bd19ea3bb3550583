//! What an interview reaches beside its session: values that are kept, other sessions, accounts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use da_app::{
    App, AppSettings, Begin, CameFrom, Fault, FirstAccount, KeptAmount, KeptQuota, RedisServer, SessionAt, Taken,
};
use da_core::{Answer, Caller, Outcome, Plain, Screen, SentFiles, StepNumber};
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
            "[1, 6, 5, b'5', -1, 6, True, 2, b'ab', [b'c', None]]",
            "[3, 4, [b'x', b'a', b'b', b'c'], [b'b', b'c'], b'x', b'c', 2, 1, b'b', 0]",
            "[1, 1, b'2', None, [(b'a', b'2'), (b'b', b'3')], 7, 1, [b'b']]",
            "[2, 1, [b'a', b'b', b'c'], True, 1, 2, b'set'] [2, [b'b', b'a'], 6.0, [(b'b', 6.0)]]",
            "[[b'h', b'n', b's', b't', b'z'], [b'h', b's'], True, [b'g']]",
            "['DARedis: WRONGTYPE Operation against a key holding the wrong kind of value', \
             'DARedis: WRONGTYPE Operation against a key holding the wrong kind of value', \
             'DARedis.blpop is not available on this server: it needs a Redis server of its own.']",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_server_saved_and_kept_the_next_one_has() {
    let Ok(url) = std::env::var("DA_TEST_POSTGRES") else { return };
    let (place, url) = (Place::new(), da_app::DatabaseUrl::Postgres(url));
    let interview = place.write(
        "two.yml",
        "\
objects:
  - redis: DARedis
  - store: DAStore.using(base='session')
---
mandatory: True
code: |
  first
  store.set('first', first)
  key = redis.key(user_info().session)
  seen = redis.incr(key)
---
mandatory: True
code: |
  second
---
question: First?
fields:
  - First: first
---
question: Second?
subquestion: ${ store.get('first') } ${ seen }
fields:
  - Second: second
---
mandatory: True
question: At the end
subquestion: ${ first } ${ second } ${ store.get('first') } ${ seen } ${ redis.incr(key) }
",
    );
    let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let servers = [App::new(parts(&place, &url)), App::new(parts(&place, &url))];
    let begun = servers[0].session_new(&caller, Begin { interview, ..Begin::default() }).await.unwrap();
    let on = |server: usize| Used { app: servers[server].clone(), caller: caller.clone(), at: begun.at.clone() };
    assert_eq!(on(1).answered("first", Plain::from("a")).await, ["a 1"]);
    assert_eq!(on(0).answered("second", Plain::from("b")).await, ["a b a 1 2"]);
    on(1).app.session_back(&caller, &begun.at, false).await.unwrap();
    assert_eq!(on(0).answered("second", Plain::from("c")).await, ["a c a 1 3"]);
    servers[1].session_delete(&begun.at).await.unwrap();
    assert_eq!(servers[0].session_show(&caller, &begun.at).await.unwrap_err().fault, Fault::NoSession);
}

/// Counts, and fails where it is told to.
const COUNTING: &str = "\
objects:
  - redis: DARedis
---
mandatory: True
code: |
  fails
  count = redis.incr('count')
  if fails:
    1 / 0
---
question: Shall it fail?
yesno: fails
---
mandatory: True
question: At the end
subquestion: ${ count }
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_sessions_share_is_changed_at_once_whatever_becomes_of_the_answers() {
    let place = Place::new();
    let interview = place.write("counting.yml", COUNTING);
    let used = Used::begun(&place, interview.clone(), None).await;
    let failing = Answer { variables: vec![("fails".to_owned(), Plain::Bool(true))], ..Answer::default() };
    assert_eq!(used.app.session_answer(&used.caller, &used.at, failing).await.unwrap_err().fault, Fault::Interview);
    let begin = Begin { interview, ..Begin::default() };
    let at = used.app.session_new(&used.caller, begin).await.unwrap().at;
    let next = Used { at, ..used };
    assert_eq!(next.answered("fails", Plain::Bool(false)).await, ["2"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_redis_is_away_nothing_of_an_evaluation_is_saved_that_needs_it() {
    let place = Place::new();
    let interview = place.write("counting.yml", COUNTING);
    let mut parts = parts(&place, &place.url());
    parts.redis = Some(RedisServer::new("redis://127.0.0.1:1", "da-test:").unwrap());
    let app = App::new(parts);
    assert_eq!(app.shared_values_check().await.unwrap_err().fault, Fault::Busy);
    let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let at = app.session_new(&caller, Begin { interview, ..Begin::default() }).await.unwrap().at;
    let answer = Answer { variables: vec![("fails".to_owned(), Plain::Bool(false))], ..Answer::default() };
    let refused = app.session_answer(&caller, &at, answer).await.unwrap_err();
    assert_eq!((refused.fault, refused.public()), (Fault::Busy, "The server is busy. Try again in a moment."));
    let shown = app.session_show(&caller, &at).await.unwrap();
    assert!(matches!(&shown, Outcome::Screen(screen) if screen.question == "Shall it fail?"), "{shown:?}");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_keeps_examples_beside_the_sessions_and_predicts_by_the_nearest() {
    let place = Place::new();
    place.write_source("moods.json", include_str!("beside/moods.json"));
    let interview = place.write("learning.yml", include_str!("beside/learning.yml"));
    let used = Used::begun(&place, interview.clone(), None).await;
    let asked = used.answered("phrase", Plain::Text("Terrible, awful weather".to_owned())).await;
    assert_eq!(asked, ["['sad', 'happy'] True", "4 ['Terrible, awful weather']", "['happy', 'sad']"]);
    assert_eq!(
        used.answered("kind", Plain::Text("tired".to_owned())).await,
        [
            "tired [('happy', '1.00')]",
            "['bush', 'reed'] {'reed': {'reed': 1}, 'bush': {'bush': 1}}",
            "['happy', 'happy', 'sad', 'sad', 'tired', 'happy']",
            "['What a wonderful morning'] ['happy']",
        ]
    );
    // Other sessions learn from it.
    let next = Used::begun(&place, interview, None).await;
    let asked = next.answered("phrase", Plain::Text("Weather, terrible and awful".to_owned())).await;
    assert_eq!(asked[2], "['happy', 'sad', 'tired']");
    assert!(asked[0].starts_with("['tired', "), "{}", asked[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_adds_to_what_the_screen_that_it_was_made_for_keeps() {
    let place = Place::new();
    let interview = place.write(
        "form.yml",
        "\
initial: True
code: |
  store = DAStore('store', base='interview')
  store.set('count', (store.get('count') or 0) + 1)
  counted = store.get('count')
---
question: Which color?
fields:
  - Color: color
---
mandatory: True
question: At the end
subquestion: ${ color } ${ counted }
",
    );
    let Used { app, caller, at } = Used::begun(&place, interview, None).await;
    drop(app);
    // A server that has not shown the screen evaluates it again before it reads the form.
    let next = Used { app: App::new(parts(&place, &place.url())), caller, at };
    let read = |_: &Screen, _: Vec<SentFiles>| {
        Ok::<_, ()>(Answer { variables: vec![("color".to_owned(), Plain::from("red"))], ..Answer::default() })
    };
    let taken = next.app.session_form(&next.caller, &next.at, StepNumber::FIRST, Vec::new(), read).await.unwrap();
    assert!(matches!(taken, Taken::Answered));
    // Begun, shown again, answered, and shown at the end.
    assert_eq!(lines(&next.app.session_show(&next.caller, &next.at).await.unwrap()), ["red 4"]);
}
