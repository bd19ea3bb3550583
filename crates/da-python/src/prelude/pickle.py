"""Values as bytes and back, in CPython's protocols. What is read makes objects by calling what it names, inside the script's own limits;
nothing of the server reads such bytes."""

import copyreg
import io
import re
import struct
import sys

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads',
           'HIGHEST_PROTOCOL', 'DEFAULT_PROTOCOL']

HIGHEST_PROTOCOL, DEFAULT_PROTOCOL = 5, 4
format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


_MARK = object()
_PYTHON_2 = {'__builtin__': 'builtins', 'copy_reg': 'copyreg', 'UserDict': 'collections', 'exceptions': 'builtins'}
_OLD_NAMES = {'xrange': 'range', 'unicode': 'str', 'long': 'int', 'unichr': 'chr'}


_RAW = re.compile(r'\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})')
_ESCAPES = re.compile(r'\\x([0-9a-fA-F]{2})|\\([0-7]{1,3})|\\(.)')
_SIMPLE = {'n': '\n', 't': '\t', 'r': '\r', 'a': '\a', 'b': '\b', 'f': '\f', 'v': '\v'}


def _unescaped(line, pattern):
    """The text of a line in an old protocol."""

    def character(found):
        if pattern is _RAW:
            return chr(int(found[1] or found[2], 16))
        return chr(int(found[1], 16)) if found[1] else chr(int(found[2], 8) & 255) if found[2] else _SIMPLE.get(found[3], found[3])

    return pattern.sub(character, line.decode('latin-1'))


