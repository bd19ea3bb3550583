"""As much of `test.support` as CPython's own tests of the language use."""

import contextlib
import functools
import gc
import io
import sys
import unittest

verbose = False
use_resources = []
has_strftime_extensions = False
is_emscripten = is_wasi = is_jython = is_android = False
has_subprocess_support = has_fork_support = False
Py_DEBUG = False
PGO = False
REPO_ROOT = '/'
HAVE_DOCSTRINGS = MISSING_C_DOCSTRINGS = False
LOOPBACK_TIMEOUT = SHORT_TIMEOUT = LONG_TIMEOUT = 30.0
MAX_Py_ssize_t = sys.maxsize
_1M = 1024 * 1024
_1G = 1024 * _1M
_2G = 2 * _1G
_4G = 4 * _1G


class Error(Exception):
    pass


class TestFailed(Error):
    pass


class ResourceDenied(unittest.SkipTest):
    pass


def is_resource_enabled(resource):
    return False


def requires(resource, msg=None):
    raise ResourceDenied(f'resource {resource!r} is not enabled')


def requires_resource(resource):
    return unittest.skip(f'resource {resource!r} is not enabled')


def _as_it_is(thing):
    return thing


requires_IEEE_754 = requires_docstrings = skip_if_pgo_task = cpython_only = requires_legacy_unicode_capi = _as_it_is


def requires_subprocess():
    return unittest.skip('there are no processes')


def impl_detail(msg=None, **guards):
    return _as_it_is


def check_impl_detail(**guards):
    """Whether this is one of the implementations named. It counts as CPython, so that no case is left out for it."""
    return guards.get('cpython', not any(guards.values()) if guards else True)


def bigmemtest(size, memuse, dry_run=True):
    def wrap(function):
        @functools.wraps(function)
        def small(self):
            return function(self, 5147)
        return small
    return wrap


def bigaddrspacetest(function):
    return unittest.skip('needs more than 2 GB')(function)


def gc_collect():
    gc.collect()


def run_with_locale(catstr, *locales):
    return _as_it_is


def run_with_tz(tz):
    return unittest.skip(f'the zone of the machine cannot be set to {tz}')


@contextlib.contextmanager
def captured_output(stream_name):
    stream = getattr(sys, stream_name)
    setattr(sys, stream_name, io.StringIO())
    try:
        yield getattr(sys, stream_name)
    finally:
        setattr(sys, stream_name, stream)


def captured_stdout():
    return captured_output('stdout')


def captured_stderr():
    return captured_output('stderr')


@contextlib.contextmanager
def swap_attr(object, name, value):
    missing = not hasattr(object, name)
    old = getattr(object, name, None)
    setattr(object, name, value)
    try:
        yield old
    finally:
        delattr(object, name) if missing else setattr(object, name, old)


@contextlib.contextmanager
def swap_item(object, name, value):
    missing = name not in object
    old = object.get(name)
    object[name] = value
    try:
        yield old
    finally:
        if missing:
            del object[name]
        else:
            object[name] = old


@contextlib.contextmanager
def infinite_recursion(max_depth=75):
    yield


@contextlib.contextmanager
def adjust_int_max_str_digits(max_digits):
    current = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(max_digits)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(current)


class catch_unraisable_exception:
    unraisable = None

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.unraisable = None


class SuppressCrashReport:
    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


@contextlib.contextmanager
def setswitchinterval(interval):
    yield


def get_attribute(object, name):
    try:
        return getattr(object, name)
    except AttributeError:
        raise unittest.SkipTest(f'{object!r} has no attribute {name!r}') from None


def darwin_malloc_err_warning(test_name):
    pass


def check_sanitizer(**kinds):
    return False


def skip_if_sanitizer(reason=None, **kinds):
    return _as_it_is


def no_tracing(function):
    return function


refcount_test = no_tracing


def check_syntax_error(case, statement, errtext='', *, lineno=None, offset=None):
    with case.assertRaisesRegex(SyntaxError, errtext):
        compile(statement, '<test string>', 'exec')


def check_free_after_iterating(case, iter, cls, args=()):
    raise unittest.SkipTest('nothing is freed before the collector runs')


def check_disallow_instantiation(case, cls, *args, **kwargs):
    case.assertRaises(TypeError, cls, *args, **kwargs)


def check__all__(case, module, name_of_module=None, extra=(), not_exported=()):
    expected = set(extra)
    names = {module.__name__} if name_of_module is None else {name_of_module}
    for name in dir(module):
        if name.startswith('_') or name in not_exported:
            continue
        if getattr(getattr(module, name), '__module__', None) in names:
            expected.add(name)
    case.assertCountEqual(module.__all__, expected)


def check_sizeof(case, object, size):
    raise unittest.SkipTest('sizes are not those of CPython')


def load_package_tests(directory, loader, standard_tests, pattern):
    return standard_tests


class _ALWAYS_EQ:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NEVER_EQ:
    """Equal to nothing."""

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


@functools.total_ordering
class _LARGEST:
    """Greater than everything else."""

    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _SMALLEST:
    """Less than everything else."""

    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __gt__(self, other):
        return False


ALWAYS_EQ = _ALWAYS_EQ()
NEVER_EQ = _NEVER_EQ()
LARGEST = _LARGEST()
SMALLEST = _SMALLEST()
