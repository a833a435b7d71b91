"""Where the files of a form lie while it is read: as Django does it, under names that no sender chooses."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class PlainTemporaryFile(TemporaryUploadedFile):
    """A file on the disk whose name there has no part of the sender's (an ending of 300 letters is none)."""

    def __init__(
        self, name: str, content_type: str, size: int, charset: str | None, extra: Any = None
    ) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 (closed with the request)
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)


class PlainTemporaryFiles(TemporaryFileUploadHandler):
    """Django's handler of large files, with :class:`PlainTemporaryFile`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = PlainTemporaryFile(
            self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
        )
