"""Measurements, never assertions: ``make bench`` prints what this machine does, as ratios to its own floor."""
