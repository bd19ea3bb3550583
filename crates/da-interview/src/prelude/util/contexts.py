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


_GUESSES = {'bool': 'bool', 'int': 'int', 'rlshift': 'int', 'rrshift': 'int', 'rand': 'int', 'ror': 'int', 'float': 'float', 'neg': 'float',
            'pos': 'float', 'abs': 'float', 'invert': 'float', 'complex': 'complex', 'callable': 'callable'}


class DACatchAll(DAObject):
    """A variable that nothing defines. How it is used says of which kind it must be; its `value` is then asked for."""

    def data_type_guess(self):
        """The kind of value that the last use wanted."""
        if not hasattr(self, 'context'):
            return 'str'
        if self.context in _OF_ONE_KIND:
            for kind in (bool, str, float, int, complex):
                if isinstance(self.operand, kind):
                    return kind.__name__
        return _GUESSES.get(self.context, 'str')

    def _used(self, context, *operands):
        self.context = context
        if operands:
            self.operand = operands[0]
        return self.value

    def __contains__(self, item):
        return item in self._used('contains', item)

    def __getitem__(self, index):
        return self._used('getitem', index)[index]

    def __call__(self, *pargs, **kwargs):
        return self._used('callable')(*pargs, **kwargs)


# What is done with the value alone, by the name of the special method.
_USES = {'str': str, 'repr': repr, 'bool': bool, 'int': int, 'float': float, 'complex': complex, 'len': len, 'iter': iter, 'reversed': reversed,
         'dir': dir, 'hash': hash, 'neg': lambda a: -a, 'pos': lambda a: +a, 'abs': abs, 'invert': lambda a: ~a,
         'index': lambda a: a.__index__()}

# What is done with the value and something else; those in the second table with the value on either side.
_COMPARISONS = {'lt': lambda a, b: a < b, 'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b,
                'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b}
_OPERATIONS = {'add': lambda a, b: a + b, 'sub': lambda a, b: a - b, 'mul': lambda a, b: a * b, 'truediv': lambda a, b: a / b,
               'floordiv': lambda a, b: a // b, 'mod': lambda a, b: a % b, 'divmod': divmod, 'pow': lambda a, b: a ** b,
               'lshift': lambda a, b: a << b, 'rshift': lambda a, b: a >> b, 'and': lambda a, b: a & b, 'xor': lambda a, b: a ^ b,
               'or': lambda a, b: a | b}

# Where the operand says of which kind the value must be.
_OF_ONE_KIND = set(_COMPARISONS) | {side + name for name in list(_OPERATIONS)[:8] for side in ('', 'r')}


def _caught(context, operation):
    """A special method that uses the value; of two operands, the value is the left one."""
    return lambda self, *operands: operation(self._used(context, *operands), *operands)


def _caught_right(context, operation):
    return lambda self, other: operation(other, self._used(context, other))


for _context, _operation in {**_USES, **_COMPARISONS, **_OPERATIONS}.items():
    setattr(DACatchAll, '__' + _context + '__', _caught(_context, _operation))
for _context, _operation in _OPERATIONS.items():
    setattr(DACatchAll, '__r' + _context + '__', _caught_right('r' + _context, _operation))


def _catch_all(name):
    return DACatchAll(name)
