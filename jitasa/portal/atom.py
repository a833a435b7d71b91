"""Atom (RFC 4287) by Django's feed generator: a feed and its entries, nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.xmlutils import SimplerXMLGenerator

# The authority of permanent ids (RFC 4151): the department's, wherever the site is served from.
TAG = "tag:dla.go.th,2026:jitasa"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Picture:
    """An enclosure; ``length`` in bytes, 0 when not known."""

    url: str
    length: int = 0


@dataclass(frozen=True)
class AtomEntry:
    """``id`` is permanent; ``updated`` is when it last became public; times carry their zone."""

    id: str
    title: str
    url: str
    author: str
    author_url: str
    summary: str
    published: datetime
    updated: datetime
    category: tuple[str, str] | None = None  # code, words
    picture: Picture | None = None


@dataclass(frozen=True)
class Feed:
    id: str
    title: str
    subtitle: str
    url: str
    page: str
    updated: datetime
    entries: Sequence[AtomEntry] = field(default_factory=list)


class AtomWriter(Atom1Feed):
    """Django's Atom, with what it leaves out: the newest change as given, an icon, words of a category."""

    def root_attributes(self) -> dict[str, str]:
        return {"xmlns": self.ns, "xml:lang": "th"}

    def latest_post_date(self) -> datetime:
        """Of the feed as a whole: also when it is empty the same text twice."""
        updated: datetime = self.feed["updated"]
        return updated.astimezone(UTC)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["icon"])
        handler.addQuickElement("generator", "INFO จิตอาสา")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"])  # plain text, where Django's says it is HTML
        if item["label"]:
            code, words = item["label"]
            handler.addQuickElement("category", "", {"term": code, "label": words})


def document(feed: Feed, icon: str) -> bytes:
    """The whole feed in UTF-8, in Thai."""
    made = AtomWriter(
        title=_plain(feed.title),
        link=feed.page,
        description="",
        subtitle=_plain(feed.subtitle),
        feed_url=feed.url,
        feed_guid=feed.id,
        updated=feed.updated,
        icon=icon,
    )
    for entry in feed.entries:
        made.add_item(
            title=_plain(entry.title),
            link=entry.url,
            description=_plain(entry.summary),
            unique_id=entry.id,
            author_name=_plain(entry.author),
            author_link=entry.author_url,
            pubdate=entry.published.astimezone(UTC),
            updateddate=entry.updated.astimezone(UTC),
            enclosures=[
                Enclosure(picture.url, str(picture.length), "image/jpeg")
                for picture in [entry.picture]
                if picture
            ],
            label=entry.category and (entry.category[0], _plain(entry.category[1])),
        )
    return made.writeString("utf-8").encode()


def _plain(words: str) -> str:
    """Without what XML may not hold: a word with such a letter would leave no feed at all."""
    return NOT_XML.sub("", words)
