"""Groups of exceptions, and what `except*` does with them. The two classes are built-in names."""


class BaseExceptionGroup(BaseException):
    """Several exceptions at once."""

    __module__ = 'builtins'

    def __new__(cls, *args, **kwargs):
        if kwargs:
            raise TypeError(f'{cls.__name__}() takes no keyword arguments')
        if len(args) != 2:
            raise TypeError(f'BaseExceptionGroup.__new__() takes exactly 2 arguments ({len(args)} given)')
        message, exceptions = args
        if not isinstance(message, str):
            raise TypeError(f'BaseExceptionGroup.__new__() argument 1 must be str, not {type(message).__name__}')
        if not hasattr(type(exceptions), '__getitem__') or isinstance(exceptions, dict):
            raise TypeError('second argument (exceptions) must be a sequence')
        items = tuple(exceptions)
        if not items:
            raise ValueError('second argument (exceptions) must be a non-empty sequence')
        nested_base = False
        for place, item in enumerate(items):
            if not isinstance(item, BaseException):
                raise ValueError(f'Item {place} of second argument (exceptions) is not an exception')
            nested_base = nested_base or not isinstance(item, Exception)
        if cls is BaseExceptionGroup and not nested_base:
            cls = ExceptionGroup
        elif nested_base and issubclass(cls, Exception):
            where = 'an ExceptionGroup' if cls is ExceptionGroup else repr(cls.__name__)
            raise TypeError(f'Cannot nest BaseExceptions in {where}')
        made = BaseException.__new__(cls, message, exceptions)
        made.args = args
        return made

    def __init__(self, *args, **kwargs):
        BaseException.__init__(self, *args)

    @classmethod
    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)

    @property
    def message(self):
        return self.args[0]

    @property
    def exceptions(self):
        return tuple(self.args[1])

    def __str__(self):
        count = len(self.exceptions)
        return f'{self.message} ({count} sub-exception{"s" if count > 1 else ""})'

    def derive(self, excs, /):
        return BaseExceptionGroup(self.message, excs)

    def split(self, condition, /):
        """The part that a condition is true of, and the other."""
        return _split(self, _condition(condition))

    def subgroup(self, condition, /):
        """The part that a condition is true of."""
        return _split(self, _condition(condition))[0]


class ExceptionGroup(BaseExceptionGroup, Exception):
    """Several exceptions at once, none of which ends the program."""

    __module__ = 'builtins'


def _is_exception_class(value):
    return isinstance(value, type) and issubclass(value, BaseException)


def _condition(condition):
    if _is_exception_class(condition) or isinstance(condition, tuple) and all(map(_is_exception_class, condition)):
        return lambda exception: isinstance(exception, condition)
    if callable(condition) and not isinstance(condition, type):
        return condition
    raise TypeError('expected a function, exception type or tuple of exception types')


def _split(exception, matches):
    if matches(exception):
        return exception, None
    if not isinstance(exception, BaseExceptionGroup):
        return None, exception
    parts = [_split(one, matches) for one in exception.exceptions]
    return _part(exception, [part for part, _ in parts]), _part(exception, [rest for _, rest in parts])


def _part(group, exceptions):
    exceptions = [one for one in exceptions if one is not None]
    if not exceptions:
        return None
    part = group.derive(exceptions)
    if not isinstance(part, BaseExceptionGroup):
        raise TypeError('derive must return an instance of BaseExceptionGroup')
    suppress = group.__suppress_context__
    part.__traceback__, part.__cause__, part.__context__ = group.__traceback__, group.__cause__, group.__context__
    part.__suppress_context__ = suppress
    notes = getattr(group, '__notes__', None)
    if isinstance(notes, (list, tuple)):
        part.__notes__ = list(notes)
    return part


def _places(exception):
    count, place = 0, exception.__traceback__
    while place is not None:
        count, place = count + 1, place.tb_next
    return count


def _leaves(exception):
    if not isinstance(exception, BaseExceptionGroup):
        return {id(exception)}
    return {leaf for one in exception.exceptions for leaf in _leaves(one)}


class Handling:
    """What the clauses of one `try` do with what was raised."""

    def __init__(self, exception):
        self.whole = self.rest = exception
        self.taken = None
        self.raised, self.again = [], []

    def takes(self, classes):
        """Takes the part that a clause is for; whether there is one."""
        for one in classes if isinstance(classes, tuple) else (classes,):
            if not _is_exception_class(one):
                raise TypeError('catching classes that do not inherit from BaseException is not allowed')
            if issubclass(one, BaseExceptionGroup):
                raise TypeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
        if self.rest is None:
            return False
        if isinstance(self.rest, BaseExceptionGroup):
            self.taken, self.rest = self.rest.split(classes)
        elif isinstance(self.rest, classes):
            self.taken, self.rest = BaseExceptionGroup('', (self.rest,)), None
        else:
            self.taken = None
        self.places = 0 if self.taken is None else _places(self.taken)
        return self.taken is not None

    def adds(self, exception):
        """What a clause raised."""
        if exception is self.taken and _places(exception) == self.places:
            self.again.append(exception)
        else:
            self.raised.append(exception)

    def is_left(self):
        """Whether something goes on; that is `left`."""
        self.left = self._left()
        return self.left is not None

    def _left(self):
        again = self.again if self.rest is None else [*self.again, self.rest]
        if not isinstance(self.whole, BaseExceptionGroup):
            return (self.raised + again or [None])[0]
        raised = self.raised
        if again:
            leaves = {leaf for one in again for leaf in _leaves(one)}
            raised = [*raised, _split(self.whole, lambda one: id(one) in leaves)[0]]
        return None if not raised else raised[0] if len(raised) == 1 else BaseExceptionGroup('', raised)
