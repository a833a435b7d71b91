"""What was typed when the session had ended, kept over signing in (for browsers without scripts).

Django keeps an anonymous session's data when its owner signs in. A page with scripts keeps its own
copy in the browser (``static/activities/record/local.js``). What a stranger can make the site keep is
small (compressed), gone after half an hour, and no more than a few forms a network.
"""

import zlib
from base64 import b64decode, b64encode
from uuid import UUID

from django.http import HttpRequest, QueryDict

from jitasa.ui.limits import rate_limited

KEY = "kept_record"
MOST_BYTES = 24 * 1024  # compressed; a long record with fifty pictures needs some 8 kB
KEPT_SECONDS = 30 * 60
MOST_KEPT, SPAN_SECONDS = 5, 10 * 60  # forms of one network in ten minutes


def keep(request: HttpRequest, uuid: UUID) -> bool:
    """Remember the posted form; false when it is too long for that or too many were kept."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = b64encode(zlib.compress(typed.urlencode().encode())).decode()
    if len(text) > MOST_BYTES:
        return False
    if rate_limited(request, "kept-record", most=MOST_KEPT, seconds=SPAN_SECONDS):
        return False
    request.session[KEY] = {"uuid": str(uuid), "form": text}
    request.session.set_expiry(KEPT_SECONDS)  # signing in sets the usual end
    return True


def take(request: HttpRequest, uuid: UUID) -> QueryDict | None:
    """The form kept for this record and person, once."""
    found = request.session.get(KEY)
    if not isinstance(found, dict) or found.get("uuid") != str(uuid):
        return None
    del request.session[KEY]
    typed = QueryDict(zlib.decompress(b64decode(found["form"])))
    return typed if typed.get("writer") == str(request.user.pk) else None
