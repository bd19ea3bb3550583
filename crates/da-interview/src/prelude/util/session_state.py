"""What a session remembers beside its variables: parts of the screen, tasks, explanations, tags, times."""

_SCREEN_PARTS = (
    'title', 'logo', 'exit link', 'exit label', 'exit url', 'pre', 'post', 'submit', 'continue button label', 'help label', 'under',
    'right', 'tab title', 'short title', 'short logo', 'back button label', 'corner back button label', 'resume button label',
    'date format', 'time format', 'datetime format', 'footer', 'title url', 'css class', 'table css class',
    'title url opens in other window', 'navigation bar html')


def set_parts(**kwargs):
    """Sets parts of the screen for the rest of the session."""
    for short, part in (('short', 'short title'), ('tab', 'tab title'), ('subtitle', 'subtitle')):
        if short in kwargs:
            _engine.set_internal(part, kwargs[short])
    for name, said in kwargs.items():
        part = name.replace('_', ' ')
        if part in _SCREEN_PARTS:
            _engine.set_internal(part, said)


def set_title(**kwargs):
    """The old name of `set_parts`."""
    return set_parts(**kwargs)


_save_status = {'status': 'new'}


def set_save_status(status):
    """Whether this evaluation makes a step (`new`), changes the last one (`overwrite`), or is not kept (`ignore`)."""
    if status in ('new', 'overwrite', 'ignore') and _save_status['status'] != 'ignore':
        _save_status['status'] = status
        _engine.set_save_status(status)


def _remembered(name):
    """A dictionary that the session keeps."""
    kept = _engine.get_internal(name)
    if kept is None:
        kept = {}
        _engine.set_internal(name, kept)
    return kept


def _tasks(persistent):
    """The tasks that were performed: in the session, or with `persistent` in a store beside it."""
    return _persistent_tasks(persistent)[1] if persistent else _remembered('tasks')


def _count_task(task, times, persistent):
    tasks = _tasks(persistent)
    tasks[task] = times
    if persistent:
        _persistent_tasks(persistent)[0].set('tasks', tasks)


def task_performed(task, persistent=False):
    return bool(_tasks(persistent).get(task))


def task_not_yet_performed(task, persistent=False):
    return not task_performed(task, persistent=persistent)


def mark_task_as_performed(task, persistent=False):
    """Counts that a task was done; says how often it was."""
    times = _tasks(persistent).get(task, 0) + 1
    _count_task(task, times, persistent)
    return times


def times_task_performed(task, persistent=False):
    return _tasks(persistent).get(task, 0)


def set_task_counter(task, times, persistent=False):
    _count_task(task, times, persistent)


def explain(the_explanation, category='default'):
    """Adds to the account of why the interview decided as it did."""
    said = _remembered('explanations').setdefault(category, [])
    if the_explanation not in said:
        said.append(the_explanation)


def clear_explanations(category='default'):
    if _engine.get_internal('explanations') is None:
        return
    if category == 'all':
        _engine.set_internal('explanations', {})
    elif category in _remembered('explanations'):
        _remembered('explanations')[category] = []


def logic_explanation(category='default'):
    return (_engine.get_internal('explanations') or {}).get(category, [])


def set_status(**kwargs):
    _remembered('misc').update(kwargs)


def get_status(setting):
    return (_engine.get_internal('misc') or {}).get(setting)


def update_terms(dictionary, auto=False, language='*'):
    """Adds terms with their definitions."""
    kept = _remembered('autoterms' if auto else 'terms').setdefault(language, {})
    for items in dictionary if isinstance(dictionary, list) else [dictionary]:
        if not isinstance(items, dict):
            raise DAError('update_terms: terms must be organized as a dictionary or a list of dictionary items.')
        if set(items) == {'phrases', 'definition'} and isinstance(items['phrases'], list):
            items = {phrase: items['definition'] for phrase in items['phrases']}
        for term, definition in items.items():
            kept[re.sub(r'\s+', ' ', term.lower())] = {'definition': str(definition)}


class DATagsSet:
    """The tags of a session."""

    def _tags(self):
        tags = _engine.get_internal('tags')
        if tags is None:
            tags = set(_engine.metadata_tags())
            _engine.set_internal('tags', tags)
        return tags

    def __getattr__(self, name):
        if name in ('add', 'remove', 'discard', 'pop', 'copy', 'union', 'intersection', 'difference', 'isdisjoint', 'issubset',
                    'issuperset'):
            return getattr(self._tags(), name)
        raise AttributeError(name)

    def clear(self):
        _engine.set_internal('tags', set())

    def __contains__(self, item):
        return item in self._tags()

    def __iter__(self):
        return iter(self._tags())

    def __len__(self):
        return len(self._tags())

    def __str__(self):
        return str(self._tags())


def session_tags():
    return DATagsSet()


def _at_zone(moment, timezone):
    moment = moment.replace(tzinfo=_datetime.timezone.utc)
    return _da(moment.astimezone(zoneinfo.ZoneInfo(timezone)) if timezone is not None else moment)


def start_time(timezone=None):
    """When the session began."""
    started = _engine.get_internal('starttime')
    return current_datetime(timezone or 'UTC') if started is None else _at_zone(started, timezone)


def last_access_time(include_privileges=None, exclude_privileges=None, include_cron=False, timezone=None):
    """When somebody used the session before this moment."""
    times = list((_engine.get_internal('accesstime') or {}).values())
    return _at_zone(max(times), timezone) if times else None


def last_access_delta(*pargs, **kwargs):
    last = last_access_time(*pargs, **kwargs)
    return _datetime.timedelta(0) if last is None else current_datetime() - last


def last_access_days(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 86400.0


def last_access_hours(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 3600.0


def last_access_minutes(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 60.0


def returning_user(minutes=None, hours=None, days=None):
    """Whether the person comes back after a while."""
    if minutes is not None and last_access_minutes() > minutes:
        return True
    if hours is not None and last_access_hours() > hours:
        return True
    if days is not None and last_access_days() > days:
        return True
    return last_access_hours() > 6.0
