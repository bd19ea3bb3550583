"""Lists, hashes and sets of a Redis. Each change is one step: see `_update`."""


def _told_length(items):
    return items, len(items)


def _redis_all(values):
    return [_redis_bytes(value) for value in values]


class _RedisLists:
    """Lists: bytes by their places."""

    def rpush(self, name, *values):
        return self._update(name, 'list', lambda items: _told_length((items or []) + _redis_all(values)))

    def lpush(self, name, *values):
        return self._update(name, 'list', lambda items: _told_length(_redis_all(reversed(values)) + (items or [])))

    def rpop(self, name, count=None):
        return self._pop(name, -1, count)

    def lpop(self, name, count=None):
        return self._pop(name, 0, count)

    def _pop(self, name, place, count):
        def work(items):
            if not items:
                return _UNCHANGED, None
            taken = [items.pop(place) for _ in range(min(1 if count is None else count, len(items)))]
            return items, taken[0] if count is None else taken
        return self._update(name, 'list', work)

    def rpoplpush(self, src, dst):
        value = self.rpop(src)
        if value is not None:
            self.lpush(dst, value)
        return value

    def lrange(self, name, start, end):
        items = self._value(name, 'list') or []
        return items[_redis_span(start, end, len(items))]

    def llen(self, name):
        return len(self._value(name, 'list') or [])

    def lindex(self, name, index):
        items = self._value(name, 'list') or []
        return items[index] if -len(items) <= index < len(items) else None

    def lset(self, name, index, value):
        def work(items):
            if items is None or not -len(items) <= index < len(items):
                raise DAError('DARedis: index out of range' if items else 'DARedis: no such key')
            items[index] = _redis_bytes(value)
            return items, True
        return self._update(name, 'list', work)

    def linsert(self, name, where, refvalue, value):
        def work(items):
            if not items or _redis_bytes(refvalue) not in items:
                return _UNCHANGED, -1 if items else 0
            place = items.index(_redis_bytes(refvalue)) + (str(where).lower() == 'after')
            return _told_length(items[:place] + [_redis_bytes(value)] + items[place:])
        return self._update(name, 'list', work)

    def lrem(self, name, count, value):
        def work(items):
            wanted, items = _redis_bytes(value), items or []
            places = [place for place, item in enumerate(items) if item == wanted]
            gone = set(places[:count] if count > 0 else places[count:] if count < 0 else places)
            return [item for place, item in enumerate(items) if place not in gone], len(gone)
        return self._update(name, 'list', work)

    def ltrim(self, name, start, end):
        return self._update(name, 'list', lambda items: ((items or [])[_redis_span(start, end, len(items or []))], True))


class _RedisHashes:
    """Hashes: bytes by names that are bytes."""

    def hset(self, name, key=None, value=None, mapping=None, items=None):
        """Sets fields; how many of them are new."""
        pairs = ([(key, value)] if key is not None else []) + list((mapping or {}).items()) + list(zip((items or [])[::2], (items or [])[1::2]))

        def work(fields):
            fields = fields or {}
            before = len(fields)
            fields.update((_redis_bytes(field), _redis_bytes(said)) for field, said in pairs)
            return fields, len(fields) - before
        return self._update(name, 'hash', work)

    def hmset(self, name, mapping):
        self.hset(name, mapping=mapping)
        return True

    def hsetnx(self, name, key, value):
        def work(fields):
            if fields and _redis_bytes(key) in fields:
                return _UNCHANGED, 0
            return {**(fields or {}), _redis_bytes(key): _redis_bytes(value)}, 1
        return self._update(name, 'hash', work)

    def hget(self, name, key):
        return self.hgetall(name).get(_redis_bytes(key))

    def hmget(self, name, keys, *args):
        fields = self.hgetall(name)
        names = (list(keys) if isinstance(keys, (list, tuple)) else [keys]) + list(args)
        return [fields.get(_redis_bytes(key)) for key in names]

    def hgetall(self, name):
        return self._value(name, 'hash') or {}

    def hexists(self, name, key):
        return _redis_bytes(key) in self.hgetall(name)

    def hkeys(self, name):
        return list(self.hgetall(name))

    def hvals(self, name):
        return list(self.hgetall(name).values())

    def hlen(self, name):
        return len(self.hgetall(name))

    def hdel(self, name, *keys):
        def work(fields):
            fields = fields or {}
            return fields, sum(fields.pop(_redis_bytes(key), None) is not None for key in keys)
        return self._update(name, 'hash', work)

    def hincrby(self, name, key, amount=1):
        return self._add_to_field(name, key, amount, int)

    def hincrbyfloat(self, name, key, amount=1.0):
        return self._add_to_field(name, key, amount, float)

    def _add_to_field(self, name, key, amount, kind):
        def work(fields):
            number = _redis_number((fields or {}).get(_redis_bytes(key)), kind) + kind(amount)
            return {**(fields or {}), _redis_bytes(key): str(number).encode()}, number
        return self._update(name, 'hash', work)


