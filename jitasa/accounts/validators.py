"""What a password must be, in Thai sentences that say what to do (Django ships no Thai texts for these)."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jitasa.accounts.models import User


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` letters, digits or signs."""

    def get_error_message(self) -> str:
        return _("รหัสผ่านสั้นเกินไป ใช้อย่างน้อย %(min_length)d ตัวอักษร") % {"min_length": self.min_length}

    def get_help_text(self) -> str:
        return _("ใช้อย่างน้อย %(min_length)d ตัวอักษร ประโยคสั้น ๆ จำง่ายกว่าและเดายากกว่า") % {
            "min_length": self.min_length
        }


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 passwords most often found in leaks (a list on this machine, nothing is sent)."""

    def get_error_message(self) -> str:
        return _("รหัสผ่านนี้มีผู้ใช้มากและเดาง่าย ตั้งรหัสผ่านอื่น")

    def get_help_text(self) -> str:
        return _("ไม่ใช้รหัสผ่านที่คนใช้กันมาก เช่น password123")


class NotLikeTheName(UserAttributeSimilarityValidator):
    """Not nearly the username, the name or the e-mail address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "full_name", "email"))

    def validate(self, password: str, user: User | None = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(
                _("รหัสผ่านคล้ายชื่อผู้ใช้ ชื่อ หรืออีเมลมากเกินไป ตั้งรหัสผ่านอื่น"), code="password_too_similar"
            ) from None

    def get_help_text(self) -> str:
        return _("ไม่คล้ายชื่อผู้ใช้ ชื่อ-สกุล หรืออีเมล")
