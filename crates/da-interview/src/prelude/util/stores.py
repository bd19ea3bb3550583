"""What is kept beside the session: stores, objects that outlive it, records, snapshots, stashed data."""


def _ask(_what, **given):
    """Asks for something beside the session; a refusal is an error that says what was asked for."""
    try:
        return _engine.ask(_what, given)
    except OSError as refusal:
        raise DAException(_ASKED_OF[_what.partition('_')[0]] + ': ' + str(refusal)) from None


_ASKED_OF = {'kept': 'store', 'redis': 'DARedis', 'session': 'other session', 'user': 'account', 'link': 'link'}


def _owner():
    """The person: a user, or a visitor without an account."""
    return 'user:' + str(_engine.user_info('id')) if user_logged_in() else 'visitor:' + _engine.session_uid()


def _scope(kind, base):
    """What values are kept among, and with what they go away."""
    if base == 'interview':
        return {'scope': kind + ':interview:' + _engine.interview_name()}
    if base == 'session':
        return {'scope': kind + ':session:' + _engine.session_id() + ':' + _engine.interview_name(), 'of_session': True}
    if base == 'global':
        return {'scope': kind + ':global'}
    if base in (None, 'user'):
        return {'scope': kind + ':' + _owner(), 'of_user': True}
    return {'scope': kind + ':named:' + str(base)}


def _read_kept(scope, name):
    packed = _ask('kept_get', name=str(name), **scope)
    return None if packed is None else _engine.unpack(packed)


class DAStore(DAObject):
    """Values that outlive the session, by their keys: those of a user, of an interview, of a session, of everybody, or of a name."""

    def is_encrypted(self):
        if hasattr(self, 'encrypted'):
            return self.encrypted
        return getattr(self, 'base', 'user') in ('user', 'session')

    def _scope(self):
        return _scope('store', self.base if hasattr(self, 'base') else 'user')

    def defined(self, key):
        return _ask('kept_get', name=str(key), **self._scope()) is not None

    def get(self, key):
        return _read_kept(self._scope(), key)

    def set(self, key, the_value):
        _ask('kept_put', name=str(key), value=_engine.pack(the_value), **self._scope())

    def delete(self, key):
        _ask('kept_delete', name=str(key), **self._scope())

    def keys(self):
        return _ask('kept_names', **self._scope())


_STAY = ('instanceName', 'has_nonrandom_instance_name', 'attrList', 'base', 'key')


class DAGlobal(DAObject):
    """An object whose attributes outlive the session. Between two evaluations they are kept elsewhere than the session."""

    @classmethod
    def keys(cls, base):
        return _ask('kept_names', **_scope('object', base))

    @classmethod
    def defined(cls, base, key):
        return _ask('kept_get', name=str(key), **_scope('object', base)) is not None

    @classmethod
    def remove(cls, base, key):
        _ask('kept_delete', name=str(key), **_scope('object', base))

    def init(self, *pargs, **kwargs):
        given = {name: kwargs.pop(name) for name in ('base', 'key') if name in kwargs}
        object.__setattr__(self, 'base', given.get('base', 'user'))
        object.__setattr__(self, 'key', given.get('key') or _engine.random_name() + _engine.random_name())
        super().init(*pargs, **kwargs)
        self._fetch()

    def _fetch(self):
        """Fetches what is kept, once in an evaluation."""
        if any(known is self for known, _ in _state.globals):
            return
        scope = _scope('object', self.__dict__['base'])
        packed = _ask('kept_get', name=str(self.__dict__['key']), **scope)
        _state.globals.append((self, packed))
        if packed is not None:
            for name, value in _engine.unpack(packed).items():
                object.__setattr__(self, name, value)

    def _is_made(self):
        return 'key' in self.__dict__ and 'base' in self.__dict__

    def __getattr__(self, name):
        if not name.startswith('_') and name not in _STAY and self._is_made():
            self._fetch()
            if name in self.__dict__:
                return self.__dict__[name]
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        if name not in _STAY and self._is_made():
            self._fetch()
        super().__setattr__(name, value)

    def __delattr__(self, name):
        if self._is_made():
            self._fetch()
        super().__delattr__(name)

    def _store(self, packed):
        """Puts what changed where it is kept; nothing of it stays in the session."""
        mine = {name: value for name, value in self.__dict__.items() if name not in _STAY}
        if not self._is_made():
            return
        now = _engine.pack(mine)
        if now != packed:
            _ask('kept_put', name=str(self.key), value=now, **_scope('object', self.base))
        for name in mine:
            object.__delattr__(self, name)

    def delete(self):
        """Forgets everything, here and where it is kept."""
        if not self._is_made():
            return
        _ask('kept_delete', name=str(self.key), **_scope('object', self.base))
        _state.globals = [(known, packed) for known, packed in _state.globals if known is not self]
        for name in list(self.__dict__):
            if name not in ('instanceName', 'has_nonrandom_instance_name', 'attrList'):
                object.__delattr__(self, name)
        object.__setattr__(self, 'attrList', [])


