"""Runs modules of CPython's own tests on CPython and prints a line for each case.

    python3 cases.py DIR test.test_list test.test_dict ...

where DIR is the folder of the tests. A line holds, separated by tabs: the module, the case (`Class.method`), what came of it (passed, failed, skipped), and
`cpython_only` if the case says so. These are the denominators of docs/cpython-tests.md. It must never be run on our own machine.
"""

import contextlib
import io
import sys
import unittest
import warnings

import test

test.__path__[:] = [sys.argv[1]]

from test import support  # noqa: E402


def mark(thing):
    """Stands in for the decorator of cases that are about CPython alone."""
    thing.cpython_only = True
    return thing


support.cpython_only = mark
# What takes a lot of time, memory or the network is not run, as when the tests are run without `-u`.
support.use_resources = []
support.verbose = False


def of(case, module):
    """The class and the name of a case, as our machine finds them again."""
    test = getattr(case, '_testMethodName', None)
    cls = type(case)
    if cls.__module__ != module and not hasattr(sys.modules[module], cls.__name__) or test is None or 'doctest' in cls.__module__:
        return f'{cls.__name__}.doctest.{case.id()}' if test is None else f'{cls.__name__}.{test}'
    return f'{cls.__qualname__}.{test}'


class Result(unittest.TestResult):
    """Keeps what came of each case."""

    def __init__(self, module):
        super().__init__()
        self.module = module
        self.outcome = {}
        self.cases = []

    def startTest(self, test):
        super().startTest(test)
        self.cases.append(test)

    def note(self, test, outcome):
        test = getattr(test, 'test_case', test)
        if self.outcome.get(id(test)) != 'failed':
            self.outcome[id(test)] = outcome

    def addSkip(self, test, reason):
        self.note(test, 'skipped')

    def addFailure(self, test, err):
        self.note(test, 'failed')

    def addError(self, test, err):
        self.note(test, 'failed')

    def addUnexpectedSuccess(self, test):
        self.note(test, 'failed')

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, 'failed')

    def rows(self):
        for case in self.cases:
            method = getattr(case, getattr(case, '_testMethodName', ''), None)
            only = getattr(method, 'cpython_only', False) or getattr(type(case), 'cpython_only', False)
            words = 'cpython_only' if only else ''
            yield of(case, self.module), self.outcome.get(id(case), 'passed'), words


def main():
    for name in sys.argv[2:]:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), \
                contextlib.redirect_stderr(io.StringIO()):
            suite = unittest.defaultTestLoader.loadTestsFromName(name)
            result = Result(name)
            suite.run(result)
        for row in result.rows():
            print(name, *row, sep='\t', flush=True)


if __name__ == '__main__':
    main()
