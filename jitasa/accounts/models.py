"""People who sign in. What a person may do follows from posts (``organizations.Post``), never from here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates people; names are compared without regard to case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class Numerals(models.TextChoices):
    """Which digits a person wants on screens; documents always use Thai ones."""

    ARABIC = "arabic", _("อารบิก 1 2 3")
    THAI = "thai", _("ไทย ๑ ๒ ๓")


class User(AbstractBaseUser):
    """One person. ``full_name`` may be left out: a position is enough to work (PDPA: collect least).

    ``password_until``: when a one-time password stops opening anything; nothing once it was replaced.
    """

    username = models.CharField(
        _("ชื่อผู้ใช้"), max_length=80, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("ชื่อ-สกุล"), max_length=150, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=40, blank=True)
    is_active = models.BooleanField(_("ใช้งานได้"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_until = models.DateTimeField(null=True, blank=True)
    numerals = models.CharField(_("ตัวเลขบนจอ"), max_length=8, choices=Numerals, default=Numerals.ARABIC)
    language = models.CharField(_("ภาษา"), max_length=5, default="th")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerals__in=Numerals.values), name="user_numerals_known"
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)
