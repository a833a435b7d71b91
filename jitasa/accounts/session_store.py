"""Sessions in the database, whose end is read from a clock that does not jump (``jitasa.clock``)."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from jitasa.clock import steady_now
from jitasa.compiled import Compiled
from jitasa.ui.database import is_passing


class SessionStore(db.SessionStore):
    """A machine's clock that is far ahead for a minute ends no session."""

    def _get_session_from_db(self) -> Any:
        found = _OPEN.first(key=self.session_key, now=steady_now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found

    def save(self, must_create: bool = False) -> None:
        """As Django's, which takes a database that is away for a session that somebody ended: the request is refused
        as a bad one (400), and what was typed is gone. Here it is a database that is away (503).

        :raises UpdateError: the session was ended meanwhile
        :raises OperationalError: a lock, a time-out, an absence; the same request may be sent again
        """
        try:
            super().save(must_create)
        except UpdateError as ended:
            away = ended.__context__
            if away is not None and is_passing(away):
                raise away from away.__cause__
            raise


_OPEN = Compiled(
    lambda key, now: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now),
    key=str,
    now=datetime,
)
