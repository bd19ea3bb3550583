"""Text for HTML and back."""

import re
from _entities import find as _find

__all__ = ['escape', 'unescape']

# What browsers make of the numbers that Windows has of its own.
_WINDOWS = dict(zip(range(0x80, 0xa0), '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'))
_REFERENCE = re.compile(r'&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)')


def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    if quote:
        s = s.replace('"', '&quot;').replace("'", '&#x27;')
    return s


def unescape(s):
    return _REFERENCE.sub(_character, s) if '&' in s else s


def _character(match):
    name = match.group(1)
    if name[0] == '#':
        return _numbered(name.rstrip(';'))
    found = _find(name)
    if found is not None:
        return found
    # Some names are good without a semicolon, whatever follows: the longest that fits.
    for end in range(len(name) - 1, 1, -1):
        found = _find(name[:end])
        if found is not None:
            return found + name[end:]
    return '&' + name


def _numbered(name):
    number = int(name[2:], 16) if name[1] in 'xX' else int(name[1:])
    if number in _WINDOWS:
        return _WINDOWS[number]
    if number == 0 or 0xd800 <= number <= 0xdfff or number > 0x10ffff:
        return '\ufffd'
    if number == 0x0d:
        return '\r'
    no_character = 0x1 <= number <= 0x8 or number == 0xb or 0xe <= number <= 0x1f or 0x7f <= number <= 0x9f or (
        0xfdd0 <= number <= 0xfdef or number & 0xfffe == 0xfffe)
    return '' if no_character else chr(number)
