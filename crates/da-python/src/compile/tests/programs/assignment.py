"""What this is."""
a = b = 1
a, *b, (c, d[0]) = e
a.b += -2
a['k'] **= 1.5
a[1:, ::2] = None, (1, 'x', b'y')
total: int = 99999999999999999999
note: str
del a, b.c, d[0]
(w := a)
