"""What the templates of documents call: filters and tests by their names."""

import docassemble.base.util as _util
import json
import math
import urllib.parse
from _jinja_runtime import _Context
from docassemble.base.util import DADict, DAError
from jinja2.runtime import Undefined


def _jinja_text(value):
    return str(value)


def _jinja_attribute(value, name):
    """An attribute, or else an item of that name."""
    if isinstance(value, (dict, DADict)) and not hasattr(type(value), name) and name in value:
        return value[name]
    return getattr(value, name)


def _jinja_is_missing(look):
    """Whether what is looked at is not defined. Nothing is asked for."""
    try:
        return isinstance(look(), Undefined)
    except (NameError, AttributeError, IndexError, KeyError):
        return True


def _jinja_defined(look):
    return not _jinja_is_missing(look)


def _jinja_default(look, default_value='', boolean=False):
    """What is looked at, or something else where it is not defined (or, if that is wanted, not true)."""
    if _jinja_is_missing(look):
        return default_value
    value = look()
    return value if value or not boolean else default_value


def _jinja_context():
    return _Context({})


def _jinja_path(value, path):
    """An attribute of an attribute, as its name with points says it."""
    for part in str(path).split('.'):
        value = value[int(part)] if part.isdigit() else _jinja_attribute(value, part)
    return value


def _jinja_key(attribute, case_sensitive=True):
    def key(item):
        value = item if attribute is None else _jinja_path(item, attribute)
        return value.lower() if isinstance(value, str) and not case_sensitive else value
    return key


def _jinja_map(values, *pargs, **kwargs):
    if 'attribute' in kwargs:
        for value in values:
            try:
                yield _jinja_path(value, kwargs['attribute'])
            except AttributeError:
                if 'default' not in kwargs:
                    raise
                yield kwargs['default']
        return
    name, *rest = pargs
    for value in values:
        yield _jinja_filter(name, value, *rest, **kwargs)


def _jinja_chosen(wanted, by_attribute):
    def choose(values, *pargs):
        if by_attribute:
            attribute, *pargs = pargs
        for value in values:
            looked_at = _jinja_path(value, attribute) if by_attribute else value
            holds = _jinja_test(pargs[0], looked_at, *pargs[1:]) if pargs else bool(looked_at)
            if holds is wanted:
                yield value
    return choose


def _jinja_batch(values, linecount, fill_with=None):
    line = []
    for value in values:
        if len(line) == linecount:
            yield line
            line = []
        line.append(value)
    if line:
        yield line + [fill_with] * (linecount - len(line) if fill_with is not None else 0)


def _jinja_unique(values, case_sensitive=False, attribute=None):
    seen, key = [], _jinja_key(attribute, case_sensitive)
    for value in values:
        if key(value) not in seen:
            seen.append(key(value))
            yield value


def _jinja_groupby(values, attribute, default=None):
    groups, key = {}, _jinja_key(attribute)
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return sorted(groups.items(), key=lambda group: group[0])


def _jinja_truncate(text, length=255, killwords=False, end='...', leeway=5):
    if len(text) <= length + leeway:
        return text
    shorter = text[:length - len(end)]
    return (shorter if killwords else shorter.rsplit(' ', 1)[0]) + end


def _jinja_round(value, precision=0, method='common'):
    if method == 'common':
        return round(float(value), precision)
    step = 10 ** precision
    return (math.ceil if method == 'ceil' else math.floor)(value * step) / step


