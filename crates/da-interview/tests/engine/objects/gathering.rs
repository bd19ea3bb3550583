//! How groups ask for their members.

use super::{program, said};

#[test]
fn a_list_of_plain_values_is_asked_for_item_by_item() {
    let mut session = program("fruit = DAList('fruit')\nanswer = str(fruit)");
    // The list is made anew by every pass of the block, so that it must stand in a block of its own.
    assert_eq!(session.begin(), "wants fruit.there_are_any");
    let mut session = super::Session::of("objects:\n  - fruit: DAList\n---\nmandatory: True\nquestion: ${ fruit }\n");
    assert_eq!(session.begin(), "wants fruit.there_are_any");
    assert_eq!(session.answer("fruit.there_are_any", true), "wants fruit[0]");
    assert_eq!(session.answer("fruit[0]", "fig"), "wants fruit.there_is_another");
    assert_eq!(session.answer("fruit.there_is_another", true), "wants fruit[1]");
    assert_eq!(session.answer("fruit[1]", "pear"), "wants fruit.there_is_another");
    assert_eq!(session.answer("fruit.there_is_another", false), "fig and pear");
}

#[test]
fn a_list_of_objects_asks_for_what_makes_each_complete() {
    let mut session = super::Session::of(
        "objects:\n  - pets: DAList.using(object_type=DAObject, complete_attribute=['kind', 'home.city'], there_are_any=True)\n---\n\
         generic object: DAObject\nobjects:\n  - x.home: DAObject\n---\nmandatory: True\nquestion: ${ pets.number() } ${ pets[0].kind }\n",
    );
    assert_eq!(session.begin(), "wants pets[0].kind");
    assert_eq!(session.answer("pets[0].kind", "dog"), "wants pets[0].home.city");
    assert_eq!(session.answer("pets[0].home.city", "Paris"), "wants pets.there_is_another");
    assert_eq!(session.answer("pets.there_is_another", true), "wants pets[1].kind");
    assert_eq!(session.answer("pets[1].kind", "cat"), "wants pets[1].home.city");
    assert_eq!(session.answer("pets[1].home.city", "Rome"), "wants pets.there_is_another");
    assert_eq!(session.answer("pets.there_is_another", false), "2 dog");
}

#[test]
fn a_number_that_is_asked_for_ends_the_gathering() {
    let mut session = super::Session::of(
        "objects:\n  - fruit: DAList.using(ask_number=True)\n---\nmandatory: True\nquestion: ${ fruit.number() } ${ fruit }\n",
    );
    assert_eq!(session.begin(), "wants fruit.target_number");
    assert_eq!(session.answer("fruit.target_number", 2), "wants fruit[0]");
    assert_eq!(session.answer("fruit[0]", "fig"), "wants fruit[1]");
    assert_eq!(session.answer("fruit[1]", "pear"), "2 fig and pear");
}

#[test]
fn a_minimum_comes_before_the_question_whether_there_is_another() {
    let mut session = super::Session::of(
        "objects:\n  - fruit: DAList.using(minimum_number=2)\n---\nmandatory: True\nquestion: ${ fruit }\n",
    );
    assert_eq!(session.begin(), "wants fruit[0]");
    assert_eq!(session.answer("fruit[0]", "fig"), "wants fruit[1]");
    assert_eq!(session.answer("fruit[1]", "pear"), "wants fruit.there_is_another");
    assert_eq!(session.answer("fruit.there_is_another", false), "fig and pear");
}

#[test]
fn a_list_that_does_not_gather_by_itself_wants_to_be_gathered() {
    assert_eq!(said("fruit = DAList('fruit', auto_gather=False)\nanswer = len(fruit)"), "wants fruit.gathered");
    assert_eq!(said("fruit = DAList('fruit', auto_gather=False, gathered=True)\nanswer = len(fruit)"), "0");
}

#[test]
fn a_list_without_anything_is_not_asked_about_twice() {
    let mut session = super::Session::of(
        "objects:\n  - fruit: DAList\n---\nmandatory: True\nquestion: ${ fruit.number() } ${ fruit.gathered }\n",
    );
    assert_eq!(session.begin(), "wants fruit.there_are_any");
    assert_eq!(session.answer("fruit.there_are_any", false), "0 True");
}

