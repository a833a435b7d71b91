"""Journeys of the cast in a real browser."""
