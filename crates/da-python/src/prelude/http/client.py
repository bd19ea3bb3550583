"""Requests to other servers as `http.client` makes them. The way out is the host's, and so are its rules."""

import io
from http import HTTPStatus

import _http

__all__ = ['HTTPResponse', 'HTTPConnection', 'HTTPSConnection', 'HTTPException', 'NotConnected', 'UnknownProtocol',
           'UnknownTransferEncoding', 'UnimplementedFileMode', 'IncompleteRead', 'InvalidURL', 'ImproperConnectionState',
           'CannotSendRequest', 'CannotSendHeader', 'ResponseNotReady', 'BadStatusLine', 'LineTooLong',
           'RemoteDisconnected', 'error', 'responses']

HTTP_PORT, HTTPS_PORT = 80, 443
globals().update(HTTPStatus.__members__)
responses = {status: status.phrase for status in HTTPStatus.__members__.values()}


class HTTPException(Exception):
    pass


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    def __init__(self, version):
        self.args = version,
        self.version = version


class UnknownTransferEncoding(HTTPException):
    pass


class UnimplementedFileMode(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = partial,
        self.partial, self.expected = partial, expected

    def __repr__(self):
        more = '' if self.expected is None else f', {self.expected:d} more expected'
        return f'{type(self).__name__}({len(self.partial):d} bytes read{more})'

    __str__ = __repr__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        self.args = self.line, = line or repr(line),


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        HTTPException.__init__(self, f'got more than 65536 bytes when reading {line_type}')


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *args, **kwargs):
        BadStatusLine.__init__(self, '')
        ConnectionResetError.__init__(self, *args, **kwargs)


error = HTTPException


