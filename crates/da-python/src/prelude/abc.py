"""Abstract base classes: methods that must be overridden before a class has instances, and classes registered by hand."""


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractproperty(property):
    __isabstractmethod__ = True


def _is_abstract(value):
    if isinstance(value, property):
        return _is_abstract(value.fget) or _is_abstract(value.fset)
    if isinstance(value, (classmethod, staticmethod)):
        value = value.__func__
    return getattr(value, '__isabstractmethod__', False) is True


_token = 0


def get_cache_token():
    """A number that changes when a class is registered."""
    return _token


class ABCMeta(type):
    """The class of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = [name for name, value in namespace.items() if _is_abstract(value)]
        for base in bases:
            for name in getattr(base, '__abstractmethods__', ()):
                if name not in abstract and _is_abstract(getattr(cls, name, None)):
                    abstract.append(name)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = []
        cls._abc_derived = []
        for base in bases:
            if isinstance(base, ABCMeta):
                base._abc_derived.append(cls)
        return cls

    def __call__(cls, *args, **kwargs):
        if cls.__abstractmethods__:
            names = sorted(cls.__abstractmethods__)
            plural = 's' if len(names) > 1 else ''
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method{plural} "
                            + ', '.join(names))
        return super().__call__(*args, **kwargs)

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        global _token
        _token += 1
        cls._abc_registry.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        hook = getattr(cls, '__subclasshook__', None)
        answer = NotImplemented if hook is None else hook(subclass)
        if answer is not NotImplemented:
            return answer
        if cls in subclass.__mro__:
            return True
        for known in cls._abc_registry + cls._abc_derived:
            if issubclass(subclass, known):
                return True
        return False


def update_abstractmethods(cls):
    """Looks again which methods of a class are abstract, after it was changed."""
    if not hasattr(cls, '__abstractmethods__'):
        return cls
    abstract = set()
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if _is_abstract(getattr(cls, name, None)):
                abstract.add(name)
    for name, value in cls.__dict__.items():
        if _is_abstract(value):
            abstract.add(name)
    cls.__abstractmethods__ = frozenset(abstract)
    return cls


class ABC(metaclass=ABCMeta):
    """An abstract base class by inheritance."""


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)
