"""Keyed digests, and a comparison whose time does not tell where two texts differ."""

import hashlib

trans_5C = bytes(x ^ 0x5c for x in range(256))
trans_36 = bytes(x ^ 0x36 for x in range(256))
# Of one who asks for no digest in particular.
digest_size = None


class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        make = digestmod if callable(digestmod) else lambda data=b'': hashlib.new(digestmod, data)
        size = make().block_size
        key = bytes(key)
        if len(key) > size:
            key = make(key).digest()
        key = key.ljust(size, b'\0')
        self._make = make
        self._outer = bytes(byte ^ 0x5c for byte in key)
        self._inner = make(bytes(byte ^ 0x36 for byte in key))
        self.digest_size = self._inner.digest_size
        self.block_size = size
        self.name = 'hmac-' + self._inner.name
        if msg is not None:
            self.update(msg)

    def update(self, msg):
        self._inner.update(msg)

    def copy(self):
        made = HMAC.__new__(HMAC)
        made.__dict__.update(self.__dict__, _inner=self._inner.copy())
        return made

    def digest(self):
        return self._make(self._outer + self._inner.digest()).digest()

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=''):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    if isinstance(a, str) != isinstance(b, str):
        raise TypeError("unsupported operand types(s) or combination of types")
    if isinstance(a, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError('comparing strings with non-ASCII characters is not supported')
        a, b = a.encode(), b.encode()
    differ = len(a) ^ len(b)
    for x, y in zip(a, b):
        differ |= x ^ y
    return differ == 0
