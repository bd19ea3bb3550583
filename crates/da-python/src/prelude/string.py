"""Constants of characters, `capwords` and `Template`. A template is filled by names alone; it never runs code."""

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


class Template:
    """`Template('Dear $name').substitute(name='Ann')`"""

    delimiter = '$'

    def __init__(self, template):
        self.template = template

    def substitute(self, mapping=(), /, **kws):
        return self._fill(_Names(mapping, kws), False)

    def safe_substitute(self, mapping=(), /, **kws):
        return self._fill(_Names(mapping, kws), True)

    def _fill(self, names, safe):
        text = self.template
        out = []
        at = 0
        while True:
            place = text.find(self.delimiter, at)
            if place < 0:
                out.append(text[at:])
                return ''.join(out)
            out.append(text[at:place])
            at, piece = self._field(text, place, names, safe)
            out.append(piece)

    def _field(self, text, place, names, safe):
        start = place + len(self.delimiter)
        if text.startswith(self.delimiter, start):
            return start + len(self.delimiter), self.delimiter
        braced = text.startswith('{', start)
        first = start + 1 if braced else start
        end = first
        while end < len(text) and (text[end] == '_' or text[end].isascii() and text[end].isalnum()):
            end += 1
        name = text[first:end]
        after = end + 1 if braced else end
        if not name or name[0].isdigit() or (braced and not text.startswith('}', end)):
            if safe:
                return start, self.delimiter
            self._invalid(text, place)
        try:
            return after, str(names[name])
        except KeyError:
            if safe:
                return after, text[place:after]
            raise

    def _invalid(self, text, place):
        lines = text[:place].splitlines(keepends=True)
        if lines:
            column = place - len(''.join(lines[:-1])) + 1
            line = len(lines)
            if lines[-1].endswith('\n'):
                column, line = 1, line + 1
        else:
            column, line = 1, 1
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (line, column))


class _Names:
    def __init__(self, mapping, kws):
        self.mapping = mapping
        self.kws = kws

    def __getitem__(self, name):
        if name in self.kws:
            return self.kws[name]
        if not self.mapping:
            raise KeyError(name)
        return self.mapping[name]


class Formatter:
    """`str.format` as an object whose steps a subclass can change."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
