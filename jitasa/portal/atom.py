"""Atom (RFC 4287), written by hand: a feed and its entries, nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

# The authority of permanent ids (RFC 4151): the department's, wherever the site is served from.
TAG = "tag:dla.go.th,2026:jitasa"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Picture:
    """An enclosure; ``length`` in bytes, 0 when not known."""

    url: str
    length: int = 0


@dataclass(frozen=True)
class Entry:
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
    entries: Sequence[Entry] = field(default_factory=list)


def document(feed: Feed, icon: str) -> bytes:
    """The whole feed in UTF-8, in Thai."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="th">',
        _text("id", feed.id),
        _text("title", feed.title),
        _text("subtitle", feed.subtitle),
        _text("updated", _time(feed.updated)),
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.page)}/>',
        _text("icon", icon),
        "<generator>INFO จิตอาสา</generator>",
        *(_entry(entry) for entry in feed.entries),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _entry(entry: Entry) -> str:
    lines = [
        "<entry>",
        _text("id", entry.id),
        _text("title", entry.title),
        _text("published", _time(entry.published)),
        _text("updated", _time(entry.updated)),
        f"<author>{_text('name', entry.author)}{_text('uri', entry.author_url)}</author>",
        f'<link rel="alternate" type="text/html" href={_attribute(entry.url)}/>',
        _text("summary", entry.summary),
    ]
    if entry.category:
        code, words = entry.category
        lines.append(f"<category term={_attribute(code)} label={_attribute(words)}/>")
    if entry.picture:
        length = f' length="{entry.picture.length}"' if entry.picture.length else ""
        address = _attribute(entry.picture.url)
        lines.append(f'<link rel="enclosure" type="image/jpeg" href={address}{length}/>')
    return "\n".join([*lines, "</entry>"])


def _text(name: str, words: str) -> str:
    return f"<{name}>{escape(NOT_XML.sub('', words))}</{name}>"


def _attribute(words: str) -> str:
    return quoteattr(NOT_XML.sub("", words))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
