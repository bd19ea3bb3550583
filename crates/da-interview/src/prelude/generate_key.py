"""docassemble.base.generate_key: texts that nobody can guess."""

import secrets
import string

__all__ = ['random_string', 'random_alphanumeric']


def random_string(length):
    """Small letters, capital letters and digits."""
    return random_alphanumeric(length)


def random_alphanumeric(length):
    """Small letters, capital letters and digits."""
    letters = string.ascii_letters + string.digits
    return ''.join(secrets.choice(letters) for _ in range(length))
