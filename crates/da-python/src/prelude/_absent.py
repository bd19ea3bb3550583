"""What stands for the names of packages that are not here, until somebody needs them.

While the modules of an interview are imported, calling such a name gives another one: a module may describe its tables,
or make itself a client, and is none the worse for it until somebody asks for what is in them.
"""

import _machine


class StandIn:
    """A name that a module imported or reads as an annotation. Nothing is an instance of it."""

    def __init__(self, module, name):
        self._module = module
        self._name = name

    def _refuse(self, *args, **kwargs):
        raise ModuleNotFoundError(f"No module named '{self._module}', which {self._name} needs", name=self._module)

    def _put_off(self, *args, **kwargs):
        return self if _machine.lays_floor() else self._refuse()

    def __mro_entries__(self, bases):
        return () if _machine.lays_floor() else self._refuse()

    def __exit__(self, *raised):
        return False

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return StandIn(self._module, f'{self._name}.{name}')

    def __repr__(self):
        return f'<{self._name}, which is not here>'

    def _itself(self, other):
        return self

    # Annotations: `ndarray[int]`, `DataFrame | None`.
    __getitem__ = __or__ = __ror__ = _itself

    def __instancecheck__(self, instance):
        return False

    def __subclasscheck__(self, subclass):
        return False

    __call__ = __enter__ = _put_off
    __iter__ = __len__ = __contains__ = __setitem__ = __delitem__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse


def names_of(module):
    """What a module of that name gives for an attribute."""

    def name_in(name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(f"module '{module}' has no attribute '{name}'")
        return StandIn(module, f'{module}.{name}')

    return name_in
