"""Requests as they are sent, and what comes back."""

import datetime
import json as _json
import secrets
from urllib.parse import urlencode, urlsplit, urlunsplit, quote

from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar
from requests.exceptions import (
    HTTPError, InvalidHeader, InvalidJSONError, InvalidSchema, InvalidURL, JSONDecodeError, MissingSchema,
)
from requests.structures import CaseInsensitiveDict

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 10
CONTENT_CHUNK_SIZE = 10 * 1024
ITER_CHUNK_SIZE = 512

_NOT_QUOTED = "!#$%&'()*+,/:;=?@[]~"


def _pairs(data):
    """The pairs of a mapping or of a list, a pair for each value of a list."""
    if data is None:
        return []
    items = data.items() if hasattr(data, 'items') else data
    pairs = []
    for key, values in items:
        if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
            values = [values]
        pairs.extend((key, value) for value in values if value is not None)
    return pairs


def _encoded(data):
    if isinstance(data, (str, bytes)):
        return data.decode('utf-8') if isinstance(data, bytes) else data
    return urlencode([(key if isinstance(key, (str, bytes)) else str(key), value) for key, value in _pairs(data)])


def _content(value):
    """The bytes of a text, of bytes or of an open file."""
    if hasattr(value, 'read'):
        value = value.read()
    if isinstance(value, str):
        return value.encode('utf-8')
    return bytes(value) if isinstance(value, (bytes, bytearray)) else str(value).encode('utf-8')


def _file_name(value):
    name = getattr(value, 'name', None)
    if isinstance(name, str) and name and name[0] != '<' and name[-1] != '>':
        return name.replace('\\', '/').rpartition('/')[2]
    return None


def _quoted(text):
    return str(text).replace('"', '%22').replace('\r', '%0D').replace('\n', '%0A')


def _multipart(data, files):
    """A body of several parts, and its type."""
    boundary = secrets.token_hex(16)
    parts = []
    for key, value in _pairs(data):
        key = key.decode('utf-8') if isinstance(key, bytes) else key
        parts.append((f'Content-Disposition: form-data; name="{_quoted(key)}"\r\n', _content(value)))
    for key, value in (files.items() if hasattr(files, 'items') else files):
        kind, extra = None, {}
        if isinstance(value, (tuple, list)):
            name, content, *more = value
            kind = more[0] if more else None
            extra = more[1] if len(more) > 1 else {}
        else:
            name, content = _file_name(value) or key, value
        if content is None:
            continue
        head = f'Content-Disposition: form-data; name="{_quoted(key)}"'
        if name is not None:
            head += f'; filename="{_quoted(name)}"'
        head += '\r\n'
        if kind:
            head += f'Content-Type: {_quoted(kind)}\r\n'
        for header, said in (extra or {}).items():
            head += f'{header}: {_quoted(said)}\r\n'
        parts.append((head, _content(content)))
    body = b''.join(b'--' + boundary.encode() + b'\r\n' + head.encode('utf-8') + b'\r\n' + content + b'\r\n'
                    for head, content in parts)
    return body + b'--' + boundary.encode() + b'--\r\n', 'multipart/form-data; boundary=' + boundary


class Request:
    """A request as a script describes it."""

    def __init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                 hooks=None, json=None):
        self.method = method
        self.url = url
        self.headers = headers or {}
        self.files = files or []
        self.data = data or []
        self.json = json
        self.params = params or {}
        self.auth = auth
        self.cookies = cookies
        self.hooks = hooks or {}

    def __repr__(self):
        return f'<Request [{self.method}]>'

    def prepare(self):
        prepared = PreparedRequest()
        prepared.prepare(method=self.method, url=self.url, headers=self.headers, files=self.files, data=self.data,
                         json=self.json, params=self.params, auth=self.auth, cookies=self.cookies, hooks=self.hooks)
        return prepared


