"""The class of errors that a composer finds."""

from yaml.error import MarkedYAMLError


class ComposerError(MarkedYAMLError):
    pass
