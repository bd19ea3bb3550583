"""Dates and times: what they say, and how far they are apart."""


def _default_zone():
    return get_default_timezone()


def get_default_timezone():
    """The time zone of the server."""
    return _engine.get_timezone()


def timezone_list():
    """The names of the time zones, as choices."""
    return sorted(name for name in zoneinfo.available_timezones() if '/' in name or name in ('UTC', 'GMT'))


def _moment(the_date):
    """A date or a time as it is, or what a text says."""
    if isinstance(the_date, (_datetime.datetime, _datetime.date, _datetime.time)):
        return the_date
    if isinstance(the_date, DAEmpty) or not isinstance(the_date, str):
        raise ValueError('no date')
    return _parse_date(the_date)


def _bad_date():
    return word('Bad date')


def _part_of(the_date, part):
    try:
        return part(_moment(the_date))
    except (ValueError, AttributeError, TypeError):
        return _bad_date()


def year_of(the_date, language=None):
    return _part_of(the_date, lambda date: date.year)


def month_of(the_date, as_word=False, language=None):
    if as_word:
        return _part_of(the_date, lambda date: _written(date, 'MMMM', language))
    return _part_of(the_date, lambda date: date.month)


def day_of(the_date, language=None):
    return _part_of(the_date, lambda date: date.day)


def dow_of(the_date, as_word=False, language=None):
    """The day of the week: 1 is Monday."""
    if as_word:
        return _part_of(the_date, lambda date: _written(date, 'EEEE', language))
    return _part_of(the_date, lambda date: date.isoweekday())


def _format_for(part, format, default):
    if format is not None:
        return format
    return _engine.get_internal(part) or _engine.screen_part(part) or default


def format_date(the_date, format=None, language=None):
    """A date as people write it: `short`, `medium`, `long`, `full`, or a pattern such as `MM/dd/yyyy`."""
    if isinstance(the_date, DAEmpty):
        return ''
    format = _format_for('date format', format, 'long')
    return _part_of(the_date, lambda date: _written(_whole_date(date), _pattern('dates', format, language), language))


def _whole_date(moment):
    if isinstance(moment, _datetime.time):
        raise ValueError('a time has no date')
    return moment


def format_datetime(the_date, format=None, language=None):
    """A date with its time."""
    if isinstance(the_date, DAEmpty):
        return ''
    format = _format_for('datetime format', format, 'long')
    return _part_of(the_date, lambda date: _written(_with_time(date), _both(format, language), language))


def _with_time(moment):
    if isinstance(moment, _datetime.time):
        return _datetime.datetime.combine(_datetime.date.today(), moment)
    if not isinstance(moment, _datetime.datetime):
        return _datetime.datetime(moment.year, moment.month, moment.day)
    return moment


def _both(format, language):
    """The pattern of a date and a time together."""
    if format not in _STYLES:
        return format
    joint = _pattern('joints', format, language)
    return joint.replace('{1}', _pattern('dates', format, language)).replace('{0}', _pattern('times', format, language))


def format_time(the_time, format=None, language=None):
    """A time of the day."""
    if isinstance(the_time, DAEmpty):
        return ''
    format = _format_for('time format', format, 'short')
    try:
        moment = _moment(the_time)
        return _written(_with_time(moment), _pattern('times', format, language), language)
    except (ValueError, AttributeError, TypeError) as problem:
        return word('Bad date: ' + str(problem))


class DateTimeDelta:
    """The time between two moments."""

    def __str__(self):
        return str(self.describe())

    def describe(self, **kwargs):
        """The time in words: `two weeks and three days`; `specificity` names the smallest unit."""
        smallest = kwargs.get('specificity')
        between = _relativedelta(self.end, self.start)
        said = []
        for unit in ('year', 'month', 'day', 'hour', 'minute', 'second'):
            amount = abs(getattr(between, unit + 's'))
            if amount and self._is_told(unit, said, between, smallest):
                said.append((amount, unit))
            if unit == smallest:
                break
        if not said:
            said.append((0, smallest or 'second'))
        nice = kwargs.get('nice', True)
        parts = [(nice_number(amount) if nice else '%d' % amount) + ' ' + noun_plural(word(unit), amount, noun_is_singular=True)
                 for amount, unit in said]
        return _capitalized(comma_and_list(parts), kwargs) if nice else comma_and_list(parts)

    def _is_told(self, unit, said, between, smallest):
        """Small units are told when there is nothing bigger, or when they are asked for."""
        if unit in ('year', 'month', 'day'):
            return True
        bigger = [known for _, known in said]
        if unit == 'hour':
            return not bigger or smallest in ('hour', 'minute', 'second')
        if unit == 'minute':
            return (not any(known in bigger for known in ('year', 'month', 'day')) or smallest in ('hour', 'minute', 'second')) and \
                (abs(between.hours) < 2 or smallest in ('minute', 'second'))
        return not bigger or smallest == 'second'


