"""Writes of the month: chase, compile, check."""
