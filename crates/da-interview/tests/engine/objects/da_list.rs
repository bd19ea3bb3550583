//! `DAList`

use super::said;

#[test]
fn a_list_is_used_like_one_of_the_language() {
    let code = "a = DAList('a', elements=[3, 1, 2])\nanswer = [len(a), a[0], a[-1], a[1:], list(a), 2 in a, 9 in a, bool(a), \
                list(reversed(a)), a.index(1), a.count(2), [x for x in a], a == [3, 1, 2], a != [3], a.copy()]";
    assert_eq!(
        said(code),
        "[3, 3, 2, [1, 2], [3, 1, 2], True, False, True, [2, 1, 3], 1, 1, [3, 1, 2], True, True, [3, 1, 2]]"
    );
}

#[test]
fn two_lists_make_a_list_and_a_list_with_a_plain_one_makes_a_plain_one() {
    let code = "a = DAList('a', elements=[1])\nb = DAList('b', elements=[2])\nc = a + b\n\
                answer = [type(c).__name__, c.elements, c.gathered, type(a + [3]).__name__, a + [3], [3] + a]";
    assert_eq!(said(code), "['DAList', [1, 2], True, 'list', [1, 3], [3, 1]]");
}

#[test]
fn an_item_that_is_not_there_is_wanted_or_made_or_an_error() {
    assert_eq!(said("a = DAList('a')\nanswer = a[2]"), "wants a[2]");
    assert_eq!(said("a = DAList('a', object_type=DAObject)\nanswer = a[1].age"), "wants a[1].age");
    assert_eq!(
        said("a = DAList('a', object_type=DAObject)\nanswer = a[40]"),
        "DAError: Attempt to fill up more than 10 items"
    );
    assert_eq!(said("a = DAList('a', elements=[1])\nanswer = a[1]"), "IndexError: list index out of range");
    let code = "a = DAList('a', object_type=DAObject)\nanswer = [defined('a[0].age'), len(a.elements)]";
    assert_eq!(said(code), "[False, 0]");
}

#[test]
fn items_are_set_and_deleted_by_place_and_objects_named_after_it() {
    let code = "a = DAList('a', elements=[1, 2])\na[0] = 9\na[3] = DAObject()\ndel a[1]\n\
                answer = [a.elements[0], a.elements[1], a.elements[2].instanceName]";
    assert_eq!(said(code), "[9, None, 'a[2]']");
}

#[test]
fn appending_names_objects_and_says_that_there_are_any() {
    let code = "a = DAList('a', auto_gather=False)\na.append(1, DAObject())\nnamed = DAObject('other')\na.append(named)\n\
                a.append(named, set_instance_name=True)\na.append(DAObject('z'), DAObject())\nb = a.appendObject(DAObject.using(legs=4), age=2)\n\
                answer = [a.there_are_any, a.elements[1].instanceName, a.elements[2].instanceName, a.elements[4].instanceName, \
                a.elements[5].instanceName, b.instanceName, b.legs, b.age, a.number_gathered(), a.current_index()]";
    assert_eq!(said(code), "[True, 'a[1]', 'a[3]', 'z', 'a[5]', 'a[6]', 4, 2, 7, 6]");
}

#[test]
fn taking_items_away_renumbers_the_objects_that_stay() {
    let code = "a = DAList('a', object_type=DAObject)\nfor n in range(4):\n  a.appendObject(n=n)\na[3].initializeAttribute('dog', DAObject)\n\
                a.gathered = True\nfirst = a.pop(0)\na.remove(a[0])\n\
                answer = [first.n, [one.n for one in a], [one.instanceName for one in a], a[1].dog.instanceName]";
    assert_eq!(said(code), "[0, [2, 3], ['a[0]', 'a[1]'], 'a[1].dog']");
}

#[test]
fn an_empty_list_says_that_there_are_none() {
    let code = "a = DAList('a', elements=[1])\na.remove(5)\nbefore = a.there_are_any\na.pop()\nanswer = [before, a.there_are_any, len(a)]";
    assert_eq!(said(code), "[True, False, 0]");
}

