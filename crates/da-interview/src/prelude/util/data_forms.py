"""Values as JSON has them, for packages that make it themselves."""

word_collection = _words


def safe_json(the_object, level=0, is_key=False):
    """A value made of what JSON has; whatever JSON cannot say is None."""
    said = None if level > 20 else _engine.as_serializable(the_object)
    return 'None' if said is None and is_key else said


def serializable_dict(user_dict, include_internal=False):
    """The variables of a session, without those that are the server's own."""
    hidden = {'__builtins__'} if include_internal else {'__builtins__', '_internal', 'nav'}
    return {name: safe_json(found) for name, found in user_dict.items() if name not in hidden and not _is_program(found)}


def _is_program(thing):
    return isinstance(thing, (type, type(_is_program), type(re), type(len)))


def get_current_info():
    """The circumstances of the request, as a dictionary."""
    user = TheUser()
    known = {'is_anonymous': not user_logged_in(), 'is_authenticated': user_logged_in(), 'roles': user_privileges(),
             'session_uid': _engine.session_uid(), 'theid': user.id, 'the_user_id': user.id if user_logged_in() else 't0'}
    names = {'email': 'email', 'firstname': 'first_name', 'lastname': 'last_name', 'country': 'country', 'organization': 'organization',
             'subdivisionfirst': 'subdivision_first', 'subdivisionsecond': 'subdivision_second',
             'subdivisionthird': 'subdivision_third', 'language': 'language', 'timezone': 'timezone'}
    known.update({told: getattr(user, name) if user_logged_in() else None for told, name in names.items()})
    context = current_context()
    return {'session': context.session, 'secret': None, 'yaml_filename': context.filename, 'interface': interface(), 'url': None,
            'url_root': _engine.link_base(True), 'encrypted': True, 'action': None, 'arguments': {}, 'user': known}


def ensure_definition(*pargs, **kwargs):
    """Asks for what is not defined. A name that nothing defines is asked for before it gets here."""


class _Server:
    """What packages called before they had `docassemble.base.hooks`."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        _needs('server.' + name, 'the original web application')


server = _Server()
