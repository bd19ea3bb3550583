"""Values that all sessions share, under the names of the original's Redis. They are kept beside the sessions of this server."""


class DARedis(DAObject):
    """Values by their keys, for a while or for good. Texts and numbers come back as bytes, data as they were."""

    def key(self, keyname):
        """A key of this interview's own."""
        return _engine.interview_name() + ':' + str(keyname)

    def get_data(self, key):
        kept = self._kept(key)
        return None if kept is None or isinstance(kept['value'], bytes) else kept['value']['data']

    def set_data(self, key, data, expire=None):
        self._keep(key, {'data': data}, expire)

    def get(self, name):
        kept = self._kept(name)
        return kept['value'] if kept is not None and isinstance(kept['value'], bytes) else None

    def set(self, name, value, ex=None, px=None, nx=False, xx=False):
        """Sets a text or a number; `None` where `nx` or `xx` forbids it."""
        if not isinstance(value, (bytes, str, int, float)) or isinstance(value, bool):
            raise DAError('DARedis.set takes bytes, a text or a number; set_data takes anything')
        if nx or xx:
            is_there = self._kept(name) is not None
            if nx and is_there or xx and not is_there:
                return None
        self._keep(name, value if isinstance(value, bytes) else str(value).encode(), px / 1000 if ex is None and px else ex)
        return True

    def setex(self, name, time, value):
        return self.set(name, value, ex=time)

    def delete(self, *names):
        """Deletes keys; how many there were."""
        found = [name for name in names if self._kept(name) is not None]
        for name in found:
            _ask('kept_delete', scope='redis', name=_name_of_key(name))
        return len(found)

    def exists(self, *names):
        return sum(self._kept(name) is not None for name in names)

    def expire(self, name, time):
        """Says for how many seconds a key is kept from now on."""
        kept = self._kept(name)
        if kept is not None:
            self._keep(name, kept['value'], time)
        return kept is not None

    def persist(self, name):
        kept = self._kept(name)
        if kept is None or kept['until'] is None:
            return False
        self._keep(name, kept['value'], None)
        return True

    def ttl(self, name):
        """For how many seconds a key is still kept: -1 for good, -2 if there is none."""
        kept = self._kept(name)
        if kept is None:
            return -2
        return -1 if kept['until'] is None else max(int(kept['until'] - _seconds()), 0)

    def _kept(self, name):
        kept = _read_kept({'scope': 'redis'}, _name_of_key(name))
        return kept if kept is not None and (kept['until'] is None or kept['until'] > _seconds()) else None

    def _keep(self, name, value, expire):
        until = None if expire is None else _seconds() + _seconds_of(expire)
        _ask('kept_put', scope='redis', name=_name_of_key(name), value=_engine.pack({'value': value, 'until': until}))

    def __getattr__(self, name):
        if name in _REDIS_COMMANDS:
            _needs('DARedis.' + name, 'a Redis server of its own')
        return super().__getattr__(name)


# What changes a value in one step, or is more than one value: only a Redis could do it right.
_REDIS_COMMANDS = frozenset('''append blpop brpop decr decrby flushdb getset hdel hexists hget hgetall hincrby hkeys hlen hmget hmset hset hvals
    incr incrby keys lindex linsert llen lock lpop lpush lrange lrem lset ltrim mget mset pipeline publish pubsub rename rpop rpush sadd scan
    scan_iter scard sismember smembers srem zadd zcard zincrby zrange zrangebyscore zrem zrevrange zscore'''.split())


def _name_of_key(name):
    return name.decode() if isinstance(name, bytes) else str(name)


def _seconds():
    return current_datetime().timestamp()


def _seconds_of(expire):
    return expire.total_seconds() if isinstance(expire, _datetime.timedelta) else float(expire)
