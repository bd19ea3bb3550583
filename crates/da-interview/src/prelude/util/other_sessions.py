"""Other sessions, as the person who uses this one may reach them; what opens this session opens them, unless another secret is given."""


def _other(doing, yaml_filename, session_id):
    if session_id == _engine.session_id() and yaml_filename == _engine.interview_name():
        raise DAError('You cannot ' + doing + ' the current interview session')
    return {'i': yaml_filename, 'session': session_id}


def create_session(yaml_filename, secret=None, url_args=None):
    """Begins a session; its name."""
    return _ask('session_create', i=yaml_filename, secret=secret, url_args=dict(url_args or {}))


def get_session_variables(yaml_filename, session_id, secret=None, simplify=True):
    """The variables of a session, as data."""
    found = _ask('session_variables', secret=secret, **_other('get variables from', yaml_filename, session_id))
    return found if simplify else transform_json_variables(found)


def set_session_variables(yaml_filename, session_id, variables, secret=None, question_name=None, overwrite=False, process_objects=False,
                          delete=None):
    """Sets and deletes variables of a session."""
    names = [] if delete is None else [delete] if isinstance(delete, str) else list(delete)
    given = {name: _engine.as_serializable(found) for name, found in dict(variables).items()}
    _ask('session_set', secret=secret, variables=given, question_name=question_name, overwrite=bool(overwrite), delete=names,
         process_objects=True, **_other('set variables in', yaml_filename, session_id))


def get_question_data(yaml_filename, session_id, secret=None):
    """What a session shows, as the API tells it."""
    return _ask('session_question', secret=secret, **_other('get question data from', yaml_filename, session_id))


def go_back_in_session(yaml_filename, session_id, secret=None):
    """Takes the newest step of a session back."""
    _ask('session_back', secret=secret, **_other('go back in', yaml_filename, session_id))


def run_action_in_session(yaml_filename, session_id, action, arguments=None, secret=None, persistent=False, overwrite=False,
                          read_only=False):
    """Runs an action in a session."""
    _ask('session_act', secret=secret, action=action, arguments=_engine.as_serializable(dict(arguments or {})),
         persistent=bool(persistent), overwrite=bool(overwrite), read_only=bool(read_only),
         **_other('run an action in', yaml_filename, session_id))
    return True


def interview_list(exclude_invalid=True, action=None, filename=None, session=None, user_id=None, query=None, include_dict=True,
                   delete_shared=False, next_id=None):
    """A page of the sessions of the user, and what fetches the next page; or deletes sessions and says how many."""
    if not user_logged_in():
        return None
    if action not in (None, 'delete_all', 'delete'):
        raise DAError('interview_list: invalid action')
    if action == 'delete' and (filename is None or session is None):
        raise DAError('interview_list: a filename and session must be provided when delete is the action.')
    if user_id not in (None, 'all') and not isinstance(user_id, int):
        raise DAError("interview_list: user_id must be integer or 'all'")
    if session is not None:
        user_id = 'all' if user_has_privilege('admin', 'advocate') else user_id
    given = {'user_id': user_id, 'i': filename, 'session': session, 'query': None if query is None else str(query)}
    if action is not None:
        return _ask('session_delete', **given)
    sessions, following = _ask('session_list', exclude_invalid=bool(exclude_invalid), include_dict=bool(include_dict), next_id=next_id, **given)
    for found in sessions:
        for name in ('utc_modtime', 'utc_starttime'):
            found[name] = as_datetime(found[name])
    return (sessions, following)
