def make(limit):
    class A(Base, key=1):
        """A class."""
        count: int = limit
        __private = 1
        def method(self):
            return super().method(self.__private, limit)
        squares = [limit for x in range(3)]
    return A
class B: pass
