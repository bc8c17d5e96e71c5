"""Whole lists as files of other programs."""
