"""Warnings for tests."""

import contextlib
import functools
import warnings


@contextlib.contextmanager
def check_warnings(*filters, quiet=True):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        yield seen
    for message, category in filters:
        if not any(issubclass(w.category, category) for w in seen) and not quiet:
            raise AssertionError(f'filter {(message, category)} did not catch any warning')


def ignore_warnings(*, category):
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter('ignore', category=category)
                return function(*args, **kwargs)
        return wrapper
    return decorator


def check_syntax_warning(case, statement, errtext='', *, lineno=1, offset=None):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        compile(statement, '<testcase>', 'exec')
    case.assertEqual(len(seen), 1, seen)


def check_no_resource_warning(case):
    return contextlib.nullcontext()


@contextlib.contextmanager
def check_no_warnings(case, message='', category=Warning, force_gc=False):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        yield
    case.assertEqual(seen, [])
