"""Another server's API, asked with `requests`."""


class DAWebError(DAError):
    """What came back from another server was an error; its attributes say what was asked and what came."""

    def __init__(self, *pargs, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)
        super().__init__(*(pargs or ('There was an error. ' + repr({name: kwargs[name] for name in ('method', 'url', 'status_code') if name in kwargs}),)))


class _BearerAuth:
    """A token in the header of a request."""

    def __init__(self, token):
        self.token = token

    def __call__(self, request):
        request.headers.setdefault('Authorization', 'Bearer ' + str(self.token))
        return request


def _plain_dict(given, what):
    given = {} if given is None else given.elements if isinstance(given, DADict) else given
    if not isinstance(given, dict):
        raise DAError('DAWeb.call: ' + what + ' must be a dictionary')
    return dict(given)


class DAWeb(DAObject):
    """Another server's API. What is the same in all requests is kept in its attributes (`base_url`, `headers`, `auth`, ...)."""

    def _usual(self, name, given, otherwise=None):
        """What is given, or what the attribute of that name says."""
        if given is not None:
            return given
        return getattr(self, name) if hasattr(self, name) else otherwise

    def _whole_url(self, url):
        if not isinstance(url, str):
            raise DAError('DAWeb.call: the url must be a string')
        if re.search('^https?://', url):
            return url
        base = self.base_url
        if not isinstance(base, str):
            raise DAError('DAWeb.call: the base url must be a string')
        return base.rstrip('/') + '/' + url.lstrip('/')

    def _kept_dict(self, name, given):
        given = _plain_dict(given, 'the ' + name)
        known = _plain_dict(getattr(self, name), 'the ' + name) if hasattr(self, name) else {}
        known.update(given)
        return known or None

    def _login(self, auth):
        import requests.auth
        auth = self._usual('auth', auth)
        if not isinstance(auth, (dict, DADict)):
            return auth
        kind = auth.get('type', 'basic')
        if kind == 'basic':
            return requests.auth.HTTPBasicAuth(auth['username'], auth['password'])
        if kind == 'bearer':
            return _BearerAuth(auth['token'])
        raise DAError('DAWeb.call: authentication of the type ' + str(kind) + ' is not supported')

    def _codes(self, given):
        codes = self._usual('success_code', given)
        if codes is None:
            return None
        if isinstance(codes, str):
            return [int(codes.strip())]
        codes = [codes] if isinstance(codes, int) else list(codes)
        if not all(isinstance(code, int) for code in codes):
            raise DAError('DAWeb.call: success codes must be integers')
        return codes

    def _files(self, files):
        if files is None:
            return None
        if not isinstance(files, dict) or not all(isinstance(name, str) for name in files):
            raise DAError('DAWeb.call: files must be a dictionary of string keys')
        sent = {}
        for name, found in files.items():
            found = found[0] if isinstance(found, (DAFileList, DAFileCollection)) else found
            if not hasattr(found, 'slurp'):
                raise DAError('DAWeb.call: could not load the file')
            sent[name] = (found.filename, found.slurp(auto_decode=False))
        return sent

    def _call(self, method, url, data=None, params=None, headers=None, json_body=None, on_failure=None, on_success=None, auth=None,
              cookies=None, task=None, task_persistent=None, files=None, success_code=None):
        import requests
        task = self._usual('task', task)
        if task is not None and not isinstance(task, str):
            raise DAError('DAWeb.call: task must be a string')
        persistent = self._usual('task_persistent', task_persistent, False)
        on_failure, on_success = self._usual('on_failure', on_failure), self._usual('on_success', on_success)
        codes, url = self._codes(success_code), self._whole_url(url)
        data = data.elements if isinstance(data, DADict) else data
        data = None if data == {} else data
        params = _plain_dict(params, 'params')
        asked = {'headers': self._kept_dict('headers', headers), 'cookies': self._kept_dict('cookies', cookies), 'auth': self._login(auth)}
        if method in ('POST', 'PUT', 'PATCH'):
            asked['files'] = self._files(files)
            as_json = bool(self._usual('json_body', json_body, True)) and not asked['files']
            asked['json' if as_json else 'data'] = data
        else:
            params = params or data or {}
        told = {'url': url, 'method': method, 'params': params, 'headers': asked['headers'], 'data': data, 'task': task,
                'task_persistent': persistent, 'cookies_before': asked['cookies']}
        try:
            answer = requests.request(method, url, params=params, timeout=600, **asked)
        except requests.exceptions.RequestException as error:
            if on_failure == 'raise':
                raise DAWebError(status_code=-1, response_text='', response_json=None, response_headers={}, cookies_after=None,
                                 exception_type=type(error).__name__, exception_text=str(error), **told) from error
            return on_failure
        return self._outcome(answer, codes, on_failure, on_success, told)

    def _outcome(self, answer, codes, on_failure, on_success, told):
        success = 200 <= answer.status_code < 300 if codes is None else answer.status_code in codes
        if hasattr(self, 'cookies'):
            self.cookies = dict(answer.cookies)
        try:
            parsed = answer.json()
        except ValueError:
            parsed = None
        if success and told['task'] is not None:
            mark_task_as_performed(told['task'], persistent=told['task_persistent'])
        wanted = on_success if success else on_failure
        if success and wanted is None:
            return answer.text if parsed is None else parsed
        if wanted in ('content', 'text', 'status_code'):
            return getattr(answer, wanted)
        if wanted == 'raise':
            raise DAWebError(status_code=answer.status_code, response_text=answer.text, response_json=parsed, response_headers=answer.headers,
                             exception_type=None, exception_text=None, cookies_after=dict(answer.cookies), success=success, **told)
        return wanted

    def get(self, url, **kwargs):
        return self._call('GET', url, **kwargs)

    def post(self, url, **kwargs):
        return self._call('POST', url, **kwargs)

    def put(self, url, **kwargs):
        return self._call('PUT', url, **kwargs)

    def patch(self, url, **kwargs):
        return self._call('PATCH', url, **kwargs)

    def delete(self, url, **kwargs):
        return self._call('DELETE', url, **kwargs)

    def options(self, url, **kwargs):
        return self._call('OPTIONS', url, **kwargs)

    def head(self, url, **kwargs):
        return self._call('HEAD', url, **kwargs)
