"""Values as text in lines of a width."""

import re
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque
from io import StringIO
from types import SimpleNamespace

__all__ = ['pprint', 'pformat', 'isreadable', 'isrecursive', 'saferepr', 'PrettyPrinter', 'pp']


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Prints a value in lines."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """A value in lines."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Prints a value in lines, dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._repr(object, {}, 0)


def isreadable(object):
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    return PrettyPrinter().isrecursive(object)


class _Key:
    """Makes values of different types sortable."""

    __slots__ = ('value',)

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            a, b = type(self.value), type(other.value)
            return (str(a), id(self.value)) < (str(b), id(other.value))


def _pair_key(pair):
    return _Key(pair[0]), _Key(pair[1])


class PrettyPrinter:
    """How values are written."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not width:
            raise ValueError('width must be != 0')
        self._indent = int(indent)
        self._width = int(width)
        self._depth = depth
        self._stream = stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers
        self._readable = True
        self._recursive = False

    def pprint(self, object):
        text = self.pformat(object)
        if self._stream is None:
            print(text)
        else:
            self._stream.write(text + '\n')

    def pformat(self, object):
        out = StringIO()
        self._format(object, out, 0, 0, {}, 0)
        return out.getvalue()

    def isrecursive(self, object):
        self._repr(object, {}, 0)
        return self._recursive

    def isreadable(self, object):
        self._readable, self._recursive = True, False
        self._repr(object, {}, 0)
        return self._readable and not self._recursive

    def format(self, object, context, maxlevels, level):
        """The text of a value in one line, whether it can be read back, and whether it contains itself."""
        return self._flat(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        self._readable = self._readable and readable
        self._recursive = self._recursive or recursive
        return text

    def _format(self, object, stream, indent, allowance, context, level):
        if id(object) in context:
            stream.write(_recursion(object))
            self._recursive, self._readable = True, False
            return
        text = self._repr(object, context, level)
        width = self._width - indent - allowance
        if len(text) > width:
            printer = self._printer(object)
            if printer is not None:
                context[id(object)] = 1
                printer(self, object, stream, indent, allowance, context, level + 1)
                del context[id(object)]
                return
            if hasattr(object, '__dataclass_fields__') and not isinstance(object, type) \
                    and object.__dataclass_params__.repr and hasattr(object.__repr__, '__wrapped__'):
                context[id(object)] = 1
                self._dataclass(object, stream, indent, allowance, context, level + 1)
                del context[id(object)]
                return
        stream.write(text)

    def _printer(self, object):
        found = type(object).__repr__
        for cls, printer in _PRINTERS:
            if found is cls.__repr__ and isinstance(object, cls):
                return printer
        return None

    def _dict(self, object, stream, indent, allowance, context, level):
        write = stream.write
        write('{')
        if self._indent > 1:
            write((self._indent - 1) * ' ')
        if object:
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            self._pairs(items, stream, indent, allowance + 1, context, level)
        write('}')

    def _pairs(self, items, stream, indent, allowance, context, level):
        indent += self._indent
        separator = ',\n' + ' ' * indent
        items = list(items)
        for place, (key, value) in enumerate(items):
            last = place == len(items) - 1
            shown = self._repr(key, context, level)
            stream.write(shown + ': ')
            self._format(value, stream, indent + len(shown) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(separator)

    def _ordered_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '(')
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(')')

    def _list(self, object, stream, indent, allowance, context, level):
        stream.write('[')
        self._items(object, stream, indent, allowance + 1, context, level)
        stream.write(']')

    def _tuple(self, object, stream, indent, allowance, context, level):
        stream.write('(')
        end = ',)' if len(object) == 1 else ')'
        self._items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        if type(object) is set:
            stream.write('{')
            end = '}'
        else:
            stream.write(object.__class__.__name__ + '({')
            end = '})'
            indent += len(object.__class__.__name__) + 1
        self._items(sorted(object, key=_Key), stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _items(self, items, stream, indent, allowance, context, level):
        write = stream.write
        indent += self._indent
        if self._indent > 1:
            write((self._indent - 1) * ' ')
        newline = ',\n' + ' ' * indent
        separator = ''
        width = room = self._width - indent + 1
        items = list(items)
        for place, item in enumerate(items):
            last = place == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                shown = self._repr(item, context, level)
                size = len(shown) + 2
                if room < size:
                    room = width
                    if separator:
                        separator = newline
                if room >= size:
                    room -= size
                    write(separator + shown)
                    separator = ', '
                    continue
            write(separator)
            separator = newline
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _str(self, object, stream, indent, allowance, context, level):
        write = stream.write
        if not object:
            write(repr(object))
            return
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        width = most = self._width - indent
        shown = ''
        for i, line in enumerate(lines):
            shown = repr(line)
            if i == len(lines) - 1:
                most -= allowance
            if len(shown) <= most:
                chunks.append(shown)
            else:
                parts = re.findall(r'\S*\s*', line)
                parts.pop()
                limit = width
                current = ''
                for j, part in enumerate(parts):
                    candidate = current + part
                    if j == len(parts) - 1 and i == len(lines) - 1:
                        limit -= allowance
                    if len(repr(candidate)) > limit:
                        if current:
                            chunks.append(repr(current))
                        current = part
                    else:
                        current = candidate
                if current:
                    chunks.append(repr(current))
        if len(chunks) == 1:
            write(shown)
            return
        opening, closing = ('(', ')') if level == 1 else ('', '')
        write(opening + ('\n' + ' ' * indent).join(chunks) + closing)

    def _bytes(self, object, stream, indent, allowance, context, level):
        write = stream.write
        if len(object) <= 4:
            write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            write('(')
        separator = ''
        for shown in _wrapped_bytes(object, self._width - indent, allowance):
            write(separator + shown)
            separator = '\n' + ' ' * indent
        if parens:
            write(')')

    def _namespace(self, object, stream, indent, allowance, context, level):
        name = 'namespace' if type(object) is SimpleNamespace else object.__class__.__name__
        self._fields(name, object.__dict__.items(), object, stream, indent, allowance, context, level)

    def _dataclass(self, object, stream, indent, allowance, context, level):
        items = [(f.name, getattr(object, f.name)) for f in object.__dataclass_fields__.values() if f.repr]
        self._fields(object.__class__.__name__, items, object, stream, indent, allowance, context, level)

    def _fields(self, name, items, object, stream, indent, allowance, context, level):
        write = stream.write
        indent += len(name) + 1
        items = list(items)
        write(name + '(')
        for place, (key, value) in enumerate(items):
            last = place == len(items) - 1
            write(key + '=')
            if id(value) in context:
                write('...')
            else:
                self._format(value, stream, indent + len(key) + 1, allowance + 1 if last else 1, context, level)
            if not last:
                write(',\n' + ' ' * indent)
        write(')')

    def _default_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        indent += len(object.__class__.__name__) + 1
        stream.write(f'{object.__class__.__name__}({factory},\n' + ' ' * indent)
        self._dict(object, stream, indent, allowance + 1, context, level)
        stream.write(')')

    def _counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '({')
        if self._indent > 1:
            stream.write((self._indent - 1) * ' ')
        self._pairs(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write('})')

    def _chain_map(self, object, stream, indent, allowance, context, level):
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(name + '(')
        for i, mapping in enumerate(object.maps):
            last = i == len(object.maps) - 1
            self._format(mapping, stream, indent, allowance + 1 if last else 1, context, level)
            stream.write(')' if last else ',\n' + ' ' * indent)

    def _deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(name + '([')
        if object.maxlen is None:
            self._items(object, stream, indent, allowance + 2, context, level)
            stream.write('])')
        else:
            self._items(object, stream, indent, 2, context, level)
            shown = self._repr(object.maxlen, context, level)
            stream.write('],\n%smaxlen=%s)' % (' ' * indent, shown))

    def _user(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _flat(self, object, context, maxlevels, level):
        """A value in one line."""
        kind = type(object)
        if kind is int or kind is bool:
            return (f'{object:_d}' if self._underscore_numbers and kind is int else repr(object)), True, False
        is_dict = issubclass(kind, dict) and kind.__repr__ is dict.__repr__
        is_list = issubclass(kind, list) and kind.__repr__ is list.__repr__
        is_tuple = issubclass(kind, tuple) and kind.__repr__ is tuple.__repr__
        if not (is_dict or is_list or is_tuple):
            shown = repr(object)
            return shown, bool(shown) and not shown.startswith('<'), False
        if not object:
            return repr(object), True, False
        if maxlevels and level >= maxlevels:
            flat = '{...}' if is_dict else '[...]' if is_list else '(...,)' if len(object) == 1 else '(...)'
            return flat, False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive = True, False
        parts = []
        level += 1
        if is_dict:
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            for key, value in items:
                shown_key, key_readable, key_recursive = self.format(key, context, maxlevels, level)
                shown, value_readable, value_recursive = self.format(value, context, maxlevels, level)
                parts.append(f'{shown_key}: {shown}')
                readable = readable and key_readable and value_readable
                recursive = recursive or key_recursive or value_recursive
            frame = '{%s}'
        else:
            for item in object:
                shown, item_readable, item_recursive = self.format(item, context, maxlevels, level)
                parts.append(shown)
                readable = readable and item_readable
                recursive = recursive or item_recursive
            frame = '[%s]' if is_list else '(%s,)' if len(object) == 1 else '(%s)'
        del context[id(object)]
        return frame % ', '.join(parts), readable, recursive


_PRINTERS = ((dict, PrettyPrinter._dict), (OrderedDict, PrettyPrinter._ordered_dict), (list, PrettyPrinter._list),
             (tuple, PrettyPrinter._tuple), (set, PrettyPrinter._set), (frozenset, PrettyPrinter._set),
             (str, PrettyPrinter._str), (bytes, PrettyPrinter._bytes), (SimpleNamespace, PrettyPrinter._namespace),
             (defaultdict, PrettyPrinter._default_dict), (Counter, PrettyPrinter._counter),
             (ChainMap, PrettyPrinter._chain_map), (deque, PrettyPrinter._deque), (UserDict, PrettyPrinter._user),
             (UserList, PrettyPrinter._user), (UserString, PrettyPrinter._user))


def _recursion(object):
    return f'<Recursion on {type(object).__name__} with id={id(object)}>'


def _wrapped_bytes(object, width, allowance):
    current = b''
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        part = object[i:i + 4]
        candidate = current + part
        if i == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)
