//! Work in the background: what an interview asks to be done apart from its screens, and what its tasks then say.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use da_app::{App, AppSettings, Begin, KeptAmount, KeptQuota, Parts, SessionAt};
use da_core::{Answer, Caller, Outcome, Plain};
use da_testkit::{Place, parts};

/// What waits for the tasks, and then tells what came of them.
const HEAD: &str = "\
event: waiting
question: Please wait
---
";

struct Session {
    app: App,
    caller: Caller,
    at: SessionAt,
    _place: Place,
}

impl Session {
    /// Begins an interview on a server with a worker.
    async fn begin(interview: &str) -> Session {
        Session::begin_with(interview, |_| {}).await
    }

    async fn begin_with(interview: &str, set: impl FnOnce(&mut AppSettings)) -> Session {
        let place = Place::new();
        let interview = place.write("work.yml", &format!("{HEAD}{interview}"));
        let mut parts: Parts = parts(&place, &place.url());
        parts.settings.work_begins_after = Duration::ZERO;
        set(&mut parts.settings);
        let app = App::new(parts);
        let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
        let begun = app.session_new(&caller, Begin { interview, ..Begin::default() }).await.unwrap();
        let worker = app.clone();
        tokio::spawn(async move { worker.work_in_background().await });
        Session { app, caller, at: begun.at, _place: place }
    }

    async fn question(&self) -> String {
        match self.app.session_show(&self.caller, &self.at).await.unwrap() {
            Outcome::Screen(screen) => screen.question,
            other => panic!("no screen: {other:?}"),
        }
    }

    /// The first screen that says something else than to wait.
    async fn ended(&self) -> String {
        let ends = async {
            loop {
                let question = self.question().await;
                if question != "Please wait" {
                    return question;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(120), ends).await.expect("the work is not done")
    }

    async fn set(&self, name: &str, value: Plain) {
        let answer = Answer { variables: vec![(name.to_owned(), value)], ..Answer::default() };
        self.app.session_answer(&self.caller, &self.at, answer).await.unwrap();
    }
}

/// Work that is done once, and what its tasks say then.
struct Case {
    tells: &'static str,
    /// What is done before.
    before: &'static str,
    /// Names of tasks, and what they are begun with.
    tasks: &'static [(&'static str, &'static str)],
    /// The events that do the work.
    events: &'static str,
    /// What is shown in the end, and what that has to be.
    shows: &'static str,
    seen: &'static str,
}

const CASES: [Case; 5] = [
    Case {
        tells: "what work ends with is there when it is done, and what else it changed is not",
        before: "",
        tasks: &[
            ("task", "background_action('add', number=3)"),
            ("other", "background_action('find')"),
            ("broken", "background_action('fail')"),
        ],
        events: "\
event: add
code: |
  forgotten = 1
  background_response(553 + action_argument('number') if interface() == 'worker' else 0)
---
event: find
code: |
  background_response_action('keep', found='a key')
---
event: keep
code: |
  kept = action_argument('found')
  background_response('kept')
---
event: fail
code: |
  background_response(1 / 0)
",
        shows: "${ task.get() } ${ other.get() } ${ kept } ${ showifdef('forgotten') } ${ task.status() }",
        seen: "556 kept a key  SUCCESS",
    },
    Case {
        tells: "work that fails tells how",
        before: "",
        tasks: &[("task", "background_action('fail')")],
        events: "event: fail\ncode: |\n  background_response(1 / 0)\n",
        shows: "${ task.failed() } ${ task.result().error_type } ${ task.result().error_message } ${ task.state() }",
        seen: "True ZeroDivisionError division by zero FAILURE",
    },
    Case {
        tells: "objects pass through arguments and results",
        before: "client.name.first = 'Ann'",
        tasks: &[("task", "background_action('greet', who=client)")],
        events: "\
objects:
  - client: Individual
---
event: greet
code: |
  who = action_argument('who')
  who.name.first = who.name.first + 'a'
  background_response_action('keep', who=who)
---
event: keep
code: |
  found = action_argument('who')
  background_response([found, {'year': 2026}])
",
        shows: "${ task.get()[0].name.first } ${ task.get()[1]['year'] } ${ found.name.first } ${ client.name.first }",
        seen: "Anna 2026 Anna Ann",
    },
    Case {
        tells: "an action on failure is told what failed, and its value is the task's",
        before: "",
        tasks: &[("task", "background_action('fail')")],
        events: "\
event: fail
code: |
  background_error_action('mourn', name='x')
  lost = 1
  background_response(1 / 0)
---
event: mourn
code: |
  mourned = action_argument('name') + ' ' + action_argument('error_type') + ' ' + action_argument('error_message')
  background_response('mourned')
",
        shows: "${ mourned } / ${ task.failed() } ${ task.result().error_type } ${ task.get() } ${ showifdef('lost') }",
        seen: "x ZeroDivisionError division by zero / True ZeroDivisionError mourned",
    },
    Case {
        tells: "work that ends at a question failed with the question",
        before: "",
        tasks: &[("task", "background_action('ask')")],
        events: "event: ask\ncode: |\n  background_response(color)\n---\nquestion: Which color?\nfields:\n  - Color: color\n",
        shows: "${ task.failed() } ${ task.result().error_type } ${ task.result().error_message }",
        seen: "True QuestionError Which color?",
    },
];

impl Case {
    fn interview(&self) -> String {
        let names: Vec<&str> = self.tasks.iter().map(|(name, _)| *name).collect();
        let ready: Vec<String> = names.iter().map(|name| format!("{name}.ready()")).collect();
        let begun: String =
            self.tasks.iter().map(|(name, call)| format!("code: |\n  {name} = {call}\n---\n")).collect();
        format!(
            "mandatory: True\ncode: |\n  {}\n  {}\n  if {}:\n    done\n  else:\n    waiting\n---\n{begun}{}---\nevent: done\n\
             question: |\n  {}\n",
            self.before,
            names.join("\n  "),
            ready.join(" and "),
            self.events,
            self.shows
        )
    }
}

#[tokio::test]
async fn what_is_done_in_the_background_is_told_when_it_is_done() {
    for case in &CASES {
        let session = Session::begin(&case.interview()).await;
        assert_eq!(session.ended().await, case.seen, "{}", case.tells);
    }
}

#[tokio::test]
async fn what_a_task_ended_with_is_told_at_every_step_that_knows_the_task() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  task
  if showifdef('went') == 'on':
    waiting
  if task.ready():
    done
  else:
    waiting
---
code: |
  task = background_action('add')
---
event: add
code: |
  background_response(5)
---
event: done
question: ${ task.get() }
",
    )
    .await;
    // Whether or not the work is done by then: going back does not lose it.
    session.set("went", Plain::from("on")).await;
    session.app.session_back(&session.caller, &session.at, false).await.unwrap();
    assert_eq!(session.ended().await, "5");
}

