"""As much of `unittest` as CPython's own tests of the language use. For tests alone; no product contains it."""

import contextlib as _contextlib
import re as _re
import warnings as _warnings


class SkipTest(Exception):
    """Raised to leave a case out."""


class _Assertions:
    """What the checks that are contexts have in common."""

    def __init__(self, case, expected, regex=None, msg=None):
        self.case = case
        self.expected = expected
        self.regex = _re.compile(regex) if isinstance(regex, (str, bytes)) else regex
        self.msg = msg

    def handle(self, args, kwargs):
        if not args:
            self.msg = kwargs.pop('msg', self.msg)
            return self
        call, *args = args
        with self:
            call(*args, **kwargs)
        return None

    def names(self):
        expected = self.expected
        return ', '.join(c.__name__ for c in expected) if isinstance(expected, tuple) else expected.__name__

    def check(self, text):
        if self.regex is not None and not self.regex.search(text):
            self.case.fail(f'"{self.regex.pattern}" does not match "{text}"', self.msg)


class _Raises(_Assertions):
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.case.fail(f'{self.names()} not raised', self.msg)
        if not issubclass(kind, self.expected):
            return False
        self.exception = value.with_traceback(None)
        self.check(str(value))
        return True


class _Warns(_Assertions):
    def __enter__(self):
        self.catch = _warnings.catch_warnings(record=True)
        self.warnings = self.catch.__enter__()
        _warnings.simplefilter('always', self.expected if isinstance(self.expected, type) else Warning)
        return self

    def __exit__(self, kind, value, traceback):
        self.catch.__exit__(kind, value, traceback)
        if kind is not None:
            return
        first = None
        for seen in self.warnings:
            message = seen.message
            if not isinstance(message, self.expected):
                continue
            first = first or message
            if self.regex is not None and not self.regex.search(str(message)):
                continue
            self.warning, self.filename, self.lineno = message, seen.filename, seen.lineno
            return
        if first is not None:
            self.check(str(first))
        self.case.fail(f'{self.names()} not triggered', self.msg)


class TestCase:
    """A case: its methods check, and raise `failureException`."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 640
    _testMethodName = 'runTest'

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._testMethodDoc = None
        self._cleanups = []
        self._subtest_failures = []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    _class_cleanups = []

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    def countTestCases(self):
        return 1

    def id(self):
        return f'{type(self).__module__}.{type(self).__qualname__}.{self._testMethodName}'

    def shortDescription(self):
        return None

    def __str__(self):
        return self.id()

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, context):
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def addTypeEqualityFunc(self, typeobj, function):
        pass

    @_contextlib.contextmanager
    def subTest(self, msg=None, **params):
        try:
            yield
        except SkipTest:
            pass
        except Exception as error:
            self._subtest_failures.append((error, msg, params))

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, standard=None, msg=None):
        text = standard if msg is None else f'{standard} : {msg}' if standard else msg
        raise self.failureException(text)

    def _formatMessage(self, msg, standard):
        return standard if msg is None else f'{standard} : {msg}'

    def assertTrue(self, expr, msg=None):
        if not expr:
            self.fail(f'{expr!r:.200} is not true', msg)

    def assertFalse(self, expr, msg=None):
        if expr:
            self.fail(f'{expr!r:.200} is not false', msg)

    def assertEqual(self, first, second, msg=None):
        if not first == second:
            self.fail(f'{_shown(first)} != {_shown(second)}', msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self.fail(f'{_shown(first)} == {_shown(second)}', msg)

    assertMultiLineEqual = assertListEqual = assertTupleEqual = assertSetEqual = assertDictEqual = assertEqual

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        self.assertEqual(list(first), list(second), msg)

    def assertCountEqual(self, first, second, msg=None):
        rest = list(second)
        for item in first:
            if item not in rest:
                self.fail(f'{_shown(item)} is not in the second as often', msg)
            rest.remove(item)
        if rest:
            self.fail(f'{_shown(rest)} are not in the first', msg)

    def assertIs(self, first, second, msg=None):
        if first is not second:
            self.fail(f'{_shown(first)} is not {_shown(second)}', msg)

    def assertIsNot(self, first, second, msg=None):
        if first is second:
            self.fail(f'unexpectedly identical: {_shown(first)}', msg)

    def assertIsNone(self, value, msg=None):
        if value is not None:
            self.fail(f'{_shown(value)} is not None', msg)

    def assertIsNotNone(self, value, msg=None):
        if value is None:
            self.fail('unexpectedly None', msg)

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self.fail(f'{_shown(member)} not found in {_shown(container)}', msg)

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self.fail(f'{_shown(member)} unexpectedly found in {_shown(container)}', msg)

    def assertIsInstance(self, value, cls, msg=None):
        if not isinstance(value, cls):
            self.fail(f'{_shown(value)} is not an instance of {cls!r}', msg)

    def assertNotIsInstance(self, value, cls, msg=None):
        if isinstance(value, cls):
            self.fail(f'{_shown(value)} is an instance of {cls!r}', msg)

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self.fail(f'{_shown(a)} not less than {_shown(b)}', msg)

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self.fail(f'{_shown(a)} not less than or equal to {_shown(b)}', msg)

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self.fail(f'{_shown(a)} not greater than {_shown(b)}', msg)

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self.fail(f'{_shown(a)} not greater than or equal to {_shown(b)}', msg)

    def _near(self, first, second, places, delta):
        if first == second:
            return True
        if delta is not None:
            return abs(first - second) <= delta
        return round(abs(first - second), 7 if places is None else places) == 0

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if not self._near(first, second, places, delta):
            self.fail(f'{_shown(first)} != {_shown(second)}', msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if self._near(first, second, places, delta):
            self.fail(f'{_shown(first)} == {_shown(second)}', msg)

    def assertRegex(self, text, regex, msg=None):
        if not _re.search(regex, text):
            self.fail(f'{regex!r} does not match {_shown(text)}', msg)

    def assertNotRegex(self, text, regex, msg=None):
        if _re.search(regex, text):
            self.fail(f'{regex!r} matches {_shown(text)}', msg)

    def assertRaises(self, expected, *args, **kwargs):
        return _Raises(self, expected).handle(args, kwargs)

    def assertRaisesRegex(self, expected, regex, *args, **kwargs):
        return _Raises(self, expected, regex).handle(args, kwargs)

    def assertWarns(self, expected, *args, **kwargs):
        return _Warns(self, expected).handle(args, kwargs)

    def assertWarnsRegex(self, expected, regex, *args, **kwargs):
        return _Warns(self, expected, regex).handle(args, kwargs)


def _shown(value):
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + '...'


def skip(reason):
    """Leaves a case or a class out."""
    def mark(thing):
        thing.__unittest_skip__ = reason
        return thing
    if callable(reason):
        function, reason = reason, ''
        return mark(function)
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else _as_it_is


def skipUnless(condition, reason):
    return _as_it_is if condition else skip(reason)


def _as_it_is(thing):
    return thing


def expectedFailure(function):
    function.__unittest_expecting_failure__ = True
    return function


class TestSuite:
    def __init__(self, tests=()):
        self.tests = list(tests)

    def addTest(self, test):
        self.tests.append(test)

    def addTests(self, tests):
        self.tests.extend(tests)

    def __iter__(self):
        return iter(self.tests)


class TestLoader:
    pass


defaultTestLoader = TestLoader()


def addModuleCleanup(function, /, *args, **kwargs):
    pass


def main(*args, **kwargs):
    """Nothing: the cases are run one by one from outside."""
