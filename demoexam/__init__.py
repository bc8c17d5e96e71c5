"""Demonstration exams of a college: experts, shares, exams, papers, exchange."""
