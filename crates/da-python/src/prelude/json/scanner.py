"""What finds the values in a text."""

from json.decoder import JSONDecoder

__all__ = ['make_scanner']


def make_scanner(context):
    """A function that reads the value at a place."""
    def scan_once(string, idx):
        if idx < 0:
            raise ValueError('idx cannot be negative')
        return JSONDecoder.raw_decode(context, string, idx)
    return scan_once


py_make_scanner = c_make_scanner = make_scanner
