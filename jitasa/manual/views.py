"""The manual on screen and on paper. Open to everybody: the letter's QR code leads here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jitasa.manual import book
from jitasa.manual.render import html


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Contents."""
    return render(request, "manual/index.html", {"chapters": book.chapters()})


@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter, or on to the part of one that goes by another name."""
    if slug in book.ALSO:
        wanted, _mark, part = book.ALSO[slug].partition("#")
        return redirect(reverse("manual:chapter", args=[wanted]) + (f"#{part}" if part else ""))
    found = book.chapter(slug)
    if found is None:
        raise Http404
    before, following = book.beside(found)
    context = {"chapter": found, "body": html(found), "before": before, "following": following}
    return render(request, "manual/chapter.html", context)


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """The whole book on one page, for printing."""
    bodies = [(each, html(each, whole_book=True)) for each in book.chapters()]
    return render(request, "manual/print.html", {"bodies": bodies})
