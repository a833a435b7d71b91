"""Sessions in the database, whose end is read from a clock that does not jump (``jitasa.clock``)."""

from typing import Any

from django.contrib.sessions.backends import db

from jitasa.clock import steady_now


class SessionStore(db.SessionStore):
    """A machine's clock that is far ahead for a minute ends no session."""

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(session_key=self.session_key, expire_date__gt=steady_now()).first()
        if found is None:
            self._session_key = None
        return found
