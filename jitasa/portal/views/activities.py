"""Accepted activities: the list with its search, and each one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jitasa.portal.views.page import page


@page
def activities(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/activities.html", {})
