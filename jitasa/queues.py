"""Queues of background jobs. A worker serves all of them, or those it is given (``jitasa worker --queue``).

A queue is a promise of who waits behind whom: a country's letter that goes to 7,850 offices keeps no picture, and
a mail server that is slow keeps no document, once each has a worker of its own.
"""

INTERACTIVE = "interactive"  # somebody looks at how far it is
DOCUMENTS = "documents"  # papers, tables and archives to be downloaded later
NOTICES = "notices"  # mail and webhooks
DISTRIBUTION = "distribution"  # letters and campaigns to many offices, and their reminders
PICTURES = "pictures"  # sizes of publicity's pictures; those of records have a program of their own

QUEUES = (INTERACTIVE, DOCUMENTS, NOTICES, DISTRIBUTION, PICTURES)
UNNAMED = "default"  # jobs of versions that had one queue; whoever serves INTERACTIVE takes them
EVERY = "*"

MOST_BEHIND = 50  # priorities go from -100 to 100


def behind(others: int, *, first: int = 0) -> int:
    """The priority of a job that comes after ``others`` of the same act or office (docs/adr/0152).

    The first job of everybody goes before the second of anybody, so that who sends thousands at once keeps
    nobody waiting; from the fiftieth on the jobs of one sender stand in the order of their coming.
    ``first`` is what the kind of job begins with: below 0 what takes long.
    """
    return first - min(others, MOST_BEHIND)
