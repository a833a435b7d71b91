"""The ``jitasa`` command: Django's own command runner under our name.

``jitasa import-registry`` runs the management command ``import_registry``: people type hyphens,
modules cannot have them.
"""

import os
import sys


def main() -> None:
    """Run ``sys.argv`` as a management command; unusable settings end with one explaining line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    from django.core.management import execute_from_command_line

    arguments = sys.argv[:]
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")
    execute_from_command_line(arguments)