#[test]
fn hooks_of_a_python_class_are_called() {
    let code = "class Pets(DAList):\n  def hook_on_remove(self, item, *pargs, **kwargs):\n    seen.append(item)\n  \
                def hook_after_gather(self, *pargs, **kwargs):\n    seen.append('after')\n  def hook_on_gather(self, *pargs, **kwargs):\n    \
                seen.append('on')\nseen = []\na = Pets('a', minimum_number=0)\na.there_are_any = False\na.gather()\na.append(1, 2)\na.pop()\na.remove(1)\na.sort()\n\
                answer = seen";
    assert_eq!(said(code), "['on', 'after', 2, 1, 'after']");
}

#[test]
fn a_python_class_gathers_in_its_own_way() {
    let code = "class Pets(DAList):\n  def gather(self, *pargs, **kwargs):\n    if not hasattr(self, 'gathered'):\n      self.append('dog')\n    \
                return super().gather(*pargs, number=1)\na = Pets('a')\nanswer = [len(a), list(a), a.gathered]";
    assert_eq!(said(code), "[1, ['dog'], True]");
}

#[test]
fn the_order_changes_and_the_names_with_it() {
    let code = "a = DAList('a', object_type=DAObject)\nfor n in [2, 3, 1]:\n  a.appendObject(n=n)\na.gathered = True\n\
                a.sort(key=lambda one: one.n, reverse=True)\nfirst = [(one.n, one.instanceName) for one in a]\na.reverse()\na._reorder((0, 2), (2, 0))\n\
                answer = [first, [(one.n, one.instanceName) for one in a]]";
    assert_eq!(said(code), "[[(3, 'a[0]'), (2, 'a[1]'), (1, 'a[2]')], [(3, 'a[0]'), (2, 'a[1]'), (1, 'a[2]')]]");
}

#[test]
fn a_filtered_list_is_another_list_of_the_same_items() {
    let code = "a = DAList('a', object_type=DAObject)\nfor n in [1, 2, 1]:\n  a.appendObject(n=n)\na.gathered = True\nb = a.filter(n=1)\n\
                c = a.filter('c', n=7)\nanswer = [len(b), b.instanceName, b[0] is a[0], c.instanceName, c.there_are_any, len(a)]";
    assert_eq!(said(code), "[2, 'a', True, 'c', False, 3]");
}

#[test]
fn complete_elements_are_those_that_need_no_more_questions() {
    let code = "a = DAList('a', object_type=DAObject, complete_attribute=['b', 'c.d'])\na.appendObject(b=1)\n\
                a.appendObject(b=1, c=DAObject(d=2))\na.appendObject()\nb = a.complete_elements()\n\
                answer = [type(b).__name__, b.number(), b[0] is a.elements[1], a.complete_elements(complete_attribute='b').number()]";
    assert_eq!(said(code), "['DAList', 1, True, 2]");
    let code = "a = DAList('a', object_type=Individual)\na.appendObject()\na.appendObject()\na[0].name.first = 'Ann'\na[0].name.last = 'Lee'\n\
                answer = [a.complete_elements().number(), hasattr(a, 'gathered')]";
    assert_eq!(said(code), "[1, False]");
}

#[test]
fn an_endless_iteration_of_append_ends_at_a_limit() {
    let said = said("a = DAList('a', elements=[])\nwhile True:\n  a.append('x' * 1000)");
    assert!(said.starts_with("the "), "{said}");
}

#[test]
fn words_and_sets_of_a_list() {
    let code = "fruit = DAList('basket.fruit', elements=['pear', 'fig'])\nanswer = [str(fruit), fruit.comma_and_list(), fruit.number_as_word(), \
                fruit.as_noun(), fruit.as_singular_noun(), fruit.union(['kiwi']).comma_and_list(), \
                type(fruit.intersection(['fig'])).__name__, fruit.issubset(['pear', 'fig', 'nut']), fruit.isdisjoint({'nut'})]";
    assert_eq!(
        said(code),
        "['pear and fig', 'pear and fig', 'two', 'fruit', 'fruit', 'fig, kiwi, and pear', 'DASet', True, True]"
    );
}
