"""Exceptions as text. A traceback here is a tuple of `(file, line, function)`, innermost first."""

import sys

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'FrameSummary', 'StackSummary', 'TracebackException']

_MISSING = object()
_CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n'
_CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n'


class FrameSummary:
    """A place that an exception passed."""

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = line or ''
        self.locals = locals

    def __eq__(self, other):
        return tuple(self) == tuple(other) if isinstance(other, (FrameSummary, tuple)) else NotImplemented

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, place):
        return (self.filename, self.lineno, self.name, self.line)[place]

    def __len__(self):
        return 4

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


class StackSummary(list):
    """The places that an exception passed, the outermost first."""

    def format(self):
        return format_list(self)


def extract_tb(tb, limit=None):
    """The places of a traceback."""
    frames = [FrameSummary(*place) for place in reversed(tb or ())]
    if limit is not None:
        frames = frames[:limit] if limit >= 0 else frames[limit:]
    return StackSummary(frames)


def extract_stack(f=None, limit=None):
    """Nothing: frames cannot be looked at."""
    return StackSummary()


def format_list(extracted_list):
    """Places as lines."""
    lines = []
    for file, line, name, text in map(tuple, extracted_list):
        shown = f'  File "{file}", line {line}, in {name}\n'
        lines.append(shown + f'    {text.strip()}\n' if text else shown)
    return lines


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit))


def format_stack(f=None, limit=None):
    return []


def _name(cls):
    return cls.__qualname__ if cls.__module__ in ('builtins', '__main__') else f'{cls.__module__}.{cls.__qualname__}'


def _meant(value):
    """The name that was probably meant by one that is not there."""
    wrong = getattr(value, 'name', None)
    if not isinstance(wrong, str):
        return None
    try:
        if isinstance(value, AttributeError):
            names = dir(value.obj)
        elif isinstance(value, NameError):
            names = dir(__import__('builtins'))
        else:
            return None
    except Exception:
        return None
    if len(names) > 750 or len(wrong) > 40:
        return None
    best, least = None, (len(wrong) + 3 + 3) // 6 * 2 + 1
    for name in names:
        if not isinstance(name, str) or name == wrong:
            continue
        away = _away(wrong, name, min((len(name) + len(wrong) + 3) * 2 // 6, least - 1))
        if away is not None and away < least:
            best, least = name, away
    return best


def _away(a, b, most):
    """How many changes, of two points each, one for another case, make one text of the other; `None` beyond `most`."""
    if abs(len(a) - len(b)) * 2 > most:
        return None
    row = [place * 2 for place in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i * 2
        for j, y in enumerate(b, 1):
            change = 0 if x == y else 1 if x.lower() == y.lower() else 2
            before, row[j] = row[j], min(row[j] + 2, row[j - 1] + 2, before + change)
    return row[-1] if row[-1] <= most else None


def format_exception_only(exc, /, value=_MISSING):
    """The last lines: the class and the message."""
    if value is _MISSING:
        value = exc
    if value is None and not isinstance(exc, type):
        return ['NoneType: None\n']
    cls = exc if isinstance(exc, type) else type(value)
    try:
        text = '' if value is None else str(value)
    except Exception:
        text = '<exception str() failed>'
    if value is not None and issubclass(cls, (AttributeError, NameError, ImportError)):
        meant = _meant(value)
        if meant is not None:
            text = f"{text}. Did you mean: '{meant}'?"
    lines = [f'{_name(cls)}: {text}\n' if text else f'{_name(cls)}\n']
    for note in getattr(value, '__notes__', ()) or ():
        lines += [line + '\n' for line in str(note).split('\n')]
    return lines


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    """An exception with those that led to it."""
    if value is _MISSING:
        value = exc
    if value is None:
        return format_exception_only(None)
    chained = []
    seen = set()
    while value is not None and id(value) not in seen:
        seen.add(id(value))
        places = value.__traceback__ if tb is _MISSING or chained else tb
        lines = ['Traceback (most recent call last):\n'] + format_tb(places, limit) if places else []
        chained.append(lines + format_exception_only(value))
        if not chain:
            break
        if value.__cause__ is not None:
            joint, value = _CAUSE, value.__cause__
        elif value.__context__ is not None and not value.__suppress_context__:
            joint, value = _CONTEXT, value.__context__
        else:
            break
        if id(value) not in seen:
            chained.append([joint])
    return [line for lines in reversed(chained) for line in lines]


def _write(lines, file):
    (sys.stderr if file is None else file).write(''.join(lines))


def format_exc(limit=None, chain=True):
    """The exception that is being handled."""
    return ''.join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    _write([format_exc(limit, chain)], file)


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True):
    _write(format_exception(exc, value, tb, limit, chain), file)


def print_tb(tb, limit=None, file=None):
    _write(format_tb(tb, limit), file)


def print_stack(f=None, limit=None, file=None):
    _write(format_stack(f, limit), file)


print_last = print_exc


class TracebackException:
    """An exception, taken down as text."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **kwargs):
        self.exc_type = exc_type
        self.stack = extract_tb(exc_traceback, limit)
        self._str = str(exc_value)
        self._value = exc_value

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True):
        yield from format_exception(self._value, chain=chain)

    def format_exception_only(self):
        yield from format_exception_only(self._value)

    def __str__(self):
        return self._str
