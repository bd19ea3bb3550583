"""Errors, and the exceptions by which an interview ends an evaluation."""


class DAException(Exception):
    """Something that docassemble cannot do."""


class DAError(Exception):
    """Something that an interview did wrong."""

    def __init__(self, value, code=501):
        super().__init__(value)
        self.value = value
        self.error_code = code

    def __str__(self):
        return str(self.value)


class DAIndexError(IndexError):
    """An index of a list that is not there."""


class DAAttributeError(AttributeError):
    """An attribute of an object that is not there."""


class DANameError(NameError):
    """A variable that is not there."""


class DANotFoundError(Exception):
    """Something that is not there."""


class DAValidationError(Exception):
    """What a person entered cannot be right."""

    def __init__(self, *pargs, field=None):
        super().__init__(*pargs)
        self.field = field


class ResponseError(Exception):
    """Ends the evaluation with content that the interview made."""


class CommandError(Exception):
    """Ends the evaluation with a command to the person's browser."""


class QuestionError(Exception):
    """Ends the evaluation with a screen that has no block."""


class BackgroundResponseError(Exception):
    """Ends an action in the background with a value."""


class BackgroundResponseActionError(Exception):
    """Ends an action in the background with another action, which changes the answers."""


class ForcedReRun(Exception):
    """Starts the evaluation over."""


def validation_error(the_message, field=None):
    """Refuses what a person entered."""
    raise DAValidationError(the_message, field=field)


def prevent_dependency_satisfaction(f):
    """A function in which what is missing is an error, and is not asked for."""
    def wrapper(*args, **kwargs):
        try:
            return f(*args, **kwargs)
        except (NameError, AttributeError, IndexError, KeyError) as error:
            raise DAError('Reference to undefined variable in context where dependency satisfaction not allowed') from error
    return wrapper


def _needs(name, what):
    """A function or class that cannot work without something that this server does not have."""
    raise DAException(name + ' is not available on this server: it needs ' + what + '.')


def _absent(what, *names):
    """Stands in for functions that need what this server does not have: each says so when it is called."""
    def standing_in(name):
        def refuse(*pargs, **kwargs):
            _needs(name + '()', what)
        refuse.__name__ = name
        return refuse
    return [standing_in(name) for name in names]
