"""Queries by which lists of sessions are narrowed down: DA.Sessions.email.Like('%@abc.com') & (DA.Sessions.user_id > 1).

A condition is text from the start, and `str()` of it is what the server reads. In Python `&` and `|` bind more tightly than
comparisons, so that conditions that are compared stand in parentheses here; a query that is sent as text needs none.
"""

from datetime import date, datetime, timezone

__all__ = ['And', 'Or', 'Sessions']


def _written(value):
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    if isinstance(value, date):
        return "'" + value.isoformat() + "'"
    if isinstance(value, str):
        return "'" + value.replace('\\', '\\\\').replace("'", "\\'") + "'"
    if isinstance(value, (bool, int)):
        return str(value)
    raise TypeError('a session query compares with texts, numbers, dates and truths, not with ' + type(value).__name__)


class Condition:

    def __init__(self, text):
        self._text = text

    def __and__(self, other):
        return And(self, other)

    def __or__(self, other):
        return Or(self, other)

    def __invert__(self):
        return Condition('~(' + self._text + ')')

    def __bool__(self):
        raise TypeError('conditions of a session query are joined by & and |, and those that compare stand in parentheses')

    def __rand__(self, other):
        return bool(self)

    __ror__ = __rand__

    def __str__(self):
        return self._text

    def __repr__(self):
        return self._text


def _joined(name, conditions):
    for condition in conditions:
        if not isinstance(condition, Condition):
            raise TypeError('DA.' + name + ' joins conditions, not ' + type(condition).__name__)
    return Condition('DA.' + name + '(' + ', '.join(str(condition) for condition in conditions) + ')')


def And(*conditions):
    return _joined('And', conditions)


def Or(*conditions):
    return _joined('Or', conditions)


class Column(Condition):

    def _compared(self, sign, value):
        return Condition(self._text + ' ' + sign + ' ' + _written(value))

    def __lt__(self, value):
        return self._compared('<', value)

    def __le__(self, value):
        return self._compared('<=', value)

    def __gt__(self, value):
        return self._compared('>', value)

    def __ge__(self, value):
        return self._compared('>=', value)

    def __eq__(self, value):
        return self._compared('==', value)

    def __ne__(self, value):
        return self._compared('!=', value)

    __hash__ = None

    def Like(self, pattern):
        return Condition(self._text + '.Like(' + _written(str(pattern)) + ')')

    def In(self, *values):
        return Condition(self._text + '.In(' + ', '.join(_written(value) for value in values) + ')')


class Sessions:
    pass


for _name in ('indexno', 'modtime', 'filename', 'session', 'encrypted', 'user_id', 'email', 'first_name', 'last_name', 'country',
              'subdivisionfirst', 'subdivisionsecond', 'subdivisionthird', 'organization', 'timezone', 'language'):
    setattr(Sessions, _name, Column('DA.Sessions.' + _name))
