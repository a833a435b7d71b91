"""Chapters as HTML: anchors on headings, pictures that are there, links inside the book."""

from functools import cache
from typing import TYPE_CHECKING

import pyvips
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jitasa.manual.book import Chapter, anchor, is_inside, parser

if TYPE_CHECKING:
    from markdown_it.token import Token


def html(chapter: Chapter, *, whole_book: bool = False) -> SafeString:
    """One chapter. In the whole book links to other chapters stay on the page."""
    tokens = chapter.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _id(chapter, anchor(tokens[index + 1].content), whole_book))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _href(str(child.attrs["href"]), whole_book))
    return mark_safe("".join(_blocks(tokens)))  # noqa: S308  # made from our own files with HTML switched off


def _blocks(tokens: "list[Token]") -> list[str]:
    """Rendered block by block, so that a paragraph that is one picture becomes a figure."""
    markdown = parser()
    parts: list[str] = []
    start = 0
    for index, token in enumerate(tokens):
        if token.type != "inline" or not _is_picture(token):
            continue
        parts.append(str(markdown.renderer.render(tokens[start : index - 1], markdown.options, {})))
        parts.append(figure(token))
        start = index + 2  # past paragraph_close
    parts.append(str(markdown.renderer.render(tokens[start:], markdown.options, {})))
    return parts


def _is_picture(token: "Token") -> bool:
    return len(token.children or ()) == 1 and token.children is not None and token.children[0].type == "image"


def figure(token: "Token") -> str:
    """A picture with its words below; an empty text while the picture has not been made."""
    image = (token.children or [])[0]
    name, words = str(image.attrs["src"]), image.content
    size = picture_size(name)
    if size is None:
        return ""
    return format_html(
        '<figure class="{}"><img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">'
        "<figcaption>{}</figcaption></figure>\n",
        "phone" if name.endswith("-phone") else "desktop",
        static(f"manual/pictures/{name}.webp"),
        size[0],
        size[1],
        words,
        words,
    )


@cache
def picture_size(name: str) -> tuple[int, int] | None:
    """Width and height in pixels, ``None`` while there is no such picture."""
    found = finders.find(f"manual/pictures/{name}.webp")
    if not isinstance(found, str):
        return None
    image = pyvips.Image.new_from_file(found)
    return int(image.width), int(image.height)


def _id(chapter: Chapter, own: str, whole_book: bool) -> str:
    return escape(f"{chapter.slug}-{own}" if whole_book else own)


def _href(href: str, whole_book: bool) -> str:
    if not is_inside(href):
        return href
    slug, _mark, part = href.partition("#")
    if whole_book:
        return f"#{slug}-{part}" if part else f"#{slug}"
    return reverse("manual:chapter", args=[slug]) + (f"#{part}" if part else "")
