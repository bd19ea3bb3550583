if not a and (b or c):
    d
elif 1 < e <= f < 3:
    g
else:
    h if i else j
assert k, 'message'
l = m or n and o
