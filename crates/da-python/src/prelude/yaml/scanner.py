"""The class of errors that a scanner finds."""

from yaml.error import MarkedYAMLError


class ScannerError(MarkedYAMLError):
    pass
