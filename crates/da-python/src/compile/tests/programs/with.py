def f():
    with a, b as c, d as e.f:
        for x in y:
            if x: return 1
        g
with h as (i, j): pass
