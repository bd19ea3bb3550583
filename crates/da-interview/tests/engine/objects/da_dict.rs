//! `DADict` and `DAOrderedDict`

use super::said;

#[test]
fn a_dictionary_is_used_like_one_of_the_language_with_its_keys_sorted() {
    let code = "a = DADict('a', elements={'b': 2, 'a': 1})\nanswer = [len(a), a['b'], a.keys(), list(a.items()), list(a.values()), 'a' in a, \
                a.get('z', 9), a == {'a': 1, 'b': 2}, a.has_key('z'), str(a), a.copy(), list(a)]";
    assert_eq!(
        said(code),
        "[2, 2, ['a', 'b'], [('b', 2), ('a', 1)], [2, 1], True, 9, True, False, 'a and b', {'b': 2, 'a': 1}, ['b', 'a']]"
    );
}

#[test]
fn an_ordered_dictionary_keeps_the_order_of_its_keys() {
    let code = "a = DAOrderedDict('a', elements={'b': 2, 'a': 1})\nanswer = [a.keys(), str(a), type(a).__name__, isinstance(a, DADict), \
                a.true_values().elements]";
    assert_eq!(said(code), "[['b', 'a'], 'b and a', 'DAOrderedDict', True, ['b', 'a']]");
}

#[test]
fn a_value_that_is_not_there_is_wanted_or_made() {
    assert_eq!(said("a = DADict('a')\nanswer = a['it\\'s']"), "wants a[\"it's\"]");
    assert_eq!(
        said("a = DADict('a', object_type=DAObject.using(legs=4))\nanswer = [a['dog'].legs, a['dog'].name]"),
        "wants a['dog'].name"
    );
    let code = "a = DADict('a', object_type=DAObject)\nanswer = [defined(\"a['dog'].legs\"), len(a.elements)]";
    assert_eq!(said(code), "[False, 0]");
}

#[test]
fn objects_are_made_under_keys() {
    let code = "a = DADict('a', object_type=DAObject)\na.new('x', ['y', 'z'], legs=4)\nb = a.initializeObject('q', DAObject.using(legs=2))\n\
                a['r'] = DAObject()\na.new('x', legs=0)\n\
                answer = [[key + str(a.elements[key].legs) for key in ['x', 'y', 'z', 'q']], b.instanceName, a.elements['r'].instanceName, a.there_are_any]";
    assert_eq!(said(code), "[['x4', 'y4', 'z4', 'q2'], \"a['q']\", \"a['r']\", True]");
    let code = "a = DADict('a', object_type=DAObject, keys=['m', 'n'])\nanswer = list(a.elements)";
    assert_eq!(said(code), "['m', 'n']");
}

#[test]
fn entries_are_taken_away() {
    let code = "a = DADict('a', elements={'b': 2, 'a': 1, 'c': 3})\na.delitem('b', 'nothing')\none = a.pop('a')\nlast = a.popitem()\n\
                answer = [one, last, a.there_are_any, a.pop('z', 7), len(a)]";
    assert_eq!(said(code), "[1, ('c', 3), False, 7, 0]");
}

#[test]
fn entries_are_added_from_other_dictionaries() {
    let code = "a = DADict('a', elements={'b': 2})\na.update(DADict('z', elements={'c': 3}))\na.update({'d': 4}, e=5)\n\
                a.setdefault('f', 6)\nanswer = a.elements";
    assert_eq!(said(code), "{'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6}");
}

#[test]
fn a_slice_has_some_of_the_entries() {
    let code = "a = DADict('a', elements={'b': 2, 'c': 3})\nb = a.slice('b', 'z')\nc = a.slice(lambda value: value > 5)\n\
                answer = [b.elements, b.gathered, c.elements, c.there_are_any, a.item('b'), bool(a.item('z'))]";
    assert_eq!(said(code), "[{'b': 2}, True, {}, False, 2, False]");
}

#[test]
fn yes_and_no() {
    let code = "a = DADict('a', elements={'b': True, 'a': False, 'c': True})\nanswer = [a.true_values().elements, a.false_values().elements, \
                a.true_values(insertion_order=True).elements, a.any_true(), a.any_false(), a.all_true(), a.all_false(), a.all_true('b', 'c'), \
                a.all_true('b', exclusive=True), a.all_true(['b', 'c'], exclusive=True), a.all_false('a', exclusive=True), a.all_true('z')]";
    assert_eq!(said(code), "[['b', 'c'], ['a'], ['b', 'c'], True, True, False, False, True, False, True, True, False]");
}
