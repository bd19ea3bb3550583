//! Work in the background: what an interview asks to be done apart from its screens.

use std::time::Duration;

use da_app::{App, Begin, Parts};
use da_core::{Caller, Outcome};
use da_testkit::{Place, parts};

const INTERVIEW: &str = "\
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
event: waiting
question: Please wait
---
event: done
question: |
  ${ task.get() } ${ other.get() } ${ kept } ${ broken.failed() } ${ broken.result().error_type } ${ showifdef('forgotten') }
";

fn app(place: &Place) -> App {
    let mut parts: Parts = parts(place, &place.url());
    parts.settings.work_begins_after = Some(Duration::ZERO);
    App::new(parts)
}

#[tokio::test]
async fn what_work_in_the_background_ends_with_is_there_when_it_is_done() {
    let place = Place::new();
    let interview = place.write("work.yml", INTERVIEW);
    let app = app(&place);
    let caller = Caller::Anonymous { visitor: "somebody".to_owned() };
    let begun = app.session_new(&caller, Begin { interview, secret: None, url_args: Vec::new() }).await.unwrap();
    // Each of the three pieces of work takes its turn at the session.
    for _ in 0..500 {
        let shown = app.session_show(&caller, &begun.at).await.unwrap();
        let Outcome::Screen(screen) = shown else { panic!("no screen: {shown:?}") };
        if screen.question != "Please wait" {
            assert_eq!(screen.question, "556 kept a key True ZeroDivisionError");
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the work is not done");
}
