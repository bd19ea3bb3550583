"""Accounts and privileges, as the person who uses the session may see and change them."""


def get_user_list(include_inactive=False, next_id=None):
    """A page of the accounts, and what fetches the next page; None for somebody who is not signed in."""
    if not user_logged_in():
        return None
    return tuple(_ask('user_list', include_inactive=bool(include_inactive), next_id=next_id))


def get_user_info(user_id=None, email=None):
    """What is known about a user: this one, unless another is named."""
    return _ask('user_info', user_id=user_id, email=email)


def set_user_info(**kwargs):
    """Changes what is known about a user: this one, unless another is named."""
    if 'privileges' in kwargs and kwargs['privileges'] is not None:
        kwargs['privileges'] = list(kwargs['privileges'])
    _ask('user_set', **kwargs)


def get_user_secret(username, password):
    """What opens the sessions of a user."""
    return _ask('user_secret', username=username, password=password)


def create_user(email, password, privileges=None, info=None):
    """Makes an account; its number."""
    privileges = [privileges] if isinstance(privileges, str) else list(privileges or [])
    return _ask('user_create', **dict(info or {}, email=email, password=password, privileges=privileges))[0]


def invite_user(email_address, privilege=None, send=True):
    """Invites somebody to make an account. With `send` the invitation goes by mail, otherwise its address is given back."""
    code = _ask('user_invite', email=email_address, privilege=privilege)
    address = _engine.link_base(True) + '/user/register?token=' + urllib.parse.quote(code)
    if not send:
        return address
    sent = send_email(to=email_address, subject=word('Invitation'), body=word('You have been invited to make an account:') + ' ' + address)
    if not sent:
        raise DAException('invite_user: this server has no way to send mail')


def manage_privileges(*pargs):
    """Lists, adds and removes privileges; None for somebody who is not signed in."""
    if not user_logged_in():
        return None
    doing, names = (pargs[0], pargs[1:]) if pargs else ('list', ())
    if doing == 'list':
        return _ask('user_privileges')
    if doing == 'inspect':
        if len(names) != 1:
            raise DAError('manage_privileges: invalid number of arguments')
        if names[0] not in _ask('user_privileges'):
            raise DAException('manage_privileges: there is no privilege ' + str(names[0]))
        return []
    if doing not in ('add', 'remove'):
        raise DAError('manage_privileges: invalid command')
    for name in names:
        _ask('user_privilege_' + doing, privilege=str(name))
    return True if names else None
