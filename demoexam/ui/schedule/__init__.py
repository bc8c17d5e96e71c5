"""The season on one board: workshops by days, painted by one widget, and the same as a list."""
