"""Static files with the hash of their content in their names, imports between modules included."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # ships no types

# Their comments show imports of packages that are no files here.
LEFT_ALONE = ("django_htmx/", "ui/vendor/")


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # see above
    """A module that imports another names its hashed copy, so that every file may be cached for ever."""

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **options: Any) -> Callable[["re.Match[str]"], str]:
        if name.startswith(LEFT_ALONE) and name.endswith(".js"):
            return lambda match: match[0]
        converter: Callable[[re.Match[str]], str] = super().url_converter(name, *args, **options)
        return converter
