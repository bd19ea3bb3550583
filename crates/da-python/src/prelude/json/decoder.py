"""Reading JSON, over the native `_json`."""

import _json

__all__ = ['JSONDecoder', 'JSONDecodeError']


class JSONDecodeError(ValueError):
    """What is wrong with a text, and where."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count('\n', 0, pos) + 1
        colno = pos - doc.rfind('\n', 0, pos)
        ValueError.__init__(self, '%s: line %d column %d (char %d)' % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno


class JSONDecoder:
    """Reads values from text."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float
        self.parse_int = parse_int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def _read(self, s, start, whole):
        message, place, value = _json.decode(s, start, whole, self.strict, self.object_hook, self.object_pairs_hook,
                                             self.parse_float, self.parse_int, self.parse_constant)
        if message is not None:
            raise JSONDecodeError(message, s, place)
        return value, place

    def decode(self, s, _w=None):
        """The value of a whole text."""
        return self._read(s, 0, True)[0]

    def raw_decode(self, s, idx=0):
        """The value that begins at a place, and where it ends."""
        if idx < 0:
            raise ValueError('idx cannot be negative')
        return self._read(s, idx, False)


def scanstring(s, end, strict=True):
    """The text whose opening quote is before `end`, and the place after its closing one."""
    if not isinstance(s, str):
        raise TypeError(f'first argument must be a string, not {type(s).__name__}')
    if end < 1 or end > len(s):
        raise ValueError('end is out of bounds')
    return JSONDecoder(strict=strict)._read('"' + s[end:], 0, False) if s[end - 1] != '"' or end != 1 \
        else JSONDecoder(strict=strict)._read(s, 0, False)


py_scanstring = c_scanstring = scanstring
