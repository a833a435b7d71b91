"""What of a record cannot be set in documents: reports, cards and compilations are made of these texts."""

from jitasa.activities.values import ActivityValues
from jitasa.faces import drawn

TEXTS = (
    "name", "place", "host_name", "chair_position", "chair_name", "result", "budget_project", "problems", "suggestions",
)  # fmt: skip


def undrawn(values: ActivityValues) -> dict[str, list[str]]:
    """By field, the letters that no face has and what to do; captions stand with the photos."""
    found = {name: words for name in TEXTS if (words := drawn.problem(getattr(values, name)))}
    if words := drawn.problem(" ".join(photo.caption for photo in values.photos)):
        found["photo_captions"] = words
    return {name: [words] for name, words in found.items()}
