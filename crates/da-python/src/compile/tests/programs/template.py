count = total
def show(n):
    return n + count + price
for row in rows:
    total = row
return [row for row in rows if row is total]
