"""URLs in pieces, and texts for them. Nothing here opens one."""

from collections import namedtuple

_SAFE = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')
uses_relative = ['', 'ftp', 'http', 'file', 'https', 'sftp']
uses_netloc = ['', 'ftp', 'http', 'file', 'https', 'sftp', 'ws', 'wss']


def quote(string, safe='/', encoding=None, errors=None):
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or 'utf-8', errors or 'strict')
    elif encoding is not None or errors is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes" if encoding is not None
                        else "quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_from_bytes(bs, safe='/'):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError('quote_from_bytes() expected bytes')
    if isinstance(safe, bytes):
        safe = safe.decode('ascii', 'ignore')
    kept = {ord(c) for c in _SAFE} | {ord(c) for c in safe if ord(c) < 128}
    return ''.join(chr(byte) if byte in kept else '%%%02X' % byte for byte in bs)


def quote_plus(string, safe='', encoding=None, errors=None):
    space = b' ' if isinstance(string, (bytes, bytearray)) else ' '
    if space not in string:
        return quote(string, safe, encoding, errors)
    extra = safe + (b' ' if isinstance(safe, bytes) else ' ')
    return quote(string, extra, encoding, errors).replace(' ', '+')


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode('utf-8')
    pieces = string.split(b'%')
    out = [pieces[0]]
    for piece in pieces[1:]:
        try:
            out.append(bytes.fromhex(piece[:2].decode('ascii')) if len(piece) >= 2 else None)
            out.append(piece[2:])
        except (ValueError, TypeError):
            out.append(b'%' + piece)
            continue
        if out[-2] is None:
            out[-2:] = [b'%' + piece]
    return b''.join(out)


def unquote(string, encoding='utf-8', errors='replace'):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if '%' not in string:
        return string
    return unquote_to_bytes(string).decode(encoding or 'utf-8', errors or 'replace')


def unquote_plus(string, encoding='utf-8', errors='replace'):
    return unquote(string.replace('+', ' '), encoding, errors)


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    pairs = query.items() if hasattr(query, 'items') else query
    out = []

    def shown(value):
        return quote_via(value if isinstance(value, (bytes, str)) else str(value), safe)
    for key, value in pairs:
        values = [value]
        if doseq and not isinstance(value, (str, bytes)):
            try:
                values = list(value)
            except TypeError:
                values = [value]
        for item in values:
            out.append(shown(key) + '=' + shown(item))
    return '&'.join(out)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace',
              max_num_fields=None, separator='&'):
    found = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        key, equals, value = pair.partition('=')
        if not equals and strict_parsing:
            raise ValueError('bad query field: %r' % (pair,))
        if value or keep_blank_values:
            found.append((unquote_plus(key, encoding, errors), unquote_plus(value, encoding, errors)))
    return found


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace',
             max_num_fields=None, separator='&'):
    found = {}
    for key, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(key, []).append(value)
    return found


class _Netloc:
    @property
    def _host(self):
        return self.netloc.rpartition('@')[2]

    @property
    def username(self):
        user, at, _ = self.netloc.rpartition('@')
        return user.partition(':')[0] if at else None

    @property
    def password(self):
        user, at, _ = self.netloc.rpartition('@')
        _, colon, password = user.partition(':')
        return password if at and colon else None

    @property
    def hostname(self):
        host = self._host
        if host.startswith('['):
            host = host[1:].partition(']')[0]
        else:
            host = host.partition(':')[0]
        return host.lower() or None

    @property
    def port(self):
        _, colon, port = self._host.rpartition(']')[2].partition(':')
        if not port:
            return None
        if not port.isdigit() or not port.isascii():
            raise ValueError(f'Port could not be cast to integer value as {port!r}')
        if int(port) > 65535:
            raise ValueError('Port out of range 0-65535')
        return int(port)


class SplitResult(namedtuple('SplitResult', 'scheme netloc path query fragment'), _Netloc):
    def geturl(self):
        return urlunsplit(self)


class ParseResult(namedtuple('ParseResult', 'scheme netloc path params query fragment'), _Netloc):
    def geturl(self):
        return urlunparse(self)


def urlsplit(url, scheme='', allow_fragments=True):
    url = url.lstrip().replace('\t', '').replace('\n', '').replace('\r', '')
    netloc = query = fragment = ''
    before, colon, after = url.partition(':')
    if colon and before and before[0].isascii() and before[0].isalpha() and all(
            c.isascii() and c.isalnum() or c in '+-.' for c in before):
        scheme, url = before.lower(), after
    if url.startswith('//'):
        end = min([place for place in (url.find(c, 2) for c in '/?#') if place >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ('[' in netloc) != (']' in netloc):
            raise ValueError('Invalid IPv6 URL')
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme='', allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    last = path.rfind('/') + 1
    if ';' in path[last:]:
        head, _, params = path[last:].partition(';')
        path = path[:last] + head
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, url, query, fragment = components
    if netloc or (scheme and scheme in uses_netloc and url[:2] != '//'):
        if url and url[:1] != '/':
            url = '/' + url
        url = '//' + (netloc or '') + url
    if scheme:
        url = scheme + ':' + url
    if query:
        url += '?' + query
    if fragment:
        url += '#' + fragment
    return url


def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    if params:
        url = f'{url};{params}'
    return urlunsplit((scheme, netloc, url, query, fragment))


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    b = urlparse(base, '', allow_fragments)
    u = urlparse(url, b.scheme, allow_fragments)
    if u.scheme != b.scheme or u.scheme not in uses_relative:
        return url
    if u.netloc:
        return urlunparse(u)
    if not u.path and not u.params:
        return urlunparse((u.scheme, b.netloc, b.path, b.params, u.query or b.query, u.fragment))
    return urlunparse((u.scheme, b.netloc, _joined(b.path, u.path), u.params, u.query, u.fragment))


def _joined(base, path):
    """The path without `.` and `..`, as RFC 3986 says."""
    start = base.split('/')
    if start[-1] != '':
        del start[-1]
    steps = path.split('/') if path[:1] == '/' else start + path.split('/')
    steps[1:-1] = [step for step in steps[1:-1] if step]
    out = []
    for step in steps:
        if step == '..':
            if out:
                out.pop()
        elif step != '.':
            out.append(step)
    if steps[-1] in ('.', '..'):
        out.append('')
    return '/'.join(out) or '/'


class DefragResult(namedtuple('DefragResult', 'url fragment')):
    """An address and what stood behind its `#`."""

    __slots__ = ()

    def geturl(self):
        return f'{self.url}#{self.fragment}' if self.fragment else self.url


def urldefrag(url):
    head, _, fragment = url.partition('#')
    return DefragResult(head, fragment)
