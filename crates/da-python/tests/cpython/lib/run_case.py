"""Runs a case of a module of CPython's own tests. What calls it is `examples/cpython_tests.rs`."""

import builtins
import importlib
import io
import os
import unittest

import _test_files

_ready = {}


def _open(file, mode='r', *args, **kwargs):
    """Opens a file beside the tests to be read; there are no others."""
    if mode not in ('r', 'rb'):
        raise PermissionError(1, 'Operation not permitted', file)
    text = _test_files.read(file)
    if text is None:
        raise FileNotFoundError(2, 'No such file or directory', file)
    return io.StringIO(text) if mode == 'r' else io.BytesIO(text.encode())


class _Loader:
    """Takes the classes that a module makes in `load_tests`."""

    def __init__(self, module):
        self._module = module

    def loadTestsFromTestCase(self, cls):
        if not hasattr(self._module, cls.__name__):
            setattr(self._module, cls.__name__, cls)
        return unittest.TestSuite()


def load(name):
    """Imports the module of the cases."""
    builtins.open = _open
    os.listdir = _test_files.names
    os.path.isdir = lambda path: _test_files.names(path) is not None
    module = importlib.import_module(name)
    if hasattr(module, 'setUpModule'):
        module.setUpModule()
    if hasattr(module, 'load_tests'):
        try:
            module.load_tests(_Loader(module), unittest.TestSuite(), None)
        except NotImplementedError:
            pass  # Doctests, which are not made here.
    return module


def run(module, case):
    """`(outcome, reason)` of a case: passed, failed or skipped."""
    try:
        return _run(module, case)
    except unittest.SkipTest as skipped:
        return 'skipped', _line(skipped)
    except Exception as error:
        return 'failed', _line(error)


def _run(module, case):
    path, name = case.rsplit('.', 1)
    cls = module
    for part in path.split('.'):
        cls = getattr(cls, part)
    _enter(cls)
    method = getattr(cls, name)
    for thing in (cls, method):
        reason = getattr(thing, '__unittest_skip__', None)
        if reason is not None:
            return 'skipped', reason
    test = cls(name)
    expected = getattr(method, '__unittest_expecting_failure__', False)
    try:
        _steps(test, name)
    except unittest.SkipTest:
        raise
    except Exception:
        if expected:
            return 'passed', ''
        raise
    if test._subtest_failures:
        error, msg, params = test._subtest_failures[0]
        return 'failed', f'{_line(error)} in {msg or ""} {params!r:.100}'
    return ('failed', 'unexpected success') if expected else ('passed', '')


def _steps(test, name):
    try:
        test.setUp()
        try:
            getattr(test, name)()
        finally:
            test.tearDown()
    finally:
        test.doCleanups()


def _enter(cls):
    """Prepares a class, after the one before is done."""
    before = _ready.get('class')
    if before is cls:
        return
    if before is not None:
        _ready['class'] = None
        before.tearDownClass()
    cls.setUpClass()
    _ready['class'] = cls


def _line(error):
    text = str(error).partition('\n')[0]
    place, link = '', error.__traceback__
    while link is not None and not place:
        file = link.tb_frame.f_code.co_filename
        if '/test_' in file or '/test/' in file:
            place = f'{file.rpartition("/")[2]}:{link.tb_lineno}'
        link = link.tb_next
    return f'{type(error).__name__}: {text[:200]} ({place})'
