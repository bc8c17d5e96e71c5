"""When experts can come: the month strip, a period for several, days from a file."""
