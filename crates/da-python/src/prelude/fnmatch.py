"""Names that match patterns with `*`, `?` and `[...]`."""

import functools
import re

__all__ = ['filter', 'fnmatch', 'fnmatchcase', 'translate']


def fnmatch(name, pat):
    return fnmatchcase(name, pat)


def fnmatchcase(name, pat):
    return _compiled(pat).match(name) is not None


def filter(names, pat):
    match = _compiled(pat).match
    return [name for name in names if match(name)]


@functools.lru_cache(maxsize=256)
def _compiled(pat):
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode('latin-1')).encode('latin-1'))
    return re.compile(translate(pat))


def translate(pat):
    """The pattern as a regular expression."""
    parts, place = [], 0
    while place < len(pat):
        c = pat[place]
        place += 1
        if c == '*':
            if not parts or parts[-1] != '.*':
                parts.append('.*')
        elif c == '?':
            parts.append('.')
        elif c == '[':
            end = pat.find(']', place + 1 + (pat[place:place + 1] == '!'))
            if end < 0:
                parts.append('\\[')
                continue
            inside, place = pat[place:end].replace('\\', r'\\'), end + 1
            if inside[0] == '!':
                inside = '^' + inside[1:]
            elif inside[0] in '^[':
                inside = '\\' + inside
            parts.append(f'[{inside}]')
        else:
            parts.append(re.escape(c))
    return f'(?s:{"".join(parts)})\\Z'
