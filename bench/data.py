"""Eight clerks of Krabi who can sign in."""

from importlib import resources
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.config.install import install
from jitasa.demo.services.people import make_people
from jitasa.organizations.models import Post
from jitasa.organizations.rules import REGISTRY_BEGINS
from jitasa.organizations.services.import_registry import import_registry
from jitasa.organizations.viewer import SYSTEM
from jitasa.thai.dates import today

CLIENTS = 8
PASSWORD = "bench-password-2569"


def prepare(clients: int = CLIENTS) -> list[str]:
    """Registry, lists, people; answers the user names of the clerks."""
    now = timezone.now()
    install(now=now, say=lambda _line: None)
    with resources.as_file(resources.files("jitasa.organizations") / "data" / "krabi.csv") as path:
        import_registry(Path(path), actor=SYSTEM, now=now, as_of=REGISTRY_BEGINS)
    make_people(since=today(now).replace(month=1, day=1))
    posts = Post.objects.filter(user__username__startswith="clerk-").order_by("user__username")[:clients]
    ids = [post.user_id for post in posts]
    User.objects.filter(pk__in=ids).update(password=make_password(PASSWORD))
    return list(User.objects.filter(pk__in=ids).order_by("username").values_list("username", flat=True))
