class Plain:
    pass


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __repr__(self):
        return f"Money({self.amount})"

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.amount + other.amount)
        if isinstance(other, (int, float)):
            return Money(self.amount + other)
        return NotImplemented

    def __radd__(self, other):
        return Money(other + self.amount)

    def __mul__(self, other):
        return Money(self.amount * other)

    __rmul__ = __mul__

    def __neg__(self):
        return Money(-self.amount)

    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount == other.amount

    def __lt__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < other.amount

    def __hash__(self):
        return hash(self.amount)

    def __bool__(self):
        return self.amount != 0

    def __format__(self, spec):
        return format(self.amount, spec or ".2f") + " EUR"

    def __int__(self):
        return int(self.amount)

    def __index__(self):
        return int(self.amount)


class Equal:
    def __eq__(self, other):
        return True


class Growing:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(other)
        return self

    def __repr__(self):
        return f"Growing({self.log})"


class Whole(int):
    pass


class Loud(int):
    def __radd__(self, other):
        return ("radd", int(other), int(self))

    def __add__(self, other):
        return ("add", int(self), int(other))


class Shout(str):
    def __str__(self):
        return self.upper() + "!"


class Stack(list):
    pass


class Backwards(list):
    def __iter__(self):
        return iter(list(self[i] for i in range(len(self) - 1, -1, -1)))


class Counted(dict):
    def __missing__(self, key):
        return f"no {key}"


class Bag(set):
    pass


class Length:
    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length


class Squares:
    def __getitem__(self, index):
        if index >= 5:
            raise IndexError(index)
        return index * index


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left


class Everything:
    def __contains__(self, item):
        return 1

    def __iter__(self):
        return 5

    def __bool__(self):
        return 3

    def __str__(self):
        return 4

    def __index__(self):
        return "x"

    def __hash__(self):
        return "y"


class Uncontained:
    __contains__ = None
    __iter__ = None
    __hash__ = None


class Meta(type):
    def __iter__(cls):
        return iter(["a", "b"])

    def __len__(cls):
        return 2

    def __contains__(cls, item):
        return item == "a"

    def __getitem__(cls, item):
        return item * 2

    def __instancecheck__(cls, other):
        return other == 5

    def __add__(cls, other):
        return ("meta", other)


class WithMeta(metaclass=Meta):
    pass


class Text:
    def __mod__(self, other):
        return ("mod", other)

    def __rmod__(self, other):
        return ("rmod", other)


class Indexed:
    def __class_getitem__(cls, item):
        return ("item", item)

    def __setitem__(self, key, value):
        self.last = (key, value)

    def __delitem__(self, key):
        self.last = ("deleted", key)


class OnlyNe:
    def __ne__(self, other):
        return "different"


class Wrong(Exception):
    pass


class Told(Exception):
    def __str__(self):
        return "told"


def numbers(count):
    for number in range(count):
        yield number
    return "done"


def after(statements, expression, **names):
    exec(statements, names)
    return eval(expression, names)


def outcome(function):
    try:
        return function()
    except Exception as error:
        return error.args


def inside():
    items = [1]
    items.append(items)
    return items


def inside_dict():
    entries = {"a": 1}
    entries["self"] = entries
    return entries


def deep(depth):
    items = []
    for _ in range(depth):
        items = [items]
    return items