class DADateTime(_datetime.datetime):
    """A date with a time and a zone; as a text, the date."""

    def format(self, format=None, language=None):
        return format_date(self, format=format, language=language)

    def format_date(self, format=None, language=None):
        return format_date(self, format=format, language=language)

    def format_datetime(self, format=None, language=None):
        return format_datetime(self, format=format, language=language)

    def format_time(self, format=None, language=None):
        return format_time(self, format=format, language=language)

    def replace_time(self, the_time):
        return self.replace(hour=the_time.hour, minute=the_time.minute, second=the_time.second, microsecond=the_time.microsecond)

    @property
    def nanosecond(self):
        return 0

    @property
    def dow(self):
        return self.isocalendar()[2]

    @property
    def week(self):
        return self.isocalendar()[1]

    def plus(self, **kwargs):
        return _da(_plain_datetime(self) + date_interval(**kwargs))

    def minus(self, **kwargs):
        return _da(_plain_datetime(self) - date_interval(**kwargs))

    def __str__(self):
        return str(format_date(self))

    def __add__(self, other):
        return str(self) + other if isinstance(other, str) else _da(_plain_datetime(self) + other)

    def __radd__(self, other):
        return other + str(self) if isinstance(other, str) else _da(_plain_datetime(self) + other)

    def __sub__(self, other):
        return _da(_plain_datetime(self) - other)

    def __rsub__(self, other):
        return _da(other - _plain_datetime(self))


def _da(value):
    """The same moment as a DADateTime; what is no date stays as it is."""
    if isinstance(value, DADateTime) or not isinstance(value, _datetime.date):
        return value
    if not isinstance(value, _datetime.datetime):
        return DADateTime(value.year, value.month, value.day)
    return DADateTime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond, value.tzinfo)


def _plain_datetime(moment):
    return _datetime.datetime(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond,
                              moment.tzinfo)


def current_datetime(timezone=None):
    """Now, in the time zone of the server or another."""
    return _da(_datetime.datetime.now(_datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo(timezone or _default_zone())))


def today(timezone=None, format=None):
    """The beginning of this day."""
    midnight = current_datetime(timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if format is None else midnight.format_date(format)


def as_datetime(the_date, timezone=None):
    """A date or the text of one as a DADateTime in a time zone."""
    return _da(_in_zone(the_date, zoneinfo.ZoneInfo(timezone or _default_zone())))


def _in_zone(the_date, zone):
    moment = _parse_date(the_date) if not isinstance(the_date, _datetime.date) else the_date
    if not isinstance(moment, _datetime.datetime):
        moment = _datetime.datetime(moment.year, moment.month, moment.day)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def date_interval(**kwargs):
    """An interval to add to a date, or to take from it."""
    return _relativedelta(**kwargs)


def date_difference(starting=None, ending=None, timezone=None):
    """The time between two dates, in several units."""
    zone = zoneinfo.ZoneInfo(timezone or _default_zone())
    between = DateTimeDelta()
    between.start = _in_zone(current_datetime() if starting is None else starting, zone)
    between.end = _in_zone(current_datetime() if ending is None else ending, zone)
    delta = between.end - between.start
    between.weeks = (delta.days / 7.0) + (delta.seconds / 604800.0)
    between.days = delta.days + (delta.seconds / 86400.0)
    between.hours = (delta.days * 24.0) + (delta.seconds / 3600.0)
    between.minutes = (delta.days * 1440.0) + (delta.seconds / 60.0)
    between.seconds = (delta.days * 86400) + delta.seconds
    between.years = (delta.days + delta.seconds / 86400.0) / 365.2425
    between.delta = delta
    return between
