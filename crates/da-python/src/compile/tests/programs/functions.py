@decorator
def outer(a, /, b: int, c=1, *rest, d=2, e, **more) -> str:
    """Says something."""
    global g
    g = x = 1
    def inner(y=a):
        nonlocal x
        x = y
        return lambda: (x, rest)
    return inner
def gen():
    got = yield 1
    yield
    return (yield from got)
