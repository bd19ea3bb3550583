"""Actions: what a link or a button asks for, and the questions that an interview asks out of turn."""


def _event_stack():
    """The actions of this user that are under way, the current one first."""
    stacks = _remembered('event_stack')
    return stacks.setdefault(_engine.session_uid(), [])


# The action of this evaluation: what was asked for and is not yet taken up, and the arguments.
_action = {'requested': None, 'name': None, 'arguments': {}, 'persistent': True}


def _request_action(name, arguments, persistent):
    """An action that is asked for from outside; called by the engine."""
    _action.update({'requested': name, 'name': name, 'arguments': arguments, 'persistent': persistent})


def action_argument(item=None):
    """An argument of the action that is carried out; without a name, the name of the action."""
    return _action['name'] if item is None else _action['arguments'].get(item)


def action_arguments():
    """The arguments of the action that is carried out."""
    arguments = _action['arguments']
    return {name: found for name, found in arguments.items() if not ('_initial' in arguments and name in ('_initial', '_changed'))}


def _letters_now():
    """What `x`, `i`, `j`, ... mean at this moment."""
    return {letter: showifdef(letter) for letter in ('x', 'i', 'j', 'k', 'l', 'm', 'n') if defined(letter)}


def _checked_name(name, what):
    if not isinstance(name, str) or not _engine.is_variable_name(name.strip()):
        raise DAError('force_ask: missing or invalid variable name ' + repr(name) + (' in ' + what if what else '') + '.')
    return name.strip()


def _as_list(given):
    return given if isinstance(given, list) else [given]


def _as_actions(item):
    """What one argument of `force_ask` asks for, as actions."""
    if isinstance(item, str):
        return [{'action': _checked_name(item, ''), 'arguments': {}}]
    if not isinstance(item, dict):
        raise DAError('force_ask: invalid parameter ' + repr(item))
    if 'action' in item and set(item) <= {'action', 'arguments'}:
        return [{'action': item['action'], 'arguments': item.get('arguments', {})}]
    if len(item) != 1:
        raise DAError("Dictionaries passed to force_ask must have keys of 'action' and 'argument' only.")
    verb, given = next(iter(item.items()))
    if verb == 'set':
        pairs = [[_checked_name(name, 'set'), found] for entry in _as_list(given) for name, found in entry.items()]
        return [{'action': '_da_set', 'arguments': {'variables': pairs}}]
    names = [_checked_name(name, verb) for name in _as_list(given)]
    if verb == 'follow up':
        return [{'action': name, 'arguments': {}} for name in names]
    actions = {'undefine': ['_da_undefine'], 'invalidate': ['_da_invalidate'], 'recompute': ['_da_undefine', '_da_compute']}.get(verb)
    if actions is None:
        raise DAError("Dictionaries passed to force_ask must have keys of 'action' and 'argument' only.")
    return [{'action': action, 'arguments': {'variables': names}} for action in actions]


def force_ask(*pargs, forget_prior=False, persistent=True, evaluate=False):
    """Asks for variables now, whether they are defined or not, one after the other."""
    stack = _event_stack()
    if forget_prior:
        stack.clear()
    items = _names_given(pargs)
    if not persistent:
        _ask_now(items[0])
    context = _letters_now()
    actions = [dict(action, context=context) for item in items for action in _as_actions(item)]
    if not _action['persistent']:
        _act_unremembered(actions[0])
    waiting = [entry['action'] for entry in stack]
    fresh = [action for action in actions if action['action'] not in waiting]
    stack[:0] = fresh
    _action.update({'name': actions[0]['action'], 'arguments': actions[0]['arguments'] or _action['arguments']})
    _ask_now(actions[0]['action'])


def _act_unremembered(action):
    """Goes to the action without a note that it is under way."""
    _action.update({'name': action['action'], 'arguments': action['arguments'] or _action['arguments']})
    if action['action'].startswith('_da_'):
        _action['requested'] = action['action']
    _ask_now(action['action'])


def _ask_now(name):
    """Goes to the action: one of docassemble's own starts the evaluation over, another is asked for."""
    if name.startswith('_da_'):
        re_run_logic()
    _engine.force(name)


def force_gather(*pargs, forget_prior=False, evaluate=False):
    """Asks for variables before anything else until they are defined."""
    if forget_prior:
        _event_stack().clear()
    names = _names_given(pargs)
    gather = _gather_list()
    context = _letters_now()
    for name in names:
        if name not in _gathered_names(gather):
            gather.append({'var': _checked_name(name, ''), 'context': context})
    if names:
        _engine.missing(names[-1], 'NameError')


def _gather_list():
    gather = _engine.get_internal('gather')
    if gather is None:
        gather = []
        _engine.set_internal('gather', gather)
    return gather


def _gathered_names(gather):
    return [entry if isinstance(entry, str) else entry['var'] for entry in gather]


def _gather_first():
    """Seeks what must be gathered first; forgets what is there."""
    gather = _gather_list()
    for entry in list(gather):
        name, context = (entry, {}) if isinstance(entry, str) else (entry['var'], entry.get('context', {}))
        if defined(name):
            gather.remove(entry)
        else:
            _restore_letters(context)
            _engine.missing(name, 'NameError')


def _restore_letters(context):
    for letter, found in context.items():
        define(letter, found)


