"""Addresses: of the interview, its actions, the server's pages and the files of packages."""

_PAGES = {
    'login': '/user/sign-in', 'signin': '/user/sign-in', 'register': '/user/register', 'logout': '/user/sign-out', 'leave': '/leave',
    'profile': '/user/profile', 'change_password': '/user/change-password', 'manage': '/user/manage', 'interview': '/interview',
    'interviews': '/interviews', 'interview_list': '/interviews', 'dispatch': '/list', 'start': '/list', 'root': '/',
    'config': '/config', 'configuration': '/config', 'monitor': '/monitor', 'playground': '/playground',
    'playgroundfiles': '/playgroundfiles', 'playgroundpackages': '/playgroundpackages',
    'create_playground_package': '/createplaygroundpackage',
}
_FOLDERS = {'playgroundtemplate': 'template', 'playgroundstatic': 'static', 'playgroundsources': 'sources', 'playgroundmodules': 'modules'}
# Pages of a session: they say of which interview.
_SESSION_PAGES = {'restart': '/restart_session', 'new_session': '/new_session', 'exit': '/exit', 'exit_logout': '/exit_logout'}


def _quoted(text):
    return urllib.parse.quote(str(text), safe="!$'()*,/:;?@-._~")


def _address(path, arguments, external=False):
    """An address on this server."""
    query = '&'.join(_quoted(name) + '=' + _quoted(found) for name, found in arguments.items() if found is not None)
    return _engine.link_base(bool(external)) + path + ('?' + query if query else '')


def _interview_of(name):
    """The full name of an interview that is called as in a link: one without a package is next to this one."""
    name = str(name)
    if ':' in name:
        return name
    return _engine.interview_package() + ':data/questions/' + re.sub('^data/questions/', '', name)


def _is_set(flag):
    try:
        return bool(int(flag))
    except (TypeError, ValueError):
        return False


def _styled(arguments, style):
    """Path and arguments of an address of the form that was chosen."""
    if style not in ('short', 'short_package'):
        return '/interview', arguments
    rest = {name: found for name, found in arguments.items() if name != 'i'}
    start = '/start' if _is_set(rest.pop('new_session', None)) else '/run'
    if style == 'short':
        for short, interview in (_engine.setting('dispatch') or {}).items():
            if interview == arguments['i']:
                return start + '/' + short + '/', rest
    package, _, path = arguments['i'].partition(':')
    path = re.sub(r'\.yml$', '', re.sub('^data/questions/', '', path))
    return start + '/' + re.sub(r'^docassemble\.', '', package) + '/' + path + '/', rest


def _interview_address(arguments, local, style, temporary, once_temporary):
    if temporary or once_temporary:
        address = _interview_address(arguments, False, style, None, None)
        return _temporary_link(address, temporary, once_temporary)
    if _is_set(arguments.get('new_session')):
        arguments.pop('session', None)
    path, arguments = _styled(arguments, style)
    return _address(path, arguments, external=not local)


def interview_url(local=False, style=None, temporary=None, once_temporary=None, **kwargs):
    """The address of this session, or of another interview."""
    arguments = dict(kwargs)
    if 'i' in arguments:
        arguments['i'] = _interview_of(arguments['i'])
        if 'session' not in arguments:
            arguments['from_list'] = 1
    else:
        arguments['i'] = _engine.interview_name()
        if not arguments.get('session'):
            arguments['session'] = _engine.session_id()
    return _interview_address(arguments, local, style, temporary, once_temporary)


def interview_url_action(action, local=False, style=None, temporary=None, once_temporary=None, **kwargs):
    """An address that runs an action in a session: this one, unless another is named."""
    if _uses_letters(action):
        raise DAError('interview_url_action cannot be used with a generic object or a variable iterator')
    interview = kwargs.pop('i', None)
    arguments = {'i': _interview_of(interview) if interview else _engine.interview_name()}
    for flag in ('new_session', 'reset'):
        if kwargs.pop(flag, None):
            arguments[flag] = '1'
    session = kwargs.pop('session', None)
    if session:
        arguments['session'] = session
    elif arguments['i'] == _engine.interview_name():
        arguments['session'] = _engine.session_id()
    if kwargs.pop('_forget_prior', None):
        action, kwargs = '_da_priority_action', {'_action': action, '_arguments': kwargs}
    said = json.dumps({'action': action, 'arguments': kwargs})
    arguments['action'] = base64.b64encode(said.encode('utf-8')).decode().replace('=', '')
    return _interview_address(arguments, local, style, temporary, once_temporary)


