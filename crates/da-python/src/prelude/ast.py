"""`literal_eval`: values that are written as literals. There are no trees of syntax here."""

import re

__all__ = ['literal_eval']

_TOKEN = re.compile(
    r'''\s*(?:\\\n|\#[^\n]*|\s)*(?:
    (?P<text>(?:[rRuU]|[bB][rR]?|[rR][bB])?(?:"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    |(?P<number>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.?[0-9][0-9_]*\.?(?:[eE][+-]?[0-9_]+)?[jJ]?)
    |(?P<name>[^\W\d]\w*)
    |(?P<sign>\.\.\.|[-+()\[\]{},:])
    )''', re.VERBOSE | re.DOTALL)
_NAMES = {'None': None, 'True': True, 'False': False}


class _Reader:
    def __init__(self, text):
        self._text, self._place, self._kind, self._word = text, 0, None, None
        self._next()

    def _next(self):
        kind, word = self._kind, self._word
        rest = self._text[self._place:]
        if not rest.strip():
            self._kind = self._word = None
        else:
            found = _TOKEN.match(self._text, self._place)
            if found is None:
                self._refuse()
            self._kind, self._word, self._place = found.lastgroup, found[found.lastgroup], found.end()
        return kind, word

    def _refuse(self):
        raise ValueError(f'malformed node or string on line {self._text.count(chr(10), 0, self._place) + 1}: '
                         f'{self._text[self._place:self._place + 20].strip() or self._word!r}')

    def _takes(self, sign):
        if self._kind == 'sign' and self._word == sign:
            self._next()
            return True
        return False

    def whole(self):
        value = self._several(None)
        if self._kind is not None:
            self._refuse()
        return value

    def _several(self, end):
        """Values with commas between: one alone is itself, else a tuple."""
        items, comma = [], False
        while self._kind is not None and not (end and self._kind == 'sign' and self._word == end):
            items.append(self._value())
            comma = self._takes(',')
            if not comma:
                break
        if end and not self._takes(end):
            self._refuse()
        if len(items) == 1 and (end is None or end == ')'):
            return (items[0],) if comma or len(items) > 1 else items[0]
        return tuple(items)

    def _value(self):
        value = self._signed()
        while self._kind == 'sign' and self._word in ('+', '-') and isinstance(value, (int, float)) and not isinstance(value, bool):
            sign = self._next()[1]
            right = self._signed()
            if not isinstance(right, complex):
                self._refuse()
            value = value + right if sign == '+' else value - right
        return value

    def _signed(self):
        for sign in ('-', '+'):
            if self._takes(sign):
                value = self._plain()
                if not isinstance(value, (int, float, complex)) or isinstance(value, bool):
                    self._refuse()
                return -value if sign == '-' else value
        return self._plain()

    def _plain(self):
        if self._kind == 'text':
            parts = []
            while self._kind == 'text':
                parts.append(eval(self._next()[1]))
            return parts[0] if len(parts) == 1 else type(parts[0])().join(parts)
        if self._kind == 'number':
            return eval(self._next()[1])
        if self._kind == 'name':
            name = self._next()[1]
            if name in _NAMES:
                return _NAMES[name]
            if name == 'set' and self._takes('(') and self._takes(')'):
                return set()
            self._refuse()
        if self._takes('...'):
            return ...
        if self._takes('('):
            return self._several(')')
        if self._takes('['):
            return list(self._several(']'))
        if self._takes('{'):
            return self._braces()
        self._refuse()

    def _braces(self):
        made = None
        while not self._takes('}'):
            key = self._value()
            if self._takes(':'):
                made = {} if made is None else made
                made[key] = self._value()
            else:
                made = set() if made is None else made
                made.add(key)
            if not self._takes(','):
                if not self._takes('}'):
                    self._refuse()
                break
        return {} if made is None else made


def literal_eval(node_or_string):
    """The value that a text of literals stands for; nothing else is evaluated."""
    if not isinstance(node_or_string, str):
        raise ValueError(f'malformed node or string: {node_or_string!r}')
    text = node_or_string.lstrip(' \t')
    compile(text, '<unknown>', 'eval')
    return _Reader(text).whole()
