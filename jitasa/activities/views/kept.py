"""What was typed when the session had ended, kept over signing in (for browsers without scripts).

Django keeps an anonymous session's data when its owner signs in. A page with scripts keeps its own
copy in the browser (``static/activities/record/local.js``).
"""

from uuid import UUID

from django.http import HttpRequest, QueryDict

KEY = "kept_record"
MOST_LETTERS = 100_000  # a record is a few thousand; a stranger shall not fill the session table


def keep(request: HttpRequest, uuid: UUID) -> bool:
    """Remember the posted form; false when it is too long for that."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    if len(text) > MOST_LETTERS * 9:  # a Thai letter is nine characters when encoded
        return False
    request.session[KEY] = {"uuid": str(uuid), "form": text}
    return True


def take(request: HttpRequest, uuid: UUID) -> QueryDict | None:
    """The form kept for this record and person, once."""
    found = request.session.get(KEY)
    if not isinstance(found, dict) or found.get("uuid") != str(uuid):
        return None
    del request.session[KEY]
    typed = QueryDict(found["form"])
    return typed if typed.get("writer") == str(request.user.pk) else None
