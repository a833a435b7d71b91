"""What the sign-in page offers beside the password, for every template."""

from django.conf import settings
from django.http import HttpRequest


def sign_in(_request: HttpRequest) -> dict[str, object]:
    return {"oidc_name": settings.OIDC_NAME if settings.OIDC_ON else ""}
