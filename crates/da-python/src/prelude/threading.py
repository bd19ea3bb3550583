"""Locks and locals of a program that has one thread. Nothing here starts another."""


class local:
    """Attributes of the only thread."""


class Lock:
    """A lock that is free whenever it is wanted."""

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if self._held and not blocking:
            return False
        if self._held:
            raise RuntimeError('deadlock: the only thread waits for itself')
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()


class RLock:
    """A lock that its holder may take again."""

    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def __enter__(self):
        return True

    def __exit__(self, *details):
        pass


class Thread:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError('threads are not available here')
