"""Static files with the hash of their content in their names, imports between modules included."""

import re
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # ships no types

# Their comments show imports of packages that are no files here.
LEFT_ALONE = ("django_htmx/", "ui/vendor/")
# Lines that are a comment, and a comment after code on its line. No string of a module goes over a line
# (ui/tests/test_module_storage.py), and what follows "//" inside a string ends with a quotation mark.
_COMMENTS = re.compile(
    r"""^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n|(?<=[;{},)\]]) // [^"'`\n]*$""", re.MULTILINE
)


def without_comments(code: str) -> str:
    """A module as it is served: its comments are for who reads the source and were a tenth of a first visit."""
    return _COMMENTS.sub("", code)


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # see above
    """A module that imports another names its hashed copy, so that every file may be cached for ever."""

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File[bytes]) -> str:
        if name.endswith(".js") and not name.startswith(LEFT_ALONE):
            content.seek(0)
            content = ContentFile(without_comments(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved

    def url_converter(self, name: str, *args: Any, **options: Any) -> Callable[["re.Match[str]"], str]:
        if name.startswith(LEFT_ALONE) and name.endswith(".js"):
            return lambda match: match[0]
        converter: Callable[[re.Match[str]], str] = super().url_converter(name, *args, **options)
        return converter
