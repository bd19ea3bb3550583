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


class Mirror:
    def __reversed__(self):
        return iter("mirror")

    def __dir__(self):
        return ["b", "a"]


class Named:
    def __dir__(self):
        return ["z", "y"]


class Base:
    def __add__(self, other):
        return ("base", other)


class Derived(Base):
    def __add__(self, other):
        return super().__add__(other) + ("derived",)


def super_add(left, right):
    return Derived() + right, Base() + left


class SuperList(list):
    def __getitem__(self, index):
        return ("item", super().__getitem__(index))

    def __eq__(self, other):
        return super().__eq__(other)

    def __len__(self):
        return super().__len__() + 100

    def __contains__(self, item):
        return not super().__contains__(item)

    def __iter__(self):
        for item in super().__iter__():
            yield item * 10

    def __repr__(self):
        return "SuperList" + super().__repr__()


class SuperDict(dict):
    def __getitem__(self, key):
        return [super().__getitem__(key)]

    def __contains__(self, key):
        return [] if super().__contains__(key) else [1]


class SuperHash(int):
    def __hash__(self):
        return super().__hash__()


class Declined:
    def __add__(self, other):
        return NotImplemented

    __radd__ = __eq__ = __lt__ = __add__


class Total:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return self.value < other.value

    def __ge__(self, other):
        return not self < other

    def __repr__(self):
        return f"Total({self.value})"


class Raising:
    def fail(self, *args):
        raise LookupError("failed")

    __eq__ = __hash__ = __str__ = __bool__ = __iter__ = __getitem__ = __len__ = __format__ = fail


class Endless:
    def __hash__(self):
        return hash(self)

    def __eq__(self, other):
        return self == other

    def __repr__(self):
        return repr(self)

    def __str__(self):
        return str(self)

    def __add__(self, other):
        return self + other


class Broken:
    def __init__(self):
        self.given = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.given += 1
        if self.given > 2:
            raise ValueError("broken")
        return self.given


def failure(function):
    try:
        return function()
    except Exception as error:
        return type(error)
