"""Regular expressions over the native `_re`. A compiled pattern is its text and its flags."""

from types import GenericAlias, MappingProxyType

import _re

__all__ = ['match', 'fullmatch', 'search', 'sub', 'subn', 'split', 'findall', 'finditer', 'compile', 'purge',
           'template', 'escape', 'error', 'Pattern', 'Match', 'A', 'I', 'L', 'M', 'S', 'X', 'U', 'ASCII',
           'IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'VERBOSE', 'UNICODE', 'NOFLAG', 'RegexFlag']

_FLAGS = ((256, 'ASCII'), (2, 'IGNORECASE'), (4, 'LOCALE'), (32, 'UNICODE'), (8, 'MULTILINE'), (16, 'DOTALL'),
          (64, 'VERBOSE'), (128, 'DEBUG'))


class RegexFlag(int):
    """Flags of a pattern; they join with `|`."""

    def __or__(self, other):
        return RegexFlag(int(self) | int(other))

    def __ror__(self, other):
        return RegexFlag(int(self) | int(other))

    def __and__(self, other):
        return RegexFlag(int(self) & int(other))

    def __rand__(self, other):
        return RegexFlag(int(self) & int(other))

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other))

    def __invert__(self):
        return RegexFlag(~int(self))

    @property
    def value(self):
        """The number."""
        return int(self)

    def __repr__(self):
        if not self:
            return 're.NOFLAG'
        known = sum(number for number, _ in _FLAGS)
        names = ['re.' + name for number, name in _FLAGS if int(self) & number]
        if self < 0:
            names = ['re.' + name for number, name in _FLAGS if ~int(self) & number]
            rest = ~int(self) & ~known
            shown = '|'.join(names + ([hex(rest)] if rest else []))
            return f'~({shown})' if len(names) + bool(rest) > 1 else f'~{shown}'
        rest = int(self) & ~known
        return '|'.join(names + ([hex(rest)] if rest else []))

    __str__ = __repr__


NOFLAG = RegexFlag(0)
A = ASCII = RegexFlag(256)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
U = UNICODE = RegexFlag(32)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
X = VERBOSE = RegexFlag(64)
DEBUG = RegexFlag(128)

_MOST = 9223372036854775807


class error(Exception):
    """What is wrong with a pattern, and where."""

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            msg = '%s at position %d' % (msg, pos)
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = '%s (line %d, column %d)' % (msg, self.lineno, self.colno)
        else:
            self.lineno = self.colno = None
        Exception.__init__(self, msg)


