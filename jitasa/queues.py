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
