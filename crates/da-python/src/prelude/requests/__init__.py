"""Requests to other servers, over the host's own client."""

from requests import auth, cookies, exceptions, models, sessions, status_codes, structures
from requests.api import delete, get, head, options, patch, post, put, request
from requests.exceptions import (
    ConnectionError, ConnectTimeout, FileModeWarning, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout,
    TooManyRedirects, URLRequired,
)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.status_codes import codes

__title__ = 'requests'
__version__ = '2.32.3'