class Match:
    """What a pattern matched."""

    def __init__(self, re, string, spans, pos, endpos):
        self.re = re
        self.string = string
        self.pos = pos
        self.endpos = endpos
        self.lastindex = spans[-1]
        self._spans = spans

    @property
    def regs(self):
        """The spans of all groups."""
        return tuple([self.span(group) for group in range(self.re.groups + 1)])

    @property
    def lastgroup(self):
        """The name of the group that was matched last."""
        for name, group in self.re.groupindex.items():
            if group == self.lastindex:
                return name
        return None

    def _index(self, group):
        if isinstance(group, str):
            if group in self.re.groupindex:
                return self.re.groupindex[group]
        elif isinstance(group, int):
            if 0 <= group <= self.re.groups:
                return group
        elif hasattr(group, '__index__'):
            return self._index(group.__index__())
        raise IndexError('no such group')

    def _text(self, group, default=None):
        start = self._spans[2 * group]
        return default if start < 0 else self.re._plain(self.string[start:self._spans[2 * group + 1]])

    def group(self, *groups):
        """The text of a group, or of several."""
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(self._index(groups[0]))
        return tuple([self._text(self._index(group)) for group in groups])

    def __getitem__(self, group):
        return self._text(self._index(group))

    def groups(self, default=None):
        """The texts of all groups."""
        return tuple([self._text(group, default) for group in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        """The texts of the groups that have names."""
        return {name: self._text(group, default) for name, group in self.re.groupindex.items()}

    def start(self, group=0):
        """Where a group begins."""
        return self._spans[2 * self._index(group)]

    def end(self, group=0):
        """Where a group ends."""
        return self._spans[2 * self._index(group) + 1]

    def span(self, group=0):
        """Where a group begins and ends."""
        group = self._index(group)
        return self._spans[2 * group], self._spans[2 * group + 1]

    def expand(self, template):
        """A template with the groups put in."""
        if self.re._is_bytes:
            parts = _parse_template(bytes(template).decode('latin-1'), self.re)
            return _expand([part.encode('latin-1') if isinstance(part, str) else part for part in parts], self)
        return _expand(_parse_template(template, self.re), self)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        return '<re.Match object; span=%r, match=%r>' % (self.span(), self.group())


class Pattern:
    """A compiled pattern. One of bytes is looked for as if each byte were the character of its number."""

    def __init__(self, pattern, flags):
        self._is_bytes = isinstance(pattern, (bytes, bytearray))
        if self._is_bytes:
            if flags & UNICODE:
                raise ValueError('cannot use UNICODE flag with a bytes pattern')
            if flags & ASCII and flags & LOCALE:
                raise ValueError('ASCII and LOCALE flags are incompatible')
            self._source, self._empty = bytes(pattern).decode('latin-1'), b''
            found = _re.compile(self._source, (flags | ASCII) & ~LOCALE)
        else:
            if flags & LOCALE:
                raise ValueError('cannot use LOCALE flag with a str pattern')
            if flags & ASCII and flags & UNICODE:
                raise ValueError('ASCII and UNICODE flags are incompatible')
            self._source, self._empty = pattern, ''
            found = _re.compile(pattern, flags)
        if found[0] is not None:
            raise error(found[0], pattern, found[1])
        self.pattern = pattern
        self._flags = found[1]
        self.flags = found[1] & ~256 | flags & (256 | 4) if self._is_bytes else found[1] | flags & ~511
        self.groups = found[2]
        self.groupindex = MappingProxyType(found[3])

    def _subject(self, string):
        """What is searched as a text."""
        if self._is_bytes:
            if isinstance(string, str):
                raise TypeError('cannot use a bytes pattern on a string-like object')
            if not isinstance(string, (bytes, bytearray, memoryview)):
                raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
            return bytes(string).decode('latin-1') if isinstance(string, memoryview) else string.decode('latin-1')
        if isinstance(string, (bytes, bytearray, memoryview)):
            raise TypeError('cannot use a string pattern on a bytes-like object')
        return string

    def _plain(self, string):
        """The text without a class of its own, so that pieces of it are plain too."""
        if type(string) is str or type(string) is bytes:
            return string
        if isinstance(string, str):
            return str.__str__(string)
        return bytes(string) if isinstance(string, (bytes, bytearray, memoryview)) else string

    def scanner(self, string, pos=0, endpos=_MOST):
        """What finds the matches one by one."""
        return _Finder(self, string, pos, endpos)

    def _find(self, string, pos, endpos, place):
        pos = max(pos, 0)
        spans = _re.find(self._source, self._flags, self._subject(string), pos, endpos, place)
        if spans is None:
            return None
        return Match(self, string, spans, min(pos, len(string)), min(max(endpos, 0), len(string)))

    def search(self, string, pos=0, endpos=_MOST):
        """The first match anywhere."""
        return self._find(string, pos, endpos, 0)

    def match(self, string, pos=0, endpos=_MOST):
        """A match at the start."""
        return self._find(string, pos, endpos, 1)

    def fullmatch(self, string, pos=0, endpos=_MOST):
        """A match of the whole."""
        return self._find(string, pos, endpos, 2)

    def finditer(self, string, pos=0, endpos=_MOST):
        """The matches, one after the other."""
        pos = max(pos, 0)
        found = _re.scan(self._source, self._flags, self._subject(string), pos, endpos, 0)
        ends = min(pos, len(string)), min(max(endpos, 0), len(string))
        return iter([Match(self, string, spans, *ends) for spans in found])

    def findall(self, string, pos=0, endpos=_MOST):
        """The texts of the matches: of the groups, when there are any."""
        found = _re.scan(self._source, self._flags, self._subject(string), max(pos, 0), endpos, 0)
        string, empty = self._plain(string), self._empty
        if self.groups == 0:
            return [string[spans[0]:spans[1]] for spans in found]
        if self.groups == 1:
            return [string[spans[2]:spans[3]] if spans[2] >= 0 else empty for spans in found]
        return [tuple([string[spans[i]:spans[i + 1]] if spans[i] >= 0 else empty
                       for i in range(2, 2 * self.groups + 2, 2)]) for spans in found]

    def split(self, string, maxsplit=0):
        """The pieces between matches, with the texts of the groups."""
        if maxsplit < 0:
            return [string]
        pieces = []
        last = 0
        found = _re.scan(self._source, self._flags, self._subject(string), 0, _MOST, maxsplit)
        string = self._plain(string)
        for spans in found:
            pieces.append(string[last:spans[0]])
            for i in range(2, 2 * self.groups + 2, 2):
                pieces.append(string[spans[i]:spans[i + 1]] if spans[i] >= 0 else None)
            last = spans[1]
        pieces.append(string[last:])
        return pieces

    def subn(self, repl, string, count=0):
        """The text with its matches replaced, and how many there were."""
        if count < 0:
            return string, 0
        if callable(repl):
            parts = None
        elif self._is_bytes and isinstance(repl, (bytes, bytearray, memoryview)):
            parts = [part.encode('latin-1') if isinstance(part, str) else part
                     for part in _parse_template(bytes(repl).decode('latin-1'), self)]
        elif not isinstance(repl, str):
            raise TypeError(f'decoding to str: need a bytes-like object, {type(repl).__name__} found')
        else:
            parts = _parse_template(repl, self)
        found = _re.scan(self._source, self._flags, self._subject(string), 0, _MOST, count)
        whole, string = string, self._plain(string)
        pieces = []
        last = 0
        for spans in found:
            pieces.append(string[last:spans[0]])
            if parts is None:
                made = repl(Match(self, whole, spans, 0, len(string)))
                if made is not None:
                    pieces.append(made)
            elif len(parts) == 1 and not isinstance(parts[0], int):
                pieces.append(parts[0])
            elif parts:
                pieces.append(_expand(parts, Match(self, string, spans, 0, len(string))))
            last = spans[1]
        pieces.append(string[last:])
        return self._empty.join(pieces), len(found)

    def sub(self, repl, string, count=0):
        """The text with its matches replaced."""
        return self.subn(repl, string, count)[0]

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.pattern == other.pattern and self.flags == other.flags
                and self._is_bytes == other._is_bytes)

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        flags = self.flags & ~32
        shown = repr(self.pattern)[:200]
        return f're.compile({shown}, {RegexFlag(flags)!r})' if flags else f're.compile({shown})'


class _Finder:
    """Finds the matches of a pattern in a text one by one."""

    def __init__(self, pattern, string, pos, endpos):
        self.pattern = pattern
        self._string, self._pos, self._endpos = string, pos, endpos

    def _next(self, find):
        if self._pos is None:
            return None
        found = find(self._string, self._pos, self._endpos)
        if found is None:
            self._pos = None
            return None
        self._pos = found.end() + (found.end() == found.start())
        return found

    def match(self):
        return self._next(self.pattern.match)

    def search(self):
        return self._next(self.pattern.search)


_ESCAPES = {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}
_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
_DIGITS = '0123456789'
_OCTAL = '01234567'


def _parse_template(template, pattern):
    """The pieces of a template: texts and numbers of groups."""
    if '\\' not in template:
        return [template] if template else []
    parts = []
    text = []

    def add(group):
        if text:
            parts.append(''.join(text))
            text.clear()
        parts.append(group)

    i = 0
    n = len(template)
    while i < n:
        c = template[i]
        if c != '\\':
            text.append(c)
            i += 1
            continue
        place = i
        i += 1
        if i >= n:
            raise error('bad escape (end of pattern)', template, place)
        c = template[i]
        i += 1
        if c == 'g':
            if i >= n or template[i] != '<':
                raise error('missing <', template, i)
            end = template.find('>', i + 1)
            if end < 0:
                if i + 1 >= n:
                    raise error('missing group name', template, i + 1)
                raise error('missing >, unterminated name', template, i + 1)
            name = template[i + 1:end]
            if not name:
                raise error('missing group name', template, i + 1)
            if name.isdecimal() and name.isascii():
                group = int(name)
                if group > pattern.groups:
                    raise error('invalid group reference %d' % group, template, i + 1)
            elif not name.isidentifier():
                raise error('bad character in group name %r' % name, template, i + 1)
            elif name in pattern.groupindex:
                group = pattern.groupindex[name]
            else:
                raise IndexError('unknown group name %r' % name)
            add(group)
            i = end + 1
        elif c == '0':
            digits = ''
            while i < n and len(digits) < 2 and template[i] in _OCTAL:
                digits += template[i]
                i += 1
            text.append(chr(int('0' + digits, 8) & 255))
        elif c in _DIGITS:
            digits = c
            octal = False
            if i < n and template[i] in _DIGITS:
                digits += template[i]
                i += 1
                if digits[0] in _OCTAL and digits[1] in _OCTAL and i < n and template[i] in _OCTAL:
                    digits += template[i]
                    i += 1
                    octal = True
                    code = int(digits, 8)
                    if code > 255:
                        raise error('octal escape value \\%s outside of range 0-0o377' % digits, template, place)
                    text.append(chr(code))
            if not octal:
                group = int(digits)
                if group > pattern.groups:
                    raise error('invalid group reference %d' % group, template, place + 1)
                add(group)
        elif c in _ESCAPES:
            text.append(_ESCAPES[c])
        elif c in _LETTERS:
            raise error('bad escape \\%s' % c, template, place)
        else:
            text.append('\\' + c)
    if text:
        parts.append(''.join(text))
    return parts


def _expand(parts, found):
    empty = found.re._empty
    return empty.join([found._text(part, empty) if isinstance(part, int) else part for part in parts])


def compile(pattern, flags=0):
    """A compiled pattern."""
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    return Pattern(pattern, int(flags))


def match(pattern, string, flags=0):
    """A match at the start."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of the whole."""
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match anywhere."""
    return compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The text with its matches replaced."""
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """The text with its matches replaced, and how many there were."""
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The pieces between matches."""
    return compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """The texts of the matches."""
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """The matches, one after the other."""
    return compile(pattern, flags).finditer(string)


def purge():
    """Does nothing: what is kept compiled is not the script's."""


_SPECIAL = {i: '\\' + chr(i) for i in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """A pattern that matches a text."""
    if isinstance(pattern, str):
        return pattern.translate(_SPECIAL)
    return str(pattern, 'latin-1').translate(_SPECIAL).encode('latin-1')


class Scanner:
    """Takes a text apart by patterns that each have something to do."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._patterns = [(compile(phrase, flags), action) for phrase, action in lexicon]

    def scan(self, string):
        """What the actions made of the text, and the rest that no pattern matches."""
        result = []
        place = 0
        while True:
            for pattern, action in self._patterns:
                found = pattern.match(string, place)
                if found is not None:
                    break
            else:
                break
            if found.end() == place:
                break
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            place = found.end()
        return result, string[place:]
