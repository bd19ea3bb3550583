"""Cookies of a session: a mapping of names to values, each for the server that set it."""

from collections.abc import MutableMapping
from urllib.parse import urlsplit


class CookieConflictError(RuntimeError):
    """Two servers set a cookie of one name."""


class Cookie:
    """A cookie and where it belongs. Without a domain it goes everywhere, as those that a script sets do."""

    def __init__(self, name, value, domain='', path='/', secure=False, host_only=True):
        self.name = name
        self.value = value
        self.domain = domain
        self.path = path
        self.secure = secure
        self.host_only = host_only

    def __repr__(self):
        return f'<Cookie {self.name}={self.value} for {self.domain}{self.path}>'

    def _belongs_to(self, url):
        parts = urlsplit(url)
        host = (parts.hostname or '').lower()
        path = parts.path or '/'
        if self.secure and parts.scheme != 'https':
            return False
        if self.domain and host != self.domain and (self.host_only or not host.endswith('.' + self.domain)):
            return False
        folder = self.path if self.path.endswith('/') else self.path + '/'
        return path == self.path or path.startswith(folder)


class RequestsCookieJar(MutableMapping):
    """The cookies of a session."""

    def __init__(self, policy=None):
        self._cookies = {}

    def set(self, name, value, **kwargs):
        domain, path = kwargs.get('domain', ''), kwargs.get('path', '/')
        if value is None:
            self._cookies.pop((domain, path, name), None)
            return None
        host_only = not domain.startswith('.')
        cookie = Cookie(name, value, domain.lstrip('.'), path, kwargs.get('secure', False), host_only)
        self.set_cookie(cookie)
        return cookie

    def set_cookie(self, cookie):
        self._cookies[(cookie.domain, cookie.path, cookie.name)] = cookie

    def get(self, name, default=None, domain=None, path=None):
        found = [cookie for cookie in self._cookies.values()
                 if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path)]
        if len(found) > 1:
            raise CookieConflictError(f'There are multiple cookies with name, {name!r}')
        return found[0].value if found else default

    def get_dict(self, domain=None, path=None):
        return {cookie.name: cookie.value for cookie in self._cookies.values()
                if domain in (None, cookie.domain) and path in (None, cookie.path)}

    def __getitem__(self, name):
        found = self.get(name)
        if found is None:
            raise KeyError(f'name={name!r}, domain=None, path=None')
        return found

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        keys = [key for key in self._cookies if key[2] == name]
        if not keys:
            raise KeyError(name)
        for key in keys:
            del self._cookies[key]

    def __iter__(self):
        return iter(list(self._cookies.values()))

    def __len__(self):
        return len(self._cookies)

    def __contains__(self, name):
        return any(cookie.name == name for cookie in self._cookies.values())

    def keys(self):
        return [cookie.name for cookie in self._cookies.values()]

    def values(self):
        return [cookie.value for cookie in self._cookies.values()]

    def items(self):
        return [(cookie.name, cookie.value) for cookie in self._cookies.values()]

    def update(self, other):
        if isinstance(other, RequestsCookieJar):
            self._cookies.update(other._cookies)
        else:
            for name, value in dict(other).items():
                self.set(name, value)

    def clear(self):
        self._cookies.clear()

    def copy(self):
        jar = RequestsCookieJar()
        jar.update(self)
        return jar

    def __repr__(self):
        return f'<RequestsCookieJar[{", ".join(map(repr, self))}]>'

    def _header(self, url):
        fitting = [cookie for cookie in self._cookies.values() if cookie._belongs_to(url)]
        return '; '.join(f'{cookie.name}={cookie.value}' for cookie in fitting)

    def _take(self, text, url):
        """Keeps what a `Set-Cookie` header says, if the server may say it."""
        pair, *attributes = text.split(';')
        name, equals, value = pair.strip().partition('=')
        if not equals or not name:
            return
        said = {}
        for attribute in attributes:
            key, _, given = attribute.strip().partition('=')
            said[key.lower()] = given
        parts = urlsplit(url)
        host = (parts.hostname or '').lower()
        domain = said.get('domain', '').lstrip('.').lower()
        if domain and domain != host and ('.' not in domain or not host.endswith('.' + domain)):
            return
        path = said.get('path', '')
        if not path.startswith('/'):
            path = (parts.path or '/').rpartition('/')[0] or '/'
        cookie = Cookie(name, value.strip('"'), domain or host, path, 'secure' in said, not domain)
        gone = said.get('max-age', '')
        if gone == '0' or gone.startswith('-') or '1970' in said.get('expires', ''):
            self._cookies.pop((cookie.domain, cookie.path, cookie.name), None)
        else:
            self.set_cookie(cookie)


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    jar = RequestsCookieJar() if cookiejar is None else cookiejar
    for name, value in (cookie_dict or {}).items():
        if overwrite or name not in jar:
            jar.set(name, value)
    return jar


def dict_from_cookiejar(cj):
    return cj.get_dict()
