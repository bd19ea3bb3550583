"""CPython's own tests; the files beside this one come from an installed CPython."""
