"""Exceptions as text. The machine keeps no source, so that no line of a program is shown."""

import sys

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb']

_MISSING = object()
_CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n'
_CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n'
# The same place is shown so many times in a row.
_REPEATED = 3


class FrameSummary:
    """A place that an exception passed."""

    __slots__ = ('filename', 'lineno', 'name', 'line', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **place):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = line or ''
        self.locals = None if locals is None else {key: repr(value) for key, value in locals.items()}

    def __eq__(self, other):
        return tuple(self) == tuple(other) if isinstance(other, (FrameSummary, tuple)) else NotImplemented

    __hash__ = None

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

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """The places of pairs of a frame and a line."""
        pairs = list(frame_gen)
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
        if limit is not None:
            pairs = pairs[:max(limit, 0)] if limit >= 0 else pairs[limit:]
        return cls(FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name,
                                locals=frame.f_locals if capture_locals else None) for frame, line in pairs)

    @classmethod
    def from_list(cls, a_list):
        """The places of a list of them, or of `(file, line, name, text)`."""
        return cls(place if isinstance(place, FrameSummary) else FrameSummary(*place[:3], line=place[3])
                   for place in a_list)

    def format_frame_summary(self, frame_summary):
        shown = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        if frame_summary.line:
            shown += f'    {frame_summary.line.strip()}\n'
        for name, value in sorted((frame_summary.locals or {}).items()):
            shown += f'    {name} = {value}\n'
        return shown

    def format(self):
        lines, last, count = [], None, 0
        for place in self:
            key = place.filename, place.lineno, place.name
            if key != last:
                lines += _more(count)
                last, count = key, 0
            count += 1
            if count <= _REPEATED:
                shown = self.format_frame_summary(place)
                if shown is not None:
                    lines.append(shown)
        return lines + _more(count)


def _more(count):
    more = count - _REPEATED
    return [f'  [Previous line repeated {more} more time{"s" if more > 1 else ""}]\n'] if more > 0 else []


def walk_tb(tb):
    """The frames and lines of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    """The frames and lines of what runs, the innermost first."""
    f = f or sys._getframe(2)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def clear_frames(tb):
    """Nothing is kept that could be cleared."""


def extract_tb(tb, limit=None):
    """The places of a traceback."""
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    """The places of what runs."""
    f = f or sys._getframe(1)
    places = StackSummary.extract(walk_stack(f), limit=limit if limit is None or limit >= 0 else None)
    places.reverse()
    return places if limit is None or limit >= 0 else places[:-limit]


def format_list(extracted_list):
    """Places as lines."""
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_stack(f=None, limit=None):
    return extract_stack(f or sys._getframe(1), limit).format()


def _name(cls):
    return cls.__qualname__ if cls.__module__ in ('builtins', '__main__') else f'{cls.__module__}.{cls.__qualname__}'


def _names_in_sight(value):
    """The names that could be used where an exception was raised."""
    tb = value.__traceback__
    if tb is None:
        return dir(__import__('builtins'))
    while tb.tb_next is not None:
        tb = tb.tb_next
    frame = tb.tb_frame
    return [*frame.f_code.co_varnames, *frame.f_locals, *frame.f_globals, *frame.f_builtins]


def _meant(value):
    """The name that was probably meant by one that is not there."""
    wrong = getattr(value, 'name', None)
    if not isinstance(wrong, str):
        return None
    try:
        if type(value) is AttributeError:
            names = dir(value.obj)
        elif type(value) is NameError:
            names = _names_in_sight(value)
        else:
            return None
    except Exception:
        return None
    if len(names) > 750 or len(wrong) > 40:
        return None
    best, least = None, 10 ** 9
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
    return list(TracebackException(type(value), value, None).format_exception_only())


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    """An exception with those that led to it."""
    if value is _MISSING:
        value = exc
    if tb is _MISSING:
        tb = getattr(value, '__traceback__', None)
    return list(TracebackException(type(value), value, tb, limit=limit).format(chain=chain))


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

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, _seen=None, **widths):
        seen = _seen or set()
        seen.add(id(exc_value))
        self.stack = StackSummary.extract(walk_tb(exc_traceback), limit=limit, capture_locals=capture_locals)
        self.exc_type = exc_type
        self._str = _safe_str(exc_value)
        self.__notes__ = getattr(exc_value, '__notes__', None)
        if exc_type and issubclass(exc_type, SyntaxError):
            for name in ('filename', 'text', 'offset', 'end_offset', 'msg'):
                setattr(self, name, getattr(exc_value, name, None))
            for name in ('lineno', 'end_lineno'):
                line = getattr(exc_value, name, None)
                setattr(self, name, None if line is None else str(line))
        elif exc_value is not None and type(exc_value) in (AttributeError, NameError):
            meant = _meant(exc_value)
            if meant is not None:
                self._str += f". Did you mean: '{meant}'?"
        self.__suppress_context__ = getattr(exc_value, '__suppress_context__', False)
        self.__cause__ = self.__context__ = None
        for name in ('__cause__', '__context__'):
            linked = getattr(exc_value, name, None)
            if linked is not None and id(linked) not in seen:
                setattr(self, name, TracebackException(
                    type(linked), linked, linked.__traceback__, limit=limit, capture_locals=capture_locals, _seen=seen))

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True):
        """The lines of this exception, after those of what led to it."""
        chained, this = [], self
        while this is not None:
            if chain and this.__cause__ is not None:
                joint, before = _CAUSE, this.__cause__
            elif chain and this.__context__ is not None and not this.__suppress_context__:
                joint, before = _CONTEXT, this.__context__
            else:
                joint, before = None, None
            chained.append((joint, this))
            this = before
        for joint, this in reversed(chained):
            if joint is not None:
                yield joint
            if this.stack:
                yield 'Traceback (most recent call last):\n'
                yield from this.stack.format()
            yield from this.format_exception_only()

    def format_exception_only(self):
        """The last lines: the class, the message and the notes."""
        if self.exc_type is None or self.exc_type is type(None):
            yield _line('NoneType', self._str)
        elif issubclass(self.exc_type, SyntaxError):
            yield from self._syntax_error()
        else:
            yield _line(_name(self.exc_type), self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from [line + '\n' for line in _safe_str(note).split('\n')]
        elif notes is not None:
            yield repr(notes) + '\n'

    def _syntax_error(self):
        """The place and the line with a mark below what is wrong."""
        place = ''
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            place = f' ({self.filename})'
        if self.text is not None:
            text = self.text.rstrip('\n')
            shown = text.lstrip(' \n\f')
            yield f'    {shown}\n'
            if self.offset is not None:
                end = self.end_offset if self.end_offset not in (None, 0) else self.offset
                end = self.offset + 1 if self.offset == end or end == -1 else end
                start = self.offset - 1 - (len(text) - len(shown))
                if start >= 0:
                    blank = ''.join(c if c.isspace() else ' ' for c in shown[:start])
                    yield f'    {blank}{"^" * (end - self.offset)}\n'
        yield f'{_name(self.exc_type)}: {self.msg or "<no detail available>"}{place}\n'

    def print(self, *, file=None, chain=True):
        _write(self.format(chain=chain), file)

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    __hash__ = None

    def __str__(self):
        return self._str


def _line(name, text):
    return f'{name}: {text}\n' if text and text != 'None' or name == 'NoneType' else f'{name}\n'


def _safe_str(value):
    try:
        return str(value)
    except Exception:
        return f'<{"exception" if isinstance(value, BaseException) else "note"} str() failed>'
