//! `DAObject`

use super::{program, said};

#[test]
fn an_attribute_that_was_never_set_is_wanted_by_its_full_name() {
    assert_eq!(said("client = DAObject('client')\nanswer = client.age"), "wants client.age");
    assert_eq!(
        said("client = DAObject('client', mother=DAObject())\nanswer = client.mother.age"),
        "wants client.mother.age"
    );
}

#[test]
fn what_the_language_itself_looks_for_is_never_wanted() {
    assert_eq!(
        said(
            "client = DAObject('client')\ntry:\n  client.__fspath__\nexcept AttributeError as err:\n  answer = str(err)"
        ),
        "\"'DAObject' object has no attribute '__fspath__'\""
    );
}

#[test]
fn looking_whether_an_attribute_is_there_wants_nothing() {
    let code = "client = DAObject('client', age=41)\nanswer = [hasattr(client, 'age'), hasattr(client, 'name'), \
                client.attribute_defined('name'), client.attr('age'), client.attr('name'), getattr(client, 'name', 7)]";
    assert_eq!(said(code), "[True, False, False, 41, None, 7]");
}

#[test]
fn an_object_without_a_name_gets_that_of_its_place() {
    let code = "client = DAObject('client')\nfriend = DAObject()\nfriend.dog = DAObject()\nclient.friend = friend\n\
                answer = [client.friend.instanceName, client.friend.dog.instanceName, client.friend.has_nonrandom_instance_name]";
    assert_eq!(said(code), "['client.friend', 'client.friend.dog', True]");
}

#[test]
fn an_object_that_was_put_into_a_variable_is_called_after_it() {
    assert_eq!(said("client = DAObject()\nanswer = client.age"), "wants client.age");
    let mut session = program("client = DAObject()\nclient.dog = DAObject()\nanswer = wish");
    assert_eq!(session.begin(), "wants wish");
    let mut session = super::Session::of(
        "mandatory: True\ncode: |\n  client = DAObject()\n  client.dog = DAObject()\n---\nmandatory: True\nquestion: |\n  \
         ${ client.instanceName } ${ client.dog.instanceName }\n",
    );
    assert_eq!(session.begin(), "client client.dog");
}

#[test]
fn an_attribute_is_made_an_object_once_unless_it_is_asked_for_anew() {
    let code = "client = DAObject('client')\nfirst = client.initializeAttribute('dog', DAObject.using(legs=4), age=3)\n\
                again = client.initializeAttribute('dog', DAObject)\nnew = client.reInitializeAttribute('dog', DAObject)\n\
                answer = [first.instanceName, first.legs, first.age, again is first, new is first, client.dog is new, client.attrList]";
    assert_eq!(said(code), "['client.dog', 4, 3, True, False, True, ['dog']]");
}

#[test]
fn parameters_of_the_call_win_over_those_of_using() {
    let code = "client = DAObject('client')\nclient.initializeAttribute('dog', DAObject.using(legs=4), legs=3)\n\
                answer = client.dog.legs";
    assert_eq!(said(code), "3");
}

#[test]
fn a_python_class_overrides_init_and_goes_on_with_the_next() {
    let code = "class Pet(DAObject):\n  def init(self, *pargs, **kwargs):\n    self.legs = kwargs.pop('legs', 4)\n    \
                super().init(*pargs, **kwargs)\n  def speak(self):\n    return self.sound\npet = Pet('pet', legs=2)\n\
                answer = [pet.legs, type(pet).__name__, isinstance(pet, DAObject), pet.__class__ is Pet, \
                sorted(pet.__dict__), pet.speak()]";
    assert_eq!(said(code), "wants pet.sound");
    let code = "class Pet(DAObject):\n  def init(self, *pargs, **kwargs):\n    self.legs = kwargs.pop('legs', 4)\n    \
                super().init(*pargs, **kwargs)\npet = Pet('pet', legs=2, sound='woof')\n\
                answer = [pet.legs, type(pet).__name__, isinstance(pet, DAObject), pet.__class__ is Pet, sorted(pet.__dict__)]";
    assert_eq!(
        said(code),
        "[2, 'Pet', True, True, ['attrList', 'has_nonrandom_instance_name', 'instanceName', 'legs', 'sound']]"
    );
}

