"""Messages with levels. They go to the host, as what `print` writes does."""

import sys
import time
import traceback

__all__ = ['CRITICAL', 'DEBUG', 'ERROR', 'FATAL', 'INFO', 'NOTSET', 'WARN', 'WARNING', 'Filter', 'Formatter', 'Handler',
           'Logger', 'LoggerAdapter', 'LogRecord', 'NullHandler', 'StreamHandler', 'addLevelName', 'basicConfig',
           'critical', 'debug', 'disable', 'error', 'exception', 'fatal', 'getLevelName', 'getLogger', 'info', 'log',
           'shutdown', 'warn', 'warning', 'captureWarnings', 'getLevelNamesMapping', 'lastResort', 'root', 'BASIC_FORMAT',
           'BufferingFormatter', 'getLogRecordFactory', 'getLoggerClass', 'makeLogRecord', 'raiseExceptions',
           'setLogRecordFactory', 'setLoggerClass']

BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

raiseExceptions = True
_names = {CRITICAL: 'CRITICAL', ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO', DEBUG: 'DEBUG', NOTSET: 'NOTSET'}
_levels = {'CRITICAL': CRITICAL, 'FATAL': FATAL, 'ERROR': ERROR, 'WARN': WARNING, 'WARNING': WARNING, 'INFO': INFO,
           'DEBUG': DEBUG, 'NOTSET': NOTSET}


def getLevelName(level):
    """The name of a level, or the level of a name."""
    return _names.get(level) or _levels.get(level) or f'Level {level}'


def getLevelNamesMapping():
    return dict(_levels)


def addLevelName(level, levelName):
    _names[level] = levelName
    _levels[levelName] = level


def _check_level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f'Level not an integer or a valid string: {level!r}')
    if level not in _levels:
        raise ValueError(f'Unknown level: {level!r}')
    return _levels[level]


class LogRecord:
    """A message and what belongs to it."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        self.name = name
        self.msg = msg
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        self.args = args
        self.levelname = getLevelName(level)
        self.levelno = level
        self.pathname = self.filename = self.module = pathname
        self.exc_info = exc_info
        self.exc_text = None
        self.stack_info = sinfo
        self.lineno = lineno
        self.funcName = func
        try:
            self.created = time.time()
        except RuntimeError:
            self.created = 0.0
        self.msecs = int(self.created % 1 * 1000) + 0.0
        self.relativeCreated = 0.0
        self.thread = self.process = 1
        self.threadName = 'MainThread'
        self.processName = 'MainProcess'

    def getMessage(self):
        message = str(self.msg)
        return message % self.args if self.args else message

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'


_record_factory = LogRecord


def setLogRecordFactory(factory):
    """What makes the records of loggers from now on."""
    global _record_factory
    _record_factory = factory


def getLogRecordFactory():
    return _record_factory


def makeLogRecord(dict):
    """A record of attributes that came from elsewhere."""
    record = _record_factory(None, None, '', 0, '', (), None, None)
    record.__dict__.update(dict)
    return record


class Formatter:
    """How records become text."""

    default_time_format = '%Y-%m-%d %H:%M:%S'
    default_msec_format = '%s,%03d'
    converter = time.localtime

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        if style not in ('%', '{', '$'):
            raise ValueError('Style must be one of: %,{,$')
        self._style = style
        self._fmt = fmt or {'%': '%(message)s', '{': '{message}', '$': '${message}'}[style]
        self._defaults = defaults or {}
        self.datefmt = datefmt

    def usesTime(self):
        return 'asctime' in self._fmt

    def formatTime(self, record, datefmt=None):
        parts = time.gmtime(record.created)
        if datefmt:
            return time.strftime(datefmt, parts)
        return self.default_msec_format % (time.strftime(self.default_time_format, parts), record.msecs)

    def formatException(self, ei):
        return ''.join(traceback.format_exception(ei[1])).rstrip('\n')

    def formatStack(self, stack_info):
        return stack_info

    def formatMessage(self, record):
        values = {**self._defaults, **record.__dict__}
        if self._style == '%':
            return self._fmt % values
        if self._style == '{':
            return self._fmt.format(**values)
        import string
        return string.Template(self._fmt).substitute(values)

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            text = text.rstrip('\n') + '\n' + record.exc_text
        return text


class BufferingFormatter:
    """How many records become one text."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or Formatter()

    def formatHeader(self, records):
        return ''

    formatFooter = formatHeader

    def format(self, records):
        if not records:
            return ''
        return self.formatHeader(records) + ''.join(map(self.linefmt.format, records)) + self.formatFooter(records)


class Filter:
    """Lets records of a logger and of those below it pass."""

    def __init__(self, name=''):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + '.')


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        for one in self.filters:
            judge = one.filter if hasattr(one, 'filter') else one
            if not judge(record):
                return False
        return True


