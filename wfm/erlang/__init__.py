"""Queueing formulas: pure functions on numbers and arrays."""
