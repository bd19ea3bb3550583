"""Constants of characters, `capwords` and `Template`. A template is filled by names alone; it never runs code."""

import re as _re
from collections import ChainMap as _ChainMap

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits',
           'printable', 'punctuation', 'whitespace', 'Formatter', 'Template']

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


_NOTHING = {}


class Template:
    """`Template('Dear $name').substitute(name='Ann')`. A subclass changes `delimiter`, `idpattern` or the whole `pattern`."""

    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        if 'pattern' in cls.__dict__:
            pattern = cls.pattern
        else:
            mark = _re.escape(cls.delimiter)
            name, braced = cls.idpattern, cls.braceidpattern or cls.idpattern
            pattern = (f'{mark}(?:(?P<escaped>{mark})|(?P<named>{name})|{{(?P<braced>{braced})}}|(?P<invalid>))')
        cls.pattern = _re.compile(pattern, cls.flags | _re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def substitute(self, mapping=_NOTHING, /, **kws):
        return self._fill(self._names(mapping, kws), False)

    def safe_substitute(self, mapping=_NOTHING, /, **kws):
        return self._fill(self._names(mapping, kws), True)

    def _names(self, mapping, kws):
        if mapping is _NOTHING:
            return kws
        return _ChainMap(kws, mapping) if kws else mapping

    def _fill(self, names, safe):
        def fill(found):
            name = found.group('named') or found.group('braced')
            if name is not None:
                try:
                    return str(names[name])
                except KeyError:
                    if safe:
                        return found.group()
                    raise
            if found.group('escaped') is not None:
                return self.delimiter
            if found.group('invalid') is not None:
                if safe:
                    return found.group()
                self._invalid(found)
            raise ValueError('Unrecognized named group in pattern', self.pattern)
        return self.pattern.sub(fill, self.template)

    def is_valid(self):
        """Whether every mark begins a name or stands for itself."""
        for found in self.pattern.finditer(self.template):
            if found.group('invalid') is not None:
                return False
            if all(found.group(name) is None for name in ('named', 'braced', 'escaped')):
                raise ValueError('Unrecognized named group in pattern', self.pattern)
        return True

    def get_identifiers(self):
        """The names that are asked for, each once."""
        names = []
        for found in self.pattern.finditer(self.template):
            name = found.group('named') or found.group('braced')
            if name is not None:
                if name not in names:
                    names.append(name)
            elif found.group('invalid') is None and found.group('escaped') is None:
                raise ValueError('Unrecognized named group in pattern', self.pattern)
        return names

    def _invalid(self, found):
        place = found.start('invalid')
        lines = self.template[:place].splitlines(keepends=True)
        if not lines:
            column, line = 1, 1
        else:
            column, line = place - len(''.join(lines[:-1])), len(lines)
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (line, column))


Template.__init_subclass__.__func__(Template)


class Formatter:
    """`str.format` as an object whose steps a subclass can change."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        text, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        out = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if field is None:
                continue
            if field == '':
                if auto_arg_index is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field = str(auto_arg_index)
                auto_arg_index += 1
            elif field.isdigit():
                if auto_arg_index:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto_arg_index = False
            value, used = self.get_field(field, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            out.append(self.format_field(value, spec))
        return ''.join(out), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == 's':
            return str(value)
        if conversion == 'r':
            return repr(value)
        if conversion == 'a':
            return ascii(value)
        raise ValueError(f'Unknown conversion specifier {conversion!s}')

    def parse(self, format_string):
        """Pieces of a format: the text before a field, its name, its specification and its conversion."""
        return _pieces(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _split_field(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, name in rest:
            value = getattr(value, name) if is_attribute else value[name]
        return value, first


def _pieces(text):
    if not isinstance(text, str):
        raise TypeError(f'expected str, got {type(text).__name__}')
    literal = []
    at = 0
    while at < len(text):
        c = text[at]
        at += 1
        if c not in '{}':
            literal.append(c)
            continue
        if text[at:at + 1] == c:
            literal.append(c)
            at += 1
            # Each brace that stands for itself ends a piece.
            yield ''.join(literal), None, None, None
            literal = []
            continue
        if c == '}':
            raise ValueError("Single '}' encountered in format string")
        if at == len(text):
            raise ValueError("Single '{' encountered in format string")
        depth, end = 1, at
        in_brackets = False
        while end < len(text):
            c = text[end]
            if c == '[':
                in_brackets = True
            elif c == ']':
                in_brackets = False
            elif c == '{' and not in_brackets:
                depth += 1
            elif c == '}' and not in_brackets:
                depth -= 1
                if not depth:
                    break
            end += 1
        if depth:
            raise ValueError("expected '}' before end of string")
        yield (''.join(literal), *_field(text[at:end]))
        literal = []
        at = end + 1
    if literal:
        yield ''.join(literal), None, None, None


def _field(text):
    in_brackets = False
    for place, c in enumerate(text):
        if c == '[':
            in_brackets = True
        elif c == ']':
            in_brackets = False
        elif c in '!:' and not in_brackets:
            break
    else:
        return text, '', None
    name, rest = text[:place], text[place:]
    if rest[0] == ':':
        return name, rest[1:], None
    if len(rest) < 2:
        raise ValueError("end of string while looking for conversion specifier")
    conversion, rest = rest[1], rest[2:]
    if rest and rest[0] != ':':
        raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion


def _split_field(name):
    """`a.b[0]`: what comes first, and the steps after it."""
    places = [place for place in (name.find('.'), name.find('[')) if place >= 0]
    end = min(places, default=len(name))
    first, rest = name[:end], name[end:]
    steps = []
    while rest:
        if rest[0] == '.':
            ends = [place for place in (rest.find('.', 1), rest.find('[', 1)) if place >= 0]
            end = min(ends, default=len(rest))
            if end == 1:
                raise ValueError('Empty attribute in format string')
            steps.append((True, rest[1:end]))
        elif rest[0] == '[':
            end = rest.find(']')
            if end < 0:
                raise ValueError("Missing ']' in format string")
            if end == 1:
                raise ValueError('Empty attribute in format string')
            key = rest[1:end]
            steps.append((False, int(key) if key.isdigit() else key))
            end += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        rest = rest[end:]
    return (int(first) if first.isdigit() else first), steps
