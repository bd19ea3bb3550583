"""A module that is not there: it can be imported, and what is taken out of it is an error when it is used."""


class _Absent:
    def __init__(self, name):
        self.__name__ = name

    def _use(self, *args, **kwargs):
        raise NotImplementedError(f'{self.__name__} is not available here')

    __call__ = __getattr__ = __getitem__ = __iter__ = __enter__ = __add__ = __radd__ = _use


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _Absent(f'{__name__}.{name}')
