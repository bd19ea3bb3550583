//! Work in the background: what an interview asks to be done apart from its screens, and what its tasks then say.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use da_app::{App, Begin, Parts, SessionAt};
use da_core::{Answer, Caller, Outcome, Plain};
use da_testkit::{Place, parts};

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
        let place = Place::new();
        let interview = place.write("work.yml", &format!("{HEAD}{interview}"));
        let mut parts: Parts = parts(&place, &place.url());
        parts.settings.work_begins_after = Duration::ZERO;
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

#[tokio::test]
async fn what_work_in_the_background_ends_with_is_there_when_it_is_done() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  task
  other
  broken
  if task.ready() and other.ready() and broken.ready():
    done
  else:
    waiting
---
code: |
  task = background_action('add', number=3)
---
code: |
  other = background_action('find')
---
code: |
  broken = background_action('fail')
---
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
---
event: done
question: |
  ${ task.get() } ${ other.get() } ${ kept } ${ broken.failed() } ${ broken.result().error_type } ${ broken.result().error_message } ${ showifdef('forgotten') } ${ task.status() } ${ broken.state() }
",
    )
    .await;
    let question = session.ended().await;
    assert_eq!(question, "556 kept a key True ZeroDivisionError division by zero  SUCCESS FAILURE");
}

#[tokio::test]
async fn objects_pass_through_arguments_and_results() {
    let session = Session::begin(
        "\
objects:
  - client: Individual
---
mandatory: True
code: |
  client.name.first = 'Ann'
  task
  if task.ready():
    done
  else:
    waiting
---
code: |
  task = background_action('greet', who=client)
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
---
event: done
question: |
  ${ task.get()[0].name.first } ${ task.get()[1]['year'] } ${ found.name.first } ${ client.name.first }
",
    )
    .await;
    assert_eq!(session.ended().await, "Anna 2026 Anna Ann");
}

#[tokio::test]
async fn an_action_on_failure_is_told_what_failed_and_its_value_is_the_task_s() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  task
  if task.ready():
    done
  else:
    waiting
---
code: |
  task = background_action('fail')
---
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
---
event: done
question: |
  ${ mourned } / ${ task.failed() } ${ task.result().error_type } ${ task.get() } ${ showifdef('lost') }
",
    )
    .await;
    let question = session.ended().await;
    assert_eq!(question, "x ZeroDivisionError division by zero / True ZeroDivisionError mourned");
}

#[tokio::test]
async fn work_that_ends_at_a_question_failed_with_the_question() {
    let session = Session::begin(
        "\
mandatory: True
code: |
  task
  if task.ready():
    done
  else:
    waiting
---
code: |
  task = background_action('ask')
---
event: ask
code: |
  background_response(color)
---
question: Which color?
fields:
  - Color: color
---
event: done
question: |
  ${ task.failed() } ${ task.result().error_type } ${ task.result().error_message }
",
    )
    .await;
    assert_eq!(session.ended().await, "True QuestionError Which color?");
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
