"""Money that somebody has, gets or spends."""


class Value(DAObject):
    """An amount that may exist or not."""

    def amount(self):
        return _exact(self.value) if self.exists else 0

    def __str__(self):
        return str(self.amount())

    def __float__(self):
        return float(self.amount())

    def __int__(self):
        return int(float(self.amount()))

    def __le__(self, other):
        return self.value <= _plain_value(other)

    def __ge__(self, other):
        return self.value >= _plain_value(other)

    def __gt__(self, other):
        return self.value > _plain_value(other)

    def __lt__(self, other):
        return self.value < _plain_value(other)

    def __eq__(self, other):
        return self.value == _plain_value(other)

    def __ne__(self, other):
        return self.value != _plain_value(other)

    def __hash__(self):
        return hash((self.instanceName,))


def _plain_value(thing):
    return thing.value if isinstance(thing, Value) else thing


class PeriodicValue(Value):
    """An amount that comes again and again."""

    def amount(self, period_to_use=1):
        if not self.exists:
            return 0
        return _exact(self.value) * _exact(self.period) / _exact(period_to_use)


def _exact(number):
    """A number as a decimal one, where the library has these."""
    try:
        from decimal import Decimal
    except ImportError:
        return number
    return Decimal(number)


class FinancialList(DADict):
    """Amounts by what they are for."""

    ValueClass = Value

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', self.ValueClass)
        super().init(*pargs, **kwargs)

    def total(self):
        """The sum of the amounts that exist."""
        self._trigger_gather()
        result = 0
        for name in sorted(self.elements):
            if self[name].exists:
                result += _exact(self[name].value)
        return result

    def existing_items(self):
        self._trigger_gather()
        return [name for name in sorted(self.elements) if self[name].exists]

    def _new_item_init_callback(self):
        item = self.elements[self.new_item_name]
        item.exists = True
        if hasattr(self, 'new_item_value'):
            item.value = self.new_item_value
            del self.new_item_value
        return super()._new_item_init_callback()

    def __str__(self):
        return str(self.total())


class PeriodicFinancialList(FinancialList):
    """Amounts that come again and again."""

    PeriodicValueClass = PeriodicValue

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', self.PeriodicValueClass)
        super().init(*pargs, **kwargs)

    def total(self, period_to_use=1):
        self._trigger_gather()
        result = 0
        if period_to_use == 0:
            return result
        for name in sorted(self.elements):
            item = self.elements[name]
            if item.exists:
                result += _exact(item.value) * _exact(item.period)
        return result / _exact(period_to_use)

    def _new_item_init_callback(self):
        if hasattr(self, 'new_item_period'):
            self.elements[self.new_item_name].period = self.new_item_period
            del self.new_item_period
        return super()._new_item_init_callback()


class Income(PeriodicFinancialList):
    """What somebody gets."""


class Expense(PeriodicFinancialList):
    """What somebody spends."""


class Asset(FinancialList):
    """What somebody has."""

