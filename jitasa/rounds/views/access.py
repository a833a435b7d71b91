"""Who sees these pages: anybody with a post (the rules concern all offices); only the department edits."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden
from jitasa.rounds.rules import may_edit_lists

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


def department(view: View[P]) -> View[P]:
    """A page that changes lists or rules."""

    @wraps(view)
    def checked(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_edit_lists(request.viewer):
            raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่แก้รายการและกติกาได้ หากเห็นว่าควรแก้ โปรดแจ้งกรม"))
        return view(request, *args, **kwargs)

    return officers(checked)
