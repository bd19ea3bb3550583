"""Digests. An object keeps what it was given until it is asked."""

import _bytes

algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
algorithms_available = algorithms_guaranteed

_SIZES = {'md5': (16, 64), 'sha1': (20, 64), 'sha224': (28, 64), 'sha256': (32, 64), 'sha384': (48, 128),
          'sha512': (64, 128)}


class _Digest:
    def __init__(self, name, data=b''):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._data = b''
        self.update(data)

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data += bytes(data)

    def digest(self):
        return _bytes.digest(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Digest(self.name, self._data)


def new(name, data=b'', *, usedforsecurity=True):
    name = name.lower().replace('-', '')
    if name not in _SIZES:
        raise ValueError('unsupported hash type ' + name)
    return _Digest(name, data)


def md5(string=b'', *, usedforsecurity=True):
    return _Digest('md5', string)


def sha1(string=b'', *, usedforsecurity=True):
    return _Digest('sha1', string)


def sha224(string=b'', *, usedforsecurity=True):
    return _Digest('sha224', string)


def sha256(string=b'', *, usedforsecurity=True):
    return _Digest('sha256', string)


def sha384(string=b'', *, usedforsecurity=True):
    return _Digest('sha384', string)


def sha512(string=b'', *, usedforsecurity=True):
    return _Digest('sha512', string)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key from a password: each round costs as much as two digests."""
    digest_size, block_size = _SIZES[new(hash_name).name]
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    if dklen is not None and dklen < 1:
        raise ValueError('key length must be greater than 0.')
    name, password = new(hash_name).name, bytes(password)
    if len(password) > block_size:
        password = _bytes.digest(name, password)
    password = password.ljust(block_size, b'\0')
    inner, outer = bytes(c ^ 0x36 for c in password), bytes(c ^ 0x5c for c in password)
    key, dklen = b'', digest_size if dklen is None else dklen
    while len(key) < dklen:
        round_ = bytes(salt) + (len(key) // digest_size + 1).to_bytes(4, 'big')
        mixed = 0
        for _ in range(iterations):
            round_ = _bytes.digest(name, outer + _bytes.digest(name, inner + round_))
            mixed ^= int.from_bytes(round_, 'big')
        key += mixed.to_bytes(digest_size, 'big')
    return key[:dklen]


def file_digest(fileobj, digest, /):
    """The digest of what is left of a file."""
    made = new(digest) if isinstance(digest, str) else digest()
    made.update(fileobj.read())
    return made
