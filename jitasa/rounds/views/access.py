"""Only the department changes lists and rules; anybody with a post reads them (``organizations.views.access``)."""

from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import P, View, officers
from jitasa.problems import Forbidden
from jitasa.rounds.rules import may_edit_lists


def department(view: View[P]) -> View[P]:
    """A page that changes lists or rules."""

    @wraps(view)
    def checked(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_edit_lists(request.viewer):
            raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่แก้รายการและหลักเกณฑ์การรายงานได้ หากเห็นว่าควรแก้ โปรดแจ้งกรม"))
        return view(request, *args, **kwargs)

    return officers(checked)
