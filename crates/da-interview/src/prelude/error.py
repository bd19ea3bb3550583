"""docassemble.base.error: the errors of docassemble."""

from docassemble.base.util import DAAttributeError, DAError, DAException, DAIndexError, DANameError, DANotFoundError, DAValidationError
