"""The post of a record: what its office saved, or the first words made from the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.public import cleared_photos
from jitasa.activities.selectors.sheet import date_words, place_words
from jitasa.activities.selectors.values import quantity_text
from jitasa.publicity import cards
from jitasa.publicity.models import ActivityPost
from jitasa.publicity.rules_post import MOST_PICTURES, PostFacts, first_text

MOST_MEASURES = 4


@dataclass(frozen=True)
class OfferedPost:
    """What goes out.

    ``photos`` are the chosen ones that may still be shown, ``choices`` all that may; ``revision`` is
    0 before the first saving.
    """

    title: str
    text: str
    photos: Sequence[ActivityPhoto]
    choices: Sequence[ActivityPhoto]
    revision: int


def post_of(activity: Activity) -> OfferedPost:
    """The post of an accepted record as it would go out now."""
    choices = list(cleared_photos().filter(activity=activity))
    saved = ActivityPost.objects.filter(activity=activity).first()
    if saved is None:
        return OfferedPost(activity.name, prefilled(activity), choices[:MOST_PICTURES], choices, 0)
    by_hash = {use.photo.sha256: use for use in choices}
    chosen = [by_hash[sha] for sha in saved.pictures if sha in by_hash]
    return OfferedPost(saved.title, saved.text, chosen, choices, saved.revision)


def card_of(activity: Activity, shape: str, post: OfferedPost | None = None) -> bytes:
    """The record's card with the title and pictures its office chose. :raises ValueError: no such shape."""
    post = post or post_of(activity)
    return cards.draw(activity, shape, title=post.title, photos=post.photos)


def card_version(activity: Activity, shape: str, post: OfferedPost | None = None) -> str:
    """Changes whenever :func:`card_of` would give another picture; costs no drawing."""
    post = post or post_of(activity)
    return cards.version(activity, shape, title=post.title, photos=post.photos)


def prefilled(activity: Activity) -> str:
    """The first text, made from the record, in Thai for every reader."""
    with translation.override("th"):
        measures = activity.measures.select_related("measure").order_by("measure__position")[:MOST_MEASURES]
        facts = PostFacts(
            name=activity.name,
            office=activity.organization_name,
            kind=str(activity.kind or ""),
            occasion=activity.occasion.name if activity.occasion else "",
            date=date_words(activity),
            place=" ".join(filter(None, (place_words(activity), tambon_words(activity.tambon_code)))),
            people=activity.participants,
            measures=[
                f"{row.measure.label} {quantity_text(row.quantity)} {row.measure.unit}" for row in measures
            ],
            result=activity.result,
            link=cards.address(activity),
        )
        return first_text(facts)