class Handler(Filterer):
    """Does something with records."""

    def __init__(self, level=NOTSET):
        super().__init__()
        self.name = None
        self.level = _check_level(level)
        self.formatter = None

    def setLevel(self, level):
        self.level = _check_level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _plain).format(record)

    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def handle(self, record):
        passes = self.filter(record)
        if passes:
            self.emit(record)
        return passes

    def get_name(self):
        return self.name

    def set_name(self, name):
        self.name = name

    def handleError(self, record):
        """For handlers that catch what they raise."""
        if raiseExceptions:
            traceback.print_exc()

    def acquire(self):
        pass

    release = flush = close = createLock = acquire


class StreamHandler(Handler):
    """Writes records to something with `write`."""

    terminator = '\n'

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        (self.stream or sys.stderr).write(self.format(record) + self.terminator)

    def setStream(self, stream):
        before, self.stream = self.stream, stream
        return before


class NullHandler(Handler):
    """Does nothing."""

    def handle(self, record):
        pass

    emit = handle


class FileHandler(StreamHandler):
    """Refuses: there are no files here."""

    def __init__(self, filename, *args, **kwargs):
        raise PermissionError(13, 'there are no files here; use a StreamHandler', filename)


_plain = Formatter()


class _Levels:
    """A method for each level, in front of `log`."""

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    warn = warning

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)


class Logger(Filterer, _Levels):
    """Where messages are given to."""

    fatal = _Levels.critical

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = _check_level(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False

    def setLevel(self, level):
        self.level = _check_level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level > _disabled[0] and level >= self.getEffectiveLevel()

    def getChild(self, suffix):
        return getLogger(suffix if self is root else f'{self.name}.{suffix}')

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        logger = self
        while logger is not None:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def log(self, level, msg, *args, **kwargs):
        if not isinstance(level, int):
            raise TypeError('level must be an integer')
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        record = _record_factory(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        for key, value in (extra or {}).items():
            if key in ('message', 'asctime') or key in record.__dict__:
                raise KeyError(f'Attempt to overwrite {key!r} in LogRecord')
            record.__dict__[key] = value
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if isinstance(exc_info, BaseException):
            exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, '(unknown file)', 0, msg, args, exc_info, '', extra))

    def handle(self, record):
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def callHandlers(self, record):
        found = False
        logger = self
        while logger is not None:
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found and lastResort is not None and record.levelno >= lastResort.level:
            lastResort.handle(record)

    def findCaller(self, stack_info=False, stacklevel=1):
        return '(unknown file)', 0, '(unknown function)', None

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'


class RootLogger(Logger):
    """The logger above all others."""


class LoggerAdapter(_Levels):
    """A logger with more for its records."""

    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    def process(self, msg, kwargs):
        kwargs['extra'] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        return self.logger.hasHandlers()

    @property
    def name(self):
        return self.logger.name

    @property
    def manager(self):
        return self.logger.manager

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'


root = RootLogger('root', WARNING)
Logger.root = root
lastResort = StreamHandler()
lastResort.setLevel(WARNING)
_loggers = {}
_disabled = [NOTSET]


_logger_class = Logger


def setLoggerClass(klass):
    """What loggers are made of from now on."""
    global _logger_class
    if not issubclass(klass, Logger):
        raise TypeError('logger not derived from logging.Logger: ' + klass.__name__)
    _logger_class = klass


def getLoggerClass():
    return _logger_class


def getLogger(name=None):
    """The logger of a dotted name."""
    if not name or name == root.name:
        return root
    if name not in _loggers:
        logger = _loggers[name] = _logger_class(name)
        logger.parent, above = root, name
        while logger.parent is root and '.' in above:
            above = above.rpartition('.')[0]
            logger.parent = _loggers.get(above, root)
        for below, other in _loggers.items():
            if below.startswith(f'{name}.') and (other.parent is root or len(other.parent.name) < len(name)):
                other.parent = logger
    return _loggers[name]


def basicConfig(*, level=None, format=None, datefmt=None, style='%', handlers=None, stream=None, force=False, **kwargs):
    """Gives the root logger a handler, if it has none."""
    if force:
        root.handlers.clear()
    if not root.handlers:
        formatter = Formatter(format or BASIC_FORMAT, datefmt, style)
        for handler in handlers or [StreamHandler(stream)]:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)


def _by_root(name):
    def give(msg, *args, **kwargs):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kwargs)
    give.__name__ = give.__qualname__ = name
    return give


debug, info, warning, warn, error, exception, critical, fatal = map(
    _by_root, ('debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal'))


def log(level, msg, *args, **kwargs):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    """Drops messages of this level and below."""
    _disabled[0] = _check_level(level)


def captureWarnings(capture):
    """Does nothing: warnings go nowhere."""


def shutdown():
    pass
