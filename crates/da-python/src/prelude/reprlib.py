"""`repr` of what may be inside itself."""

__all__ = ['recursive_repr']


def recursive_repr(fillvalue='...'):
    """Decorates a `__repr__` so that a value inside itself is shown as `fillvalue`."""
    def decorate(function):
        running = set()

        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return function(self)
            finally:
                running.discard(key)
        for name in ('__module__', '__doc__', '__name__', '__qualname__', '__annotations__'):
            setattr(wrapper, name, getattr(function, name))
        wrapper.__wrapped__ = function
        return wrapper
    return decorate
