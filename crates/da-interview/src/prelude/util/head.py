"""docassemble.base.util: what every interview can use without importing it.

The files of this folder share one namespace. `__all__`, at their end, says which names interviews see.
"""

import _engine
import base64
import contextlib
import datetime as _datetime
import io
import itertools
import json
import re
import sys
import traceback
import urllib.parse
import us
import yaml
import zoneinfo
from _engine import (all_variables, define, defined, get_config, invalidate, log, showifdef, undefine, url_action, url_ask, value)
from dateutil.parser import parse as _parse_date
from dateutil.relativedelta import relativedelta as _relativedelta
from docassemble.base import DA


class _State:
    """What lasts for one evaluation."""

    inside_of = 'standard'
    prevents_going_back = False
    on_background_error = None
    globals = []


_state = _State()
