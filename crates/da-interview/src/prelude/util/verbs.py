"""Verbs: present and past. Forms are named as docassemble's library names them: `3sg`, `pl`, `1sgp`, ..."""

_PAST = {
    'have': 'had', 'do': 'did', 'go': 'went', 'say': 'said', 'get': 'got', 'make': 'made', 'know': 'knew', 'think': 'thought',
    'take': 'took', 'see': 'saw', 'come': 'came', 'give': 'gave', 'find': 'found', 'tell': 'told', 'become': 'became',
    'leave': 'left', 'feel': 'felt', 'put': 'put', 'bring': 'brought', 'begin': 'began', 'keep': 'kept', 'hold': 'held',
    'write': 'wrote', 'stand': 'stood', 'hear': 'heard', 'let': 'let', 'mean': 'meant', 'set': 'set', 'meet': 'met', 'run': 'ran',
    'pay': 'paid', 'sit': 'sat', 'speak': 'spoke', 'lie': 'lay', 'lead': 'led', 'read': 'read', 'grow': 'grew', 'lose': 'lost',
    'fall': 'fell', 'send': 'sent', 'build': 'built', 'understand': 'understood', 'draw': 'drew', 'break': 'broke',
    'spend': 'spent', 'cut': 'cut', 'rise': 'rose', 'drive': 'drove', 'buy': 'bought', 'wear': 'wore', 'choose': 'chose',
    'eat': 'ate', 'sing': 'sang', 'drink': 'drank', 'swim': 'swam', 'fly': 'flew', 'sleep': 'slept', 'sell': 'sold',
    'teach': 'taught', 'catch': 'caught', 'fight': 'fought', 'seek': 'sought', 'win': 'won', 'hurt': 'hurt', 'hit': 'hit',
    'cost': 'cost', 'quit': 'quit', 'shut': 'shut', 'spread': 'spread', 'forget': 'forgot', 'forgive': 'forgave',
    'throw': 'threw', 'blow': 'blew', 'shake': 'shook', 'steal': 'stole', 'swear': 'swore', 'tear': 'tore', 'wake': 'woke',
    'ride': 'rode', 'hide': 'hid', 'bite': 'bit', 'light': 'lit', 'shoot': 'shot', 'sink': 'sank', 'ring': 'rang', 'bend': 'bent',
    'lend': 'lent', 'bind': 'bound', 'feed': 'fed', 'bleed': 'bled', 'deal': 'dealt', 'dig': 'dug', 'hang': 'hung', 'lay': 'laid',
    'slide': 'slid', 'stick': 'stuck', 'strike': 'struck', 'bet': 'bet', 'withdraw': 'withdrew', 'overcome': 'overcame',
}
_BASE = {past: base for base, past in _PAST.items() if base != past}
_BASE.update({'has': 'have', 'does': 'do', 'goes': 'go', 'being': 'be', 'been': 'be', 'done': 'do', 'gone': 'go', 'taken': 'take',
              'given': 'give', 'written': 'write', 'spoken': 'speak', 'known': 'know', 'seen': 'see', 'having': 'have'})
_DOUBLED = {'stop', 'plan', 'drop', 'beg', 'rob', 'ban', 'admit', 'commit', 'permit', 'occur', 'refer', 'prefer', 'transfer', 'submit',
            'control', 'regret', 'omit', 'chat', 'clap', 'fit', 'grab', 'hug', 'jog', 'knit', 'mop', 'nod', 'pat', 'pin', 'rub', 'shop',
            'sin', 'skip', 'slip', 'step', 'tip', 'trap', 'trip', 'wrap', 'equip', 'compel', 'expel', 'defer', 'infer', 'confer',
            'deter', 'incur', 'recur', 'allot', 'acquit'}
_BE = {'am', 'is', 'are', 'was', 'were', 'be'}


# Stems that had an `e` before the ending: `filed` comes from `file`.
_MUTE_E = ('at', 'iv', 'uc', 'ag', 'rg', 'dg', 'ov', 'ot', 'lv', 'rv', 'iz', 'is', 'us', 'os', 'ir', 'ur', 'in', 'il', 'ow', 'u', 'ev', 'eav',
           'bl', 'pl', 'tl', 'gl', 'dl', 'fl', 'rc', 'nc', 'ac', 'ic', 'ar', 'id', 'ud', 'od', 'ap', 'ip', 'op', 'um', 'im', 'am', 'ik', 'ak', 'ok')
_NO_MUTE_E = {'wait', 'treat', 'repeat', 'join', 'explain', 'maintain', 'visit', 'follow', 'show', 'allow', 'borrow', 'fail', 'mail', 'detail',
              'appear', 'hear', 'clear', 'repair', 'need', 'avoid', 'help', 'claim', 'seem', 'look', 'book', 'speak', 'remain', 'train',
              'contain', 'obtain', 'gain', 'rain', 'sign', 'begin', 'plow', 'row', 'snow', 'slow', 'flow', 'glow', 'vow', 'heat', 'seat',
              'defeat', 'cheat', 'beat', 'eat', 'shout', 'edit', 'credit', 'limit', 'deposit', 'benefit', 'inherit', 'exhibit', 'audit',
              'focus', 'discuss', 'pass', 'miss', 'address', 'express', 'assess', 'guess', 'process', 'possess', 'press', 'dress', 'soap',
              'keep', 'sleep', 'break', 'soak', 'leak', 'peak', 'aid', 'raid', 'load', 'fear', 'bear', 'wear', 'tear', 'pair', 'fair', 'scream',
              'dream', 'steam', 'exclaim', 'reclaim', 'boil', 'soil', 'sail', 'trail', 'email', 'assail', 'nail', 'jail', 'swear', 'ski'}


