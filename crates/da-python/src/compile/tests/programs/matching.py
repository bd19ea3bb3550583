match command:
    case 0 | -1 | None: a
    case [x, [y, *_], *rest] if x: b
    case {'k': v, m.n: 1, **others}: c
    case Point(1, y=z) as p: d
    case [('a' | 'b') as q] | (q, _): e
    case _: f