def _keep_globals():
    """What the objects hold that outlive the session is kept at the end of an evaluation."""
    for thing, packed in _state.globals:
        thing._store(packed)
    _state.globals = []


def write_record(key, data):
    """Adds data to the records of a key; the number of the record."""
    number = int(_engine.random_number())
    _ask('kept_put', scope='record:' + str(key), name=str(number), value=_engine.pack(data))
    return number


def read_records(key):
    """The records of a key by their numbers."""
    return _numbered('record:' + str(key))


def _numbered(scope):
    """All values of a scope whose names are numbers, by these."""
    values, after = {}, 0
    while after is not None:
        kept, after = _ask('kept_portion', scope=scope, after=after)
        values.update((int(number), _engine.unpack(packed)) for number, packed in kept.items())
    return values


def delete_record(key, the_id):
    _ask('kept_delete', scope='record:' + str(key), name=str(the_id))


def store_variables_snapshot(data=None, include_internal=False, key=None, persistent=False):
    """Keeps the answers, or other data, as JSON beside the session."""
    if key is not None and not isinstance(key, str):
        raise DAError('store_variables_snapshot: key must be a string')
    told = all_variables(include_internal=include_internal) if data is None else _engine.as_serializable(data)
    scope = 'snapshot:' + _engine.interview_name() + ':' + _engine.session_id()
    _ask('kept_put', scope=scope, name=key or '', value=json.dumps(told), of_session=not persistent)


def stash_data(data, expire=None):
    """Keeps data for a while; the key and the secret that fetch it."""
    try:
        expire = 60 * 60 * 24 * 90 if expire is None else int(expire)
    except (TypeError, ValueError):
        expire = 0
    if expire <= 0:
        raise DAError('Invalid expire value')
    return tuple(_ask('link_stash', data=_engine.as_serializable(data), seconds=expire))


def retrieve_stashed_data(stash_key, secret, delete=False, refresh=False):
    """Fetches stashed data; None where there is none."""
    seconds = refresh if isinstance(refresh, int) and not isinstance(refresh, bool) and refresh > 0 else 60 * 60 * 24 * 90
    return _ask('link_stashed', key=str(stash_key), secret=str(secret), delete=bool(delete), refresh=seconds if refresh else None)


def _persistent_tasks(persistent):
    store = DAStore('store', base='session' if persistent is True else persistent)
    return store, store.get('tasks') or {}


def _temporary_link(address, temporary, once):
    """A short link to an address, good for so many hours."""
    hours = temporary or once
    hours = 24 if hours is True else hours
    try:
        seconds = int(float(hours) * 60 * 60)
    except (TypeError, ValueError):
        seconds = 0
    if seconds <= 0:
        raise DAError('a temporary address must be good for some hours')
    return _engine.link_base(True) + '/goto?c=' + _ask('link_new', url=address, one_time=bool(once), seconds=seconds)
