"""Learning from examples: entries that are kept beside the sessions, and what is predicted from those that were classified.

An entry has an `independent` value, which is known, and a `dependent` one, which somebody says of it. Texts are compared by their
words, records by their fields; the nearest examples decide.
"""

# How many of the nearest examples decide.
_NEAREST = 10

_UNSAID = frozenset(
    'a an and are as at be been but by for from had has have he her his i if in into is it its me my of on or our she so that the '
    'their them then there they this to was we were what when which who will with you your'.split())

_ENDINGS = ('ational', 'ization', 'fulness', 'ousness', 'iveness', 'ingly', 'edly', 'ation', 'ness', 'ment', 'ing', 'ies', 'ied',
            'ed', 'ly', 'es', 's', 'e', 'y')


def _stem(said):
    """A word without its ending, so that its forms are one."""
    for ending in _ENDINGS:
        if said.endswith(ending) and len(said) - len(ending) >= 3:
            return said[:len(said) - len(ending)]
    return said


def _text_features(text):
    """How often each word stands in a text, as parts of the whole."""
    counts = {}
    for said in re.findall(r"[^\W_]+", str(text).lower()):
        if len(said) > 1 and said not in _UNSAID:
            said = _stem(said)
            counts[said] = counts.get(said, 0) + 1
    whole = sum(counts.values())
    return {said: count / whole for said, count in counts.items()}


def _angle(one, other):
    """How far two texts are from each other: 0 for the same words, 1 for no common word."""
    length = lambda features: sum(weight * weight for weight in features.values()) ** 0.5
    both = length(one) * length(other)
    return 1 - sum(weight * other.get(name, 0) for name, weight in one.items()) / both if both else 1


def _gap(one, other):
    """How far two records are from each other: the mean of what their fields differ by."""
    names = set(one) | set(other)
    return sum(_field_gap(one.get(name), other.get(name)) for name in names) / len(names) if names else 1


def _field_gap(one, other):
    is_number = lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number(one) and is_number(other):
        return abs(one - other) / max(abs(one), abs(other), 1)
    return 0 if one == other else 1


def _likeliest(distances):
    """What the nearest examples say, with how likely each is; `distances` are pairs of how far an example is and what it says."""
    votes = {}
    for distance, said in sorted(distances, key=lambda each: each[0])[:_NEAREST]:
        if distance < 1:
            votes[said] = votes.get(said, 0) + 1 / max(distance, 1e-10)
    whole = sum(votes.values())
    return sorted(((said, vote / whole) for said, vote in votes.items()), key=lambda each: -each[1])


class MachineLearningEntry(DAObject):
    """An example: what is known of it, and what somebody said it is."""

    # Where the class stands in the original, which the API tells.
    __module__ = 'docassemble.webapp.ml.machinelearning'

    def classify(self, dependent=None):
        """Says what the entry is."""
        if dependent is not None:
            self.dependent = dependent
        self.ml.set_dependent_by_id(self.id, self.dependent)
        return self

    def save(self):
        """Keeps the entry."""
        given = {name: getattr(self, name) for name in ('dependent', 'key', 'id', 'info') if hasattr(self, name)}
        self.id = self.ml._save_entry(independent=self.independent, **given)
        return self

    def predict(self, probabilities=False):
        return self.ml.predict(self.independent, probabilities=probabilities)


