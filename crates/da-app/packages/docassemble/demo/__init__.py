"""The demonstration package: interviews to try, and the modules that they import."""

__version__ = '1.10.5'
