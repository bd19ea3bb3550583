"""What reads dates is in `time` here; CPython's tests import this so that it is loaded."""
