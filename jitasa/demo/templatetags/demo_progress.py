"""Whether the demonstration is still being made."""

from django import template

from jitasa.demo.progress import unfinished

register = template.Library()


@register.simple_tag
def demo_unfinished() -> bool:
    """While older months follow (``make run``): what they show as late is only not there yet."""
    return unfinished() is not None
