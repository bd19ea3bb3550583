"""docassemble.base.util: what every interview can use without importing it."""

import _engine
from _engine import (action_argument, all_variables, define, defined, get_config, interview_url, invalidate,
                     log, showifdef, undefine, url_action, url_ask, user_info, user_logged_in, value)