class HTTPMessage:
    """The head of an answer: names without regard to case, in their order, some of them several times."""

    def __init__(self, headers=()):
        self._headers = list(headers)

    def __len__(self):
        return len(self._headers)

    def __contains__(self, name):
        return name.lower() in [known.lower() for known, _ in self._headers]

    def __iter__(self):
        return iter(self.keys())

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, value))

    def __delitem__(self, name):
        self._headers = [pair for pair in self._headers if pair[0].lower() != name.lower()]

    def get(self, name, failobj=None):
        for known, value in self._headers:
            if known.lower() == name.lower():
                return value
        return failobj

    def get_all(self, name, failobj=None):
        return [value for known, value in self._headers if known.lower() == name.lower()] or failobj

    def keys(self):
        return [name for name, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return list(self._headers)

    def add_header(self, name, value, **params):
        parts = [] if value is None else [value]
        for key, param in params.items():
            key = key.replace('_', '-')
            parts.append(key if param is None else f'{key}="{param}"')
        self[name] = '; '.join(parts)

    def get_content_type(self):
        kind = self.get('content-type', 'text/plain').partition(';')[0].strip().lower()
        return kind if kind.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        return self.get_content_type().partition('/')[0]

    def get_content_subtype(self):
        return self.get_content_type().partition('/')[2]

    def get_param(self, param, failobj=None, header='content-type', unquote=True):
        for part in self.get(header, '').split(';')[1:]:
            name, _, value = part.partition('=')
            if name.strip().lower() == param.lower():
                value = value.strip()
                return value[1:-1] if unquote and value[:1] == value[-1:] == '"' and len(value) > 1 else value
        return failobj

    def get_content_charset(self, failobj=None):
        charset = self.get_param('charset')
        return failobj if charset is None else charset.lower()

    def get_filename(self, failobj=None):
        return self.get_param('filename', failobj, 'content-disposition')

    def as_string(self):
        return ''.join(f'{name}: {value}\n' for name, value in self._headers) + '\n'

    __str__ = as_string


class HTTPResponse(io.BufferedIOBase):
    """An answer, whole."""

    version, debuglevel, will_close, chunked = 11, 0, True, False

    def __init__(self, head, body):
        self.url, self.status, self.reason, headers = head
        self.headers = self.msg = HTTPMessage(headers)
        self.code = self.status
        self._body = io.BytesIO(body)

    @property
    def length(self):
        return len(self._body.getvalue()) - self._body.tell()

    def read(self, amt=None):
        return b'' if self._closed else self._body.read(amt)

    read1 = read

    def readinto(self, b):
        return self._body.readinto(b)

    def readline(self, limit=-1):
        return self._body.readline(limit)

    def peek(self, n=-1):
        place = self._body.tell()
        found = self._body.read()
        self._body.seek(place)
        return found

    def readable(self):
        return True

    def isclosed(self):
        return self._closed

    def getheader(self, name, default=None):
        found = self.headers.get_all(name)
        if found is not None:
            return ', '.join(found)
        return ', '.join(default) if not isinstance(default, str) and hasattr(default, '__iter__') else default

    def getheaders(self):
        return self.headers.items()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status


def _failure(kind, message):
    """What it means to a script that a request failed."""
    if kind == 'unsendable':
        return InvalidURL(message)
    if kind in ('connect timeout', 'read timeout'):
        return TimeoutError('timed out' if kind == 'connect timeout' else 'The read operation timed out')
    return ConnectionRefusedError(111, message) if kind == 'refused' else OSError(message)


def _milliseconds(timeout):
    if timeout is None or not isinstance(timeout, (int, float)):
        return None
    if timeout < 0:
        raise ValueError('Timeout value out of range')
    return max(1, int(timeout * 1000))


def _body(body):
    """What is sent, as bytes, and how many when that is known before."""
    if body is None:
        return b''
    if isinstance(body, str):
        return body.encode('iso-8859-1')
    if hasattr(body, 'read'):
        return _body(body.read())
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    return b''.join(body)


class HTTPConnection:
    """A server that requests are sent to, one after another; none of them follows redirects."""

    default_port, _scheme = HTTP_PORT, 'http'
    debuglevel = 0

    def __init__(self, host, port=None, timeout=None, source_address=None, blocksize=8192):
        self.host, self.port = self._split(host, port)
        self.timeout = timeout
        self._response = self._begun = None

    def _split(self, host, port):
        if port is None:
            front, colon, last = host.rpartition(':')
            if colon and ']' not in last:
                if last and not (last.isascii() and last.isdigit()):
                    raise InvalidURL(f"nonnumeric port: '{last}'")
                host, port = front, int(last) if last else self.default_port
            else:
                port = self.default_port
        return host.removeprefix('[').removesuffix(']') if host.startswith('[') else host, port

    def set_debuglevel(self, level):
        self.debuglevel = level

    def set_tunnel(self, host, port=None, headers=None):
        raise NotImplementedError('http.client: proxies are not supported by this server')

    def connect(self):
        """A connection is made with the request."""

    def close(self):
        self._response = self._begun = None

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        given = [(str(name), value.decode('latin-1') if isinstance(value, bytes) else str(value))
                 for name, value in headers.items()]
        self._send(method, url, given, _body(body))

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        if self._begun is not None:
            raise CannotSendRequest('Request-started')
        self._begun = [method, url, []]

    def putheader(self, header, *values):
        if self._begun is None:
            raise CannotSendHeader()
        text = [value.decode('latin-1') if isinstance(value, bytes) else str(value) for value in values]
        self._begun[2].append((header.decode('ascii') if isinstance(header, bytes) else header, '\r\n\t'.join(text)))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        if self._begun is None:
            raise CannotSendHeader()
        begun, self._begun = self._begun, None
        self._send(*begun, _body(message_body))

    def _send(self, method, url, headers, body):
        host = f'[{self.host}]' if ':' in self.host else self.host
        place = host if self.port == self.default_port else f'{host}:{self.port}'
        whole = url if '://' in url else f'{self._scheme}://{place}{url if url.startswith("/") else "/" + url}'
        told = _http.ask(method, whole, headers, body, False, _milliseconds(self.timeout))
        if len(told) == 2:
            raise _failure(*told)
        self._response = HTTPResponse(told[0], told[1])

    def getresponse(self):
        response, self._response = self._response, None
        if response is None:
            raise ResponseNotReady('Idle')
        return response


class HTTPSConnection(HTTPConnection):
    """The same over TLS."""

    default_port, _scheme = HTTPS_PORT, 'https'

    def __init__(self, host, port=None, key_file=None, cert_file=None, timeout=None, source_address=None, *, context=None,
                 check_hostname=None, blocksize=8192):
        if key_file or cert_file or context is not None:
            raise NotImplementedError('http.client: certificates of your own are not supported by this server')
        super().__init__(host, port, timeout)
