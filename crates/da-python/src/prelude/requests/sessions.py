"""Sessions: what several requests share, and the way out."""

import datetime

import _http
from requests import exceptions
from requests.cookies import RequestsCookieJar
from requests.models import DEFAULT_REDIRECT_LIMIT, Request, Response, _charset, _content
from requests.structures import CaseInsensitiveDict

_FAILURES = {
    'refused': exceptions.ConnectionError,
    'unsendable': exceptions.InvalidURL,
    'connection': exceptions.ConnectionError,
    'tls': exceptions.SSLError,
    'connect timeout': exceptions.ConnectTimeout,
    'read timeout': exceptions.ReadTimeout,
    'too many redirects': exceptions.TooManyRedirects,
    'too large': exceptions.ConnectionError,
}


def default_headers():
    return CaseInsensitiveDict({
        'User-Agent': 'python-requests/2.32.3', 'Accept-Encoding': 'gzip', 'Accept': '*/*', 'Connection': 'keep-alive'})


def merge_setting(request_setting, session_setting, dict_class=dict):
    """What a request says over what the session says; `None` takes something away."""
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not (hasattr(session_setting, 'items') and hasattr(request_setting, 'items')):
        return request_setting
    merged = dict_class(session_setting)
    merged.update(request_setting)
    for key in [key for key, value in merged.items() if value is None]:
        del merged[key]
    return merged


def _milliseconds(timeout):
    """How long the whole request may take; the host has a limit of its own."""
    if isinstance(timeout, tuple):
        if len(timeout) != 2:
            raise ValueError(f'Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float to set '
                             f'both timeouts to the same value')
        timeout = None if None in timeout else sum(timeout)
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)):
        raise ValueError(f'Timeout value connect was {timeout}, but it must be an int, float or None.')
    if timeout <= 0:
        raise ValueError(f'Attempted to set connect timeout to {timeout}, but the timeout cannot be set to a value less '
                         f'than or equal to 0.')
    return max(1, int(timeout * 1000))


def _response(head, body, request):
    response = Response()
    response.url, response.status_code, response.reason, headers = head
    for name, value in headers:
        if name == 'set-cookie':
            response.cookies._take(value, response.url)
        response.headers[name] = f'{response.headers[name]}, {value}' if name in response.headers else value
    response._content = body
    response.encoding = _charset(response.headers.get('content-type') or '')
    response.request = request
    return response


class Session:
    """What requests share: headers, cookies, who asks, parameters."""

    def __init__(self):
        self.headers = default_headers()
        self.auth = None
        self.proxies = {}
        self.hooks = {}
        self.params = {}
        self.stream = False
        self.verify = True
        self.cert = None
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.cookies = RequestsCookieJar()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        pass

    def mount(self, prefix, adapter):
        raise NotImplementedError('requests: adapters are not supported by this server')

    def prepare_request(self, request):
        cookies = self.cookies.copy()
        cookies.update(request.cookies if request.cookies is not None else {})
        return Request(
            method=request.method, url=request.url, files=request.files, data=request.data, json=request.json,
            headers=merge_setting(request.headers, self.headers, CaseInsensitiveDict),
            params=merge_setting(request.params, self.params) if not isinstance(request.params, (str, bytes)) else request.params,
            auth=merge_setting(request.auth, self.auth), cookies=cookies, hooks=merge_setting(request.hooks, self.hooks),
        ).prepare()

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None, timeout=None,
                allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None, json=None):
        request = Request(method=method, url=url, headers=headers, files=files, data=data, json=json, params=params,
                          auth=auth, cookies=cookies, hooks=hooks)
        return self.send(self.prepare_request(request), timeout=timeout, allow_redirects=allow_redirects, proxies=proxies,
                         verify=verify, cert=cert)

    def send(self, request, timeout=None, allow_redirects=True, proxies=None, verify=None, cert=None, stream=None):
        self._refuse(proxies, self.verify if verify is None else verify, cert or self.cert)
        headers = [(name, value) for name, value in request.headers.items()]
        body = b'' if request.body is None else _content(request.body)
        told = _http.ask(request.method, request.url, headers, body, bool(allow_redirects), _milliseconds(timeout))
        if len(told) == 2:
            raise self._failure(*told, request)
        head, content, before, took = told
        response = _response(head, content, request)
        response.elapsed = datetime.timedelta(microseconds=took)
        for earlier in before:
            response.history.append(_response(earlier, b'', request))
        for one in [*response.history, response]:
            self.cookies.update(one.cookies)
        hooks = (request.hooks or {}).get('response') or []
        for hook in [hooks] if callable(hooks) else hooks:
            response = hook(response) or response
        return response

    def _refuse(self, proxies, verify, cert):
        if verify is not True and not (isinstance(verify, str) and verify):
            raise exceptions.SSLError('requests: this server does not talk to servers that cannot show who they are '
                                      '(verify=False)')
        if isinstance(verify, str):
            raise exceptions.SSLError('requests: certificates of your own (verify=) are not supported by this server')
        if cert is not None:
            raise exceptions.SSLError('requests: client certificates (cert=) are not supported by this server')
        if proxies or self.proxies:
            raise exceptions.ProxyError('requests: proxies are not supported by this server')

    def _failure(self, kind, message, request):
        return _FAILURES[kind](message, request=request)

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def options(self, url, **kwargs):
        return self.request('OPTIONS', url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault('allow_redirects', False)
        return self.request('HEAD', url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request('POST', url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request('PUT', url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request('PATCH', url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)


def session():
    return Session()
