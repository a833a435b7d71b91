"""The last evening of a month: every office sends its report, and what can go wrong does (``make evening``).

``people`` makes the offices and who is signed in, ``crowd`` sends the reports along a curve with one peak, ``around``
has officers at their boards, an export, a compilation and clients that stall, ``faults`` kills what the variant says,
``told`` asks the database afterwards and prints. Environment:

``EVENING_OFFICES``  offices that report (7,850 are all; default 600, which two cores take in about a minute)
``EVENING_SECONDS``  from the first report to the last one's start (default 60)
``EVENING_CLIENTS``  at most so many at once (default 48)
``EVENING_FAULT``    ``none`` (default), ``web``, ``worker``, ``database``, ``disk`` or ``all`` (one after the other)
``BENCH_JSON``        file that the figures are added to, in the form of ``make bench JSON=``
"""

import os

OFFICES = int(os.environ.get("EVENING_OFFICES", "600"))
PEAK = 0.75  # of the evening
