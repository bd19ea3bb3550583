"""Digests. An object keeps what it was given until it is asked."""

import _bytes

_SIZES = {'md5': (16, 64), 'sha1': (20, 64), 'sha224': (28, 64), 'sha256': (32, 64), 'sha384': (48, 128),
          'sha512': (64, 128), 'sha3_224': (28, 144), 'sha3_256': (32, 136), 'sha3_384': (48, 104), 'sha3_512': (64, 72),
          'shake_128': (0, 168), 'shake_256': (0, 136), 'blake2b': (64, 128), 'blake2s': (32, 64)}

algorithms_guaranteed = set(_SIZES)
algorithms_available = set(_SIZES)


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
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made


class _Shake(_Digest):
    """As long as whoever asks wants it."""

    def digest(self, length, /):
        if length < 0:
            raise ValueError('value must be positive')
        return _bytes.digest(self.name, self._data, length)

    def hexdigest(self, length, /):
        return self.digest(length).hex()


class _Blake(_Digest):
    """BLAKE2, of one text and not of a tree."""

    def __init__(self, data=b'', /, *, digest_size=None, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,
                 node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True):
        super().__init__(type(self).__name__, data)
        if digest_size is not None:
            if not 1 <= digest_size <= self.MAX_DIGEST_SIZE:
                raise ValueError(f'digest_size must be between 1 and {self.MAX_DIGEST_SIZE} bytes')
            self.digest_size = digest_size
        for given, most, what in ((salt, self.SALT_SIZE, 'salt'), (person, self.PERSON_SIZE, 'person'),
                                  (key, self.MAX_KEY_SIZE, 'key')):
            if len(given) > most:
                raise ValueError(f'maximum {what} length is {most} bytes')
        if (fanout, depth, leaf_size, node_offset, node_depth, inner_size, last_node) != (1, 1, 0, 0, 0, 0, False):
            raise NotImplementedError(self.name + ' of a tree is not available')
        self._told = (bytes(key), bytes(salt), bytes(person))

    def digest(self):
        return _bytes.blake2(self.name, self._data, self.digest_size, *self._told)


class blake2b(_Blake):
    MAX_KEY_SIZE = MAX_DIGEST_SIZE = 64
    SALT_SIZE = PERSON_SIZE = 16


class blake2s(_Blake):
    MAX_KEY_SIZE = MAX_DIGEST_SIZE = 32
    SALT_SIZE = PERSON_SIZE = 8


def _known(name):
    """The name as it is written here."""
    name = name.lower().replace('-', '_')
    for known in (name, name.replace('_', '')):
        if known in _SIZES:
            return known
    raise ValueError('unsupported hash type ' + name)


def new(name, data=b'', *, usedforsecurity=True):
    name = _known(name)
    if name.startswith('blake2'):
        return (blake2b if name == 'blake2b' else blake2s)(data)
    return (_Shake if name.startswith('shake') else _Digest)(name, data)


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


def sha3_224(string=b'', *, usedforsecurity=True):
    return _Digest('sha3_224', string)


def sha3_256(string=b'', *, usedforsecurity=True):
    return _Digest('sha3_256', string)


def sha3_384(string=b'', *, usedforsecurity=True):
    return _Digest('sha3_384', string)


def sha3_512(string=b'', *, usedforsecurity=True):
    return _Digest('sha3_512', string)


def shake_128(string=b'', *, usedforsecurity=True):
    return _Shake('shake_128', string)


def shake_256(string=b'', *, usedforsecurity=True):
    return _Shake('shake_256', string)


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