class MachineLearner:
    """Examples under a name, in all sessions of the server."""

    def __init__(self, *pargs, **kwargs):
        if pargs:
            if ':' in pargs[0]:
                raise DAError('MachineLearner: you cannot use a colon in a machine learning name')
            self.group_id = _engine.learning_store() + ':' + pargs[0]
        if 'group_id' in kwargs:
            self.group_id = kwargs['group_id']
        initial_file = pargs[1] if len(pargs) > 1 else kwargs.get('initial_file')
        if kwargs.get('use_initial_file', False):
            initial_file = _engine.learning_store()
        if initial_file is not None:
            self.initial_file = initial_file

    def _scope(self):
        return {'scope': 'learning:' + str(self.group_id)}

    def _kept(self):
        """All entries by their numbers, the oldest first."""
        if hasattr(self, 'initial_file'):
            self.start_from_file(self.initial_file)
        return self._entries()

    def _entries(self):
        return dict(sorted(_numbered(**self._scope()).items()))

    def _put(self, number, entry):
        _ask('kept_put', name=str(number), value=_engine.pack(entry), **self._scope())
        return number

    def _add(self, independent, key=None, info=None, known=None, **dependent):
        """Adds an entry; its number is larger than those before, as time goes by."""
        moment = int(current_datetime('UTC').timestamp() * 1000) * 1000 + int(_engine.random_number()) % 1000
        number = max([moment] + [number + 1 for number in (self._entries() if known is None else known)])
        made = {'independent': independent, 'key': key, 'info': info, 'create_time': current_datetime('UTC'), **dependent}
        return self._put(number, made)

    def _chosen(self, key, classified):
        return [(number, entry) for number, entry in self._kept().items()
                if ('dependent' in entry) is classified and (key is None or entry['key'] == key)]

    def _entry(self, number, entry):
        return MachineLearningEntry(ml=self, id=number, **{name: found for name, found in entry.items() if name != 'dependent' or found is not None})

    def _list(self, entries):
        found = DAList(auto_gather=False, gathered=True, elements=[])
        for number, entry in entries:
            found.append(self._entry(number, entry))
        return found

    def _found(self, the_id):
        entry = self._kept().get(int(the_id))
        if entry is None:
            raise DAError('There was no entry in the database for id ' + str(the_id) + ' with group id ' + str(self.group_id))
        return entry

    def reset(self):
        """Nothing is to be done: what was learned is read from the entries each time."""

    def is_empty(self):
        return not self._entries()

    def start_from_file(self, fileref):
        """Takes the entries of a file, unless there are some."""
        if not self.is_empty():
            return
        package, _, path = str(fileref).rpartition(':')
        path = path if path.startswith('data/') else 'data/sources/' + path
        said = _engine.package_text(package or _engine.interview_package(), path)
        if said is None:
            return
        entries = json.loads(said) if path.lower().endswith('.json') else _engine.yaml_documents(said)[0]
        name = str(self.group_id).rpartition(':')[2]
        if isinstance(entries, dict):
            entries = entries.get(name)
        known = []
        for entry in entries if isinstance(entries, list) else []:
            if 'independent' in entry:
                known = [self._add(entry['independent'], entry.get('key'), entry.get('info'), known, dependent=entry.get('dependent'))]

    def add_to_training_set(self, independent, dependent, key=None, info=None):
        """Adds an example of which it is known what it is; its number."""
        self._kept()
        return self._add(independent, key, info, dependent=dependent)

    def save_for_classification(self, indep, key=None, info=None):
        """Adds an entry of which somebody has to say what it is, unless it is there; its number."""
        for number, entry in self._kept().items():
            if entry['independent'] == indep and (entry['key'] == key if key is not None else entry.get('dependent') is None):
                return number
        return self._add(indep, key, info)

    def _save_entry(self, independent, id=None, key=None, info=None, **dependent):
        if id is None:
            self._kept()
            return self._add(independent, key, info, **dependent)
        entry = dict(self._found(id), independent=independent, **dependent)
        for name, found in (('key', key), ('info', info)):
            if found is not None:
                entry[name] = found
        return self._put(int(id), entry)

    def new_entry(self, **kwargs):
        return MachineLearningEntry(ml=self, **kwargs)

    def retrieve_by_id(self, the_id):
        return self._entry(int(the_id), self._found(the_id))

    def set_dependent_by_id(self, the_id, the_dependent):
        self._put(int(the_id), dict(self._found(the_id), dependent=the_dependent))

    def one_unclassified_entry(self, key=None):
        """The oldest entry of which nobody said what it is; None if there is none."""
        entries = self._chosen(key, False)
        return self._entry(*entries[0]) if entries else None

    def unclassified_entries(self, key=None):
        return self._list(self._chosen(key, False))

    def classified_entries(self, key=None):
        return self._list(self._chosen(key, True))

    def dependent_in_use(self, key=None):
        """What entries were said to be, in order."""
        return sorted({entry['dependent'] for _, entry in self._chosen(key, True) if entry['dependent'] is not None})

    def delete_by_id(self, the_id):
        _ask('kept_delete', name=str(int(the_id)), **self._scope())

    def delete_by_key(self, key):
        for number, entry in self._entries().items():
            if entry['key'] == key:
                self.delete_by_id(number)

    def delete_training_set(self):
        for number in self._entries():
            self.delete_by_id(number)

    def save(self):
        """Nothing is to be done: entries are kept with the answers."""

    def export_training_set(self, output_format='json', key=None):
        """The entries of which it is known what they are, as data in a text."""
        entries = []
        for _, entry in self._chosen(key, True):
            told = {'dependent': entry['dependent'], 'independent': entry['independent']}
            entries.append({**told, 'info': entry['info']} if entry['info'] is not None else told)
        if output_format == 'json':
            return json.dumps(entries, sort_keys=True, indent=4)
        if output_format == 'yaml':
            return yaml.safe_dump(entries, default_flow_style=False)
        raise DAError('Unknown output format ' + str(output_format))

    def _features(self, independent):
        return _text_features(independent)

    def _distance(self, one, other):
        return _angle(one, other)

    def _predicted(self, independent, examples):
        wanted = self._features(independent)
        return _likeliest((self._distance(wanted, self._features(known)), said) for known, said in examples)

    def _examples(self, key=None):
        return [(entry['independent'], entry['dependent']) for _, entry in self._chosen(key, True) if entry['dependent'] is not None]

    def predict(self, indep, probabilities=False):
        """What something is, the likeliest first; with `probabilities`, how likely each is."""
        found = self._predicted(indep, self._examples())
        return found if probabilities else [said for said, _ in found]

    def confusion_matrix(self, key=None, output_format=None, split=False):
        """How often what is predicted of one half of the examples, from the other half, is what was said of them."""
        matrices = {}
        for only in self.dependent_in_use(key=key) if split else [None]:
            known, tested = [], []
            for place, (independent, said) in enumerate(self._examples(key)):
                (known if place % 2 == 0 else tested).append((independent, str(said == only) if split else said))
            matrix = matrices.setdefault(only, {})
            for independent, said in tested:
                predicted = self._predicted(independent, known)
                if predicted:
                    row = matrix.setdefault(said, {})
                    row[predicted[0][0]] = row.get(predicted[0][0], 0) + 1
        if output_format == 'html':
            return ''.join(_matrix_table(only if split else None, matrix) for only, matrix in matrices.items())
        told = matrices if split else matrices[None]
        if output_format == 'json':
            return json.dumps(told, sort_keys=True, indent=4)
        return yaml.safe_dump(told, default_flow_style=False) if output_format == 'yaml' else told


