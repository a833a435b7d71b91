"""Decisions about sign-in from given facts."""

import re
import unicodedata
from datetime import datetime

from jitasa.accounts.models import User
from jitasa.thai.search import stored

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


def one_time_password_over(user: User, now: datetime) -> bool:
    """Whether the person's password is a one-time one whose days are over."""
    return user.must_change_password and user.password_until is not None and now >= user.password_until


def clean_username(text: str) -> str:
    """The one spelling of a username: NFKC, lower case, no space around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def search_text(*, full_name: str, username: str) -> str:
    """What a person is found by; kept with the account by every service that changes either."""
    return stored(full_name, username)[:500]
