"""docassemble.base.hooks: doors to the web application, which is not behind them. Importing one is no fault; using it is."""

from docassemble.base.util import _absent

__all__ = ['write_answer_json']

(write_answer_json,) = _absent('a store beside the session', 'docassemble.base.hooks.write_answer_json')
