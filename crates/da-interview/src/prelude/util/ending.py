"""What ends an evaluation: responses, commands, messages; and what starts it over."""


def _given_or(pargs, place, kwargs, name, default=None):
    return pargs[place] if len(pargs) > place else kwargs.get(name, default)


class FileResponseError(DAError):
    """A file that was to end the evaluation cannot be sent."""


def response(*pargs, **kwargs):
    """Ends the evaluation with a text, bytes, a file, or a redirection."""
    stop = ResponseError()
    stop.data = pargs[0] if pargs else kwargs.get('response', kwargs.get('binaryresponse', ''))
    if kwargs.get('all_variables'):
        variables_as_json(include_internal=kwargs.get('include_internal', False))
    if kwargs.get('file') is not None:
        found = kwargs['file']
        try:
            stop.data = _content_of(found)
            path = found.path() if hasattr(found, 'path') else str(found)
            kwargs.setdefault('content_type', _engine.media_type(path) or 'application/octet-stream')
        except (NameError, AttributeError, LookupError):
            # What is undefined is sought.
            raise
        except Exception as problem:
            raise FileResponseError(str(problem))
    stop.content_type = _given_or(pargs, 1, kwargs, 'content_type')
    stop.response_code = kwargs.get('response_code', 200)
    stop.url = kwargs.get('url')
    stop.is_null = bool(kwargs.get('null') or kwargs.get('nullresponse'))
    stop.is_json = False
    raise stop


def _send_static_file(name, content_type):
    """Ends the evaluation with a file of a package, as `response filename` says it."""
    path, mimetype = path_and_mimetype(name)
    response(file=path, content_type=content_type or mimetype or 'text/plain; charset=utf-8')


def json_response(data, response_code=200):
    """Ends the evaluation with JSON."""
    stop = ResponseError()
    stop.data = data
    stop.response_code = response_code or 200
    stop.is_json = True
    raise stop


def variables_as_json(include_internal=False):
    """Ends the evaluation with the variables as JSON."""
    everything = all_variables(include_internal=include_internal)
    json_response({name: found for name, found in everything.items() if name not in _NOT_KEPT})


def command(*pargs, **kwargs):
    """Ends the evaluation with `exit`, `restart`, `leave` and the like."""
    stop = CommandError()
    stop.return_type = _given_or(pargs, 0, kwargs, 'type', 'exit')
    stop.url = _given_or(pargs, 1, kwargs, 'url', '')
    stop.sleep = kwargs.get('sleep')
    raise stop


def message(*pargs, **kwargs):
    """Ends the evaluation with a screen that says something, with buttons to leave by."""
    stop = QuestionError()
    stop.question = _given_or(pargs, 0, kwargs, 'question', 'Question not specified')
    stop.subquestion = _given_or(pargs, 1, kwargs, 'subquestion')
    stop.url = _given_or(pargs, 2, kwargs, 'url')
    for name in ('show_leave', 'show_exit', 'show_restart', 'show_exit_logout', 'show_logout', 'buttons', 'dead_end', 'reload'):
        setattr(stop, name, kwargs.get(name))
    raise stop


def re_run_logic():
    """Starts the evaluation over."""
    raise ForcedReRun()


def background_response(*pargs, **kwargs):
    """Ends an action in the background with a value."""
    stop = BackgroundResponseError()
    stop.data = pargs[0] if len(pargs) == 1 else pargs or kwargs.get('backgroundresponse', kwargs.get('response'))
    stop.sleep = kwargs.get('sleep')
    raise stop


def background_response_action(action, **kwargs):
    """Ends an action in the background with another action, which changes the answers."""
    stop = BackgroundResponseActionError()
    stop.action = {'action': action, 'arguments': kwargs}
    raise stop
