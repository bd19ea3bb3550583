"""The collector. It runs by itself whenever memory was used up; a script may ask it to run, and for nothing else."""

from _machine import collect as _collect

garbage = []
callbacks = []
DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38

_enabled = [True]


def collect(generation=2):
    """Frees what nothing reaches, and calls back for weak references to it."""
    if not isinstance(generation, int) or not 0 <= generation <= 2:
        raise ValueError('invalid generation')
    freed = _collect()
    import weakref
    weakref._noticed()
    return freed


def enable():
    """Says so alone: the machine's limit of memory needs the collector."""
    _enabled[0] = True


def disable():
    _enabled[0] = False


def isenabled():
    return _enabled[0]


def freeze():
    pass


def unfreeze():
    pass


def get_threshold():
    return 700, 10, 10


def set_threshold(threshold0, threshold1=10, threshold2=10, /):
    pass


def get_count():
    return 0, 0, 0


def get_debug():
    return 0


def set_debug(flags, /):
    pass
