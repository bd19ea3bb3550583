"""What reaches beyond the server: images, documents and vendors' services.

An evaluation has no door to them. What cannot be done says so by name; nothing pretends.
"""

(ocr_file, ocr_file_in_background, read_qr) = _absent('a reader of images', 'ocr_file', 'ocr_file_in_background', 'read_qr')
(pdf_concatenate, docx_concatenate, overlay_pdf, zip_file, assemble_docx) = _absent(
    'the assembly of documents', 'pdf_concatenate', 'docx_concatenate', 'overlay_pdf', 'zip_file', 'assemble_docx')
(run_python_module,) = _absent('a process of its own', 'run_python_module')


def get_chat_log(utc=False, timezone=None):
    """What was said in the chat: nothing, there is none."""
    return []


class _Outside(DAObject):
    """An object that stands for something beyond the session."""

    _what = 'a service'

    def __getattr__(self, name):
        if name.startswith('_') or name in ('instanceName', 'has_nonrandom_instance_name', 'attrList'):
            raise AttributeError(name)
        _needs(type(self).__name__ + '.' + name, self._what)


class DACloudStorage(_Outside):
    """Files in the cloud."""

    _what = 'a cloud storage'


class DAGoogleAPI(_Outside):
    """Services of Google."""

    _what = 'credentials for Google'


class DAOAuth(_Outside):
    """Access to another server in the name of the user."""

    _what = 'an authorization service'

    def active(self):
        """Whether the user gave access: no credentials are kept here, so nobody did."""
        return False


class _Learner:
    """What is learned from examples. None are kept here, so what asks for them finds none; what would add one says that it cannot."""

    def __init__(self, group_id=None, initial_file=None, use_initial_file=False):
        self.group_id = group_id

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        _needs(type(self).__name__ + '.' + name, 'a store of learned examples')

    def is_empty(self):
        return True

    def predict(self, text, probabilities=False):
        """What a text is, the likeliest first."""
        return []

    def confusion_matrix(self, key=None, output_format=None, split=False):
        return {}

    def unclassified_entries(self, key=None):
        return DAList(auto_gather=False, gathered=True)

    def classified_entries(self, key=None):
        return DAList(auto_gather=False, gathered=True)

    def one_unclassified_entry(self, key=None):
        return None

    def dependents_in_use(self, key=None):
        return set()

    def export_training_set(self, output_format='json', key=None):
        """All examples, as data in a text."""
        if output_format not in ('json', 'yaml'):
            raise DAError('unknown output format ' + str(output_format))
        return '[]' + ('' if output_format == 'json' else '\n')


class SimpleTextMachineLearner(_Learner):
    """Sorts texts by examples."""


class SVMMachineLearner(SimpleTextMachineLearner):
    """Sorts texts by a support vector machine."""


class RandomForestMachineLearner(_Learner):
    """Sorts records by a random forest."""


class MachineLearningEntry(DAObject):
    """An example that a machine learns from."""


class DASessionLocal(DAObject):
    """Values that this use of the session alone has."""


class DADeviceLocal(DAObject):
    """Values that belong to the person's device."""


class DAUserLocal(DAObject):
    """Values that belong to the user in this session."""
