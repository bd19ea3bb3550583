"""Values that say one thing on the screen and another in a document; variables that nothing defines; relations."""


class DAContext(DADict):
    """A text that depends on where it is used."""

    def init(self, *pargs, **kwargs):
        super().init(gathered=True)
        self.pargs = pargs
        self.kwargs = kwargs
        if pargs:
            self['question'] = pargs[0]
            self['document'] = pargs[-1]
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


class RelationshipDir(DAObject):
    """A relation with a direction: parent and child."""

    def involves(self, target):
        return self.parent is target or self.child is target


class RelationshipPeer(DAObject):
    """A relation among equals."""

    def involves(self, target):
        return target in self.peers


class RelationshipTree(DAObject):
    """Who is related to whom."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        for name in ('leaf', 'relationships_dir', 'relationships_peer'):
            if not hasattr(self, name):
                self.initializeAttribute(name, DAList.using(auto_gather=False, gathered=True))

    def new(self, *pargs, **kwargs):
        leaf = self.leaf.appendObject(*pargs, **kwargs)
        return leaf

    def add_relationship_dir(self, parent=None, child=None, relationship_type=None):
        """Says that one is the parent of the other, once."""
        for known in self.query_dir(parent=parent, child=child, relationship_type=relationship_type):
            return known
        return self.relationships_dir.appendObject(RelationshipDir, parent=parent, child=child, relationship_type=relationship_type)

    def add_relationship_peer(self, *pargs, relationship_type=None):
        """Says that these are equals, once."""
        peers = list(pargs)
        for known in self.query_peer(relationship_type=relationship_type):
            if len(known.peers) == len(peers) and all(peer in known.peers for peer in peers):
                return known
        return self.relationships_peer.appendObject(RelationshipPeer, peers=peers, relationship_type=relationship_type)

    def query_dir(self, involving=None, **kwargs):
        """The relations with a direction that are as described."""
        return [one for one in self.relationships_dir.elements
                if (involving is None or one.involves(involving)) and
                all(getattr(one, name) is found or name == 'relationship_type' and getattr(one, name) == found
                    for name, found in kwargs.items())]

    def query_peer(self, involving=None, relationship_type=None):
        """The relations among equals that are as described."""
        return [one for one in self.relationships_peer.elements
                if (involving is None or one.involves(involving)) and
                (relationship_type is None or one.relationship_type == relationship_type)]

    def delete_dir(self, *pargs):
        for one in pargs:
            self.relationships_dir.remove(one)

    def delete_peer(self, *pargs):
        for one in pargs:
            self.relationships_peer.remove(one)
