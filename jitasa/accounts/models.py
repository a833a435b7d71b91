"""People who sign in. What a person may do follows from posts (``organizations.Post``), never from here."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jitasa.compiled import Compiled


class UserManager(BaseUserManager["User"]):
    """Creates people; names are compared without regard to case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get(self, *args: Any, **wanted: Any) -> "User":
        """As any manager's; the read of the signed-in person in every request, by ``pk`` alone, is kept as text."""
        if args or wanted.keys() != {"pk"}:
            return super().get(*args, **wanted)
        found = _BY_KEY.first(pk=User._meta.pk.to_python(wanted["pk"]))
        if found is None:
            raise User.DoesNotExist
        return found

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class Numerals(models.TextChoices):
    """Which digits a person wants on screens; documents always use Thai ones."""

    ARABIC = "arabic", _("อารบิก 1 2 3")
    THAI = "thai", _("ไทย ๑ ๒ ๓")


ERASED = _("ผู้ใช้ที่ลบข้อมูลแล้ว")


class User(AbstractBaseUser):
    """One person. ``full_name`` may be left out: a position is enough to work (PDPA: collect least).

    ``password_until``: when a one-time password stops opening anything; nothing once it was replaced.
    ``session_number``: goes up to end every session of the person at once, on every machine.
    ``erased_at``: when name and contacts were taken out on request; ``former_name`` is then a keyed hash
    of the username, which is never given again.
    ``search_text``: name and username to search by (``rules.search_text``).
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
    morning_mail = models.BooleanField(_("สรุปงานทางอีเมลทุกเช้าวันทำการ"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    session_number = models.PositiveIntegerField(default=0, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    former_name = models.CharField(max_length=64, blank=True, editable=False)
    search_text = models.CharField(max_length=500, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerals__in=Numerals.values), name="user_numerals_known"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(full_name="", email="", phone="", is_active=False) & ~models.Q(former_name=""),
                name="user_erased_is_empty",
            ),
        ]

    shown_as = ""  # words of the post, put in by the page that shows a person without a name

    def __str__(self) -> str:
        return str(ERASED) if self.erased_at else self.full_name or self.shown_as or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to go on: the password, and how often all sessions were ended."""
        value = f"{self.password}.{self.session_number}" if self.session_number else self.password
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return str(self)


class PersonalKind(models.TextChoices):
    POST = "post", _("ตำแหน่ง")
    SECURITY = "security", _("ความปลอดภัย")
    GUESSES = "guesses", _("รหัสผ่าน")
    PRIVACY = "privacy", _("ข้อมูลส่วนตัว")


class PersonalNotice(models.Model):
    """Something one person must know, whatever office she works in: a post offered, guesses at her password."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="personal_notices")
    kind = models.CharField(max_length=10, choices=PersonalKind)
    title = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PersonalKind.values), name="personal_notice_kind_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-created_at"], name="personal_notice_by_user"),
        ]

    def __str__(self) -> str:
        return self.title


class Guesses(models.Model):
    """Wrong tries counted under one key (``guessing.py``); no name and no address, only keyed hashes."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    shut_until = models.DateTimeField(null=True)


class KnownNetwork(models.Model):
    """A network from which a person has signed in (a keyed hash of it): strangers' guesses do not slow it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_networks")
    network = models.CharField(max_length=64)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "network"], name="known_network_once"),
        ]


_BY_KEY = Compiled(lambda pk: User.objects.filter(pk=pk), pk=int)
