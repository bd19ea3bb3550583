[x for x in a if x if x > 1]
{x: y for x in a for y in x}
sum(x * k for x in {z for z in b})
def f(k):
    return [k + (last := x) for x in a], last
