//! Fields that are learned from (`ml`, `mlarea`): asked on a page, kept, and predicted from the examples of a file.

use da_testkit::{Place, TestApp};

const ASKS: &str = "\
machine learning storage: ml-moods.json
---
mandatory: True
question: How do you feel?
fields:
  - Today: today
    datatype: ml
  - Tomorrow: tomorrow
    datatype: mlarea
    using: today
    keep for training: False
---
code: |
  learner = SimpleTextMachineLearner('today')
  waiting = [entry.independent for entry in learner.unclassified_entries()]
  known = sorted(entry.dependent for entry in learner.classified_entries())
---
mandatory: True
question: |
  ${ today } and ${ tomorrow }
subquestion: |
  ${ type(today).__name__ } ${ today.group_id }; ${ tomorrow.text }; waiting: ${ comma_and_list(waiting) }; known: ${ comma_and_list(known) }
";

const MOODS: &str = r#"{"today": [
    {"dependent": "happy", "independent": "I am happy and glad"},
    {"dependent": "happy", "independent": "What a wonderful day"},
    {"dependent": "sad", "independent": "I am sad and lonely"},
    {"dependent": "sad", "independent": "It is raining again"}
]}"#;

#[actix_web::test]
async fn what_a_field_to_learn_from_is_told_is_kept_and_predicted_from_the_examples_of_the_file() {
    let place = Place::new();
    place.write("moods.yml", ASKS);
    place.write_source("ml-moods.json", MOODS);
    let app = TestApp::start_at(place).await;
    let address = format!("/interview?i={}:data/questions/moods.yml", Place::PACKAGE);
    let mut ann = app.browser();
    let page = ann.get(&app, &address).await;
    page.must_say("type=\"text\" name=\"f0\"");
    page.must_say("<textarea name=\"f1\"");
    let values = [("f0", "Such a wonderful wonderful day"), ("f1", "Lonely and sad, again raining")];
    let shown = ann.submit(&app, &page, &address, &values).await;
    shown.must_say("happy and sad");
    shown.must_say("DAModel docassemble.mine:data/sources/ml-moods.json:today; Lonely and sad, again raining;");
    shown.must_say("waiting: Such a wonderful wonderful day; known: happy, happy, sad, and sad");
}
