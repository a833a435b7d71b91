"""How often a process looks for garbage in cycles: Python's own pace is made for small programs (docs/adr/0160)."""

import gc

PACE = (20_000, 20, 20)  # new objects before they are looked through; Python's 700 is many times a request


def loads_much() -> None:
    """Called first: a million objects are loaded that stay, and at Python's pace looking through them takes a third of the start."""
    gc.set_threshold(*PACE)


def stays() -> None:
    """What is there now is not looked through again: it was loaded for good, or the process ends."""
    gc.freeze()
