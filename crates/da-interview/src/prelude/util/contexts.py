"""Values that say one thing on the screen and another in a document; variables that nothing defines."""


class DAContext(DADict):
    """A text that depends on where it is used."""

    def init(self, *pargs, **kwargs):
        super().init(gathered=True)
        self.pargs = pargs
        self.kwargs = kwargs
        if pargs:
            self['question'] = pargs[0]
            self['document'] = pargs[1] if len(pargs) > 1 else pargs[0]
        for name, found in kwargs.items():
            self[name] = found

    def __str__(self):
        where = 'pandoc' if _state.inside_of.startswith('pandoc') else _state.inside_of
        if where in ('docx', 'pdf', 'pandoc'):
            return str(self.elements[where if where in self.elements else 'document'])
        return str(self.elements['question'])

    def __hash__(self):
        return hash((self.instanceName,))


class DATemplate(DAObject):
    """A text with a subject, made once."""

    def init(self, *pargs, **kwargs):
        self.content = kwargs.get('content', '')
        self.subject = kwargs.get('subject', '')
        self.decorations = [one for one in kwargs.get('decorations', []) if one]

    def show(self, **kwargs):
        return str(self)

    def show_as_markdown(self, **kwargs):
        return str(self.content)

    def __str__(self):
        return str(self.content)


_GUESSES = {'bool': 'bool', 'int': 'int', 'index': 'int', 'oct': 'int', 'hex': 'int', 'float': 'float', 'neg': 'float', 'pos': 'float',
            'abs': 'float', 'invert': 'float', 'complex': 'complex', 'call': 'callable'}


class DACatchAll(DAObject):
    """A variable that nothing defines. How it is used says of which kind it must be; its `value` is then asked for."""

    def data_type_guess(self):
        """The kind of value that the last use wanted."""
        if not hasattr(self, 'context'):
            return 'str'
        if self.context in _OPERATIONS:
            for kind in (bool, str, float, int):
                if isinstance(self.operand, kind):
                    return kind.__name__
        return _GUESSES.get(self.context, 'str')

    def _used(self, context, *operands):
        self.context = context
        if operands:
            self.operand = operands[0]
        return self.value

    def __str__(self):
        return str(self._used('str'))

    def __bool__(self):
        return bool(self._used('bool'))

    def __int__(self):
        return int(self._used('int'))

    def __float__(self):
        return float(self._used('float'))

    def __len__(self):
        return len(self._used('len'))

    def __iter__(self):
        return iter(self._used('iter'))

    def __contains__(self, item):
        return item in self._used('contains', item)

    def __getitem__(self, index):
        return self._used('getitem', index)[index]

    def __call__(self, *pargs, **kwargs):
        return self._used('call')(*pargs, **kwargs)

    def __neg__(self):
        return -self._used('neg')

    def __abs__(self):
        return abs(self._used('abs'))

    def __hash__(self):
        return hash((self.instanceName,))


_OPERATIONS = {'add': lambda a, b: a + b, 'sub': lambda a, b: a - b, 'mul': lambda a, b: a * b, 'truediv': lambda a, b: a / b,
               'floordiv': lambda a, b: a // b, 'mod': lambda a, b: a % b, 'pow': lambda a, b: a ** b, 'lt': lambda a, b: a < b,
               'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b, 'eq': lambda a, b: a == b,
               'ne': lambda a, b: a != b}


def _catch(context, operation):
    def forward(self, other):
        return operation(self._used(context, other), other)

    def backward(self, other):
        return operation(other, self._used(context, other))
    return forward, backward


for _context, _operation in _OPERATIONS.items():
    _forward, _backward = _catch(_context, _operation)
    setattr(DACatchAll, '__' + _context + '__', _forward)
    if _context in ('add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'):
        setattr(DACatchAll, '__r' + _context + '__', _backward)


def _catch_all(name):
    return DACatchAll(name)
