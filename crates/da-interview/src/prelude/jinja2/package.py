"""The names of the package jinja2 that modules with filters of their own import. Templates of documents are evaluated without it."""

from jinja2.runtime import ChainableUndefined, Context, DebugUndefined, StrictUndefined, Undefined
from jinja2.exceptions import TemplateError, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from docassemble.base.util import _absent

__all__ = ['ChainableUndefined', 'DebugUndefined', 'Environment', 'StrictUndefined', 'Template', 'TemplateError',
           'TemplateRuntimeError', 'TemplateSyntaxError', 'Undefined', 'UndefinedError', 'pass_context', 'pass_environment',
           'pass_eval_context']

Environment, Template = _absent('Jinja2 itself', 'jinja2.Environment', 'jinja2.Template')


def _passes(what):
    def mark(function):
        function.jinja_pass_arg = what
        return function
    return mark


pass_context = _passes('context')
pass_environment = _passes('environment')
pass_eval_context = _passes('eval_context')