#[test]
fn the_class_of_each_item_can_be_asked_for() {
    let mut session = super::Session::of(
        "objects:\n  - pets: DAList.using(ask_object_type=True, there_are_any=True, complete_attribute='kind')\n---\nmandatory: True\n\
         question: ${ pets.number() } ${ type(pets[0]).__name__ } ${ pets[0].instanceName }\n---\ncode: |\n  pets.new_object_type = DAObject.using(legs=4)\n",
    );
    assert_eq!(session.begin(), "wants pets[0].kind");
    assert_eq!(session.answer("pets[0].kind", "dog"), "wants pets.there_is_another");
    assert_eq!(session.answer("pets.there_is_another", false), "1 DAObject pets[0]");
}

#[test]
fn a_dictionary_asks_for_a_key_and_then_for_its_value() {
    let mut session =
        super::Session::of("objects:\n  - ages: DADict\n---\nmandatory: True\nquestion: ${ ages } ${ ages['Ann'] }\n");
    assert_eq!(session.begin(), "wants ages.there_are_any");
    assert_eq!(session.answer("ages.there_are_any", true), "wants ages.new_item_name");
    assert_eq!(session.answer("ages.new_item_name", "Ann"), "wants ages['Ann']");
    assert_eq!(session.answer("ages['Ann']", 41), "wants ages.there_is_another");
    assert_eq!(session.answer("ages.there_is_another", false), "Ann 41");
}

#[test]
fn a_dictionary_takes_key_and_value_that_came_together() {
    let mut session = super::Session::of(
        "objects:\n  - ages: DADict.using(there_are_any=True)\n---\nmandatory: True\nquestion: ${ ages } ${ ages['Ann'] }\n---\nquestion: Who?\n\
         fields:\n  - Name: ages.new_item_name\n  - Age: ages.new_item_value\n",
    );
    assert_eq!(session.begin(), "Who?");
    let variables =
        vec![("ages.new_item_name".to_owned(), "Ann".into()), ("ages.new_item_value".to_owned(), 41.into())];
    let answer = da_core::Answer { variables, ..da_core::Answer::default() };
    assert_eq!(session.run(da_core::Command::Answer(answer)), "wants ages.there_is_another");
    assert_eq!(session.answer("ages.there_is_another", false), "Ann 41");
}

#[test]
fn a_dictionary_of_objects_asks_for_what_makes_each_complete() {
    let mut session = super::Session::of(
        "objects:\n  - pets: DADict.using(object_type=DAObject, complete_attribute='legs', there_are_any=True)\n---\nmandatory: True\nquestion: \
         ${ pets } ${ pets['dog'].legs }\n",
    );
    assert_eq!(session.begin(), "wants pets.new_item_name");
    assert_eq!(session.answer("pets.new_item_name", "dog"), "wants pets['dog'].legs");
    assert_eq!(session.answer("pets['dog'].legs", 4), "wants pets.there_is_another");
    assert_eq!(session.answer("pets.there_is_another", false), "dog 4");
}

#[test]
fn a_set_asks_for_a_new_member_again_and_again() {
    let mut session = super::Session::of("objects:\n  - tags: DASet\n---\nmandatory: True\nquestion: ${ tags }\n");
    assert_eq!(session.begin(), "wants tags.there_are_any");
    assert_eq!(session.answer("tags.there_are_any", true), "wants tags.new_item");
    assert_eq!(session.answer("tags.new_item", "red"), "wants tags.there_is_another");
    assert_eq!(session.answer("tags.there_is_another", true), "wants tags.new_item");
    assert_eq!(session.answer("tags.new_item", "blue"), "wants tags.there_is_another");
    assert_eq!(session.answer("tags.there_is_another", false), "blue and red");
}

#[test]
fn a_gathered_list_is_gathered_once_more_after_a_reset() {
    let code = "fruit = DAList('fruit', elements=['fig'])\nfruit.reset_gathered(only_if_empty=True)\nstill = hasattr(fruit, 'gathered')\n\
                fruit.reset_gathered()\nanswer = [still, hasattr(fruit, 'gathered'), fruit.number_gathered(), len(fruit)]";
    assert_eq!(said(code), "wants fruit.there_is_another");
}

#[test]
fn an_item_that_is_not_complete_any_more_is_asked_for_again() {
    let code = "pets = DAList('pets', object_type=DAObject, complete_attribute='complete')\npets.appendObject(complete=True)\n\
                pets.gathered = True\npets.gathered_and_complete()\nanswer = 1";
    assert_eq!(said(code), "wants pets[0].complete");
}
