"""Pages that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The form's safety token is out of date: say so, and how to go on without losing the text."""
    return render(request, "ui/csrf_failed.html", status=403)
