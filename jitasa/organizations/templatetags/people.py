"""What the frame of every page shows about the person's own offices."""

from django import template
from django.template import Context
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.viewers import offices_of

register = template.Library()


@register.simple_tag(takes_context=True)
def my_offices(context: Context) -> list[Organization]:
    """The offices the person may switch between today."""
    user = getattr(context.get("viewer"), "user", None)
    return offices_of(user, timezone.now()) if isinstance(user, User) else []
