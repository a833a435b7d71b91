"""Who opens an officers' page, and for which office: the one home of what every app's views ask first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.problems import Forbidden
from jitasa.ui.reading import identifier

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponse]


def officers(view: View[P]) -> View[P]:
    """A page for people who hold a post; a guest signs in first."""

    @wraps(view)
    def checked(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.viewer.roles:
            raise Forbidden(_("บัญชีนี้ยังไม่มีหน้าที่ในสำนักงานใด โปรดติดต่อผู้ดูแลสำนักงานของท่าน"))
        return view(request, *args, **kwargs)

    return login_required(checked)


def own_office(request: ViewerRequest) -> Organization:
    """The office the person works in now. :func:`officers` has made sure that there is one."""
    office = request.viewer.organization
    if office is None:
        raise Http404(_("ไม่พบสำนักงาน"))
    return office


def visible_office(request: ViewerRequest, pk: int | None) -> Organization:
    """:raises Http404: there is none, or none this viewer may see."""
    return get_object_or_404(Organization.objects.visible_to(request.viewer), pk=pk)


def office_asked(request: ViewerRequest, asked: str) -> Organization:
    """The office named by its id in an address; the viewer's own when none is.

    :raises Http404: there is none, or none this viewer may see.
    """
    return visible_office(request, identifier(asked)) if asked else own_office(request)
