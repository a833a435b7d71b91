"""Decisions about sign-in from given facts."""

import re
import unicodedata

_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)
_BROWSERS = (
    ("LINE", r"\bLine/"),
    ("Edge", r"\bEdg(?:A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)


def device_name(user_agent: str) -> str:
    """``Chrome · Windows`` from a browser's own description; an empty string when it says nothing known."""
    browser = next((name for name, mark in _BROWSERS if re.search(mark, user_agent)), "")
    system = next((name for name, mark in _SYSTEMS if re.search(mark, user_agent)), "")
    return " · ".join(part for part in (browser, system) if part)


def clean_username(text: str) -> str:
    """The one spelling of a username: NFKC, lower case, no space around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()