#[test]
fn a_property_that_wants_something_says_what_and_not_its_own_name() {
    let code = "class Pet(DAObject):\n  @property\n  def loud(self):\n    return self.sound.upper()\n\
                pet = Pet('pet')\nanswer = pet.loud";
    assert_eq!(said(code), "wants pet.sound");
}

#[test]
fn a_python_class_that_sets_or_misses_attributes_in_its_own_way_is_asked_first() {
    let code = "class Pet(DAObject):\n  def __setattr__(self, name, value):\n    super().__setattr__(name, value if name == \
                'instanceName' else (value, value) if name == 'pair' else value)\n  def __getattr__(self, name):\n    \
                if name == 'legs':\n      return 4\n    return super().__getattr__(name)\npet = Pet('pet')\npet.pair = 1\n\
                answer = [pet.pair, pet.legs, hasattr(pet, 'sound')]";
    assert_eq!(said(code), "[(1, 1), 4, False]");
}

#[test]
fn the_text_is_the_name_or_else_what_the_object_is_called() {
    assert_eq!(said("answer = [str(DAObject('client')), str(DAObject('x', name='Rex'))]"), "['client', 'Rex']");
}

#[test]
fn objects_are_ordered_by_their_texts_equal_to_themselves_and_hashed_by_their_names() {
    let code = "a = DAObject('p', name='Ann')\nb = DAObject('q', name='Bob')\n\
                answer = [a < b, a > b, a <= 'Ann', a >= b, a == a, a == DAObject('p', name='Ann'), hash(a) == hash(DAObject('p')), \
                [str(one) for one in sorted([b, a])]]";
    assert_eq!(said(code), "[True, False, True, False, True, False, True, ['Ann', 'Bob']]");
}

#[test]
fn copies_have_names_of_their_own_and_deep_ones_parts_of_their_own() {
    let code = "a = DAObject('a')\na.initializeAttribute('dog', DAObject, legs=4)\nb = a.copy_shallow('b')\nc = a.copy_deep('c')\n\
                answer = [b.instanceName, b.dog is a.dog, b.dog.instanceName, c.instanceName, c.dog is a.dog, c.dog.instanceName, \
                c.dog.legs, a.dog.instanceName]";
    assert_eq!(said(code), "['b', True, 'a.dog', 'c', False, 'c.dog', 4, 'a.dog']");
}

#[test]
fn names_can_be_set_once_and_replaced_as_a_whole() {
    let code = "a = DAObject()\na.set_instance_name('first')\na.set_instance_name('second')\n\
                a.initializeAttribute('dog', DAObject)\na.fix_instance_name('first', 'third')\n\
                answer = [a.instanceName, a.dog.instanceName, a.attr_name('legs')]";
    assert_eq!(said(code), "['third', 'third.dog', 'third.legs']");
}

#[test]
fn attributes_are_deleted_without_complaint() {
    let code = "a = DAObject('a', b=1, c=2)\na.delattr('b', 'nothing')\nanswer = [hasattr(a, 'b'), a.c]";
    assert_eq!(said(code), "[False, 2]");
}

#[test]
fn objects_survive_being_saved_with_their_classes_and_parts() {
    let mut session = super::Session::of(
        "mandatory: True\ncode: |\n  a = DAObject('a')\n  a.initializeAttribute('dogs', DAList.using(object_type=Individual))\n  \
         a.dogs.appendObject()\n  a.plan = DAObject.using(legs=4)\n  a.dogs.gathered = True\n---\nmandatory: True\ncode: |\n  wish\n---\nmandatory: \
         True\nquestion: |\n  ${ type(a.dogs).__name__ } ${ type(a.dogs[0]).__name__ } ${ a.dogs.object_type.__name__ } ${ \
         a.dogs[0].instanceName } ${ a.plan.parameters }\n",
    );
    assert_eq!(session.begin(), "wants wish");
    assert_eq!(session.answer("wish", 1), "DAList Individual Individual a.dogs[0] {'legs': 4}");
}
