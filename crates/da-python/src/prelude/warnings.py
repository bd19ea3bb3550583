"""Warnings go nowhere, unless a filter makes them errors or `catch_warnings` keeps them."""

from _machine import _getframe

__all__ = ['warn', 'warn_explicit', 'showwarning', 'formatwarning', 'filterwarnings', 'simplefilter', 'resetwarnings',
           'catch_warnings']

filters = []


class WarningMessage:
    """A warning that was kept."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source

    def __str__(self):
        return ('{message : %r, category : %r, filename : %r, lineno : %s, line : %r}'
                % (self.message, self.category.__name__, self.filename, self.lineno, self.line))


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Shows nothing; `catch_warnings(record=True)` puts another function here."""


def formatwarning(message, category, filename, lineno, line=None):
    """A warning as text."""
    return f'{filename}:{lineno}: {category.__name__}: {message}\n'


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Says what is done with warnings of a class."""
    _add(action, category, append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Says what is done with warnings of a class."""
    _add(action, category, append)


def _add(action, category, append):
    if action not in ('error', 'ignore', 'always', 'default', 'module', 'once'):
        raise ValueError(f'invalid action: {action!r}')
    filters.insert(len(filters) if append else 0, (action, category))


def resetwarnings():
    """Forgets all filters."""
    filters.clear()


def warn(message, category=None, stacklevel=1, source=None):
    """Warns."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = _getframe(max(stacklevel, 1))
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
    except ValueError:
        filename, lineno = 'sys', 1
    warn_explicit(message, category, filename, lineno)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Warns of something at a place."""
    if not isinstance(message, Warning):
        message = category(message)
    action = next((action for action, wanted in filters if issubclass(category, wanted)), 'default')
    if action == 'error':
        raise message
    if action != 'ignore':
        showwarning(message, category, filename, lineno)


class catch_warnings:
    """Restores the filters after; keeps the warnings if it is told to."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._action = action
        self._category = category

    def __enter__(self):
        global showwarning
        self._filters = list(filters)
        self._show = showwarning
        if self._action is not None:
            simplefilter(self._action, self._category)
        if not self._record:
            return None
        log = []

        def showwarning(*args):
            log.append(WarningMessage(*args))
        return log

    def __exit__(self, *exc_info):
        global showwarning
        filters[:] = self._filters
        showwarning = self._show
