"""``allauth.mfa`` in our words: sealed secrets, Thai sentences, QR codes by segno, mail of our own."""

from io import BytesIO
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext, gettext_lazy

from jitasa.accounts.models import User
from jitasa.accounts.sealing import seal, unseal

SITE = "INFO จิตอาสา"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("รหัสไม่ถูกต้องหรือใช้ไปแล้ว ดูรหัสปัจจุบันในแอป แล้วพิมพ์ใหม่"),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return SITE

    def build_totp_svg(self, url: str) -> str:
        """The QR code for the camera of an authenticator app: dark on white in either theme."""
        out = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff")
        return out.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's signature)
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("พาสคีย์ที่ %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": SITE}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": str(user)}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: ``services.second_factor`` tells the person itself, in Thai."""
