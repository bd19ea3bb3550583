//! Templates, and the Python that they become.

use super::JinjaTemplate;

/// The Python of a template, without what stands around every one.
fn python(template: &str) -> String {
    let template = JinjaTemplate::parse(template, "t.docx").unwrap();
    let lines: Vec<&str> = template.source().lines().skip(4).collect();
    lines[..lines.len() - 1].join("\n")
}

fn expression(text: &str) -> String {
    let python = python(&format!("{{{{ {text} }}}}"));
    let value = python.strip_prefix("__write__(_jinja_text(").and_then(|value| value.strip_suffix("))"));
    value.unwrap().to_owned()
}

#[test]
fn expressions_become_those_of_python() {
    assert_eq!(expression("a.b[0].c(1, x='y')"), "_jinja_attribute(_jinja_attribute(a, 'b')[0], 'c')(1, x='y')");
    assert_eq!(expression("1 + 2 * 3 ~ 'x'"), "(1 + (_jinja_text((2 * 3)) + _jinja_text('x')))");
    assert_eq!(
        expression("items | map(attribute='cost') | sum"),
        "_jinja_filter('sum', _jinja_filter('map', items, attribute='cost'))"
    );
    assert_eq!(expression("not a and b in [1, 2] or true"), "(((not a) and (b in [1, 2])) or True)");
    assert_eq!(expression("a if b is defined else c"), "(a if _jinja_defined(lambda: b) else c)");
    assert_eq!(expression("a | default('b')"), "_jinja_default(lambda: a, 'b')");
    assert_eq!(expression("a is not divisibleby 3"), "(not _jinja_test('divisibleby', a, 3))");
    assert_eq!(expression("a[1:2], {'b': none}"), "(a[1:2], {'b': None},)");
}

#[test]
fn statements_become_those_of_python() {
    let loops = "{% for a, b in c.items() if a %}{{ loop.index }}{% else %}none{% endfor %}";
    let expected = "\
__depth_1__ = _c.depth()
__turn_1__ = None
for __turn_1__ in _c.turns(_jinja_attribute(c, 'items')(), ('a', 'b',), lambda: _c.seen('a', lambda: a)):
 pass
 __write__(_jinja_text(_jinja_attribute(_c.seen('loop', lambda: loop), 'index')))
_c.leave(__depth_1__)
if __turn_1__ is None:
 pass
 __write__('none')";
    assert_eq!(python(loops), expected);
    let macros = "{% macro m(a, b=1) %}{{ a }}{% endmacro %}{% set c %}x{% endset %}";
    let expected = "\
def __text_1__():
 __parts__ = []
 __write__ = __parts__.append
 __write__(_jinja_text(_c.seen('a', lambda: a)))
 return ''.join(__parts__)
_c.put('m', _c.macro('m', (('a', None), ('b', lambda: 1), ), __text_1__))
def __text_2__():
 __parts__ = []
 __write__ = __parts__.append
 __write__('x')
 return ''.join(__parts__)
_c.put('c', __text_2__())";
    assert_eq!(python(macros), expected);
}

#[test]
fn a_loop_sets_attributes_of_a_namespace_wherever_it_stands() {
    let expected = "\
__depth_1__ = _c.depth()
__turn_1__ = None
for __turn_1__ in _c.turns(b, ('k', 'v',), None):
 pass
 _c.put(_c.attribute(lambda: _c.seen('ns', lambda: ns), 'found'), _c.seen('k', lambda: k))
 _c.put(_c.attribute(lambda: theirs, 'found'), True)
_c.leave(__depth_1__)";
    let set = "{% set ns = namespace(found=false) %}";
    let loops = "{% for (k, v) in b %}{% set ns.found = k %}{% set theirs.found = true %}{% endfor %}";
    let python = python(&format!("{set}{loops}"));
    let (put, python) = python.split_once('\n').unwrap();
    assert_eq!(put, "_c.put('ns', _c.seen('namespace', lambda: namespace)(found=False))");
    assert_eq!(python, expected);
}

#[test]
fn a_loop_that_is_called_for_its_items_is_a_function() {
    let expected = "\
def __loop_1__(__again__, __items__, __depth__):
 __parts__ = []
 __write__ = __parts__.append
 __depth_1__ = _c.depth()
 __turn_1__ = None
 for __turn_1__ in _c.turns(__items__, 'a', None, __again__, __depth__):
  pass
  __write__(_jinja_text(_c.seen('loop', lambda: loop)(_jinja_attribute(_c.seen('a', lambda: a), 'b'))))
 _c.leave(__depth_1__)
 return ''.join(__parts__)
__write__(_c.recursive(__loop_1__)(c))";
    assert_eq!(python("{% for a in c recursive %}{{ loop(a.b) }}{% endfor %}"), expected);
}

#[test]
fn signs_at_the_ends_of_a_mark_take_the_blanks_away() {
    assert_eq!(
        python("a  {{- b -}}  c {# no #}d"),
        "__write__('a')\n__write__(_jinja_text(b))\n__write__('c ')\n__write__('d')"
    );
    assert_eq!(python("{% raw %}{{ a }}{% endraw %}"), "__write__('{{ a }}')");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let refused = |text: &str| JinjaTemplate::parse(text, "t.docx").unwrap_err().to_string();
    assert_eq!(refused("a\n{{ b"), "there is no }} to {{ (t.docx, line 2)");
    assert_eq!(refused("{% for a in b %}"), "there is no endfor to for (t.docx, line 1)");
    assert_eq!(refused("\n{% frob %}"), "Encountered unknown tag 'frob'. (t.docx, line 2)");
    assert_eq!(refused("{% include 'x' %}"), "'include' is not supported in a template (t.docx, line 1)");
    assert_eq!(refused("{{ a b }}"), "unexpected 'b' (t.docx, line 1)");
}
