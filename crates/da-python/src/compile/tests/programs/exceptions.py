try:
    a
except (E, F) as e:
    b
except G:
    raise
else:
    c
raise H from None