def process_action():
    """Carries out the action that was asked for, and asks what must be asked out of turn."""
    action = _action['requested']
    if action is not None:
        _action['requested'] = None
        _carry_out(action, _action['arguments'])
        return
    _gather_first()
    stack = _event_stack()
    if stack:
        head = stack[0]
        _action.update({'name': head['action'], 'arguments': head.get('arguments', {})})
        _restore_letters(head.get('context', {}))
        if head['action'].startswith('_da_'):
            _action['requested'] = head['action']
            re_run_logic()
        force_ask(head['action'])


def _carry_out(action, arguments):
    if action == '_da_priority_action' and '_action' in arguments:
        _event_stack().clear()
        action, arguments = arguments['_action'], arguments.get('_arguments', {})
        _action.update({'name': action, 'arguments': arguments})
    carry_out = _ACTIONS.get(action)
    if carry_out is None:
        force_ask(action)
    carry_out(arguments)
    _pop_action(action)
    re_run_logic()


def _pop_action(action):
    stack = _event_stack()
    if stack and stack[0]['action'] == action:
        stack.pop(0)


def _compute(arguments):
    gather = _gather_list()
    for name in arguments['variables']:
        if name not in _gathered_names(gather):
            gather.append({'var': name, 'context': _letters_now()})


def _set(arguments):
    for name, found in arguments['variables']:
        define(name, found)


def _need(arguments):
    for key in ('variable', 'variables'):
        for name in _as_list(arguments.get(key, [])):
            _compute({'variables': [name]})


def _group(arguments):
    return value(arguments.get('list') or arguments.get('dict') or arguments['group'])


def _is_true(group, name):
    return hasattr(group, name) and getattr(group, name)


def _remove(arguments):
    group = _group(arguments)
    group.pop(_engine.key_of(str(arguments['item'])))
    if len(group.elements) == 0 and hasattr(group, 'there_are_any'):
        group.there_are_any = False
    if _is_true(group, 'there_is_another'):
        group.delattr('there_is_another')
    group.delattr('_necessary_length')
    if group.ask_number and hasattr(group, 'target_number') and int(group.target_number) > 0:
        group.target_number = int(group.target_number) - 1
    kind = '_da_list_' if isinstance(group, DAList) else '_da_dict_'
    _pop_action(kind + 'remove')
    force_ask({'action': kind + 'ensure_complete', 'arguments': {'group': group.instanceName}})


def _edit(arguments):
    force_ask(*arguments['items'])


def _ensure_complete(arguments):
    _group(arguments).gathered_and_complete()


def _add_to_list(arguments):
    group = _group(arguments)
    group.was_gathered = bool(_is_true(group, 'gathered'))
    missing_item = None
    if group.was_gathered:
        group.reset_gathered()
        if not group.auto_gather:
            if group.ask_object_type:
                group.append(None)
            elif group.object_type is None:
                missing_item = group.item_name(len(group.elements))
            else:
                group.appendObject()
    if group.auto_gather and group.ask_number:
        if hasattr(group, 'target_number'):
            group.target_number = int(group.target_number) + 1
    elif group.auto_gather:
        group.there_is_another = not group.was_gathered
        if group.was_gathered and len(group.elements) > 0:
            group.there_is_one_other = True
        group.there_are_any = True
    _complete_after_adding('_da_list_', 'list', group, arguments.get('complete', True), missing_item)


def _add_to_dict(arguments):
    group = _group(arguments)
    if _is_true(group, 'gathered'):
        if not group.auto_gather:
            if hasattr(group, 'new_item_name') and group.new_item_name in group.elements:
                group.delattr('new_item_name')
            else:
                group[group.new_item_name]
        group.reset_gathered()
        if group.auto_gather and group.ask_number:
            group.target_number = len(group.elements) + 1
        elif group.auto_gather:
            group.there_is_another = False
            group.there_is_one_other = True
    if group.auto_gather and not group.ask_number:
        group.there_are_any = True
    _complete_after_adding('_da_dict_', 'dict', group, True, None)


def _complete_after_adding(kind, key, group, complete, missing_item):
    """What was added is asked for, and then whatever the group still needs."""
    _pop_action(kind + 'add')
    stack = _event_stack()
    if complete:
        stack.insert(0, {'action': kind + 'complete', 'arguments': {key: group.instanceName}, 'context': {}})
    if missing_item is not None:
        stack.insert(0, {'action': missing_item, 'arguments': {}, 'context': {}})
    re_run_logic()


_ACTIONS = {
    '_da_force_ask': lambda arguments: force_ask(*arguments['variables']), '_da_compute': _compute, '_da_define': _compute,
    '_da_set': _set, '_da_undefine': lambda arguments: undefine(*arguments['variables']),
    '_da_invalidate': lambda arguments: invalidate(*arguments['variables']),
    '_da_list_remove': _remove, '_da_dict_remove': _remove, '_da_list_edit': _edit, '_da_dict_edit': _edit,
    '_da_list_add': _add_to_list, '_da_dict_add': _add_to_dict, '_da_list_complete': _ensure_complete, '_da_dict_complete': _ensure_complete,
    '_da_list_ensure_complete': _ensure_complete, '_da_dict_ensure_complete': _ensure_complete,
    '_da_exit': lambda arguments: command('interview_exit'), 'need': _need,
}


# The engine carries out actions by this name, whatever the interview calls `process_action`.
_process_action = process_action
