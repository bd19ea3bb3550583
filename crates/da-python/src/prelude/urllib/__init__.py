"""URLs; see `urllib.parse`."""