#[tokio::test]
async fn the_jobs_of_a_session_change_its_answers_in_the_order_in_which_they_were_asked_for() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  order = []
  tasks = [background_action('work', number=n) for n in range(6)]
---
mandatory: True
code: |
  if tasks[5].ready():
    done
  else:
    waiting
---
event: work
code: |
  background_response_action('note', number=action_argument('number'))
---
event: note
code: |
  order.append(action_argument('number'))
  background_response()
---
event: done
question: ${ order }
",
    )
    .await;
    assert_eq!(session.ended().await, "[0, 1, 2, 3, 4, 5]");
}

#[tokio::test]
async fn what_work_keeps_beside_the_session_is_kept_with_its_end_and_not_when_that_fails() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  tasks = [background_action(name) for name in ('good', 'bad', 'half')]
---
mandatory: True
code: |
  if all(task.ready() for task in tasks):
    done
  else:
    waiting
---
event: good
code: |
  DAStore('store', base='interview').set('first of good', 1)
  background_response_action('change', name='good', denominator=1)
---
event: half
code: |
  DAStore('store', base='interview').set('first of half', 1)
  background_response_action('change', name='half', denominator=0)
---
event: change
code: |
  DAStore('store', base='interview').set('second of ' + action_argument('name'), 1)
  background_response(1 / action_argument('denominator'))
---
event: bad
code: |
  DAStore('store', base='interview').set('first of bad', 1)
  background_response(1 / 0)
---
event: done
question: |
  ${ sorted(DAStore('store', base='interview').keys()) }
",
    )
    .await;
    assert_eq!(session.ended().await, "['first of good', 'first of half', 'second of good']");
}

#[tokio::test]
async fn the_second_half_of_work_adds_to_what_the_first_keeps() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  task = background_action('first')
---
mandatory: True
code: |
  if task.ready():
    done
  else:
    waiting
---
event: first
code: |
  mark_task_as_performed('a', persistent=True)
  DAStore('store', base='interview').set('words', ['one'])
  background_response_action('second')
---
event: second
code: |
  mark_task_as_performed('b', persistent=True)
  store = DAStore('store', base='interview')
  store.set('words', (store.get('words') or []) + ['two'])
  background_response()
---
event: done
question: |
  ${ task_performed('a', persistent=True) } ${ task_performed('b', persistent=True) }
  ${ DAStore('store', base='interview').get('words') }
",
    )
    .await;
    let seen = session.ended().await;
    assert_eq!(seen.split_whitespace().collect::<Vec<_>>().join(" "), "True True ['one', 'two']");
}

#[tokio::test]
async fn work_that_keeps_more_than_its_owner_may_is_given_up_at_once_and_says_why() {
    // One value is too much; that is looked at when it is saved.
    let owner = KeptAmount { values: 0, bytes: 1 << 20 };
    let session = Session::begin_with(
        "\
mandatory: True
code: |
  redis = DARedis('redis')
  tasks = [background_action(name) for name in ('whole', 'half')]
---
mandatory: True
code: |
  if all(task.ready() for task in tasks):
    done
  else:
    waiting
---
event: whole
code: |
  DARedis('redis').incr('whole')
  DAStore('store', base='interview').set('a', 1)
  background_response()
---
event: half
code: |
  DARedis('redis').incr('half')
  background_response_action('change')
---
event: change
code: |
  DAStore('store', base='interview').set('b', 1)
  background_response()
---
event: done
question: |
  ${ [task.result().error_message for task in tasks] } ${ redis.get('whole') } ${ redis.get('half') }
",
        |settings| settings.kept_quota = KeptQuota { owner, ..KeptQuota::default() },
    )
    .await;
    let full = "There is no room for what the interview keeps beside its sessions.";
    assert_eq!(session.ended().await, format!("['{full}', '{full}'] b'1' b'1'"));
}