def _uses_letters(name):
    return re.search(r'^(x\.|x\[)|\[[ijklmn]\]', name) is not None


def _as_qr(address):
    def show(*pargs, alt_text=None, width=None, **kwargs):
        return qr_code(address(*pargs, **kwargs), alt_text=alt_text, width=width)
    return show


interview_url_as_qr = _as_qr(interview_url)
interview_url_action_as_qr = _as_qr(interview_url_action)


def url_of(file_reference, **kwargs):
    """The address of a file, of a page of the server, or of a static file of a package."""
    external = kwargs.pop('_external', False)
    if isinstance(file_reference, DAFileList) and file_reference.elements:
        file_reference = file_reference.elements[0]
    if isinstance(file_reference, (DAFile, DAStaticFile)):
        return file_reference.url_for(_external=external, **kwargs)
    name = str(file_reference)
    if name == 'temp_url':
        return _temporary_url(**kwargs)
    if name == 'login_url':
        _needs('url_of(' + repr(name) + ')', 'the password of the user; use the API instead')
    if re.search('^(https?://|mailto:|/|[?])', name):
        plain = {key: found for key, found in kwargs.items() if key not in ('_package', '_question')}
        return name if '?' in name or not plain else name + '?' + urllib.parse.urlencode(plain)
    if name == 'help':
        return 'javascript:daShowHelpTab()'
    if name in _PAGES:
        if name == 'interview' and 'i' in kwargs:
            kwargs['i'] = _interview_of(kwargs['i'])
        return _address(_PAGES[name], kwargs, external)
    if name in _FOLDERS:
        return _address('/playgroundfiles', dict({'section': _FOLDERS[name]}, **kwargs), external)
    if name in _SESSION_PAGES:
        return _address(_SESSION_PAGES[name], dict({'i': _engine.interview_name()}, **kwargs), external)
    if name.isdigit():
        return _address('/uploadedfile/' + name + _extension(kwargs), {}, external)
    return _static_address(name, kwargs, external)


def _temporary_url(url=None, expire=None, one_time=False, local=False, **kwargs):
    """A short link to an address, good for so many seconds."""
    if not url:
        raise DAError('url_of: a temporary address needs the address that it leads to')
    try:
        seconds = 90 * 24 * 60 * 60 if expire is None else int(expire)
    except (TypeError, ValueError):
        seconds = 0
    if seconds <= 0:
        raise DAError('url_of: invalid expire value')
    return _engine.link_base(not local) + '/goto?c=' + _ask('link_new', url=str(url), one_time=bool(one_time), seconds=seconds)


def _extension(kwargs):
    extension = kwargs.pop('ext', None)
    return '.' + extension.lstrip('.') if extension else ''


def _static_address(name, kwargs, external):
    package, colon, path = name.partition(':')
    if not colon:
        package, path = kwargs.pop('package', None) or _engine.interview_package(), name
    path = re.sub('^(data/[^/]+/|static/)', '', path) + _extension(kwargs)
    return _engine.static_address(package, path, bool(external))


def interview_email(key=None, index=None):
    """An address of mail that reaches the session."""
    if key is None and index is not None:
        raise DAError('interview_email: if you provide an index you must provide a key')
    _needs('interview_email()', 'mail that comes in')


def get_emails(key=None, index=None):
    """The mail that reached the session: none, where no mail comes in."""
    return []


def interview_menu(*pargs, **kwargs):
    """The interviews that the server offers."""
    menu = []
    for short, interview in (_engine.setting('dispatch') or {}).items():
        package = interview.partition(':')[0]
        menu.append({'filename': interview, 'link': _address('/start/' + short + '/', {}), 'package': package, 'title': short, 'subtitle': None,
                     'tags': [], 'status_class': None, 'subtitle_class': None, 'metadata': {}})
    return menu
