"""INFO จิตอาสา: volunteer activities of Thai local governments, from the circular to the compiled month."""

__version__ = "0.1.0"