_jinja_filters = {
    'abs': abs, 'attr': lambda value, name: getattr(value, name), 'batch': _jinja_batch, 'capitalize': lambda text: str(text).capitalize(),
    'center': lambda text, width=80: str(text).center(width), 'count': len, 'length': len,
    'dictsort': lambda table, case_sensitive=False, by='key', reverse=False: sorted(
        table.items(), key=lambda pair: _jinja_key(None, case_sensitive)(pair[0 if by == 'key' else 1]), reverse=reverse),
    'escape': str, 'e': str, 'safe': str, 'string': str, 'first': lambda values: next(iter(values)),
    'last': lambda values: list(values)[-1], 'float': lambda value, default=0.0: _jinja_number(float, value, default),
    'int': lambda value, default=0: _jinja_number(int, value, default), 'format': lambda text, *pargs, **kwargs: text % (kwargs or pargs),
    'groupby': _jinja_groupby, 'items': lambda table: table.items(),
    'join': lambda values, d='', attribute=None: d.join(str(value if attribute is None else _jinja_path(value, attribute)) for value in values),
    'list': list, 'lower': lambda text: str(text).lower(), 'upper': lambda text: str(text).upper(), 'map': _jinja_map,
    'max': lambda values, case_sensitive=False, attribute=None: max(values, key=_jinja_key(attribute, case_sensitive)),
    'min': lambda values, case_sensitive=False, attribute=None: min(values, key=_jinja_key(attribute, case_sensitive)),
    'reject': _jinja_chosen(False, False), 'rejectattr': _jinja_chosen(False, True), 'select': _jinja_chosen(True, False),
    'selectattr': _jinja_chosen(True, True), 'replace': lambda text, old, new, count=-1: str(text).replace(old, new, count),
    'reverse': lambda value: value[::-1] if isinstance(value, str) else list(value)[::-1], 'round': _jinja_round,
    'sort': lambda values, reverse=False, case_sensitive=False, attribute=None: sorted(
        values, key=_jinja_key(attribute, case_sensitive), reverse=reverse),
    'sum': lambda values, attribute=None, start=0: sum((value if attribute is None else _jinja_path(value, attribute) for value in values), start),
    'title': lambda text: str(text).title(), 'trim': lambda text, chars=None: str(text).strip(chars), 'truncate': _jinja_truncate,
    'tojson': lambda value, indent=None: json.dumps(value, indent=indent), 'unique': _jinja_unique,
    'urlencode': lambda text: urllib.parse.quote(str(text)), 'wordcount': lambda text: len(str(text).split()),
    'chain': lambda *groups: _util.chain(*(groups if len(groups) > 1 else groups[0])), 'paragraphs': str, 'manual_line_breaks': str, 'RichText': str, 'markdown': str, 'inline_markdown': str, 'any': any, 'all': all,
    'ampersand_filter': lambda text: str(text),
}


def _jinja_number(kind, value, default):
    try:
        return kind(value)
    except (TypeError, ValueError):
        return default


def _jinja_filter(name, value, *pargs, **kwargs):
    """What a filter makes of a value: one of Jinja2's, or a function that interviews have."""
    made = _jinja_filters.get(name) or (getattr(_util, name) if name in _util.__all__ else None)
    if made is None:
        raise DAError("No filter named '" + name + "'.")
    return made(value, *pargs, **kwargs)


_jinja_tests = {
    'none': lambda value: value is None, 'true': lambda value: value is True, 'false': lambda value: value is False,
    'boolean': lambda value: isinstance(value, bool), 'string': lambda value: isinstance(value, str),
    'number': lambda value: isinstance(value, (int, float)), 'integer': lambda value: isinstance(value, int) and not isinstance(value, bool),
    'float': lambda value: isinstance(value, float), 'mapping': lambda value: isinstance(value, (dict, DADict)),
    'iterable': lambda value: hasattr(value, '__iter__'), 'sequence': lambda value: hasattr(value, '__len__') and hasattr(value, '__getitem__'),
    'callable': callable, 'odd': lambda value: value % 2 == 1, 'even': lambda value: value % 2 == 0,
    'divisibleby': lambda value, number: value % number == 0, 'in': lambda value, group: value in group,
    'sameas': lambda value, other: value is other, 'lower': lambda value: str(value).islower(), 'upper': lambda value: str(value).isupper(),
    'eq': lambda value, other: value == other, 'equalto': lambda value, other: value == other, 'ne': lambda value, other: value != other,
    'lt': lambda value, other: value < other, 'lessthan': lambda value, other: value < other, 'le': lambda value, other: value <= other,
    'gt': lambda value, other: value > other, 'greaterthan': lambda value, other: value > other, 'ge': lambda value, other: value >= other,
}


def _jinja_test(name, value, *pargs):
    if name not in _jinja_tests:
        raise DAError("No test named '" + name + "'.")
    return _jinja_tests[name](value, *pargs)
