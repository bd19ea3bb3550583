def f():
    for x in y:
        try:
            if x: return 1
            if y: break
            if z: continue
        except E as e:
            return e
        finally:
            for a in b:
                break
            if c: return 2
    while 1:
        try:
            return 3
        finally:
            break