def _matrix_table(heading, matrix):
    kinds = sorted(set(matrix) | {said for row in matrix.values() for said in row})
    escaped = lambda text: str(text).replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    cells = lambda tag, texts: ''.join('<' + tag + '>' + escaped(text) + '</' + tag + '>' for text in texts)
    rows = ''.join('<tr>' + cells('th', [said]) + cells('td', [matrix.get(actual, {}).get(said, 0) for actual in kinds]) + '</tr>'
                   for said in kinds)
    title = '<h4>' + escaped(heading) + '</h4>' if heading is not None else ''
    return title + '<table class="table table-bordered"><thead><tr><th></th>' + cells('th', kinds) + '</tr></thead><tbody>' + rows + '</tbody></table>'


class SimpleTextMachineLearner(MachineLearner):
    """Sorts texts by the examples that are nearest."""


class SVMMachineLearner(SimpleTextMachineLearner):
    """Sorts texts; the nearest examples decide here too."""


class RandomForestMachineLearner(MachineLearner):
    """Sorts records by the examples whose fields are nearest."""

    def _features(self, independent):
        return independent if hasattr(independent, 'items') else dict(enumerate(independent)) if isinstance(independent, (list, tuple)) else {0: independent}

    def _distance(self, one, other):
        return _gap(dict(one.items()), dict(other.items()))


class DAModel(DAObject):
    """What a person wrote, and what is predicted from it."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        self.store = kwargs.get('store', '_global')
        self.group_id = kwargs.get('group_id', self.instanceName)
        self._place(self.group_id.split(':') if 'group_id' in kwargs else [self.group_id])
        if self.store != '_global':
            self.group_id = self.store + ':' + self.group_id
        self.key = kwargs.get('key', None)
        self.use_for_training = kwargs.get('use_for_training', True)
        # As the manual says: until there are examples of the name, those of the file are taken.
        of_file = {'initial_file': self.store} if self.store.endswith('.json') else {}
        self.learner = SimpleTextMachineLearner(group_id=self.group_id, **of_file)
        if 'text' in kwargs:
            self.predict()

    def _place(self, parts):
        """Where the group is: in a file of a package, of this one, or nowhere in particular."""
        if len(parts) == 3 and parts[0].startswith('docassemble.') and re.match(r'data/sources/.*\.json', parts[1]):
            self.store, self.group_id = parts[0] + ':' + parts[1], parts[2]
        elif len(parts) == 2 and parts[0] == 'global':
            self.store, self.group_id = '_global', parts[1]
        elif len(parts) == 2 and parts[0].endswith('.json'):
            self.store = self.store.partition(':')[0] + ':data/sources/' + re.sub('^data/sources/', '', parts[0])
            self.group_id = parts[1]
        elif len(parts) != 1:
            self.store = '_global'

    def __str__(self):
        return str(self.prediction)

    def predict(self):
        """Predicts what the text is, and keeps it to be classified."""
        if self.use_for_training:
            self.entry_id = self.learner.save_for_classification(self.text, key=self.key)
        self.predictions = self.learner.predict(self.text, probabilities=True)
        self.prediction, self.probability = self.predictions[0] if self.predictions else (None, 1.0)


def _model_of(name, text, group_id, use_for_training):
    """What a field of the datatype `ml` becomes on a page."""
    given = {} if group_id is None else {'group_id': group_id}
    return DAModel(name, text=text, store=_engine.learning_store(), use_for_training=use_for_training, **given)
