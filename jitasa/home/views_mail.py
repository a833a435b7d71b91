"""The end of the morning's mail, from the mail itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jitasa.home.morning import person_of
from jitasa.home.services.morning_mail import stop_morning_mail
from jitasa.organizations.middleware import ViewerRequest


@csrf_exempt  # a mail program sends the POST (RFC 8058); the signed address is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: ViewerRequest, token: str) -> HttpResponse:
    """GET asks, so that a program that only looks at links ends nothing; POST ends it."""
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        stop_morning_mail(user=person, address=request.viewer.address, now=timezone.now())
    return render(request, "home/mail_stop.html", {"done": request.method == "POST"})
