for i, j in items:
    if i: continue
    while True:
        break
    else:
        never
    if j: break
else:
    done
while a > 0:
    a -= 1
