"""Imports for tests. There is one form of each module here: what is asked for fresh or without its accelerator is it."""

import importlib
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
