"""What the Unicode database says of characters."""

import _unicode

__all__ = ['normalize', 'is_normalized', 'category', 'bidirectional', 'combining', 'east_asian_width', 'mirrored', 'name',
           'lookup', 'decimal', 'digit', 'numeric', 'decomposition', 'unidata_version']

unidata_version = '14.0.0'
_MISSING = object()
_ROMAN = {'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
_HAN = {'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10, '百': 100,
        '千': 1000, '万': 10000}


def _one(function, chr):
    if not isinstance(chr, str):
        raise TypeError(f'{function}() argument must be a unicode character, not {type(chr).__name__}')
    if len(chr) != 1:
        raise TypeError(f'{function}() argument must be a unicode character, not str')
    return chr


def category(chr, /):
    return _unicode.category(_one('category', chr))


def bidirectional(chr, /):
    return _unicode.bidirectional(_one('bidirectional', chr)) if category(chr) != 'Cn' else ''


def combining(chr, /):
    return _unicode.combining(_one('combining', chr))


def east_asian_width(chr, /):
    return _unicode.width(_one('east_asian_width', chr))


def mirrored(chr, /):
    """Whether a character is shown the other way round in text from right to left: brackets, and signs that point."""
    return int(category(chr) in ('Ps', 'Pe', 'Pi', 'Pf') or _one('mirrored', chr) in '<>≤≥≪≫∈∋√∫⊂⊃⊆⊇')


def name(chr, default=_MISSING, /):
    found = _unicode.name(_one('name', chr))
    if found is not None:
        return found
    if default is _MISSING:
        raise ValueError('no such name')
    return default


def lookup(name, /):
    found = _unicode.lookup(name)
    if found is None:
        raise KeyError(f"undefined character name '{name}'")
    return found


def normalize(form, unistr, /):
    """A text in one of the forms NFC, NFD, NFKC and NFKD."""
    return _unicode.normalize(form, unistr)


def is_normalized(form, unistr, /):
    return _unicode.normalize(form, unistr) == unistr


def decomposition(chr, /):
    """What a character is made of, as numbers: without the tags of those that only look alike."""
    made = _unicode.decomposed(_one('decomposition', chr))
    if made is None:
        return ''
    if len(made) > 2:
        # One step at a time: all but the last mark together again.
        made = _unicode.normalize('NFC', made[:-1]) + made[-1]
    return ' '.join(f'{ord(c):04X}' for c in made)


def decimal(chr, default=_MISSING, /):
    if _one('decimal', chr).isdecimal():
        return int(chr)
    if default is _MISSING:
        raise ValueError('not a decimal')
    return default


def digit(chr, default=_MISSING, /):
    if _one('digit', chr).isdigit():
        for c in _unicode.normalize('NFKD', chr):
            if c.isdecimal():
                return int(c)
    if default is _MISSING:
        raise ValueError('not a digit')
    return default


def numeric(chr, default=_MISSING, /):
    if _one('numeric', chr).isnumeric():
        plain = _unicode.normalize('NFKD', chr)
        if plain in _HAN:
            return float(_HAN[plain])
        above, slash, below = plain.partition('\u2044')
        if slash:
            return int(above) / int(below) if below else 1 / int(above or 1)
        digits = ''.join([c for c in plain if c.isdecimal()])
        if digits:
            return float(int(digits))
        values = [_ROMAN[c] for c in plain.upper() if c in _ROMAN]
        if values and len(values) == len(plain):
            return float(sum(-value if value < max(values[place:]) else value for place, value in enumerate(values)))
    if default is _MISSING:
        raise ValueError('not a numeric character')
    return default
