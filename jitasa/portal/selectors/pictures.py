"""Where a cleared picture is to be had."""

from django.urls import reverse

from jitasa.activities.models import ActivityPhoto


def address(use: ActivityPhoto, size: str = "medium") -> str:
    """The path of a copy (``small``, ``medium``, ``large``); another one after every blurring.

    ``use.photo`` should be loaded: ``cleared_photos()`` does that.
    """
    path = reverse("portal:picture", kwargs={"pk": use.pk, "size": size})
    return f"{path}?v={use.photo.copies}" if use.photo.copies else path
