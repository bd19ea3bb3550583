"""docassemble.base: which release of docassemble the engine follows."""

__version__ = '1.10.5'
