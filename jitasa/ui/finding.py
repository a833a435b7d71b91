"""What an app gives to the search over everything (docs/adr/0054): its part of what a person may find.

Each app that is searched has one function ``found_by(viewer, text, now) -> Found`` with the scope filter in
its query, one statement whatever there is, and the address of its own list with the same words. The app
``find`` stands above them all and puts the parts together.
"""

from dataclasses import dataclass

FIRST = 5  # shown of each part
MOST = 100  # counted and shown at most; beyond it "99+" is said


@dataclass(frozen=True)
class Hit:
    """One line that leads somewhere: a title, what tells it from its like, and a state (``ui`` tone, word)."""

    title: str
    words: str
    url: str
    state: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Found:
    """The best hits (``MOST`` at most, the best first) and how many there are, up to ``MOST``.

    ``list_url`` is the app's own list of the same rows under the same words; empty where it has none.
    """

    hits: tuple[Hit, ...] = ()
    count: int = 0
    list_url: str = ""

    @property
    def first(self) -> tuple[Hit, ...]:
        return self.hits[:FIRST]

    @property
    def counted(self) -> str:
        """``12``, or ``99+`` where counting stopped."""
        return str(self.count) if self.count < MOST else f"{MOST - 1}+"


NOTHING = Found()
