"""Sessions in the database, whose end is read from a clock that does not jump (``jitasa.clock``)."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db

from jitasa.clock import steady_now
from jitasa.compiled import Compiled


class SessionStore(db.SessionStore):
    """A machine's clock that is far ahead for a minute ends no session."""

    def _get_session_from_db(self) -> Any:
        found = _OPEN.first(key=self.session_key, now=steady_now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


_OPEN = Compiled(
    lambda key, now: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now),
    key=str,
    now=datetime,
)
