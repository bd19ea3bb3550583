"""jinja2.exceptions: what can be wrong with a template."""


class TemplateError(Exception):
    pass


class TemplateSyntaxError(TemplateError):
    pass


class TemplateRuntimeError(TemplateError):
    pass


class UndefinedError(TemplateRuntimeError):
    """What is not defined was used."""


class TemplateNotFound(TemplateError, LookupError):
    """There is no such file."""
