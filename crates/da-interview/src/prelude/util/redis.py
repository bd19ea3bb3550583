"""Values that all sessions share, as a Redis has them: for a while or for good, and changed in one step, at once.

Each is kept whole, sealed, under its key; a command reads it, works on it and puts it back if nobody else changed it meanwhile, or
begins anew. What was told has happened, whatever becomes of the answers."""


def _name_of_key(name):
    return name.decode() if isinstance(name, bytes) else str(name)


def _redis_bytes(value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).encode()
    raise DAError('DARedis takes bytes, a text or a number; set_data takes anything')


def _milliseconds(time, unit=1000):
    return int(time.total_seconds() * 1000) if isinstance(time, _datetime.timedelta) else int(float(time) * unit)


def _redis_number(held, kind=int):
    try:
        return kind(held or b'0')
    except ValueError:
        raise DAError('DARedis: value is not an integer or out of range' if kind is int else 'DARedis: value is not a valid float') from None


def _redis_span(start, end, length):
    """What lies between two places, both of which count, from the end if they are negative."""
    start, end = int(start), int(end)
    start = max(start + length, 0) if start < 0 else start
    return slice(start, (end + length if end < 0 else end) + 1)


def _redis_pattern(pattern):
    """A pattern with *, ? and [...] as a regular expression."""
    text, said, place = _name_of_key(pattern), '', 0
    while place < len(text):
        letter, place = text[place], place + 1
        end = text.find(']', place) if letter == '[' else -1
        if letter == '*':
            said += '.*'
        elif letter == '?':
            said += '.'
        elif end > place:
            said += '[' + text[place:end].replace('\\', '\\\\').replace('[', '\\[') + ']'
            place = end + 1
        else:
            if letter == '\\' and place < len(text):
                letter, place = text[place], place + 1
            said += re.escape(letter)
    return re.compile(said + r'\Z', re.DOTALL)


_UNCHANGED = object()


class _RedisValues:
    """How a value is read and changed."""

    def _read(self, name):
        """What is kept, what tells whether it was changed since, and for how many milliseconds it still is."""
        told = _ask('redis_get', name=_name_of_key(name))
        return (None, None, None) if told is None else (_engine.unpack(told[0]), told[1], told[2])

    def _value(self, name, *kinds):
        held, _, _ = self._read(name)
        return self._of_kind(held, *kinds)

    def _of_kind(self, held, *kinds):
        if held is None:
            return None
        if held['kind'] not in kinds:
            raise DAError('DARedis: WRONGTYPE Operation against a key holding the wrong kind of value')
        return held['value']

    def _put(self, name, kind, value, life=None, seen='whatever'):
        """Puts a value under a key, for so many milliseconds; whether that could be."""
        if life is not None and life != 'keep' and life <= 0:
            value = None
        packed = None if value is None else _engine.pack({'kind': kind, 'value': value})
        return _ask('redis_swap', name=_name_of_key(name), seen=seen, value=packed, life=life)

    def _update(self, name, kind, work, life='keep'):
        """Changes a value in one step: `work` makes the new one of the old one, and what is told. What is empty is not there."""
        while True:
            held, stamp, _ = self._read(name)
            new, told = work(self._of_kind(held, kind))
            if new is _UNCHANGED or self._put(name, kind, new if new or isinstance(new, bytes) else None, life, stamp or 'nothing'):
                return told