class Pickler:
    """Writes values, each object once."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        protocol = DEFAULT_PROTOCOL if protocol is None else HIGHEST_PROTOCOL if protocol < 0 else protocol
        if protocol > HIGHEST_PROTOCOL:
            raise ValueError(f'pickle protocol must be <= {HIGHEST_PROTOCOL}')
        if not hasattr(file, 'write'):
            raise TypeError("file must have a 'write' attribute")
        # Everything is written in protocol 4, which later readers take and which says so itself.
        self._file, self._protocol = file, max(protocol, 4)
        self.memo = {}
        self._parts = []

    def clear_memo(self):
        self.memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        self._parts = [b'\x80' + bytes([self._protocol])]
        self._save(obj)
        self._parts.append(b'.')
        self._file.write(b''.join(self._parts))

    def _remember(self, obj):
        self._parts.append(b'\x94')
        self.memo[id(obj)] = len(self.memo), obj

    def _save(self, obj, persistent=True):
        put = self._parts.append
        if persistent and (pid := self.persistent_id(obj)) is not None:
            self._save(pid, False)
            put(b'Q')
            return
        known = self.memo.get(id(obj))
        if known is not None and known[1] is obj:
            place = known[0]
            put(b'h' + bytes([place]) if place < 256 else b'j' + struct.pack('<I', place))
            return
        cls = type(obj)
        save = self._simple.get(cls)
        if save is not None:
            save(self, obj)
        elif cls in (list, dict, set, frozenset, tuple):
            self._save_container(obj, cls)
        else:
            self._save_object(obj, cls)

    def _save_int(self, obj):
        put = self._parts.append
        if 0 <= obj < 256:
            put(b'K' + bytes([obj]))
        elif 0 <= obj < 65536:
            put(b'M' + struct.pack('<H', obj))
        elif -0x80000000 <= obj < 0x80000000:
            put(b'J' + struct.pack('<i', obj))
        else:
            size = obj.bit_length() // 8 + 1
            # As few bytes as there can be.
            if obj < 0 and -obj == 1 << (size - 1) * 8 - 1:
                size -= 1
            head = b'\x8a' + bytes([size]) if size < 256 else b'\x8b' + struct.pack('<i', size)
            put(head + obj.to_bytes(size, 'little', signed=True))

    def _save_str(self, obj):
        data = obj.encode()
        size = len(data)
        self._parts.append((b'\x8c' + bytes([size]) if size < 256 else b'X' + struct.pack('<I', size)) + data)
        self._remember(obj)

    def _save_bytes(self, obj):
        size = len(obj)
        self._parts.append((b'C' + bytes([size]) if size < 256 else b'B' + struct.pack('<I', size)) + obj)
        self._remember(obj)

    _simple = {
        type(None): lambda self, obj: self._parts.append(b'N'),
        bool: lambda self, obj: self._parts.append(b'\x88' if obj else b'\x89'),
        int: _save_int,
        float: lambda self, obj: self._parts.append(b'G' + struct.pack('>d', obj)),
        str: _save_str,
        bytes: _save_bytes,
    }

    def _save_container(self, obj, cls):
        put = self._parts.append
        if cls is tuple:
            self._save_tuple(obj)
        elif cls is list:
            put(b']')
            self._remember(obj)
            self._items(obj)
        elif cls is dict:
            put(b'}')
            self._remember(obj)
            self._pairs(obj.items())
        elif cls is set:
            put(b'\x8f')
            self._remember(obj)
            if obj:
                put(b'(')
                for item in obj:
                    self._save(item)
                put(b'\x90')
        else:
            put(b'(')
            for item in obj:
                self._save(item)
            put(b'\x91')
            self._remember(obj)

    def _save_tuple(self, obj):
        put, size = self._parts.append, len(obj)
        if not size:
            put(b')')
            return
        if size > 3:
            put(b'(')
        for item in obj:
            self._save(item)
        known = self.memo.get(id(obj))
        if known is not None and known[1] is obj:
            # It is inside itself, and was written on the way.
            put(b'1' if size > 3 else b'0' * size)
            place = known[0]
            put(b'h' + bytes([place]) if place < 256 else b'j' + struct.pack('<I', place))
            return
        put(b't' if size > 3 else (b'\x85', b'\x86', b'\x87')[size - 1])
        self._remember(obj)

    def _items(self, items):
        items = list(items)
        for start in range(0, len(items), 1000):
            part = items[start:start + 1000]
            if len(part) == 1:
                self._save(part[0])
                self._parts.append(b'a')
                continue
            self._parts.append(b'(')
            for item in part:
                self._save(item)
            self._parts.append(b'e')

    def _pairs(self, pairs):
        pairs = list(pairs)
        for start in range(0, len(pairs), 1000):
            part = pairs[start:start + 1000]
            if len(part) > 1:
                self._parts.append(b'(')
            for key, value in part:
                self._save(key)
                self._save(value)
            self._parts.append(b's' if len(part) == 1 else b'u')

    def _save_object(self, obj, cls):
        override = getattr(self, 'reducer_override', None)
        reduced = NotImplemented if override is None else override(obj)
        if reduced is NotImplemented:
            table = getattr(self, 'dispatch_table', copyreg.dispatch_table)
            if cls in table:
                reduced = table[cls](obj)
            elif issubclass(cls, type) or callable(obj) and hasattr(obj, '__qualname__') and not hasattr(obj, '__self__'):
                self._save_global(obj)
                return
            elif cls is bytearray:
                reduced = bytearray, (bytes(obj),)
            elif hasattr(obj, '__self__') and hasattr(obj, '__func__'):
                reduced = getattr, (obj.__self__, obj.__func__.__name__)
            elif callable(obj) and type(obj) is type(len):
                self._save_global(obj)
                return
            elif obj is NotImplemented or obj is Ellipsis:
                reduced = repr(obj)
            elif cls in (type(None), type(NotImplemented), type(Ellipsis)):
                reduced = type, (obj,)
            elif cls in (slice, range, complex):
                reduced = cls, ((obj.real, obj.imag) if cls is complex else (obj.start, obj.stop, obj.step))
            else:
                reduced = self._ask(obj, cls)
        if isinstance(reduced, str):
            self._save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError('__reduce__ must return a string or tuple')
        if not 2 <= len(reduced) <= 6:
            raise PicklingError('tuple returned by __reduce__ must contain 2 through 6 elements')
        self._save_reduced(obj, *reduced)

    def _ask(self, obj, cls):
        if cls.__module__ == 'builtins' and not isinstance(obj, BaseException) and cls is not object:
            raise TypeError(f'cannot pickle {cls.__name__!r} object')
        return obj.__reduce_ex__(self._protocol)

    def _save_reduced(self, obj, function, args, state=None, listitems=None, dictitems=None, setter=None):
        if not callable(function):
            raise PicklingError('first item of the tuple returned by __reduce__ must be callable')
        if not isinstance(args, tuple):
            raise PicklingError('second item of the tuple returned by __reduce__ must be a tuple')
        put, name = self._parts.append, getattr(function, '__name__', '')
        if name == '__newobj__':
            self._save(args[0])
            self._save(args[1:])
            put(b'\x81')
        elif name == '__newobj_ex__':
            for part in args:
                self._save(part)
            put(b'\x92')
        else:
            self._save(function)
            self._save(args)
            put(b'R')
        known = self.memo.get(id(obj))
        if known is not None and known[1] is obj:
            put(b'0h' + bytes([known[0]]) if known[0] < 256 else b'0j' + struct.pack('<I', known[0]))
        else:
            self._remember(obj)
        if listitems is not None:
            self._items(listitems)
        if dictitems is not None:
            self._pairs(dictitems)
        if state is None:
            return
        if setter is None:
            self._save(state)
            put(b'b')
        else:
            self._save(setter)
            self._save(obj)
            self._save(state)
            put(b'\x86R0')

    def _save_global(self, obj, name=None):
        if obj is type:
            module, name = 'builtins', 'type'
        else:
            name = name or getattr(obj, '__qualname__', None) or obj.__name__
            module = getattr(obj, '__module__', None) or 'builtins'
        if obj is type(None) or obj is type(NotImplemented) or obj is type(Ellipsis):
            self._save_reduced(obj, type, ({type(None): None, type(Ellipsis): Ellipsis}.get(obj, NotImplemented),))
            return
        if '<locals>' in name.split('.'):
            raise AttributeError(f"Can't pickle local object {name!r}")
        try:
            found = _find(module, name)
        except (ImportError, KeyError):
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module!r} failed") from None
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        self._save(module)
        self._save(name)
        self._parts.append(b'\x93')
        self._remember(obj)


def _find(module, name):
    if module == '__main__' and module not in sys.modules:
        found = sys._getframe().f_globals
        frame = sys._getframe()
        while frame is not None and frame.f_globals.get('__name__') != '__main__':
            frame = frame.f_back
        found = frame.f_globals if frame is not None else {}
        first, *rest = name.split('.')
        if first not in found:
            raise AttributeError(f"Can't get attribute {first!r} on <module '__main__'>")
        value = found[first]
    else:
        __import__(module)
        value, rest = sys.modules[module], name.split('.')
    for part in rest:
        try:
            value = getattr(value, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {value!r}") from None
    return value


class Unpickler:
    """Reads values."""

    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        if not hasattr(file, 'read') or not hasattr(file, 'readline'):
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file, self._encoding, self._errors = file, encoding, errors
        self.memo = {}

    def persistent_load(self, pid):
        raise UnpicklingError('unsupported persistent id encountered')

    def find_class(self, module, name):
        if module == '__builtin__':
            name = _OLD_NAMES.get(name, name)
        return _find(_PYTHON_2.get(module, module), name)

    def load(self):
        self._stack = []
        while True:
            code = self._file.read(1)
            if not code:
                raise EOFError('Ran out of input')
            if code == b'.':
                return self._pop()
            action = _ACTIONS.get(code)
            if action is None:
                raise UnpicklingError(f"invalid load key, {code.decode('latin-1')!r}.")
            action(self)

    def _read(self, size):
        data = self._file.read(size)
        if len(data) < size:
            raise UnpicklingError('pickle data was truncated')
        return data

    def _number(self, format):
        return struct.unpack(format, self._read(struct.calcsize(format)))[0]

    def _line(self):
        line = self._file.readline()
        if line[-1:] != b'\n':
            raise UnpicklingError('pickle data was truncated')
        return line[:-1]

    def _push(self, value):
        self._stack.append(value)

    def _pop(self):
        if not self._stack or self._stack[-1] is _MARK:
            raise UnpicklingError('unexpected MARK found' if self._stack else 'stack underflow')
        return self._stack.pop()

    def _top(self):
        if not self._stack:
            raise UnpicklingError('stack underflow')
        return self._stack[-1]

    def _since_mark(self):
        items = []
        while self._stack:
            item = self._stack.pop()
            if item is _MARK:
                return items[::-1]
            items.append(item)
        raise UnpicklingError('could not find MARK')

    def _get(self, place):
        if place not in self.memo:
            raise UnpicklingError(f'Memo value not found at index {place}')
        self._push(self.memo[place])

    def _put(self, place):
        self.memo[place] = self._top()

    def _text(self, data):
        return data if self._encoding == 'bytes' else data.decode(self._encoding, self._errors)

    def _reduce(self):
        args, function = self._pop(), self._pop()
        self._push(function(*args))

    def _new(self):
        args, cls = self._pop(), self._pop()
        self._push(cls.__new__(cls, *args))

    def _new_ex(self):
        kwargs, args, cls = self._pop(), self._pop(), self._pop()
        self._push(cls.__new__(cls, *args, **kwargs))

    def _instance(self, cls, args):
        self._push(cls(*args) if args or not isinstance(cls, type) or hasattr(cls, '__getinitargs__') else cls.__new__(cls))

    def _inst(self):
        module, name = self._line().decode('ascii'), self._line().decode('ascii')
        self._instance(self.find_class(module, name), self._since_mark())

    def _obj(self):
        cls, *args = self._since_mark()
        self._instance(cls, args)

    def _build(self):
        state = self._pop()
        made = self._top()
        setter = getattr(made, '__setstate__', None)
        if setter is not None:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            made.__dict__.update(state)
        for name, value in (slots or {}).items():
            setattr(made, name, value)

    def _append_all(self, items):
        target = self._top()
        extend = getattr(target, 'extend', None)
        if extend is not None:
            extend(items)
        else:
            for item in items:
                target.append(item)

    def _set_all(self, items):
        target = self._top()
        for place in range(0, len(items), 2):
            target[items[place]] = items[place + 1]

    def _add_all(self):
        items = self._since_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

    def _global(self):
        module = self._line().decode()
        self._push(self.find_class(module, self._line().decode()))

    def _stack_global(self):
        name, module = self._pop(), self._pop()
        if not isinstance(name, str) or not isinstance(module, str):
            raise UnpicklingError('STACK_GLOBAL requires str')
        self._push(self.find_class(module, name))

    def _protocol(self):
        version = self._read(1)[0]
        if version > HIGHEST_PROTOCOL:
            raise ValueError(f'unsupported pickle protocol: {version}')

    def _int(self):
        line = self._line()
        self._push(line == b'01' if line in (b'00', b'01') else int(line))

    def _string(self):
        line = self._line()
        if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b'"', b"'"):
            raise UnpicklingError('the STRING opcode argument must be quoted')
        text = _unescaped(line[1:-1], _ESCAPES).encode('latin-1')
        self._push(self._text(text))

    def _tuple(self, size):
        items = [self._pop() for _ in range(size)]
        self._push(tuple(items[::-1]))

    def _drop_mark(self):
        self._since_mark()


def _pair(self):
    value, key = self._pop(), self._pop()
    self._set_all([key, value])


def _one(self):
    self._append_all([self._pop()])


_ACTIONS = {
    b'\x80': Unpickler._protocol, b'\x95': lambda self: self._read(8), b'(': lambda self: self._push(_MARK),
    b'0': lambda self: self._stack.pop() if self._stack else self._pop(), b'1': Unpickler._drop_mark,
    b'2': lambda self: self._push(self._top()), b'N': lambda self: self._push(None), b'\x88': lambda self: self._push(True),
    b'\x89': lambda self: self._push(False), b'I': Unpickler._int, b'J': lambda self: self._push(self._number('<i')),
    b'K': lambda self: self._push(self._read(1)[0]), b'M': lambda self: self._push(self._number('<H')),
    b'L': lambda self: self._push(int(self._line().rstrip(b'L'))),
    b'\x8a': lambda self: self._push(int.from_bytes(self._read(self._read(1)[0]), 'little', signed=True)),
    b'\x8b': lambda self: self._push(int.from_bytes(self._read(self._number('<i')), 'little', signed=True)),
    b'F': lambda self: self._push(float(self._line())), b'G': lambda self: self._push(self._number('>d')),
    b'S': Unpickler._string, b'T': lambda self: self._push(self._text(self._read(self._number('<i')))),
    b'U': lambda self: self._push(self._text(self._read(self._read(1)[0]))),
    b'V': lambda self: self._push(_unescaped(self._line(), _RAW)),
    b'X': lambda self: self._push(self._read(self._number('<I')).decode()),
    b'\x8c': lambda self: self._push(self._read(self._read(1)[0]).decode()),
    b'\x8d': lambda self: self._push(self._read(self._number('<Q')).decode()),
    b'B': lambda self: self._push(self._read(self._number('<I'))), b'C': lambda self: self._push(self._read(self._read(1)[0])),
    b'\x8e': lambda self: self._push(self._read(self._number('<Q'))),
    b'\x96': lambda self: self._push(bytearray(self._read(self._number('<Q')))),
    b')': lambda self: self._push(()), b']': lambda self: self._push([]), b'}': lambda self: self._push({}),
    b'\x8f': lambda self: self._push(set()), b't': lambda self: self._push(tuple(self._since_mark())),
    b'l': lambda self: self._push(self._since_mark()), b'\x85': lambda self: self._tuple(1), b'\x86': lambda self: self._tuple(2),
    b'\x87': lambda self: self._tuple(3), b'\x91': lambda self: self._push(frozenset(self._since_mark())),
    b'd': lambda self: (items := self._since_mark(), self._push({}), self._set_all(items)), b'a': _one, b's': _pair,
    b'e': lambda self: self._append_all(self._since_mark()), b'u': lambda self: self._set_all(self._since_mark()),
    b'\x90': Unpickler._add_all, b'c': Unpickler._global, b'\x93': Unpickler._stack_global, b'R': Unpickler._reduce,
    b'\x81': Unpickler._new, b'\x92': Unpickler._new_ex, b'b': Unpickler._build, b'i': Unpickler._inst, b'o': Unpickler._obj,
    b'g': lambda self: self._get(int(self._line())), b'h': lambda self: self._get(self._read(1)[0]),
    b'j': lambda self: self._get(self._number('<I')), b'p': lambda self: self._put(int(self._line())),
    b'q': lambda self: self._put(self._read(1)[0]), b'r': lambda self: self._put(self._number('<I')),
    b'\x94': lambda self: self._put(len(self.memo)), b'P': lambda self: self._push(self.persistent_load(self._line().decode())),
    b'Q': lambda self: self._push(self.persistent_load(self._pop())),
}


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = io.BytesIO()
    Pickler(file, protocol).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    return Unpickler(file, encoding=encoding, errors=errors).load()


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), encoding=encoding, errors=errors).load()


# What CPython calls those of its own that are written in Python.
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads
