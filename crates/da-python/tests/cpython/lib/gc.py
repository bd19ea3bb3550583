"""The collector of the machine cannot be asked for anything; CPython's tests may tell it to run."""

garbage = []
callbacks = []
DEBUG_STATS = 1


def collect(generation=2):
    return 0


def enable():
    pass


def disable():
    pass


def isenabled():
    return True


def freeze():
    pass


unfreeze = freeze


def get_threshold():
    return 700, 10, 10


def set_threshold(*thresholds):
    pass


def _unknown(*args):
    raise NotImplementedError('the collector cannot be looked into')


is_tracked = is_finalized = get_objects = get_referrers = get_referents = get_count = get_stats = _unknown
