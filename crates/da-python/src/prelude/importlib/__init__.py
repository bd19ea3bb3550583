"""Imports by name."""

__all__ = ['import_module', 'invalidate_caches', 'reload']


def import_module(name, package=None):
    """The module of a dotted name; a relative one begins at `package`."""
    level = len(name) - len(name.lstrip('.'))
    if level:
        if not package:
            raise TypeError(f'the \'package\' argument is required to perform a relative import for {name!r}')
        parts = package.split('.')
        if level > len(parts):
            raise ImportError('attempted relative import beyond top-level package')
        name = '.'.join(parts[:len(parts) - level + 1] + ([name[level:]] if name[level:] else []))
    return __import__(name, fromlist=['*'])


def reload(module):
    """The module as it is: what was imported does not change during an evaluation."""
    return module


def invalidate_caches():
    """Does nothing: there are no caches of folders."""