class PreparedRequest:
    """A request as it is sent."""

    def __init__(self):
        self.method = None
        self.url = None
        self.headers = None
        self.body = None
        self.hooks = {}
        self._cookies = None

    def __repr__(self):
        return f'<PreparedRequest [{self.method}]>'

    def prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                hooks=None, json=None):
        self.method = method.upper() if method is not None else None
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth)
        self.hooks = hooks or {}

    def prepare_url(self, url, params):
        url = url.decode('utf8') if isinstance(url, bytes) else str(url)
        url = url.lstrip()
        parts = urlsplit(url)
        if not parts.scheme or '://' not in url:
            raise MissingSchema(f'Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?')
        if parts.scheme not in ('http', 'https'):
            raise InvalidSchema(f'No connection adapters were found for {url!r}')
        try:
            host = parts.hostname
            parts.port
        except ValueError as error:
            raise InvalidURL(f'Failed to parse: {url}') from error
        if not host:
            raise InvalidURL(f'Invalid URL {url!r}: No host supplied')
        if host.startswith(('*', '.')):
            raise InvalidURL('URL has an invalid label.')
        query = parts.query
        more = _encoded(params) if params else ''
        if more:
            query = f'{query}&{more}' if query else more
        self.url = urlunsplit([
            parts.scheme, parts.netloc, quote(parts.path or '/', safe=_NOT_QUOTED), quote(query, safe=_NOT_QUOTED),
            quote(parts.fragment, safe=_NOT_QUOTED)])

    def prepare_headers(self, headers):
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            name = name.decode('ascii') if isinstance(name, bytes) else name
            if not isinstance(value, (str, bytes)):
                raise InvalidHeader(f'Header part ({value!r}) from ({name!r}, {value!r}) must be of type str or bytes, '
                                    f'not {type(value)}')
            value = value.decode('latin1') if isinstance(value, bytes) else value
            if '\r' in value or '\n' in value or value[:1].isspace():
                raise InvalidHeader(f'Invalid leading whitespace, reserved character(s), or return character(s) in '
                                    f'header value: {value!r}')
            self.headers[name] = value

    def prepare_cookies(self, cookies):
        jar = RequestsCookieJar()
        jar.update(cookies or {})
        self._cookies = jar
        header = jar._header(self.url)
        if header and 'Cookie' not in self.headers:
            self.headers['Cookie'] = header

    def prepare_body(self, data, files, json=None):
        body, kind = None, None
        if not data and json is not None:
            try:
                body = _json.dumps(json, allow_nan=False).encode('utf-8')
            except ValueError as error:
                raise InvalidJSONError(error, request=self) from error
            kind = 'application/json'
        elif files:
            if isinstance(data, (str, bytes)) and data:
                raise ValueError('Data must not be a string.')
            body, kind = _multipart(data, files)
        elif data:
            if isinstance(data, (str, bytes, bytearray)):
                body = data
                kind = 'application/x-www-form-urlencoded' if isinstance(data, str) else None
            elif hasattr(data, 'read'):
                body = _content(data)
            elif hasattr(data, '__next__'):
                body = b''.join(_content(piece) for piece in data)
            else:
                body, kind = _encoded(data), 'application/x-www-form-urlencoded'
        self.body = body
        if kind and 'Content-Type' not in self.headers:
            self.headers['Content-Type'] = kind
        if body:
            self.headers['Content-Length'] = str(len(_content(body)))
        elif self.method not in ('GET', 'HEAD') and 'Content-Length' not in self.headers:
            self.headers['Content-Length'] = '0'

    def prepare_auth(self, auth, url=''):
        if auth is None:
            # User and password in the address become a header where the request leaves.
            return
        if isinstance(auth, tuple) and len(auth) == 2:
            auth = HTTPBasicAuth(*auth)
        signed = auth(self)
        self.__dict__.update(signed.__dict__)

    @property
    def path_url(self):
        parts = urlsplit(self.url)
        return (parts.path or '/') + ('?' + parts.query if parts.query else '')


def _charset(kind):
    """What a `Content-Type` says about letters."""
    first, *parameters = kind.split(';')
    for parameter in parameters:
        name, _, value = parameter.partition('=')
        if name.strip().lower() == 'charset':
            return value.strip().strip('\'"')
    if 'text' in first:
        return 'ISO-8859-1'
    if 'application/json' in first:
        return 'utf-8'
    return None


def _guessed(content):
    """The letters of bytes that say nothing about them."""
    if content.startswith(b'\xef\xbb\xbf'):
        return 'utf-8-sig'
    try:
        content.decode('utf-8')
        return 'ascii' if content.isascii() else 'utf-8'
    except UnicodeDecodeError:
        return 'ISO-8859-1'


class Response:
    """What a server answered."""

    def __init__(self):
        self._content = b''
        self.status_code = None
        self.headers = CaseInsensitiveDict()
        self.raw = None
        self.url = None
        self.encoding = None
        self.history = []
        self.reason = None
        self.cookies = RequestsCookieJar()
        self.elapsed = datetime.timedelta(0)
        self.request = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f'<Response [{self.status_code}]>'

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    def close(self):
        pass

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def is_redirect(self):
        return 'location' in self.headers and self.status_code in REDIRECT_STATI

    @property
    def is_permanent_redirect(self):
        return 'location' in self.headers and self.status_code in (301, 308)

    @property
    def apparent_encoding(self):
        return _guessed(self.content)

    @property
    def content(self):
        return self._content

    @property
    def text(self):
        if not self.content:
            return ''
        encoding = self.encoding or self.apparent_encoding
        try:
            return str(self.content, encoding, errors='replace')
        except (LookupError, TypeError):
            return str(self.content, 'utf-8', errors='replace')

    def json(self, **kwargs):
        try:
            if not self.encoding and self.content and len(self.content) > 3:
                try:
                    return _json.loads(self.content.decode('utf-8-sig'), **kwargs)
                except UnicodeDecodeError:
                    pass
            return _json.loads(self.text, **kwargs)
        except _json.JSONDecodeError as error:
            raise JSONDecodeError(error.msg, error.doc, error.pos) from None

    def iter_content(self, chunk_size=1, decode_unicode=False):
        content = self.content
        if decode_unicode and self.encoding:
            content = self.text
        size = chunk_size or len(content) or 1
        return iter([content[at:at + size] for at in range(0, len(content), size)])

    def iter_lines(self, chunk_size=ITER_CHUNK_SIZE, decode_unicode=False, delimiter=None):
        content = self.text if decode_unicode else self.content
        return iter(content.split(delimiter) if delimiter else content.splitlines())

    @property
    def links(self):
        found = {}
        for part in (self.headers.get('link') or '').split(','):
            address, *parameters = part.split(';')
            link = {'url': address.strip().strip('<> \'"')}
            for parameter in parameters:
                key, equals, value = parameter.partition('=')
                if equals:
                    link[key.strip(' \'"')] = value.strip(' \'"')
            if link['url']:
                found[link.get('rel') or link['url']] = link
        return found

    def raise_for_status(self):
        if 400 <= self.status_code < 600:
            whose = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPError(f'{self.status_code} {whose} Error: {self.reason} for url: {self.url}', response=self)
