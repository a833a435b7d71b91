"""Reads of the month: boards, breakdowns, trends, returns, compilations."""
