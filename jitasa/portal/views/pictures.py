"""Pictures that anybody may see: those cleared for publication, under an address that names the copy."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jitasa.activities.selectors.public import cleared_photos
from jitasa.files.sending import send
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.ui.public_pages import public_file

# A picture taken down must be gone: whoever keeps one asks again after a minute, and gets 304 or 404.
KEPT = "public, max-age=60, must-revalidate"


@public_file
@require_safe
def picture(request: HttpRequest, pk: int, size: Size) -> HttpResponse:
    """A published copy of a cleared picture: 200 or 304, else 404 without saying why.

    ``?v=`` is the version the page was made with (``selectors.pictures.address``); when the picture was
    blurred or unblurred since, that address is no more. One query, no session.
    """
    found = cleared_photos().filter(pk=pk).order_by().values_list("photo__sha256", "photo__copies").first()
    if found is None:
        return _gone()
    sha256, copies = found
    if request.GET.get("v", str(copies)) != str(copies):
        return _gone()
    etag = f"{sha256[:32]}-{size.value}-{copies}"
    path = store.published(sha256, size)
    try:
        return send(request, path, media_type="image/jpeg", etag=etag, cache=KEPT)
    except Http404:
        return _gone()


def _gone() -> HttpResponse:
    words = _("ไม่มีภาพนี้บนเว็บไซต์แล้ว")
    response = HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
