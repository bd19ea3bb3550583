"""What `typing` has, under the name that packages for older versions use."""

import typing
from typing import *
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypedDict

__all__ = [*typing.__all__]
