"""Forms of the second factor. Passkeys arrive as JSON that the browser made."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.adapter import address_of
from jitasa.accounts.models import User
from jitasa.accounts.services.proofs import AT_SIGN_IN, check_code
from jitasa.accounts.services.second_factor import NAME_LENGTH
from jitasa.problems import Refusal

NOT_TAKEN = _("ใช้พาสคีย์นี้ไม่ได้ ลองอีกครั้ง หรือใช้วิธีอื่น")
# What a credential that nobody's browser made may raise on the way through the parsers.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
CODE_INPUT = forms.TextInput(
    attrs={
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "spellcheck": "false",
        "autocapitalize": "none",
    }
)


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code asked for after the password (``MFA_FORMS``): counted and used up by ``check_code``."""

    code = forms.CharField(label=_("รหัส 6 หลักจากแอป หรือรหัสสำรอง"), max_length=30, widget=CODE_INPUT)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        now, address = timezone.now(), address_of(context.request)
        try:
            found = check_code(user=self.user, code=code, address=address, now=now, verb=AT_SIGN_IN)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None
        if found is None:
            raise forms.ValidationError(_("รหัสไม่ถูกต้องหรือใช้ไปแล้ว ดูรหัสปัจจุบันในแอป แล้วพิมพ์ใหม่"))
        found.user = self.user
        self.authenticator = found
        return code


class CredentialField(forms.JSONField):
    """What the browser made of a passkey; a number of thousands of digits or endless nesting is no credential."""

    def __init__(self) -> None:
        super().__init__(
            widget=forms.HiddenInput, error_messages={"required": NOT_TAKEN, "invalid": NOT_TAKEN}
        )

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except UNREADABLE:
            raise forms.ValidationError(NOT_TAKEN, code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except UNREADABLE:
            return InvalidJSONInput(data)


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey used: of ``user``, or of whoever it belongs to when ``user`` is ``None``."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except UNREADABLE:
            raise forms.ValidationError(NOT_TAKEN) from None
        except forms.ValidationError:
            raise forms.ValidationError(NOT_TAKEN) from None


class AppForm(forms.Form):
    """The first code of a new authenticator app."""

    code = forms.CharField(label=_("รหัส 6 หลักที่แอปแสดง"), max_length=20, widget=CODE_INPUT)


class NewPasskeyForm(forms.Form):
    """A passkey just made. ``user`` is its owner."""

    name = forms.CharField(
        label=_("ชื่อของพาสคีย์"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("เช่น โทรศัพท์ของฉัน หรือ คอมพิวเตอร์ที่สำนักงาน"),
    )
    credential = CredentialField()

    def __init__(self, user: User, data: Any = None, **options: Any) -> None:
        self.user = user
        super().__init__(data, **options)

    def clean_credential(self) -> dict[str, Any]:
        """Checked against the challenge of this session, the site's address and the person's gesture."""
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            made = auth.complete_registration(credential)
        except (*UNREADABLE, forms.ValidationError):
            raise forms.ValidationError(NOT_TAKEN) from None
        if not made.is_user_verified():
            raise forms.ValidationError(_("อุปกรณ์นี้ไม่ได้ตรวจว่าเป็นท่าน ตั้งรหัส PIN หรือลายนิ้วมือของอุปกรณ์ก่อน"))
        return credential
