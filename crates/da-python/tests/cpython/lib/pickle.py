"""The names of `pickle`; nothing is pickled here."""

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


def dumps(obj, protocol=None, **options):
    raise NotImplementedError('pickle is not available here')


loads = dump = load = Pickler = Unpickler = _Pickler = _Unpickler = _dumps = _loads = dumps
