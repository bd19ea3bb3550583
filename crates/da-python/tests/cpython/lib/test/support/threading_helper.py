"""There are no threads."""

import unittest


def requires_working_threading(*, module=False):
    if module:
        raise unittest.SkipTest('there are no threads')
    return unittest.skip('there are no threads')


def reap_threads(function):
    return function


def start_threads(threads, unlock=None):
    raise unittest.SkipTest('there are no threads')