class DARedis(DAObject, _RedisValues, _RedisLists, _RedisHashes, _RedisSets, _RedisSortedSets):
    """Values by their keys. Texts and numbers come back as bytes, data as they were."""

    def key(self, keyname):
        """A key of this interview's own."""
        return _engine.interview_name() + ':' + str(keyname)

    def get_data(self, key):
        held, _, _ = self._read(key)
        return held['value'][0] if held is not None and held['kind'] == 'data' else None

    def set_data(self, key, data, expire=None):
        self._put(key, 'data', [data], None if expire is None else _milliseconds(expire))

    def get(self, name):
        held, _, _ = self._read(name)
        return None if held is None or held['kind'] == 'data' else self._of_kind(held, 'string')

    def set(self, name, value, ex=None, px=None, nx=False, xx=False, keepttl=False, get=False):
        """Sets a text or a number; `None` where `nx` or `xx` forbids it."""
        life = _milliseconds(ex) if ex is not None else _milliseconds(px, 1) if px is not None else 'keep' if keepttl else None
        if isinstance(life, int) and life <= 0:
            raise DAError("DARedis: invalid expire time in 'set' command")
        value = _redis_bytes(value)
        while True:
            held, stamp, _ = self._read(name) if nx or xx or get else (None, 'whatever', None)
            before = self._of_kind(held, 'string') if get else None
            if nx and held is not None or xx and held is None:
                return before
            if self._put(name, 'string', value, life, stamp or 'nothing'):
                return before if get else True

    def setex(self, name, time, value):
        return self.set(name, value, ex=time)

    def psetex(self, name, time_ms, value):
        return self.set(name, value, px=time_ms)

    def setnx(self, name, value):
        return self.set(name, value, nx=True) is not None

    def getset(self, name, value):
        return self._update(name, 'string', lambda held: (_redis_bytes(value), held), None)

    def getdel(self, name):
        return self._update(name, 'string', lambda held: (_UNCHANGED if held is None else None, held))

    def mget(self, keys, *args):
        names = list(keys) if isinstance(keys, (list, tuple)) else [keys]
        return [self.get(name) for name in names + list(args)]

    def mset(self, mapping):
        for name, value in mapping.items():
            self.set(name, value)
        return True

    def append(self, key, value):
        return self._update(key, 'string', lambda held: _told_length((held or b'') + _redis_bytes(value)))

    def strlen(self, name):
        return len(self.get(name) or b'')

    def incr(self, name, amount=1):
        """Adds to a number; what it is then. A key that is not there counts as 0."""
        def add(held):
            number = _redis_number(held) + int(amount)
            return str(number).encode(), number
        return self._update(name, 'string', add)

    def incrby(self, name, amount=1):
        return self.incr(name, amount)

    def decr(self, name, amount=1):
        return self.incr(name, -int(amount))

    def decrby(self, name, amount=1):
        return self.incr(name, -int(amount))

    def incrbyfloat(self, name, amount=1.0):
        def add(held):
            number = _redis_number(held, float) + float(amount)
            return str(number).encode(), number
        return self._update(name, 'string', add)

    def delete(self, *names):
        """Deletes keys; how many there were."""
        return sum(self._put(name, None, None) for name in names)

    def unlink(self, *names):
        return self.delete(*names)

    def exists(self, *names):
        return sum(self._read(name)[1] is not None for name in names)

    def type(self, name):
        held, _, _ = self._read(name)
        return b'none' if held is None else b'string' if held['kind'] == 'data' else held['kind'].encode()

    def rename(self, src, dst):
        held, stamp, life = self._read(src)
        if held is None:
            raise DAError('DARedis: no such key')
        self._put(dst, held['kind'], held['value'], life)
        self._put(src, None, None, None, stamp)
        return True

    def keys(self, pattern='*'):
        """The keys that a pattern fits."""
        fits = _redis_pattern(pattern)
        return [name.encode() for name in _ask('redis_names') if fits.match(name)]

    def scan_iter(self, match=None, count=None):
        return iter(self.keys('*' if match is None else match))

    def expire(self, name, time):
        """Says for how many seconds a key is kept from now on."""
        return self._lives(name, _milliseconds(time))

    def pexpire(self, name, time):
        return self._lives(name, _milliseconds(time, 1))

    def persist(self, name):
        return self.pttl(name) >= 0 and self._lives(name, None)

    def _lives(self, name, life):
        while True:
            held, stamp, _ = self._read(name)
            if held is None:
                return False
            if self._put(name, held['kind'], held['value'], life, stamp):
                return True

    def ttl(self, name):
        """For how many seconds a key is still kept: -1 for good, -2 if there is none."""
        left = self.pttl(name)
        return left if left < 0 else (left + 500) // 1000

    def pttl(self, name):
        _, stamp, life = self._read(name)
        return -2 if stamp is None else -1 if life is None else max(life, 0)

    def __getattr__(self, name):
        if name in _REDIS_COMMANDS:
            _needs('DARedis.' + name, 'a Redis server of its own')
        return super().__getattr__(name)


# What waits for others, or is several commands in one: interviews have no connection of their own to a Redis.
_REDIS_COMMANDS = frozenset('blpop brpop eval flushall flushdb lock pipeline publish pubsub register_script scan script subscribe watch'.split())
