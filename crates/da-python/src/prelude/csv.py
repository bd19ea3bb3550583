"""Tables as text: lines of values with a separator between them."""

__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'Error', 'Dialect', 'excel', 'excel_tab',
           'field_size_limit', 'reader', 'writer', 'register_dialect', 'get_dialect', 'list_dialects', 'Sniffer',
           'unregister_dialect', 'DictReader', 'DictWriter', 'unix_dialect']

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    """What is wrong with a table."""


Error.__module__ = '_csv'


class Dialect:
    """How values are written."""

    delimiter = ','
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    """As spreadsheets write."""


class excel_tab(excel):
    """As spreadsheets write, with tabs."""

    delimiter = '\t'


class unix_dialect(Dialect):
    """Everything in quotes, with plain line ends."""

    quoting = QUOTE_ALL
    lineterminator = '\n'


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
_OPTIONS = ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator', 'quoting',
            'strict')


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    _dialects[name] = _Format(dialect, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _Format(_dialects[name], {})


def list_dialects():
    return list(_dialects)


def field_size_limit(limit=None, /):
    return 131072


class _Format:
    """A dialect, with options that go before it; checked."""

    def __init__(self, dialect, options):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name in options:
            if name not in _OPTIONS:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        for name in _OPTIONS:
            setattr(self, name, options[name] if name in options else getattr(dialect or Dialect, name))
        if 'quotechar' in options and options['quotechar'] is None and 'quoting' not in options:
            self.quoting = QUOTE_NONE
        self._check()

    def _check(self):
        for name, needed in (('delimiter', True), ('escapechar', False), ('quotechar', False)):
            value = getattr(self, name)
            if value is None and not needed:
                continue
            if not isinstance(value, str):
                wanted = '"%s" must be string%s, not %s'
                raise TypeError(wanted % (name, '' if needed else ' or None', type(value).__name__))
            if len(value) != 1:
                raise TypeError(f'"{name}" must be a 1-character string')
        if self.quoting not in (0, 1, 2, 3):
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError('quotechar must be set if quoting enabled')
        if self.lineterminator is None:
            raise TypeError('lineterminator must be set')


class _Reader:
    """Goes over the rows of lines."""

    def __init__(self, lines, dialect, options):
        self._lines = iter(lines)
        self.dialect = _Format(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error(f'iterator should return strings, not {type(line).__name__} '
                        '(the file should be opened in text mode)')
        self.line_num += 1
        return line

    def __next__(self):
        row = _Row(self.dialect)
        row.take(self._line())
        while row.open:
            try:
                line = self._line()
            except StopIteration:
                if row.field or row.state == 'quoted':
                    if self.dialect.strict:
                        raise Error('unexpected end of data') from None
                    row.save()
                break
            row.take(line)
        return row.values


class _Row:
    """One row, letter by letter."""

    def __init__(self, dialect):
        self.dialect = dialect
        self.values = []
        self.field = []
        self.state = 'start of row'
        self.numeric = False

    @property
    def open(self):
        return self.state in ('quoted', 'escape', 'escape in quotes')

    def save(self):
        text = ''.join(self.field)
        self.field = []
        if self.numeric:
            self.numeric = False
            self.values.append(float(text))
        else:
            self.values.append(text)

    def take(self, line):
        """Takes a line in; the steps are those of a machine with few states."""
        d = self.dialect
        plain = d.quotechar is None or d.quotechar not in line
        if self.state == 'start of row' and plain and d.escapechar is None and not d.skipinitialspace:
            self._take_plain(line)
            return
        for c in line:
            self._step(c, d)
        self._end(d)

    def _take_plain(self, line):
        """A line without quotes is split."""
        text = line.rstrip('\r\n')
        if '\n' in text or '\r' in text:
            raise Error('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?')
        if not text:
            return
        values = text.split(self.dialect.delimiter)
        if self.dialect.quoting == QUOTE_NONNUMERIC:
            values = [float(value) if value else '' for value in values]
        self.values += values

    def _step(self, c, d):
        state = self.state
        if state == 'start of row':
            if c in '\r\n':
                self.state = 'after row'
                return
            state = 'start of field'
        if state == 'start of field':
            self._start_field(c, d)
        elif state == 'field':
            if c in '\r\n':
                self.save()
                self.state = 'after row'
            elif c == d.escapechar:
                self.state = 'escape'
            elif c == d.delimiter:
                self.save()
                self.state = 'start of field'
            else:
                self.field.append(c)
        elif state == 'escape':
            self.field.append(c)
            self.state = 'field'
        elif state == 'escape in quotes':
            self.field.append(c)
            self.state = 'quoted'
        elif state == 'quoted':
            if c == d.escapechar:
                self.state = 'escape in quotes'
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self.state = 'quote in quotes' if d.doublequote else 'field'
            else:
                self.field.append(c)
        elif state == 'quote in quotes':
            self._after_quote(c, d)
        elif c not in '\r\n':
            raise Error('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?')

    def _start_field(self, c, d):
        if c in '\r\n':
            self.save()
            self.state = 'after row'
        elif c == d.quotechar and d.quoting != QUOTE_NONE:
            self.state = 'quoted'
        elif c == d.escapechar:
            self.state = 'escape'
        elif c == ' ' and d.skipinitialspace:
            self.state = 'start of field'
        elif c == d.delimiter:
            self.save()
            self.state = 'start of field'
        else:
            self.numeric = d.quoting == QUOTE_NONNUMERIC
            self.field.append(c)
            self.state = 'field'

    def _after_quote(self, c, d):
        if c == d.quotechar:
            self.field.append(c)
            self.state = 'quoted'
        elif c == d.delimiter:
            self.save()
            self.state = 'start of field'
        elif c in '\r\n':
            self.save()
            self.state = 'after row'
        elif not d.strict:
            self.field.append(c)
            self.state = 'field'
        else:
            raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")

    def _end(self, d):
        if self.state in ('start of field', 'field', 'quote in quotes'):
            self.save()
            self.state = 'after row'
        elif self.state == 'escape':
            self.field.append('\n')
            self.state = 'escape'


def reader(iterable, /, dialect='excel', **fmtparams):
    """Goes over the rows of a file or of other lines."""
    return _Reader(iterable, dialect, fmtparams)


class _Writer:
    """Writes rows to something with `write`."""

    def __init__(self, file, dialect, options):
        if not hasattr(file, 'write'):
            raise TypeError('argument 1 must have a "write" method')
        self._write = file.write
        self.dialect = _Format(dialect, options)

    def writerow(self, row, /):
        try:
            values = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        shown = [self._shown(value, len(values) == 1) for value in values]
        return self._write(self.dialect.delimiter.join(shown) + self.dialect.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)

    def _shown(self, value, alone):
        d = self.dialect
        text = '' if value is None else value if isinstance(value, str) else str(value)
        numeric = isinstance(value, (int, float)) or hasattr(value, '__float__')
        quoted = d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not numeric
        out = []
        for c in text:
            special = c in (d.delimiter, d.escapechar, d.quotechar) or c in '\r\n' or c in d.lineterminator
            if special:
                if d.quoting == QUOTE_NONE:
                    escape = True
                elif c == d.quotechar:
                    escape = not d.doublequote
                    if not escape:
                        out.append(d.quotechar)
                        quoted = True
                elif c == d.escapechar:
                    escape = True
                else:
                    escape = False
                    quoted = True
                if escape:
                    if d.escapechar is None:
                        raise Error('need to escape, but no escapechar set')
                    out.append(d.escapechar)
            out.append(c)
        if not text and alone:
            if d.quoting == QUOTE_NONE:
                raise Error('single empty field record must be quoted')
            quoted = True
        text = ''.join(out)
        return f'{d.quotechar}{text}{d.quotechar}' if quoted else text


def writer(fileobj, /, dialect='excel', **fmtparams):
    """Writes rows to a file."""
    return _Writer(fileobj, dialect, fmtparams)


class DictReader:
    """Rows as dicts, by the names in the first one."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self._fieldnames = None if fieldnames is None else list(fieldnames)
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        found = dict(zip(names, row))
        if len(names) < len(row):
            found[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            found[name] = self.restval
        return found


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join([repr(x) for x in wrong]))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))


class Sniffer:
    """Guesses the separator of a table."""

    preferred = [',', '\t', ';', ' ', ':']

    def sniff(self, sample, delimiters=None):
        lines = [line for line in sample.splitlines() if line]
        for mark in [c for c in self.preferred + ['|'] if delimiters is None or c in delimiters]:
            counts = {line.count(mark) for line in lines}
            if len(counts) == 1 and counts != {0}:
                class dialect(Dialect):
                    delimiter = mark
                    _name = 'sniffed'
                return dialect
        raise Error('Could not determine delimiter')

    def has_header(self, sample):
        rows = list(reader(sample.splitlines(), self.sniff(sample)))
        if len(rows) < 2:
            return False
        votes = 0
        for place, head in enumerate(rows[0]):
            values = [row[place] for row in rows[1:21] if len(row) == len(rows[0])]
            if values and all(map(_is_number, values)):
                votes += -1 if _is_number(head) else 1
            elif values and len({len(value) for value in values}) == 1:
                votes += 1 if len(head) != len(values[0]) else -1
        return votes > 0


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
