"""The numbers that are kept of records, named once: tallies, boards, statements, exports and open data use this list.

``activities`` and ``participants`` are an office's own; ``events`` and ``people`` count a joint event once.
"""

COUNTED = ("activities", "events", "participants", "people", "men", "women", "photos", "budget")
# Of one kind or one important day; men and women are told of the whole alone.
COUNTED_OF_PART = tuple(name for name in COUNTED if name not in ("men", "women"))
