"""Experts: their cards, the roster in memory, when and where they are free."""
