"""Tags of the public site: ``{% load portal %}``."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language

from jitasa.portal.selectors.pictures import address
from jitasa.ui.public_pages import ENGLISH

register = template.Library()


@dataclass(frozen=True)
class Addresses:
    """The two addresses of a page, without its query, and the way to the other language with it."""

    thai: str
    query: str
    language: str

    @property
    def english(self) -> str:
        return f"{ENGLISH.rstrip('/')}{self.thai}"

    @property
    def thai_full(self) -> str:
        return f"{settings.SITE_URL}{self.thai}"

    @property
    def english_full(self) -> str:
        return f"{settings.SITE_URL}{self.english}"

    @property
    def canonical(self) -> str:
        return self.english_full if self.language == "en" else self.thai_full

    @property
    def other(self) -> str:
        return "th" if self.language == "en" else "en"

    @property
    def other_name(self) -> str:
        return "ไทย" if self.language == "en" else "English"

    @property
    def other_path(self) -> str:
        path = self.thai if self.language == "en" else self.english
        return f"{path}?{self.query}" if self.query else path


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> Addresses:
    """``{% addresses as here %}``: the page in both languages (docs/adr/0007)."""
    request: Any = context["request"]
    thai = getattr(request, "thai_path", request.path_info)
    return Addresses(thai, request.META.get("QUERY_STRING", ""), get_language() or "th")


# ``{% picture use "small" %}``: the address of a cleared picture; another one after every blurring.
register.simple_tag(address, name="picture")
