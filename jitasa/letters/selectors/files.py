"""Files an office may put into its letters."""

from django.utils.translation import gettext as _

from jitasa.letters.models import StoredFile
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal


def usable_file(viewer: Viewer, sha256: str) -> StoredFile:
    """The file as the viewer's office sent it, locked: a destruction waits until it is used, and sees it.

    In a transaction. :raises Refusal: when the office never sent it.
    """
    found = (
        StoredFile.objects.select_for_update(of=("self",), no_key=True)
        .filter(organization=viewer.office_id, sha256=sha256)
        .first()
    )
    if found is None:
        raise Refusal(fields={"enclosures": [_("ไม่พบไฟล์แนบ เลือกไฟล์แล้วแนบใหม่อีกครั้ง")]})
    return found
