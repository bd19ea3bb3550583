"""Requests to other servers as `urllib.request` makes them. The way out is the host's, and so are its rules."""

import base64
from http.client import HTTPMessage, HTTPResponse, InvalidURL, _body, _milliseconds
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

import _http

__all__ = ['Request', 'OpenerDirector', 'BaseHandler', 'HTTPDefaultErrorHandler', 'HTTPRedirectHandler', 'HTTPHandler',
           'HTTPSHandler', 'HTTPErrorProcessor', 'HTTPPasswordMgr', 'HTTPPasswordMgrWithDefaultRealm', 'HTTPBasicAuthHandler',
           'urlopen', 'install_opener', 'build_opener', 'pathname2url', 'url2pathname', 'getproxies', 'urlretrieve', 'urlcleanup']

__version__ = '3.11'


class Request:
    """What is asked for, and how."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers, self.unredirected_hdrs = {}, {}
        self._data = None
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = self.host.partition(':')[0].lower() if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        self.timeout = None
        if method:
            self.method = method

    @property
    def full_url(self):
        return f'{self._full_url}#{self.fragment}' if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        if not isinstance(url, str):
            raise TypeError(f'expected string or bytes-like object, got {type(url).__name__!r}')
        url = unquote_wrapped(url)
        self._full_url, mark, fragment = url.partition('#')
        self.fragment = fragment if mark else None
        self.type, colon, rest = self._full_url.partition(':')
        if not colon or not self.type[:1].isalpha():
            raise ValueError(f'unknown url type: {self.full_url!r}')
        self.type = self.type.lower()
        self.host, self.selector = '', rest
        if rest.startswith('//'):
            place = min([found for found in (rest.find(mark, 2) for mark in '/?') if found >= 0], default=len(rest))
            self.host, self.selector = unquote(rest[2:place]), rest[place:]
            if self.selector.startswith('?'):
                self.selector = '/' + self.selector

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            self.remove_header('Content-length')

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        return getattr(self, 'method', 'POST' if self.data is not None else 'GET')

    def get_full_url(self):
        return self.full_url

    def has_proxy(self):
        return False

    def set_proxy(self, host, type):
        raise URLError('proxies are not supported by this server')

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())


def unquote_wrapped(url):
    """An address out of `<URL:...>`."""
    url = url.strip()
    if url[:1] == '<' and url[-1:] == '>':
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == 'URL:' else url


class BaseHandler:
    """What an opener is made of."""

    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        pass


class HTTPHandler(BaseHandler):
    def __init__(self, debuglevel=None):
        pass


class HTTPSHandler(BaseHandler):
    def __init__(self, debuglevel=None, context=None, check_hostname=None):
        if context is not None:
            _refuse_context()


class HTTPRedirectHandler(BaseHandler):
    max_redirections = 10


class HTTPErrorProcessor(BaseHandler):
    pass


class HTTPDefaultErrorHandler(BaseHandler):
    pass


class HTTPPasswordMgr:
    """Who asks, by address."""

    def __init__(self):
        self._known = []

    def add_password(self, realm, uri, user, passwd):
        for one in [uri] if isinstance(uri, str) else uri:
            self._known.append((realm, one if '://' in one else f'http://{one}', user, passwd))

    def find_user_password(self, realm, authuri):
        asked = urlsplit(authuri)
        for known, uri, user, passwd in self._known:
            place = urlsplit(uri)
            if (known is None or realm is None or known == realm) and place.netloc == asked.netloc \
                    and asked.path.startswith(place.path):
                return user, passwd
        return None, None


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    pass


class HTTPBasicAuthHandler(BaseHandler):
    """Says who asks, at once where the address is known."""

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def _header(self, url):
        user, passwd = self.passwd.find_user_password(None, url)
        if passwd is None:
            return None
        return 'Basic ' + base64.b64encode(f'{user}:{passwd}'.encode()).decode('ascii')


_HANDLERS = (HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, HTTPBasicAuthHandler)


class OpenerDirector:
    """Opens addresses with headers and handlers of its own."""

    def __init__(self):
        self.addheaders = [('User-agent', f'Python-urllib/{__version__}')]
        self.handlers = []

    def add_handler(self, handler):
        if not isinstance(handler, _HANDLERS):
            raise TypeError(f'urllib.request: this server does not support handlers like {type(handler).__name__}')
        handler.add_parent(self)
        self.handlers.append(handler)

    def close(self):
        pass

    def open(self, fullurl, data=None, timeout=None):
        request = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if data is not None:
            request.data = data
        if request.type == 'data':
            return _data_url(request)
        if request.type not in ('http', 'https'):
            raise URLError(f'unknown url type: {request.type}')
        if not request.host:
            raise URLError('no host given')
        return self._ask(request, timeout)

    def _ask(self, request, timeout):
        if isinstance(request.data, str):
            raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.')
        body = _body(request.data)
        headers = {name.title(): value for name, value in request.header_items()}
        if request.data is not None:
            headers.setdefault('Content-Type', 'application/x-www-form-urlencoded')
        for name, value in self.addheaders:
            headers.setdefault(name.title(), value)
        for handler in self.handlers:
            if isinstance(handler, HTTPBasicAuthHandler) and (who := handler._header(request.full_url)):
                headers.setdefault('Authorization', who)
        told = _http.ask(request.get_method(), request._full_url, [(name, str(value)) for name, value in headers.items()], body,
                         True, _milliseconds(timeout))
        if len(told) == 2:
            raise _failure(*told)
        response = HTTPResponse(told[0], told[1])
        response.msg = response.reason
        if not 200 <= response.status < 300:
            raise HTTPError(response.url, response.status, response.reason, response.headers, response)
        return response


def _failure(kind, message):
    if kind == 'unsendable':
        return InvalidURL(message)
    if kind == 'read timeout':
        return TimeoutError('The read operation timed out')
    return URLError(TimeoutError('timed out') if kind == 'connect timeout' else message)


def _data_url(request):
    head, comma, content = request._full_url.partition(':')[2].partition(',')
    if not comma:
        raise ValueError('not enough values to unpack (expected 2, got 1)')
    content = unquote_to_bytes(content)
    if head.endswith(';base64'):
        head, content = head[:-7], base64.decodebytes(content)
    headers = [('Content-type', head or 'text/plain;charset=US-ASCII'), ('Content-length', str(len(content)))]
    response = HTTPResponse((request.full_url, None, None, headers), content)
    response.msg = response.headers
    return response


def _refuse_context():
    raise URLError('this server does not talk to servers that cannot show who they are: `context` is not supported')


def build_opener(*handlers):
    opener = OpenerDirector()
    for handler in handlers:
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


_opener = None


def install_opener(opener):
    global _opener
    _opener = opener


def urlopen(url, data=None, timeout=None, *, cafile=None, capath=None, cadefault=False, context=None):
    """The answer of an address."""
    if cafile or capath or cadefault or context is not None:
        _refuse_context()
    return (_opener or OpenerDirector()).open(url, data, timeout)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    raise PermissionError(13, 'there are no files here; use urlopen() or DAFile.from_url()', filename)


def urlcleanup():
    pass


def getproxies():
    return {}


def pathname2url(pathname):
    return quote(pathname)


def url2pathname(pathname):
    return unquote(pathname)
