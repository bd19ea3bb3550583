"""How a request says who asks."""

from base64 import b64encode


def _basic_auth_str(username, password):
    encoded = [part.encode('latin1') if isinstance(part, str) else part for part in (username, password)]
    return 'Basic ' + b64encode(b':'.join(encoded)).decode('ascii')


class AuthBase:
    """Something that signs a request when it is called with it."""

    def __call__(self, r):
        raise NotImplementedError('Auth hooks must be callable.')


class HTTPBasicAuth(AuthBase):
    """A name and a password."""

    def __init__(self, username, password):
        self.username = username
        self.password = password

    def __eq__(self, other):
        return (self.username == getattr(other, 'username', None)
                and self.password == getattr(other, 'password', None))

    def __ne__(self, other):
        return not self == other

    def __call__(self, r):
        r.headers['Authorization'] = _basic_auth_str(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    """A name and a password for a proxy."""

    def __call__(self, r):
        r.headers['Proxy-Authorization'] = _basic_auth_str(self.username, self.password)
        return r
