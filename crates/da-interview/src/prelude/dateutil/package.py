"""dateutil: dates as people write them, intervals in the units of the calendar."""
