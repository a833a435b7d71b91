"""Decisions about requests of the public, from given facts."""

from datetime import timedelta

from jitasa.activities.rules_photos import may_hide_photo
from jitasa.organizations.viewer import Viewer
from jitasa.photos.rules import Area, is_area
from jitasa.portal.models import State, TakedownRequest

# What the asker wrote about herself is erased so long after the answer (said on the form).
ERASED_AFTER = timedelta(days=30)
# An office answers within this time (PDPA 2562 §33 gives 90 days at most; the service promises less).
ANSWER_WITHIN = timedelta(days=7)
WORDS_LONGEST = 1000
CONTACT_LONGEST = 200
MOST_AREAS = 10
# Requests from one address; a school or an office may stand behind one.
MOST_AN_HOUR = 20
HOUR = 3600


def may_answer(viewer: Viewer, request: TakedownRequest) -> bool:
    """Whether the person may answer: of the office that owns the record, or of one above it."""
    return may_hide_photo(viewer, request.activity)


def may_restore(viewer: Viewer, request: TakedownRequest) -> bool:
    """Whether what was done may be undone by this person."""
    return request.state in {State.REMOVED, State.BLURRED} and may_answer(viewer, request)


def area_of_cell(cell: int) -> Area:
    """One of the nine fields of a picture, counted 1 to 9 from the upper left."""
    row, column = divmod(cell - 1, 3)
    return (column / 3, row / 3, 1 / 3, 1 / 3)


def parse_areas(text: str) -> list[Area]:
    """``0.1,0.2,0.3,0.4;…`` as areas; what is none is left out."""
    found: list[Area] = []
    for part in text.split(";")[: MOST_AREAS * 3]:
        try:
            left, top, width, height = (round(float(number), 4) for number in part.split(","))
        except ValueError:
            continue
        area = (left, top, width, height)
        if is_area(area):
            found.append(area)
    return found
