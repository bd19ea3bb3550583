"""Words of command lines."""

import re

__all__ = ['split', 'quote', 'join']

_UNSAFE = re.compile(r'[^\w@%+=:,./-]', re.ASCII)


def split(s, comments=False, posix=True):
    """The words of a line, as a shell would take them apart."""
    if s is None:
        raise ValueError('s argument must not be None')
    words, word, place, size = [], None, 0, len(s)
    while place < size:
        c = s[place]
        place += 1
        if c in ' \t\r\n':
            if word is not None:
                words.append(word)
            word = None
        elif comments and c == '#' and word is None:
            place = (s.find('\n', place) + 1) or size
        elif posix and c == '\\':
            if place >= size:
                raise ValueError('No escaped character')
            word, place = (word or '') + s[place], place + 1
        elif c in '\'"':
            inside, place = _quoted(s, place, c, posix)
            word = (word or '') + (inside if posix else c + inside + c)
        else:
            word = (word or '') + c
    if word is not None:
        words.append(word)
    return words


def _quoted(s, place, quote, posix):
    text = []
    while place < len(s):
        c = s[place]
        place += 1
        if c == quote:
            return ''.join(text), place
        if c == '\\' and quote == '"' and posix:
            if place >= len(s):
                raise ValueError('No escaped character')
            following = s[place]
            text.append(following if following in '"\\' else c + following)
            place += 1
        else:
            text.append(c)
    raise ValueError('No closing quotation')


def quote(s):
    """A word that a shell takes as it is."""
    if not s:
        return "''"
    if _UNSAFE.search(s) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return ' '.join(quote(word) for word in split_command)
