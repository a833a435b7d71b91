"""The first page: what this is, and what happened this month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jitasa.portal.views.page import page


@page
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front.html", {})
