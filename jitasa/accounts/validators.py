"""What a password must be, in Thai sentences that say what to do (Django ships no Thai texts for these)."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from jitasa.accounts.models import User

# The letters of the Thai keyboard (Kedmanee) and of the Latin one under the same keys, row by row.
_THAI_KEYS = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ"
_LATIN_KEYS = "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_SAME_KEYS = str.maketrans(_THAI_KEYS, _LATIN_KEYS)
_LONGEST = 72  # what zxcvbn reads


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


class HardToGuess:
    """Not a few letters again and again, no row of keys, no words and years that guessers try first.

    ``min_log10``: how many guesses zxcvbn reckons with, as a power of ten; it works on this machine, nothing
    is sent. A password typed on a Thai keyboard is looked at as Thai and as the Latin letters on its keys.
    """

    def __init__(self, min_length: int = 10, min_log10: float = 8.0) -> None:
        self.min_length, self.min_log10 = min_length, min_log10

    def validate(self, password: str, user: User | None = None) -> None:
        if len(_unit(password)) < self.min_length <= len(password):
            raise ValidationError(
                _("รหัสผ่านนี้ใช้อักษรชุดเดิมซ้ำ ๆ ซึ่งเดาง่าย ใช้คำหลายคำที่ไม่เกี่ยวกันแทน"), code="password_repeats"
            )
        own = [user.username, user.full_name, user.email] if user is not None else []
        for spelling in {password, password.translate(_SAME_KEYS)}:
            found = zxcvbn(spelling[:_LONGEST], user_inputs=[*filter(None, own), "jitasa", "จิตอาสา"])
            if float(found["guesses_log10"]) < self.min_log10:
                raise ValidationError(
                    _("รหัสผ่านนี้เดาง่าย เพราะเป็นแป้นพิมพ์เรียงกัน คำที่ใช้กันมาก หรือปี ใช้คำหลายคำที่ไม่เกี่ยวกันแทน"),
                    code="password_easy",
                )

    def get_help_text(self) -> str:
        return _("ไม่ใช้อักษรซ้ำเป็นชุด แป้นพิมพ์เรียงกัน หรือคำที่เดาง่าย")


def _unit(password: str) -> str:
    """The part whose repetition makes the password, signs between left out: ``h4a-h4a-h4a-h4a`` → ``h4a``.

    A password that is no repetition is its own unit.
    """
    letters = "".join(sign for sign in password.lower() if sign.isalnum() or not sign.isascii())
    for length in range(1, len(letters) // 2 + 1):
        if (letters[:length] * (len(letters) // length + 1))[: len(letters)] == letters:
            return letters[:length]
    return password
