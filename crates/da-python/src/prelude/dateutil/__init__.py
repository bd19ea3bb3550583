"""The parts of the package python-dateutil that interviews use: `parser`, `relativedelta`, `tz`, `easter`."""

__version__ = '2.9.0'
