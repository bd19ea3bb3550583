"""jinja2.runtime: what stands in a template for what is not defined."""

from jinja2.exceptions import UndefinedError


class Context:
    """The names that a template sees."""

    def __init__(self, variables):
        self.vars = variables

    def get(self, key, default=None):
        return self.vars.get(key, default)

    def __getitem__(self, key):
        return self.vars[key]

    def __contains__(self, key):
        return key in self.vars


class Undefined:
    """A name that is not defined: empty where it is shown, an error where anything is done with it."""

    def __init__(self, hint=None, obj=None, name=None, exc=UndefinedError):
        self._undefined_hint = hint
        self._undefined_obj = obj
        self._undefined_name = name
        self._undefined_exception = exc

    def _fail_with_undefined_error(self, *args, **kwargs):
        raise self._undefined_exception(self._undefined_hint or f"'{self._undefined_name}' is undefined")

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        self._fail_with_undefined_error()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _fail_with_undefined_error
    __call__ = __getitem__ = __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error

    def __eq__(self, other):
        return type(self) is type(other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return id(type(self))

    def __str__(self):
        return ''

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False

    def __repr__(self):
        return 'Undefined'


class ChainableUndefined(Undefined):
    """Its parts are not defined either."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self


class DebugUndefined(Undefined):
    """Shows what is missing."""

    def __str__(self):
        return '{{ ' + str(self._undefined_name) + ' }}'


class StrictUndefined(Undefined):
    """Cannot even be shown."""

    __iter__ = __str__ = __len__ = __bool__ = __eq__ = __ne__ = __contains__ = Undefined._fail_with_undefined_error
    __hash__ = Undefined.__hash__
