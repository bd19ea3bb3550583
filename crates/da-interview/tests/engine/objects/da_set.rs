//! `DASet`

use super::said;

#[test]
fn a_set_is_used_like_one_of_the_language() {
    let code = "a = DASet('a', elements=['b', 'a', 'b'])\nanswer = [len(a), 'a' in a, sorted(a), a == {'a', 'b'}, str(a), a & {'a'}, a - {'a'}, \
                {'a', 'z'} & a, sorted(a | DASet('c', elements=['c']))]";
    assert_eq!(said(code), "[2, True, ['a', 'b'], True, 'a and b', {'a'}, {'b'}, {'a'}, ['a', 'b', 'c']]");
}

#[test]
fn members_are_added_and_what_holds_members_stands_for_them() {
    let code = "a = DASet('a', auto_gather=False)\na.add(1, [2, 3], DAList('l', elements=[4, 'five']))\nanswer = [a.elements == {1, 2, 3, 4, 'five'}, a.there_are_any]";
    assert_eq!(said(code), "[True, True]");
}

#[test]
fn members_are_taken_away() {
    let code = "a = DASet('a', elements=[1, 2])\na.discard(9)\na.remove(1)\nlast = a.pop()\ntry:\n  a.remove(7)\nexcept KeyError as err:\n  answer = [last, a.there_are_any, str(err)]";
    assert_eq!(said(code), "[2, False, '7']");
}

#[test]
fn what_is_made_of_a_set_is_a_set() {
    let code = "a = DASet('a', elements=[1, 2])\nb = a.union([3])\nanswer = [type(b).__name__, sorted(b), sorted(a.difference({1})), \
                a.issuperset([1]), sorted(a.intersection([2, 9])), a.copy() is a.elements]";
    assert_eq!(said(code), "['DASet', [1, 2, 3], [2], True, [2], False]");
}
