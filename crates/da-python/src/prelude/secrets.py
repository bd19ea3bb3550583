"""Random bytes and texts that nobody can guess, from the host."""

import base64
import _bytes
from hmac import compare_digest
from random import SystemRandom

DEFAULT_ENTROPY = 32


def token_bytes(nbytes=None):
    return _bytes.random(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b'=').decode('ascii')


def randbits(k):
    return int.from_bytes(token_bytes((k + 7) // 8), 'big') >> (-k % 8)


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError('Upper bound must be positive.')
    bits = exclusive_upper_bound.bit_length()
    while True:
        number = randbits(bits)
        if number < exclusive_upper_bound:
            return number


def choice(seq):
    if not len(seq):
        raise IndexError('Cannot choose from an empty sequence')
    return seq[randbelow(len(seq))]