class _RedisSets:
    """Sets of bytes."""

    def sadd(self, name, *values):
        def work(members):
            members = members or set()
            before = len(members)
            return members | set(_redis_all(values)), len(members | set(_redis_all(values))) - before
        return self._update(name, 'set', work)

    def srem(self, name, *values):
        def work(members):
            left = (members or set()) - set(_redis_all(values))
            return left, len(members or set()) - len(left)
        return self._update(name, 'set', work)

    def smembers(self, name):
        return self._value(name, 'set') or set()

    def sismember(self, name, value):
        return _redis_bytes(value) in self.smembers(name)

    def scard(self, name):
        return len(self.smembers(name))

    def spop(self, name):
        def work(members):
            if not members:
                return _UNCHANGED, None
            taken = members.pop()
            return members, taken
        return self._update(name, 'set', work)

    def sunion(self, keys, *args):
        return set().union(*self._sets(keys, args))

    def sinter(self, keys, *args):
        first, *others = self._sets(keys, args)
        return first.intersection(*others)

    def sdiff(self, keys, *args):
        first, *others = self._sets(keys, args)
        return first.difference(*others)

    def _sets(self, keys, args):
        return [self.smembers(name) for name in (list(keys) if isinstance(keys, (list, tuple)) else [keys]) + list(args)]


class _RedisSortedSets:
    """Sets of bytes with a number each, by which they are in order."""

    def zadd(self, name, mapping, nx=False, xx=False):
        """Adds members with their scores; how many of them are new."""
        def work(scores):
            scores = scores or {}
            before = len(scores)
            for member, score in mapping.items():
                is_there = _redis_bytes(member) in scores
                if not (nx and is_there or xx and not is_there):
                    scores[_redis_bytes(member)] = float(score)
            return scores, len(scores) - before
        return self._update(name, 'zset', work)

    def zincrby(self, name, amount, value):
        def work(scores):
            score = (scores or {}).get(_redis_bytes(value), 0.0) + float(amount)
            return {**(scores or {}), _redis_bytes(value): score}, score
        return self._update(name, 'zset', work)

    def zrem(self, name, *values):
        def work(scores):
            scores = scores or {}
            return scores, sum(scores.pop(member, None) is not None for member in _redis_all(values))
        return self._update(name, 'zset', work)

    def zscore(self, name, value):
        return (self._value(name, 'zset') or {}).get(_redis_bytes(value))

    def zcard(self, name):
        return len(self._value(name, 'zset') or {})

    def zrank(self, name, value):
        members = [member for member, _ in self._in_order(name)]
        return members.index(_redis_bytes(value)) if _redis_bytes(value) in members else None

    def zrange(self, name, start, end, desc=False, withscores=False):
        rows = self._in_order(name, desc)
        return self._told(rows[_redis_span(start, end, len(rows))], withscores)

    def zrevrange(self, name, start, end, withscores=False):
        return self.zrange(name, start, end, True, withscores)

    def zrangebyscore(self, name, min, max, withscores=False):
        return self._told([row for row in self._in_order(name) if float(min) <= row[1] <= float(max)], withscores)

    def zcount(self, name, min, max):
        return len(self.zrangebyscore(name, min, max))

    def _in_order(self, name, desc=False):
        rows = sorted((self._value(name, 'zset') or {}).items(), key=lambda row: (row[1], row[0]))
        return rows[::-1] if desc else rows

    def _told(self, rows, withscores):
        return rows if withscores else [member for member, _ in rows]
