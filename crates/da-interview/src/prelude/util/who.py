"""Who uses the interview, with what, and in which circumstances."""

_info = {'user': None, 'role': 'user'}


def set_info(**kwargs):
    """Says who the user is and which role he has, for one evaluation."""
    _info.update(kwargs)


def get_info(att):
    return _info.get(att)


def interface():
    """By which door the interview is used. The API counts as `web`, as in the original; `worker` is work in the background."""
    return 'worker' if _engine.is_worker() else 'web'


def user_logged_in():
    return _engine.user_logged_in()


def user_privileges():
    """The privileges of the user; somebody without an account counts as `user`."""
    return list(_engine.privileges()) or ['user']


def user_has_privilege(*pargs):
    """Whether the user has one of these privileges."""
    wanted = []
    for given in pargs:
        wanted += [given] if isinstance(given, str) or not hasattr(given, '__iter__') else [str(name) for name in given]
    return any(name in user_privileges() for name in wanted)


class TheUser:
    """The user, as the server knows him."""

    def name(self):
        names = [name for name in (self.first_name, self.last_name) if name]
        return ' '.join(names) or word('Unnamed User')

    def _known(self, field, without_account=None):
        return _engine.user_info(field) if user_logged_in() else without_account

    first_name = property(lambda self: self._known('first_name', word('Anonymous')))
    last_name = property(lambda self: self._known('last_name', word('User')))
    email = property(lambda self: self._known('email'))
    country = property(lambda self: self._known('country'))
    subdivision_first = property(lambda self: self._known('subdivision_first'))
    subdivision_second = property(lambda self: self._known('subdivision_second'))
    subdivision_third = property(lambda self: self._known('subdivision_third'))
    organization = property(lambda self: self._known('organization'))
    language = property(lambda self: self._known('language'))
    timezone = property(lambda self: self._known('timezone'))
    login_method = property(lambda self: self._known('login_method'))
    privileges = property(lambda self: user_privileges())
    permissions = property(lambda self: [])
    phone_number = property(lambda self: None)

    @property
    def id(self):
        number = self._known('id')
        return None if number is None else int(number)

    # What belongs to the session rather than to the user; `current_context()` has it today.
    session = property(lambda self: current_context().session)
    filename = property(lambda self: current_context().filename)
    package = property(lambda self: current_context().package)
    question_id = property(lambda self: current_context().question_id)
    variable = property(lambda self: current_context().variable)
    current_package = property(lambda self: current_context().current_package)
    current_filename = property(lambda self: current_context().current_filename)
    current_section = property(lambda self: current_context().current_section)

    def __str__(self):
        return str(self.name())


class TheContext:
    """Where in an interview the evaluation is."""

    session = property(lambda self: _engine.session_id())
    filename = property(lambda self: _engine.interview_name())
    package = property(lambda self: _engine.interview_package())
    question_id = property(lambda self: None)
    variable = property(lambda self: None)
    current_package = property(lambda self: _engine.interview_package())
    current_filename = property(lambda self: _engine.interview_name())
    inside_of = property(lambda self: _state.inside_of)
    request_url = property(lambda self: {})
    attachment = property(lambda self: _NoAttachment())

    @property
    def current_section(self):
        nav = showifdef('nav', None)
        return nav.current if isinstance(nav, DANav) else None


class _NoAttachment:
    """What a context says of the attachment outside of one."""

    name = filename = description = ''
    update_references = pdfa = tagged = False
    redact = True


def user_info():
    return TheUser()


def current_context():
    return TheContext()


def location_returned():
    """Whether the browser has said where the person is."""
    return False


def location_known():
    return False


def user_lat_lon():
    return (None, None)


def server_capabilities():
    """What the server can do beyond interviews. Services of vendors are not there."""
    names = ('sms', 'fax', 'google_login', 'facebook_login', 'auth0_login', 'keycloak_login', 'authentik_login', 'azure_login',
             'miniorange_login', 'phone_login', 'voicerss', 's3', 'azure', 'github', 'pypi', 'googledrive', 'google_maps')
    return {name: False for name in names}


def set_live_help_status(availability=None, mode=None, partner_roles=None):
    """Whether and by whom the person can be helped."""
    live_help = _remembered('livehelp')
    known = {True: 'available', False: 'unavailable'}.get(availability, availability)
    if known in ('available', 'unavailable', 'observeonly'):
        live_help['availability'] = known
    if mode in ('help', 'peer', 'peerhelp'):
        live_help['mode'] = mode
    if partner_roles is not None:
        roles = []
        for role in [partner_roles] if isinstance(partner_roles, str) else partner_roles:
            roles += role if isinstance(role, list) else [role]
        live_help['partner_roles'] = sorted(set(roles))


class _ChatPartners:
    """How many people could be chatted with."""

    peer = 0
    help = 0


def chat_partners_available(*pargs, **kwargs):
    """How many people could be chatted with: nobody, there is no chat on this server."""
    return _ChatPartners()