def _before_ed(verb):
    """The base of a regular past: `agreed`, `carried`, `stopped`, `filed`, `walked`."""
    stem = verb[:-2]
    if verb.endswith('eed'):
        return verb[:-1]
    if verb.endswith('ied'):
        return verb[:-3] + 'y'
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in _DOUBLED:
        return stem[:-1]
    return stem + 'e' if stem.endswith(_MUTE_E) and stem not in _NO_MUTE_E else stem


def _infinitive(verb):
    """The base of a verb that is given in some form."""
    if verb in _BE:
        return 'be'
    if verb in _BASE:
        return _BASE[verb]
    if verb in _PAST:
        return verb
    if verb.endswith('ed') and len(verb) > 3:
        return _before_ed(verb)
    if verb.endswith('ies') and len(verb) > 4:
        return verb[:-3] + 'y'
    if verb.endswith(('sses', 'xes', 'ches', 'shes', 'zzes', 'oes')):
        return verb[:-2]
    if verb.endswith('s') and not verb.endswith(('ss', 'us', 'is')) and len(verb) > 2:
        return verb[:-1]
    return verb


def _person_of(form):
    """The person and whether it is many, of a form such as `3sg` or `2ppl`."""
    person = next((int(letter) for letter in form if letter in '123'), 3)
    return person, 'pl' in form


def _verb_present(*pargs, **kwargs):
    verb = _infinitive(str(pargs[0]))
    person, many = _person_of(str(pargs[1]) if len(pargs) > 1 else '3sg')
    if verb == 'be':
        said = 'are' if many or person == 2 else 'am' if person == 1 else 'is'
    elif many or person != 3:
        said = verb
    elif verb == 'have':
        said = 'has'
    elif verb.endswith(('s', 'x', 'z', 'ch', 'sh', 'o')):
        said = verb + 'es'
    elif verb.endswith('y') and verb[-2:-1] not in 'aeiou':
        said = verb[:-1] + 'ies'
    else:
        said = verb + 's'
    return _capitalized(said, kwargs)


def _verb_past(*pargs, **kwargs):
    verb = _infinitive(str(pargs[0]))
    person, many = _person_of(str(pargs[1]) if len(pargs) > 1 else '3sgp')
    if verb == 'be':
        said = 'were' if many or person == 2 else 'was'
    elif verb in _PAST:
        said = _PAST[verb]
    elif verb.endswith('e'):
        said = verb + 'd'
    elif verb.endswith('y') and verb[-2:-1] not in 'aeiou':
        said = verb[:-1] + 'ied'
    elif verb in _DOUBLED:
        said = verb + verb[-1] + 'ed'
    else:
        said = verb + 'ed'
    return _capitalized(said, kwargs)


_ENDINGS_ES = {
    'present': {'ar': ['o', 'as', 'a', 'amos', 'áis', 'an'], 'er': ['o', 'es', 'e', 'emos', 'éis', 'en'],
                'ir': ['o', 'es', 'e', 'imos', 'ís', 'en']},
    'past': {'ar': ['é', 'aste', 'ó', 'amos', 'asteis', 'aron'], 'er': ['í', 'iste', 'ió', 'imos', 'isteis', 'ieron'],
             'ir': ['í', 'iste', 'ió', 'imos', 'isteis', 'ieron']},
}
_IRREGULAR_ES = {
    ('ser', 'present'): ['soy', 'eres', 'es', 'somos', 'sois', 'son'],
    ('ser', 'past'): ['fui', 'fuiste', 'fue', 'fuimos', 'fuisteis', 'fueron'],
    ('tener', 'present'): ['tengo', 'tienes', 'tiene', 'tenemos', 'tenéis', 'tienen'],
    ('tener', 'past'): ['tuve', 'tuviste', 'tuvo', 'tuvimos', 'tuvisteis', 'tuvieron'],
    ('haber', 'present'): ['he', 'has', 'ha', 'hemos', 'habéis', 'han'],
    ('estar', 'present'): ['estoy', 'estás', 'está', 'estamos', 'estáis', 'están'],
    ('ir', 'present'): ['voy', 'vas', 'va', 'vamos', 'vais', 'van'],
    ('hacer', 'past'): ['hice', 'hiciste', 'hizo', 'hicimos', 'hicisteis', 'hicieron'],
    ('querer', 'present'): ['quiero', 'quieres', 'quiere', 'queremos', 'queréis', 'quieren'],
}


def _conjugates_es(tense, default):
    def conjugate(*pargs, **kwargs):
        verb = str(pargs[0])
        person, many = _person_of(str(pargs[1]) if len(pargs) > 1 else default)
        place = person - 1 + (3 if many else 0)
        forms = _IRREGULAR_ES.get((verb, tense))
        endings = _ENDINGS_ES[tense].get(verb[-2:])
        said = forms[place] if forms else verb[:-2] + endings[place] if endings else verb
        return _capitalized(said, kwargs)
    return conjugate


verb_present = _speaks('verb_present', en=_verb_present, es=_conjugates_es('present', '3sg'))
verb_past = _speaks('verb_past', en=_verb_past, es=_conjugates_es('past', '3sgp'))
